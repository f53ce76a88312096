"""Keeps a worker process at work: hands it articles, takes its readings, replaces it when an article ends it."""

from __future__ import annotations

from collections import deque
from queue import Empty, Queue, SimpleQueue
from threading import Lock, Thread
from typing import Final

from ingest.extract import Extractor
from ingest.process import NoWorkerError
from ingest.reading import Reading, unread
from ingest.worker import Worker
from rag.types import Article

# Sent to a process before it has answered, so that it never waits for this one, which may be busy encoding.
_AHEAD: Final = 8
# An extractor that ends so many processes in a row is tried no more: each takes its time limit and a new start.
LOSSES: Final = 3
NOT_TRIED: Final = f"not tried, since {LOSSES} articles in a row could not be read"

Jobs = Queue[Article | None]
Done = SimpleQueue[tuple[Article, Reading | None]]


class Attendant(Thread):
    """Takes articles from `jobs`, None meaning no more, and puts each into `done` with its reading.

    Without a reading goes an article that no process can read, since none will start or knows the extractor.
    """

    def __init__(self, extractor: Extractor | None, seconds: float, jobs: Jobs, done: Done) -> None:
        """Start nothing yet; the extractor gets `seconds` for an article of usual length."""
        super().__init__(daemon=True)
        self._extractor = extractor
        self._seconds = seconds
        self._jobs = jobs
        self._done = done
        self._sent: deque[Article] = deque()
        self._lock = Lock()
        self._worker: Worker | None = None
        self._dismissed = False
        self._refused = False
        self._losses = 0

    def run(self) -> None:
        """Attend until there is no more."""
        while not self._dismissed and self._top_up():
            worker = self._worker or self._hired()
            reading = worker.receive() if worker else None
            article = self._sent.popleft()
            if reading:
                self._losses = 0
            elif worker:
                reading = unread(article, self._lost(worker))
            elif not self._refused:
                reading = unread(article, NOT_TRIED)
            self._done.put((article, reading))
        if self._worker:
            self._worker.stop()

    def dismiss(self) -> None:
        """End the process, and have `run` return soon."""
        with self._lock:
            self._dismissed = True
            if self._worker:
                self._worker.kill()
        self._jobs.put(None)

    def _top_up(self) -> bool:
        """Send on what waits, as far ahead as is good; False if no more will come."""
        while len(self._sent) < _AHEAD:
            try:
                article = self._jobs.get(block=not self._sent)
            except Empty:
                break
            if article is None:
                return False
            self._sent.append(article)
            if self._worker:
                self._worker.send(article)
        return True

    def _hired(self) -> Worker | None:
        """Return a new worker with all that was sent before, None if there is no use in one."""
        if self._refused or self._losses >= LOSSES:
            return None
        try:
            worker = Worker(self._extractor, self._seconds)
        except NoWorkerError:
            self._refused = True
            return None
        with self._lock:
            self._worker = worker
            if self._dismissed:
                worker.kill()
        for article in self._sent:
            worker.send(article)
        return worker

    def _lost(self, worker: Worker) -> str:
        """Let a worker go and return how it ended."""
        self._losses += 1
        with self._lock:
            self._worker = None
        return worker.stop()
