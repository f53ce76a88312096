"""Inputs that could not be stored: why, since when and how often, until they are."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from rag.catalogue.database import Database
from rag.catalogue.schema import failures
from rag.catalogue.scope import within
from rag.types import FailedInput


class StoredFailures:
    """The failures of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[FailedInput]:
        """Return every failure, the latest first."""
        query = select(failures).order_by(failures.c.failed_at.desc(), failures.c.source)
        with self._database.reading() as connection:
            return [
                FailedInput(row.source, row.root, row.reason, row.attempts, datetime.fromtimestamp(row.failed_at, UTC))
                for row in connection.execute(query)
            ]

    def update(self, failed: Sequence[tuple[str, str, str]], cleared: Collection[str]) -> None:
        """Record failures, given as (source, root, reason), and forget those of the sources `cleared`."""
        if not failed and not cleared:
            return
        now = time.time()
        rows = [{"source": source, "root": root, "reason": why, "failed_at": now} for source, root, why in failed]
        with self._database.writing() as connection:
            connection.execute(delete(failures).where(within(failures.c.source, cleared)))
            if rows:
                new = insert(failures)
                again = {name: new.excluded[name] for name in ("root", "reason", "failed_at")}
                counted = again | {"attempts": failures.c.attempts + 1}
                connection.execute(new.on_conflict_do_update(index_elements=["source"], set_=counted), rows)
