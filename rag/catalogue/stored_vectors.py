"""The passages' vectors as the catalogue keeps them, and which of them Chroma serves."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, func, select, true

from rag.catalogue import changes
from rag.catalogue.database import Database, get_meta, set_meta
from rag.catalogue.rows import Vectors, blob, matrix
from rag.catalogue.schema import passages
from rag.catalogue.scope import within

Seqs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Generation:
    """A sealed Chroma store: its folder's name, the hash of its manifest, the last `seq` in it, how many it holds."""

    name: str
    digest: str
    through: int
    count: int


class StoredVectors:
    """Vectors by `seq`, the passages' ever-growing number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def data_version(self) -> int:
        """Return a number that grows with every change, by whichever process."""
        with self._database.reading() as connection:
            return int(get_meta(connection, "data_version") or 0)

    def embedder(self) -> tuple[str, int]:
        """Return the name and the width of the embedder that made the vectors."""
        with self._database.reading() as connection:
            return get_meta(connection, "embedder") or "", _width(connection)

    def sealed(self) -> Generation | None:
        """Return the generation that serves the library, None if there is none or what names it cannot be read."""
        with self._database.reading() as connection:
            found = get_meta(connection, "generation")
        try:
            return Generation(**json.loads(found)) if found else None
        except (ValueError, TypeError):
            return None

    def seal(self, generation: Generation | None) -> None:
        """Make a generation the serving one."""
        with self._database.writing() as connection:
            set_meta(connection, "generation", json.dumps(asdict(generation)) if generation else None)

    def backlog(self) -> tuple[int, int, int]:
        """Return the numbers of passages, of those not yet in Chroma, and of those in Chroma that are deleted."""
        sealed = self.sealed()
        through, held = (sealed.through, sealed.count) if sealed else (0, 0)
        with self._database.reading() as connection:
            total = _count(connection, true())
            pending = _count(connection, passages.c.seq > through)
        return total, pending, held - (total - pending)

    def after(self, seq: int) -> tuple[Seqs, Vectors]:
        """Return the numbers and vectors of all passages stored after `seq`."""
        return self._read(passages.c.seq > seq)

    def of_articles(self, articles: Collection[str]) -> tuple[Seqs, Vectors]:
        """Return the numbers and vectors of the passages of some articles."""
        return self._read(within(passages.c.article_id, articles))

    def of_seqs(self, seqs: Seqs) -> tuple[Seqs, Vectors]:
        """Return the numbers and vectors of some passages."""
        return self._read(within(passages.c.seq, seqs.tolist()))

    def sample(self, size: int) -> tuple[Seqs, Vectors]:
        """Return the numbers and vectors of up to `size` passages taken at random."""
        some = select(passages.c.seq).order_by(func.random()).limit(size)
        return self._read(passages.c.seq.in_(some))

    def of_passages(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Return vectors by passage id; unknown ids are left out."""
        with self._database.reading() as connection:
            width = _width(connection)
            rows = connection.execute(select(passages.c.id, passages.c.vector).where(within(passages.c.id, ids)))
            return {passage_id: matrix([vector], width)[0] for passage_id, vector in rows}

    def last(self) -> int:
        """Return the highest number in use, 0 if there is none."""
        with self._database.reading() as connection:
            return connection.execute(select(func.max(passages.c.seq))).scalar() or 0

    def seqs(self, articles: Collection[str]) -> Seqs:
        """Return the numbers of the passages of some articles, ascending."""
        query = select(passages.c.seq).where(within(passages.c.article_id, articles)).order_by(passages.c.seq)
        with self._database.reading() as connection:
            return np.fromiter(connection.execute(query).scalars(), dtype=np.int64)

    def passage_ids(self, seqs: Collection[int]) -> dict[int, str]:
        """Return passage ids by number; those of deleted passages are left out."""
        query = select(passages.c.seq, passages.c.id).where(within(passages.c.seq, seqs))
        with self._database.reading() as connection:
            return {row.seq: row.id for row in connection.execute(query)}

    def batches(self, size: int) -> Iterator[tuple[Seqs, Vectors]]:
        """Yield all numbers and vectors in the order of the numbers, `size` at a time."""
        last = 0
        while True:
            seqs, vectors = self._read(passages.c.seq > last, limit=size)
            if not len(seqs):
                return
            yield seqs, vectors
            last = int(seqs[-1])
            with self._database.reading() as connection:  # what is read once needs no place in SQLite's cache
                connection.exec_driver_sql("PRAGMA shrink_memory")

    def replace(self, embedder: str, dimensions: int, found: Sequence[tuple[str, Vectors]]) -> None:
        """Put new vectors, made by another embedder, in place of all stored ones."""
        with self._database.writing() as connection:
            changes.set_vectors(connection, [(passage_id, blob(vector)) for passage_id, vector in found])
            set_meta(connection, "embedder", embedder)
            set_meta(connection, "dimensions", str(dimensions))
            set_meta(connection, "generation", None)

    def _read(self, condition: ColumnElement[bool], limit: int | None = None) -> tuple[Seqs, Vectors]:
        query = select(passages.c.seq, passages.c.vector).where(condition).order_by(passages.c.seq).limit(limit)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            seqs = np.fromiter((seq for seq, _ in rows), dtype=np.int64, count=len(rows))
            return seqs, matrix([vector for _, vector in rows], _width(connection))


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(passages).where(condition)).scalar_one()


def _width(connection: Connection) -> int:
    return int(get_meta(connection, "dimensions") or 0)
