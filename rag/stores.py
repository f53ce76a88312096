"""The files of a library: the catalogue (the truth) and the vector index in one folder, opened, locked, in step.

Any number of processes read at the same time; one writes, holding `write.lock`. Readers follow what a writer commits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar, cast

from filelock import FileLock, Timeout

from rag.catalogue import Catalogue
from rag.catalogue.rows import Vectors
from rag.config import Settings, read_settings
from rag.conversations import Conversations
from rag.embed import Embedder, embedding_text, load_embedder
from rag.errors import LibraryCorrupt, LibraryError, LibraryLocked, ModelMismatch
from rag.sources import Sources
from rag.storage import Storage, storage
from rag.vectors import VectorIndex

CATALOGUE: Final = "catalogue.sqlite3"
CHROMA: Final = "chroma"
LOCK: Final = "write.lock"
_LOCK_SECONDS: Final = 0.5
_REEMBED_BATCH: Final = 512

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Stores:
    """The open stores of a library, what it is set to, and the right to write."""

    def __init__(self, path: Path, settings: Settings, embedder: Embedder, today: Callable[[], date]) -> None:
        """Use `Library.open`."""
        self.path = path
        self.settings = settings
        self.embedder = embedder
        self.today = today
        self.catalogue = Catalogue(path / CATALOGUE)
        self.vectors = VectorIndex(path / CHROMA, self.catalogue.vectors)
        self.conversations = Conversations(self.catalogue.conversations)
        self.visits = self.catalogue.visits
        self.sources = Sources(self.catalogue, self.writer)
        self._lock = FileLock(path / LOCK)
        self._cache: dict[str, tuple[int, object]] = {}

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        today: Callable[[], date] = date.today,
    ) -> Self:
        """Open the library in a folder, creating both where they are missing.

        A vector index that is damaged, missing or stale is rebuilt from the catalogue on the way, unless another
        process is writing. A library of an earlier version is brought to the present one; its articles and vectors
        stay.

        Raises:
            LibraryCorrupt: the catalogue cannot be read.
            LibraryLocked: an earlier version wrote the library, and another process is writing to it.
            ModelMismatch: the library was embedded with another model.
            LibraryError: the path is no folder, cannot be written, or another version wrote the library.
        """
        library = cls._unchecked(path, settings, embedder, today)
        try:
            library._check_embedder()
            library._heal()
            library._let_go()
        except LibraryError:
            library.close()
            raise
        return library

    @classmethod
    def reembed(
        cls,
        path: str | Path,
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Embed all passages of a library anew, with the embedder of the settings; return how many there were.

        `progress` is told (done, total). Interrupted, it leaves the library as it was.
        """
        library = cls._unchecked(path, settings, embedder, date.today)
        try:
            with library.writer():
                ids = library.catalogue.all_passage_ids()
                vectors: list[tuple[str, Vectors]] = []
                for first in range(0, len(ids), _REEMBED_BATCH):
                    some = library.catalogue.passages(ids[first : first + _REEMBED_BATCH])
                    encoded = library.embedder.encode([embedding_text(passage) for passage in some])
                    vectors += [(passage.id, row) for passage, row in zip(some, encoded, strict=True)]
                    if progress:
                        progress(len(vectors), len(ids))
                library.catalogue.vectors.replace(library.embedder.name, library.embedder.dimensions, vectors)
                return len(ids)
        finally:
            library.close()

    @classmethod
    def _unchecked(
        cls, path: str | Path, settings: Settings | None, embedder: Embedder | None, today: Callable[[], date]
    ) -> Self:
        """Open or create a library without comparing its embedder."""
        folder = Path(path)
        settings = settings or read_settings()
        _make_folder(folder)
        library = cls(folder, settings, embedder or load_embedder(settings.embedder, settings.embed_precision), today)
        try:
            if library.catalogue.is_empty():
                if (folder / CHROMA).exists():
                    raise LibraryCorrupt(
                        f"{folder / CATALOGUE}: the catalogue is missing or empty though the library was in use; "
                        "restore it from a copy, or move the folder away and ingest the articles again."
                    )
                library.catalogue.create(library.embedder.name, library.embedder.dimensions)
            if library.catalogue.is_outdated():
                with library.writer():
                    library.catalogue.upgrade()
        except LibraryError:
            library.close()
            raise
        return library

    def close(self) -> None:
        """Close the stores; the library is not usable afterwards."""
        self.vectors.close()
        self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Hold the library for writing; on leaving without an error, bring the vector index up to date when due.

        May be entered again by the thread that holds it.

        Raises:
            LibraryLocked: another process (or thread) is writing.
        """
        with self._held(_LOCK_SECONDS):
            outermost = self._lock.lock_counter == 1
            if outermost:
                self.vectors.sweep()
            yield
            if outermost and self.vectors.due():
                self._seal_if_possible()

    @contextmanager
    def _held(self, patience: float) -> Iterator[None]:
        """Hold the lock, for which to wait so many seconds."""
        try:
            self._lock.acquire(timeout=patience)
        except Timeout as error:
            raise LibraryLocked(
                f"{self.path}: another process is writing to this library; wait until it is done, then try again."
            ) from error
        except OSError as error:
            raise LibraryError(f"{self.path / LOCK}: cannot be locked ({error}); check its permissions.") from error
        try:
            yield
        finally:
            self._lock.release()

    def rebuild(self) -> int:
        """Write the vector index anew from the catalogue, embedding nothing; return how many passages it holds.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self.writer():
            return self.vectors.seal()

    def storage(self) -> Storage:
        """Return how much room the library takes on the disk."""
        return storage(self.path, CATALOGUE, CHROMA)

    def verify(self) -> list[str]:
        """Return what is wrong with the stores, one line each; empty if nothing is."""
        return [*self.catalogue.problems(), *self.vectors.problems()]

    def cached(self, key: str, make: Callable[[], T]) -> T:
        """Return what `make` makes, made anew only after the library changed."""
        version = self.catalogue.vectors.data_version()
        held = self._cache.get(key)
        if held is None or held[0] != version:
            held = self._cache[key] = (version, make())
        return cast("T", held[1])

    def _check_embedder(self) -> None:
        stored = self.catalogue.vectors.embedder()
        given = (self.embedder.name, self.embedder.dimensions)
        if stored != given:
            raise ModelMismatch(
                f"{self.path}: embedded with {stored[0]} ({stored[1]} wide), not {given[0]} ({given[1]} wide); "
                f"set HOUSEVIEW_EMBEDDER={stored[0]}, or embed it anew with `python -m ingest rebuild --reembed`."
            )

    def _heal(self) -> None:
        """Replace a vector index that is damaged, missing or stale; search does without it while another one writes."""
        if not self.vectors.intact() or self.vectors.due():
            with suppress(LibraryError), self._held(0):
                self._seal_if_possible()

    def _let_go(self) -> None:
        """Drop what was removed too long ago to be brought back; the next opening does if another one writes now."""
        if self.catalogue.has_old_removals(self.today()):
            with suppress(LibraryError), self._held(0):
                self.catalogue.let_go_of_old(self.today())

    def _seal_if_possible(self) -> None:
        """Bring the vector index up to date; what is stored stays stored and searchable if that fails."""
        try:
            self.vectors.seal()
        except LibraryError as error:
            _log.warning("%s", error)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise LibraryError(f"{folder}: is a file, not a folder; choose another place for the library.") from error
    except OSError as error:
        raise LibraryError(
            f"{folder}: the library cannot be created ({error.strerror}); choose another place."
        ) from error
