"""What servers said of the addresses that were fetched, kept for asking them only what has changed since."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from rag.catalogue.database import Database
from rag.catalogue.schema import articles, fetches
from rag.catalogue.scope import within
from rag.types import Fetch

_FIELDS: Final = ("final", "etag", "modified", "sources", "fetched_at")


class Fetches:
    """The `fetches` table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, url: str) -> Fetch | None:
        """Return what is known of an address; None if it is new, or not every article that came of it is still held.

        A duplicate is not held in its own right: its text goes when the article it is linked to changes.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(fetches).where(fetches.c.url == url)).first()
            if row is None or not row.sources:
                return None
            held = select(func.count()).select_from(articles).where(within(articles.c.source, row.sources))
            if connection.execute(held).scalar_one() < len(row.sources):
                return None
        return Fetch(row.url, row.final, row.etag, row.modified, tuple(row.sources))

    def keep(self, known: Sequence[Fetch]) -> None:
        """Store what is known of some addresses, in place of what was known before."""
        if not known:
            return
        now = time.time()
        rows = [
            {
                "url": each.url,
                "final": each.final,
                "etag": each.etag,
                "modified": each.modified,
                "sources": list(dict.fromkeys(each.sources)),
                "fetched_at": now,
            }
            for each in known
        ]
        put = insert(fetches)
        renewed = {name: put.excluded[name] for name in _FIELDS}
        with self._database.writing() as connection:
            connection.execute(put.on_conflict_do_update(index_elements=["url"], set_=renewed), rows)
