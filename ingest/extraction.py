"""Many articles read while the caller does something else: in processes of their own, or here when they are few."""

from __future__ import annotations

from contextlib import suppress
from queue import Empty, Queue, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Final, Self

from ingest.attendant import LOSSES, NOT_TRIED, Attendant, Done, Jobs
from ingest.extract import Extractor
from ingest.process import too_long
from ingest.reading import Reading, allowed, label, read, unread
from ingest.worker import FIRST
from rag.types import Article

SECONDS: Final = 30.0
# Up to here, starting a process takes longer than it saves.
_FEW_ARTICLES: Final = 30
_FEW_CHARACTERS: Final = 50_000
_TO_CLOSE: Final = 5.0
_LOOK: Final = 1.0  # seconds between looks whether anyone is still at work


class Extraction:
    """Reads the articles submitted to it; a context manager, since it may have processes to end."""

    def __init__(self, extractor: Extractor | None, *, workers: int = 1, seconds: float | None = None) -> None:
        """Start nothing yet; the extractor gets `seconds` for an article of usual length.

        Without a number these are its own `seconds`, else 30.
        """
        seconds = getattr(extractor, "seconds", SECONDS) if seconds is None else seconds
        self._extractor = extractor
        self.label = label(extractor)
        self._seconds = seconds
        self._patience = FIRST
        self._overruns = 0  # of the time allowed here, in a row
        self._held: list[Article] = []  # given to no process yet
        self._under_way: dict[str, Article] = {}  # by id
        self._jobs: Jobs = Queue()
        self._done: Done = SimpleQueue()
        self._workers = workers
        self._attendants: list[Attendant] = []

    def submit(self, article: Article) -> None:
        """Have an article read: now, once there is enough work for a process, else on `collect`."""
        self._held.append(article)
        if self._attendants or self._are_many():
            self._hand_out()

    def collect(self) -> dict[str, Reading]:
        """Wait until all that was submitted is read, and return the readings by article id."""
        readings: dict[str, Reading] = {}
        while self._under_way and (done := self._next_done()):
            article, reading = done
            del self._under_way[article.id]
            if reading:
                readings[article.id] = reading
            else:
                self._held.append(article)
        here = [*self._held, *self._under_way.values()]
        self._held, self._under_way = [], {}
        return readings | {article.id: self._read_here(article) for article in here}

    def close(self) -> None:
        """End the processes; what they have not read stays unread."""
        for attendant in self._attendants:
            attendant.dismiss()
        for attendant in self._attendants:
            attendant.join(_TO_CLOSE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _are_many(self) -> bool:
        return len(self._held) > _FEW_ARTICLES or sum(len(each.text) for each in self._held) > _FEW_CHARACTERS

    def _hand_out(self) -> None:
        while len(self._attendants) < self._workers:
            self._attendants.append(Attendant(self._extractor, self._seconds, self._jobs, self._done))
            self._attendants[-1].start()
        for article in self._held:
            self._jobs.put(article)
            self._under_way[article.id] = article
        self._held.clear()

    def _next_done(self) -> tuple[Article, Reading | None] | None:
        """Wait for the next article to come back; None if no attendant is left to bring one."""
        while any(attendant.is_alive() for attendant in self._attendants):
            with suppress(Empty):
                return self._done.get(timeout=_LOOK)
        return None

    def _read_here(self, article: Article) -> Reading:
        """Read an article in a thread of this process, which is left behind if it takes too long."""
        if self._overruns >= LOSSES:
            return unread(article, NOT_TRIED)
        found: list[Reading] = []
        thread = Thread(target=lambda: found.append(read(article, self._extractor)), daemon=True)
        thread.start()
        thread.join(self._patience * allowed(article, self._seconds))
        self._patience = 1
        self._overruns = 0 if found else self._overruns + 1
        return found[0] if found else unread(article, too_long(self._seconds))
