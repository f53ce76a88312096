"""The catalogue's SQLite file: opening it, its transactions, and what its failures mean to a reader."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from rag.catalogue import schema
from rag.errors import InputError, LibraryCorrupt, LibraryError

_BUSY_MS: Final = 10_000
_PAUSE: Final = 0.02  # seconds between tries
_ROOMLESS: Final = ("disk I/O", "full", "readonly", "unable to open")  # said where SQLite cannot write beside its file
_REFUSED: Final = "refused"
_GONE: Final = "no such (table|fts5 table|column)"
_NOT_UTF_8: Final = "Could not decode to UTF-8"  # and then the whole text
_PRAGMAS: Final = (
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a committed article survives a power cut, not only a kill
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA cell_size_check = ON",  # a spoilt page is noticed when it is read, not when it is nonsense
)


class Database:
    """One SQLite file in WAL mode. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the catalogue throughout.

        A stored value that cannot be made sense of is reported as a damaged catalogue: only sound ones are written.
        """
        with self._explained(), self._engine.connect() as connection:
            try:
                yield connection
            except (ValueError, KeyError) as error:  # a key: what a stored row belongs to is not there
                raise _corrupt(self.path, f"a stored value makes no sense: {type(error).__name__}") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a write transaction: all of it happens, or none; counts as one data version."""
        with self.noting() as connection:
            yield connection
            bump = int(get_meta(connection, "data_version") or 0) + 1
            set_meta(connection, "data_version", str(bump))

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """Yield a connection in a write transaction for what no answer rests on: the data version stays."""
        with self._explained(), self._engine.connect() as connection:
            if refused := connection.info.get(_REFUSED):
                raise _explain(refused, self.path)
            writer = connection.execution_options(houseview_begin="BEGIN IMMEDIATE")
            with writer.begin():
                yield writer

    def create(self, values: dict[str, str]) -> None:
        """Create the tables where missing, with `values` as first entries of `meta`; keep entries that are there."""
        with self.writing() as connection:
            schema.create(connection)
            rows = [{"key": key, "value": value} for key, value in values.items()]
            connection.execute(insert(schema.meta).on_conflict_do_nothing(), rows)

    def problems(self) -> list[str]:
        """Return what SQLite's own check finds wrong, one line each."""
        try:
            with self.reading() as connection:
                lines = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        except LibraryError as error:
            return [str(error)]
        found = [f"catalogue: {line}" for line in lines if line != "ok"]
        return found + ([f"catalogue: {len(orphans)} rows belong to no article"] if orphans else [])

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn SQLite's complaints about the file into one line with a remedy."""
        try:
            yield
        except OperationalError as error:
            raise _explain(error, self.path) from error
        except IntegrityError as error:
            raise InputError(f"two articles or passages share what must be their own ({error.orig})") from error
        except DatabaseError as error:
            if "malformed" in str(error.orig) or "not a database" in str(error.orig):
                raise _corrupt(self.path, str(error.orig)) from error
            raise


def get_meta(connection: Connection, key: str) -> str | None:
    """Return an entry of `meta`, None if there is none."""
    return connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar()


def set_meta(connection: Connection, key: str, value: str | None) -> None:
    """Set an entry of `meta`; None removes it."""
    connection.execute(schema.meta.delete().where(schema.meta.c.key == key))
    if value is not None:
        connection.execute(schema.meta.insert().values(key=key, value=value))


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "do_connect")
    def _connect(
        _dialect: object, record: ConnectionPoolEntry, given: list[Any], named: dict[str, Any]
    ) -> sqlite3.Connection:
        try:
            return _opened(sqlite3.connect(*given, **named))
        except sqlite3.OperationalError as error:
            if not _may_be_read_alone(path, error):
                raise
            record.info[_REFUSED] = error
            return _alone(path)

    @event.listens_for(engine, "checkin")
    def _let_go(_connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
        if _REFUSED in record.info:  # by the next time there may be room, and other articles
            record.invalidate()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("houseview_begin", "BEGIN"))

    return engine


def _opened(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection set up for our transactions."""
    connection.isolation_level = None  # transactions begin where we say, not where pysqlite guesses
    try:
        for pragma in _PRAGMAS:
            _execute_patiently(connection, pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _may_be_read_alone(path: Path, error: sqlite3.OperationalError) -> bool:
    """Return whether a file that SQLite cannot open, for want of room or the right to write, is whole by itself.

    A reader in WAL mode needs a file of its own beside the catalogue. Where that cannot be written no other process
    can be writing either; only what a killed one left in the log would be missing.
    """
    log = Path(f"{path}-wal")
    is_whole = path.is_file() and path.stat().st_size > 0 and not (log.exists() and log.stat().st_size)
    return is_whole and any(said in str(error) for said in _ROOMLESS)


def _alone(path: Path) -> sqlite3.Connection:
    """Return a connection that reads the file as it is, and writes and locks nothing."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    connection.isolation_level = None
    return connection


def _execute_patiently(connection: sqlite3.Connection, statement: str) -> None:
    """Execute a statement that SQLite refuses at once, timeout or not, while another process creates the file."""
    deadline = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _explain(error: OperationalError | sqlite3.OperationalError, path: Path) -> LibraryError:
    reason = str(error.orig) if isinstance(error, OperationalError) else str(error)
    if "malformed" in reason or "not a database" in reason or re.match(_GONE, reason):
        return _corrupt(path, reason)
    if reason.startswith(_NOT_UTF_8):
        return _corrupt(path, "a stored text is not UTF-8")
    if "locked" in reason:
        return LibraryError(f"{path}: the catalogue stayed busy for {_BUSY_MS // 1000} s; try again.")
    if "full" in reason:
        return LibraryError(f"{path}: the disk is full; free some space and run the same command again.")
    if "disk I/O" in reason:
        return LibraryError(
            f"{path}: {reason}; check the disk and the room left on it, then run the same command again."
        )
    if "readonly" in reason or "unable to open" in reason:
        return LibraryError(f"{path}: cannot be opened for writing ({reason}); check the folder's permissions.")
    return LibraryError(f"{path}: {reason}.")


def _corrupt(path: Path, reason: str) -> LibraryCorrupt:
    return LibraryCorrupt(
        f"{path}: not a readable catalogue ({reason}); restore it from a copy, "
        "or move the library's folder away and ingest the articles again."
    )
