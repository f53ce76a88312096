"""What was taken out of a catalogue lately, kept in it until it is brought back, let go of or too old."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, LargeBinary, Table, delete, insert, not_, select

from rag.catalogue import schema
from rag.catalogue.schema import removals, removed_rows
from rag.catalogue.withdrawals import Rows, Withdrawn
from rag.types import Removal

KEPT_DAYS: Final = 7

_WORDS, _TEXTS = "keywords", "texts"  # what is no table of `Withdrawn`'s rows
_HANGING: Final = ("views", "names", "readings", "signatures")


def keep(connection: Connection, withdrawn: Withdrawn, today: date) -> Removal:
    """Keep what was taken out, and drop for good what was too long ago."""
    drop_old(connection, today)
    first = withdrawn.articles[0]
    removal = Removal(
        id=uuid.uuid4().hex,
        articles=len(withdrawn),
        title=first["title"] or first["source"],
        removed_at=datetime.fromtimestamp(time.time(), UTC),
    )
    kept = {"id": removal.id, "articles": removal.articles, "title": removal.title, "day": today.toordinal()}
    connection.execute(insert(removals).values(removed_at=removal.removed_at.timestamp(), **kept))
    rows = [{"removal_id": removal.id, "kind": kind, **_parted(kind, row)} for kind, row in _listed(withdrawn)]
    connection.execute(insert(removed_rows), rows)
    return removal


def has_old(connection: Connection, today: date) -> bool:
    """Return whether anything was taken out too long ago."""
    return connection.execute(select(removals.c.id).where(_is_old(today))).first() is not None


def drop_old(connection: Connection, today: date) -> None:
    """Drop for good what was taken out too long ago."""
    connection.execute(delete(removals).where(_is_old(today)))


def drop(connection: Connection, removal_id: str) -> None:
    """Drop for good what was taken out."""
    connection.execute(delete(removals).where(removals.c.id == removal_id))


def kept(connection: Connection, today: date) -> list[Removal]:
    """Return what can be brought back, the latest first."""
    query = select(removals).where(not_(_is_old(today)))
    return [
        Removal(row.id, row.articles, row.title, datetime.fromtimestamp(row.removed_at, UTC))
        for row in connection.execute(query.order_by(removals.c.removed_at.desc()))
    ]


def read(connection: Connection, removal_id: str) -> Withdrawn | None:
    """Return what was taken out, None if it is kept no longer."""
    found: dict[str, Rows] = {}
    query = select(removed_rows).where(removed_rows.c.removal_id == removal_id).order_by(removed_rows.c.place)
    for row in connection.execute(query):
        found.setdefault(row.kind, []).append(_whole(row.kind, row.row, row.data))
    if not found:
        return None
    return Withdrawn(
        articles=found["articles"],
        passages=found.get("passages", []),
        words={row["id"]: (row["text"], row["title"]) for row in found.get(_WORDS, [])},
        hanging={name: found.get(name, []) for name in _HANGING},
        links=found.get("duplicates", []),
        held=found.get("holdings", []),
        alike=found.get("likenesses", []),
        texts={row["id"]: row["hash"] for row in found.get(_TEXTS, [])},
    )


def _is_old(today: date) -> ColumnElement[bool]:
    return removals.c.day < today.toordinal() - KEPT_DAYS


def _listed(withdrawn: Withdrawn) -> Iterator[tuple[str, dict[str, Any]]]:
    groups: Mapping[str, Rows] = {
        "articles": withdrawn.articles,
        "passages": withdrawn.passages,
        **withdrawn.hanging,
        "duplicates": withdrawn.links,
        "holdings": withdrawn.held,
        "likenesses": withdrawn.alike,
        _WORDS: [{"id": key, "text": text, "title": title} for key, (text, title) in withdrawn.words.items()],
        _TEXTS: [{"id": key, "hash": text_hash} for key, text_hash in withdrawn.texts.items()],
    }
    yield from ((kind, row) for kind, rows in groups.items() for row in rows)


def _parted(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as it is kept: its column of bytes, which JSON has no place for, beside the others."""
    name = _of_bytes(kind)
    return {"row": {key: value for key, value in row.items() if key != name}, "data": row[name] if name else None}


def _whole(kind: str, row: Mapping[str, Any], data: bytes | None) -> dict[str, Any]:
    name = _of_bytes(kind)
    return {**row, name: data} if name else dict(row)


def _of_bytes(kind: str) -> str | None:
    """Return the name of a table's column of bytes, of which none has more than one."""
    table: Table | None = schema.metadata.tables.get(kind)
    columns = table.columns if table is not None else ()
    return next((column.name for column in columns if isinstance(column.type, LargeBinary)), None)
