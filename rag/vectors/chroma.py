"""The one place that knows Chroma: write a store once, then open it and ask for neighbours.

A store is only ever written in one go into a new folder, so none of Chroma's trouble with killed or concurrent
writers can touch one that is being read. All vectors are synced to its index files at the end (`sync_threshold` is the
number of vectors), so that opening it replays no log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chromadb.api.client import Client

Seqs = NDArray[np.int64]
Vectors = NDArray[np.float32]

BATCH: Final = 1_000  # Chroma refuses more than 5,461, and makes a list of Python's numbers of each batch
LEAST: Final = 2  # its smallest `sync_threshold`: an index file that was never synced is written anew at each opening
DATABASE: Final = "chroma.sqlite3"
_SYNCED: Final = "index_metadata.pickle"
_COLLECTION: Final = "passages"
_HNSW: Final = {"space": "cosine", "ef_construction": 200, "ef_search": 400, "max_neighbors": 48, "num_threads": 2}


class StoreUnusableError(Exception):
    """Chroma cannot open a store or answers nonsense; the caller searches without it."""


class Store:
    """An open store. Vectors are known by their passage's number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with _explained(folder):
            self._client = _client(folder)
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)

    def nearest(self, vector: Vectors, k: int, among: Seqs | None = None) -> list[tuple[int, float]]:
        """Return up to `k` (number, cosine), best first, `among` some numbers or all."""
        with _explained(self._folder):
            found = self._collection.query(
                query_embeddings=vector[None],
                n_results=k,
                ids=None if among is None else [str(seq) for seq in among],
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return [(int(seq), 1.0 - distance) for seq, distance in zip(found["ids"][0], distances[0], strict=True)]

    def count(self) -> int:
        """Return how many vectors the store holds."""
        with _explained(self._folder):
            return self._collection.count()

    def close(self) -> None:
        """Let go of the store's files."""
        self._client.close()


def write(folder: Path, count: int, batches: Iterable[tuple[Seqs, Vectors]]) -> None:
    """Write `count` vectors into a new store in `folder`, all of them in its index files, none in its log."""
    hnsw: Any = _HNSW | {"sync_threshold": count, "batch_size": min(count, 100)}
    with _explained(folder):
        with closing(_client(folder)) as client:
            collection = client.create_collection(_COLLECTION, configuration={"hnsw": hnsw}, embedding_function=None)
            for seqs, vectors in batches:
                collection.add(ids=[str(seq) for seq in seqs], embeddings=vectors)
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            connection.execute("VACUUM")  # its log is done with, and was as large as the vectors
    if not any(folder.rglob(_SYNCED)):
        raise StoreUnusableError(f"{folder}: Chroma did not sync its index")


def wrong_neighbours(store: Store, seqs: Sequence[int], vectors: Vectors) -> list[int]:
    """Return those of some stored vectors that the store does not find as their own nearest neighbour."""
    wrong = []
    for seq, vector in zip(seqs, vectors, strict=True):
        found = store.nearest(vector, 3)
        best = found[0][1] if found else -1.0
        # Equal texts have equal vectors: then any of them may come first.
        if best < 0.999 or (seq not in [number for number, _ in found] and found[-1][1] < best - 1e-4):
            wrong.append(seq)
    return wrong


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn what Chroma and its files can raise into the one error that the index knows."""
    from chromadb.errors import ChromaError  # noqa: PLC0415 - takes most of a second

    try:
        yield
    except (ChromaError, sqlite3.Error, ValueError, OSError) as error:
        raise StoreUnusableError(f"{folder}: {error}") from error


def _client(folder: Path) -> Client:
    import chromadb  # noqa: PLC0415 - takes most of a second
    from chromadb.config import Settings  # noqa: PLC0415

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)
