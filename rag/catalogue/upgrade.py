"""A library of an earlier schema brought to the present one, in place: nothing is read, split or embedded again.

Schema 2 (the ledger of views) adds the keys by which names are compared, and who read each article's views. A library
of schema 1 holds articles whose views were never read: they are in no row of `readings` until they are.
Schemas 3 (ingestion that goes on), 4 (conversations) and 5 (removals that can be undone) add tables alone.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select, text, update

from rag.catalogue.database import get_meta, set_meta
from rag.catalogue.rows import name_key, view_keys
from rag.catalogue.schema import SCHEMA_VERSION, articles, metadata, names, views

UPGRADABLE: Final = ("1", "2", "3", "4")

_NEW_COLUMNS: Final = (
    "ALTER TABLE views ADD COLUMN analyst_key VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE views ADD COLUMN firm_key VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE views ADD COLUMN subject_key VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE views ADD COLUMN day INTEGER",
    "ALTER TABLE names ADD COLUMN key VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE names ADD COLUMN of_view BOOLEAN NOT NULL DEFAULT 0",
)


def upgrade(connection: Connection) -> None:
    """Bring a catalogue of an earlier schema to the present one, inside the caller's transaction."""
    if get_meta(connection, "schema_version") == "1":
        _add_keys(connection)
    metadata.create_all(connection)
    set_meta(connection, "schema_version", str(SCHEMA_VERSION))


def _add_keys(connection: Connection) -> None:
    for statement in _NEW_COLUMNS:
        connection.exec_driver_sql(statement)
    _key_names(connection)
    _key_views(connection)
    for index in (*views.indexes, *names.indexes):
        index.create(connection, checkfirst=True)


def _key_names(connection: Connection) -> None:
    columns = (names.c.kind, names.c.folded)
    rows = connection.execute(select(*columns, func.min(names.c.name)).group_by(*columns)).all()
    keyed = [{"kind": kind, "folded": folded, "key": name_key(kind, name)} for kind, folded, name in rows]
    if keyed:
        connection.execute(text("UPDATE names SET key = :key WHERE kind = :kind AND folded = :folded"), keyed)


def _key_views(connection: Connection) -> None:
    """Key the views that a script stored itself; `ingest` of schema 1 stored none."""
    columns = (views.c.id, views.c.analyst, views.c.firm, views.c.subject, views.c.said_on, articles.c.day)
    for number, analyst, firm, subject, said_on, day in connection.execute(select(*columns).join(articles)).all():
        values = {
            **view_keys(analyst, firm, subject),
            "day": date.fromisoformat(said_on).toordinal() if said_on else day,
        }
        connection.execute(update(views).where(views.c.id == number).values(values))
