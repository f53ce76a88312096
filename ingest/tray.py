"""What passes between those who read documents and the one who asks for what they hold: jobs in, articles out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Final

from ingest.types import Failure, RawDocument
from rag.types import Article

_MOST: Final = 8_000_000  # characters that lie there and were not yet asked for


class Job:
    """A document to be read, and what was found in it and not yet asked for."""

    def __init__(self, document: RawDocument) -> None:
        """Begin with nothing found."""
        self.document = document
        self.found: deque[Article | Failure] = deque()
        self.is_done = False
        self.is_unwanted = False


class Tray:
    """Safe to share between threads."""

    def __init__(self) -> None:
        """Begin with no jobs."""
        self._changed = Condition()
        self._jobs: deque[Job] = deque()
        self._size = 0
        self._asked_for: Job | None = None
        self._is_closed = False

    def add(self, job: Job) -> int:
        """Have a job done, and return how many wait."""
        with self._changed:
            self._jobs.append(job)
            self._changed.notify_all()
            return len(self._jobs)

    def of(self, job: Job) -> Iterator[Article | Failure]:
        """Yield what comes of a job until nothing more does."""
        while True:
            with self._changed:
                self._asked_for = job
                self._changed.notify_all()
                self._changed.wait_for(lambda: job.found or job.is_done)
                found = self._taken(job)
            if not found:
                return
            yield from found

    def drop(self, jobs: Iterable[Job]) -> None:
        """Let go of jobs that nobody asks for any more."""
        with self._changed:
            for job in jobs:
                job.is_unwanted = True
                self._taken(job)
            self._jobs = deque(job for job in self._jobs if not job.is_unwanted)
            self._changed.notify_all()

    def close(self) -> None:
        """Send everyone home."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    # --- for those who read

    def next_job(self) -> Job | None:
        """Wait for a job; None if there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._is_closed)
            return None if self._is_closed else self._jobs.popleft()

    def put(self, job: Job, found: Article | Failure) -> bool:
        """Lay down what was found once there is room for it; False if nobody wants it any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._has_room(job) or job.is_unwanted or self._is_closed)
            if job.is_unwanted or self._is_closed:
                return False
            job.found.append(found)
            self._size += _size(found)
            self._changed.notify_all()
            return True

    @contextmanager
    def at_work(self, job: Job) -> Iterator[None]:
        """Have whoever asks know when a job is done, or was left in the middle by a fault of ours."""
        is_whole = False
        try:
            yield
            is_whole = True
        finally:
            with self._changed:
                if not is_whole:
                    lost = Failure(job.document.name, "was not read, by a fault in Houseview; please report it.")
                    job.found.append(lost)
                    self._size += _size(lost)
                job.is_done = True
                self._changed.notify_all()

    def _taken(self, job: Job) -> list[Article | Failure]:
        found = list(job.found)
        job.found.clear()
        self._size -= sum(map(_size, found))
        return found

    def _has_room(self, job: Job) -> bool:
        """Return whether more may be laid down; the job that is waited for always may, lest all wait for each other."""
        return self._size < _MOST or (job is self._asked_for and not job.found)


def _size(found: Article | Failure) -> int:
    return len(found.text) if isinstance(found, Article) else len(found.reason)
