"""Nearest passages over a library's vectors: always what the catalogue holds, however much of it Chroma serves."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rag.catalogue import Generation, StoredVectors
from rag.errors import LibraryError
from rag.vectors import generation as generations
from rag.vectors.chroma import BATCH, LEAST, Store, StoreUnusableError, write, wrong_neighbours

Seqs = NDArray[np.int64]
Vectors = NDArray[np.float32]
Hits = list[tuple[int, float]]

EXACT_UP_TO: Final = 1_000  # passages in scope: reading their vectors from the catalogue costs less than asking Chroma
LISTED_UP_TO: Final = 15_000  # passages in scope that Chroma is given one by one
_SMALL: Final = 2_000  # passages: a library this small is sealed after every change
_BACKLOG: Final = 0.1  # share of the passages not yet in Chroma, or deleted since, that makes sealing due
_SAMPLES: Final = 20

_log = logging.getLogger(__name__)


class VectorIndex:
    """Chroma over the sealed passages, exact search over later ones, the catalogue's word on what is still there."""

    def __init__(self, root: Path, stored: StoredVectors) -> None:
        self._root = root
        self._stored = stored
        self._lock = threading.RLock()
        self._version = -1
        self._sealed: Generation | None = None  # what the catalogue names
        self._serving: Generation | None = None  # the same if it was found intact
        self._found_sound: frozenset[tuple[str, int, int]] = frozenset()  # the stamp it had then
        self._store: Store | None = None
        self._later: tuple[Seqs, Vectors] = (np.zeros(0, np.int64), np.zeros((0, 0), np.float32))

    def nearest(self, vector: Vectors, k: int, articles: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return up to `k` (passage id, cosine), best first, among the passages of `articles` or of all."""
        with self._lock:
            self._refresh()
            try:
                hits = self._nearest(vector, k, articles)
            except StoreUnusableError as error:
                self._distrust(str(error))
                hits = self._nearest(vector, k, articles)
        ids = self._stored.passage_ids([seq for seq, _ in hits])
        return [(ids[seq], score) for seq, score in hits if seq in ids][:k]

    def intact(self) -> bool:
        """Return whether the serving generation, if any, is as it was sealed; hashes its files once."""
        with self._lock:
            self._refresh()
            return self._serving == self._sealed

    def due(self) -> bool:
        """Return whether to seal: enough has changed since the last sealing, or what was sealed was found damaged."""
        if self._serving != self._sealed:
            return True
        total, pending, gone = self._stored.backlog()
        backlog = pending + gone
        return backlog > 0 and (total >= LEAST or gone > 0) and (total < _SMALL or backlog > _BACKLOG * total)

    def seal(self) -> int:
        """Write a new generation from the catalogue, check it, make it the serving one; return its size.

        Only for the holder of the library's write lock.

        Raises:
            LibraryError: Chroma did not store what it was given; the generation that served before still does.
        """
        self.sweep()
        total = self._stored.backlog()[0]
        self._stored.seal(self._write(total) if total >= LEAST else None)
        self.sweep()
        return total

    def sweep(self) -> None:
        """Delete what an interrupted sealing left behind. Only for the holder of the library's write lock."""
        sealed = self._stored.sealed()
        generations.sweep(self._root, sealed.name if sealed else None)

    def problems(self) -> list[str]:
        """Return what is wrong with the serving generation, one line each."""
        sealed = self._stored.sealed()
        found = self._damage(sealed) if sealed else None
        return [f"vector index {sealed.name}: {found}"] if sealed and found else []

    def close(self) -> None:
        """Let go of the open generation."""
        with self._lock:
            self._release()
            self._version, self._sealed, self._serving = -1, None, None

    # --- what is served

    def _refresh(self) -> None:
        """Follow the catalogue: another generation, more passages after it."""
        version = self._stored.data_version()
        if version == self._version:
            return
        sealed = self._stored.sealed()
        if sealed != self._sealed:
            self._release()
            self._sealed, self._serving = sealed, None
            stamp = generations.stamp(self._root / sealed.name) if sealed else frozenset()
            problem = self._damage(sealed) if sealed else None
            if problem and self._stored.sealed() != sealed:
                self._refresh()  # replaced while we looked
                return
            if problem:
                self._distrust(problem)
            else:
                self._serving, self._found_sound = sealed, stamp
        self._read_later()
        self._version = version

    def _damage(self, sealed: Generation) -> str | None:
        described: dict[str, object] = {"count": sealed.count, "through": sealed.through}
        return generations.damage(self._root / sealed.name, sealed.digest, described)

    def _read_later(self) -> None:
        self._later = self._stored.after(self._serving.through if self._serving else 0)

    def _distrust(self, problem: str) -> None:
        _log.warning(
            "%s: the vector index is ignored (%s); searching the catalogue itself until `python -m ingest rebuild`",
            self._root / self._sealed.name if self._sealed else self._root,
            problem,
        )
        self._release()
        self._serving = None
        self._read_later()

    def _release(self) -> None:
        if self._store:
            self._store.close()
        self._store = None

    def _open(self) -> Store | None:
        """Return the open store of the serving generation, None if there is none.

        It is opened when first searched, which may be long after its hashes were compared. What Chroma does with a file
        damaged since then is anything from wrong neighbours to a segmentation fault.
        """
        if self._serving and not self._store:
            folder = self._root / self._serving.name
            problem = self._damage(self._serving) if generations.stamp(folder) != self._found_sound else None
            if problem:
                raise StoreUnusableError(problem)
            self._store = Store(folder)
        return self._store

    # --- searching

    def _nearest(self, vector: Vectors, k: int, articles: Collection[str] | None) -> Hits:
        if articles is None:
            return self._everywhere(vector, k, None)
        scope = self._stored.seqs(articles)
        if len(scope) <= EXACT_UP_TO:
            return _exact(vector, k, *self._stored.of_articles(articles))
        store = self._open()
        if not store or not self._serving or len(scope) > LISTED_UP_TO:
            return self._everywhere(vector, k, scope)
        sealed = scope[scope <= self._serving.through]
        hits = store.nearest(vector, min(k, len(sealed)), sealed) if len(sealed) else []
        return _best(k, hits, self._exact_later(vector, k, scope))

    def _everywhere(self, vector: Vectors, k: int, scope: Seqs | None) -> Hits:
        """Search the whole index for `k` passages that still exist and are in scope, asking for more until they are."""
        later = self._exact_later(vector, k, scope)
        store = self._open()
        if not store or not self._serving:
            return later
        allowed = None if scope is None else set(scope.tolist())
        wanted = k
        while True:
            wanted = min(wanted, self._serving.count)
            found = store.nearest(vector, wanted)
            alive = self._stored.passage_ids([seq for seq, _ in found])
            hits = [hit for hit in found if hit[0] in alive and (allowed is None or hit[0] in allowed)]
            if len(hits) >= k or wanted == self._serving.count:
                return _best(k, hits, later)
            if wanted > LISTED_UP_TO and scope is not None:
                return _exact(vector, k, *self._stored.of_seqs(scope))
            wanted *= 4

    def _exact_later(self, vector: Vectors, k: int, scope: Seqs | None) -> Hits:
        seqs, vectors = self._later
        if scope is not None:
            inside = np.isin(seqs, scope)
            seqs, vectors = seqs[inside], vectors[inside]
        return _exact(vector, k, seqs, vectors)

    def _write(self, total: int) -> Generation:
        folder: Path | None = None
        try:
            folder = generations.new_folder(self._root)
            return self._filled(folder, total)
        except (StoreUnusableError, OSError) as error:
            if folder:
                generations.discard(folder)  # it may be what fills the disk
            raise LibraryError(
                f"{self._root}: the vector index could not be written ({error}); search does without it. "
                "Check the disk, then run `python -m ingest rebuild`."
            ) from error

    def _filled(self, folder: Path, total: int) -> Generation:
        write(folder, total, self._stored.batches(BATCH))
        self._check_written(folder, total)
        through, (embedder, width) = self._stored.last(), self._stored.embedder()
        described = {"count": total, "through": through, "embedder": embedder, "dimensions": width}
        return Generation(folder.name, generations.seal(folder, described), through, total)

    def _check_written(self, folder: Path, total: int) -> None:
        """Open a new store as a reader would and look up some of its own vectors."""
        seqs, vectors = self._stored.sample(_SAMPLES)
        with closing(Store(folder)) as store:
            held, wrong = store.count(), wrong_neighbours(store, seqs.tolist(), vectors)
        if held != total or wrong:
            raise StoreUnusableError(f"{held} of {total} vectors, {len(wrong)} of {len(seqs)} samples not found")


def _exact(vector: Vectors, k: int, seqs: Seqs, vectors: Vectors) -> Hits:
    """Return the `k` best (number, cosine) by comparing with every vector."""
    if not len(seqs) or k < 1:
        return []
    scores = vectors @ vector
    best = np.argpartition(-scores, k - 1)[:k] if k < len(seqs) else np.arange(len(seqs))
    return _best(k, [(int(seqs[row]), float(scores[row])) for row in best])


def _best(k: int, *hits: Hits) -> Hits:
    return sorted((hit for some in hits for hit in some), key=lambda hit: (-hit[1], hit[0]))[:k]
