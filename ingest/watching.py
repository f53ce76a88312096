"""Watching a folder: files that appear, change or go are added, updated and removed, until told to stop.

The folder is looked through every second rather than having the system tell of changes. That works on shares that other
machines write to, where no such news comes; none gets lost when many files change at once; and whether a file is still
being written is only seen by looking twice. A look costs one `stat` a file: 10,000 take some 0.15 s.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from ingest.articles import place_of
from ingest.extract import Extractor, extract
from ingest.run import Given, Run
from ingest.settling import Settling, Stamp
from ingest.syncing import step
from ingest.types import Outcome
from rag.config import Settings
from rag.errors import HouseviewError, SourceError
from rag.library import Library

# Enough that starting a batch weighs little, and few enough that another writer need not wait for long.
_BATCH: Final = 200
# Between batches, longer than a writer that waits lets pass between two tries at the lock.
_PAUSE: Final = 0.3
# A look through the folder may take up this share of the time.
_SHARE: Final = 0.1
_GONE: Final = (-1, -1, -1)


def watch(
    folder: str | Path,
    library: Library,
    *,
    settings: Settings | None = None,
    extractor: Extractor | None = extract,
    outcome: Callable[[Outcome], None] | None = None,
    stop: Event | None = None,
    interval: float = 1.0,
    settle: float = 2.0,
) -> None:
    """Keep a library in step with a folder until `stop` is set; what changed while nobody watched comes first.

    A file is read once it has not changed for `settle` seconds, and its articles go once it has been gone for as long.
    Nothing is removed while the folder cannot wholly be looked through. The library is locked for writing only while a
    batch of files is read and stored. Errors are told, and what they held up is tried again.

    Args:
        folder: the folder; it may come into being later.
        library: an open library.
        settings: limits; the library's own by default.
        extractor: as for `ingest`.
        outcome: called with what became of each article and file; "failed" with the folder or the library as source
            where that is what cannot be used.
        stop: ends the watch.
        interval: seconds between two looks, more where a look takes long.
        settle: seconds for which a file must stay as it is.
    """
    stop = stop or Event()
    tell = outcome or (lambda _: None)
    watched = _Watch(Path(folder), library, settings, extractor, tell, stop, Settling(settle))
    while not stop.is_set():
        watched.look()
        stop.wait(max(interval, watched.seconds / _SHARE))


@dataclass(slots=True)
class _Watch:
    """A folder being watched, and what the library is in step with."""

    folder: Path
    library: Library
    settings: Settings | None
    extractor: Extractor | None
    tell: Callable[[Outcome], None]
    stop: Event
    settling: Settling
    seconds: float = 0.0  # that the last look through the folder took
    _done: dict[str, Stamp | None] | None = None  # by place: the file that was read last, None for one not read here
    _identity: tuple[int, int] | None = None  # of the folder when last something was in it
    _said: str | None = None

    def look(self) -> None:
        """Look through the folder once, and bring the library in step with what has settled."""
        try:
            files = self._files()
            if self._done is None:
                held = self.library.sources.held_under(place_of(self.folder))
                self._done = {each.place: None for each in held if each.source}
            self._identify(files)
            places = files.keys() | self._done.keys()
            due = [place for place in places if place not in self._done or self._done[place] != files.get(place, _GONE)]
            settled = self.settling.settled({place: files.get(place) for place in due})
            self._catch_up(sorted(settled), files)
            self._said = None
        except (HouseviewError, OSError) as error:
            self._complain(error)

    def _files(self) -> dict[str, Stamp]:
        began = time.monotonic()
        try:
            return stamps(self.folder, without=self.library.path)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise SourceError(f"cannot be looked through ({why}); nothing is removed, trying again.") from error
        finally:
            self.seconds = time.monotonic() - began

    def _identify(self, files: Mapping[str, Stamp]) -> None:
        """Make sure that a folder with nothing in it is the one that was there, not the place of a missing share."""
        status = self.folder.stat()
        identity = (status.st_dev, status.st_ino)
        if files:
            self._identity = identity
        elif self._done and identity != self._identity:
            raise SourceError("is empty, as if a share were not mounted; nothing is removed, trying again.")

    def _catch_up(self, places: Sequence[str], files: Mapping[str, Stamp]) -> None:
        """Read what is new or changed and release what is gone, batch by batch."""
        assert self._done is not None  # noqa: S101 - `look` has set it
        for first in range(0, len(places), _BATCH):
            batch = places[first : first + _BATCH]
            root = place_of(self.folder)
            changed = [Given(Path(place), root) for place in batch if place in files]
            with Run(self.library, self.settings, self.extractor, outcome=self.tell) as run:
                step(run, self.library, changed, gone=[place for place in batch if place not in files])
            self._done |= {place: files[place] for place in batch if place in files}
            for place in batch:
                if place not in files:
                    self._done.pop(place, None)
            if self.stop.wait(_PAUSE):
                return

    def _complain(self, error: HouseviewError | OSError) -> None:
        """Tell of what is in the way, once for as long as it is."""
        if str(error) != self._said:
            self._said = str(error)
            source = self.folder if isinstance(error, (SourceError, OSError)) else self.library.path
            self.tell(Outcome("failed", str(source), str(error).removeprefix(f"{source}: ")))


def stamps(folder: Path, without: Path | None = None) -> dict[str, Stamp]:
    """Return every file below a folder by its place, with what changes when its content does.

    Hidden files and links out of the folder are left out, as `ingest.sources` leaves them, and so is the folder
    `without`: the library's own files, if they lie there, change with each look that finds something.

    Raises:
        OSError: some of it cannot be looked through.
    """
    found: dict[str, Stamp] = {}
    inside = folder.resolve(strict=True)
    apart = without.resolve() if without else None
    for root, folders, names in os.walk(folder, onerror=_give_up):
        folders[:] = [name for name in folders if not name.startswith(".") and Path(root, name).resolve() != apart]
        for name in names:
            path = Path(root, name)
            if name.startswith(".") or (path.is_symlink() and not path.resolve().is_relative_to(inside)):
                continue
            try:
                status = path.stat()
            except FileNotFoundError:  # gone since it was listed
                continue
            found[place_of(path)] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return found


def _give_up(error: OSError) -> None:
    raise error
