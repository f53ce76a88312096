"""When each reader last left the home page."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from rag.catalogue.database import Database
from rag.catalogue.schema import visits


class Visits:
    """The visits of a library's readers, each known by `owner`: who signed in, "" where nobody has to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, owner: str) -> datetime | None:
        """Return when a reader last left; None if never."""
        with self._database.reading() as connection:
            seen = connection.execute(select(visits.c.seen_at).where(visits.c.owner == owner)).scalar()
        return datetime.fromtimestamp(seen, UTC) if seen is not None else None

    def note(self, owner: str, moment: datetime) -> None:
        """Record that a reader has seen what there was at a moment; an earlier one than is recorded changes nothing."""
        seen = insert(visits).values(owner=owner, seen_at=moment.timestamp())
        later = seen.excluded.seen_at > visits.c.seen_at
        update = seen.on_conflict_do_update(
            index_elements=["owner"], set_={"seen_at": seen.excluded.seen_at}, where=later
        )
        with self._database.noting() as connection:
            connection.execute(update)
