"""A process of its own that reads the views of articles: both ends."""

from __future__ import annotations

import sys
from typing import Final

from ingest.extract import Extractor
from ingest.process import Inside, Process
from ingest.reading import Reading, allowed, read
from rag.types import Article

# The first article of a process also waits until what the extractor needs is loaded, on a busy machine for long.
FIRST: Final = 3


class Worker:
    """This side's end: articles go in, their readings come out in the same order, until the process is lost."""

    def __init__(self, extractor: Extractor | None, seconds: float) -> None:
        """Start the process and wait until it has the extractor, which gets `seconds` for an article of usual length.

        Raises:
            NoWorkerError: the extractor cannot be pickled or not be found from another process, or none can be started.
        """
        self._seconds = seconds
        self.process = Process("ingest.worker", (extractor, seconds))

    def send(self, article: Article) -> None:
        """Have one more article read."""
        self.process.send(article)

    def receive(self) -> Reading | None:
        """Wait for the next reading; None if the process ended over that article."""
        reading = self.process.receive()
        return reading if isinstance(reading, Reading) else None

    def kill(self) -> None:
        """End the process at once; whoever waits for a reading is told None."""
        self.process.kill()

    def stop(self) -> str:
        """Make sure that the process has ended, and return in a few words how it did."""
        return self.process.stop(self._seconds)


def main() -> None:
    """Read each article that comes in and write what it yields, until the other side closes or is no more."""
    inside = Inside()
    extractor, seconds = inside.task
    _do_without_torch(extractor)
    patience = FIRST
    for article in inside.values():
        with inside.watch(patience * allowed(article, seconds)):
            reading = read(article, extractor)
        inside.reply(reading)
        patience = 1


def _do_without_torch(extractor: Extractor | None) -> None:
    """Keep spaCy, for our own rules, from importing torch where there is one: 100 MB and a second for nothing."""
    if getattr(extractor, "__module__", "").startswith("ingest."):
        sys.modules["torch"] = None  # type: ignore[assignment]


if __name__ == "__main__":
    main()
