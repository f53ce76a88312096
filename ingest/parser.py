"""A process of its own that reads documents: both ends. What hangs, crashes or swells ends that process, no other."""

from __future__ import annotations

import logging
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from ingest.entries import MIB
from ingest.formats import ROWS
from ingest.loading import size_of
from ingest.parse import Found, Parse
from ingest.process import Caught, Inside, Process
from ingest.types import Failure, RawDocument
from rag.types import Article

# The first document of a process also waits until what its reader needs is loaded, on a busy machine for long.
_FIRST: Final = 3
_LONG: Final = 10 * MIB  # bytes that double the time a document may take
# A document's articles together may be so many times as long as one may be, and no more than so many.
_TIMES, _ARTICLES = 4, 10_000
# Sent at once, whichever is reached first.
_MANY, _MUCH, _SOON = 100, 100_000, 0.5
_STATUS: Final = Path("/proc/self/status")
_NEARLY: Final = 0.9  # of the memory, from where on a failure is likely to be for want of it

# Whether more comes, whether that was all, or that was all and the process is not to be used again.
_Then = Literal["more", "done", "spent"]


class UnfinishedError(Exception):
    """A document was not read to its end; the message says why, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms documents are read.

    Attributes:
        parse: reads one document; a function that another process can import.
        max_chars: the length above which an article is refused.
        seconds: what a document of usual length may take; in a file of rows, what half a second of work may take.
        megabytes: what the process may use on top of what it takes to start.
    """

    parse: Parse
    max_chars: int
    seconds: float
    megabytes: float


class Parser:
    """This side's end: reads one document after another until one of them ends the process, or wears it out."""

    def __init__(self, terms: Terms) -> None:
        """Start the process.

        Raises:
            NoWorkerError: none can be had.
        """
        self._terms = terms
        self._process = Process("ingest.parser", terms)
        self._patience: float = _FIRST
        self.is_spent = False

    def parse(self, document: RawDocument, *, singly: bool = False) -> Iterator[list[Found]]:
        """Yield what a document holds, some at a time or, if `singly`, each as soon as it is found.

        Raises:
            UnfinishedError: the rest cannot be read, or the process ended over it.
        """
        self._process.send((document, singly))
        allowed = self._patience * _allowed(document, self._terms.seconds)
        self._patience = 1
        then: _Then = "more"
        while then == "more":
            reply = self._process.receive()
            if reply is None:
                self.is_spent = True
                raise UnfinishedError(_told(self._process.stop(allowed)))
            found, then, fault = reply
            self.is_spent = then == "spent"
            yield found
            if fault:
                raise UnfinishedError(fault)

    def kill(self) -> None:
        """End the process at once; whoever waits for it is told that it ended."""
        self._process.kill()

    def close(self) -> None:
        """End the process and wait until it has ended."""
        self._process.kill()
        self._process.stop()


def _told(how: str) -> str:
    remedy = "raise HOUSEVIEW_PARSE_SECONDS or save it in a simpler form" if how.startswith("took") else "save it anew"
    return f"reading it {how if how.startswith('took') else 'failed, ' + how}; {remedy}."


def _allowed(document: RawDocument, seconds: float) -> float:
    """Return how long a document may take, given what one of the usual length may."""
    return seconds * (1 + size_of(document) / _LONG)


def main() -> None:
    """Read each document that comes in and write what it holds, until the other side closes or is no more."""
    inside = Inside()
    logging.disable(logging.CRITICAL)  # libraries' warnings about broken files; the failures say it in our words
    terms: Terms = inside.task
    memory = _Memory(terms.megabytes)
    patience: float = _FIRST
    for document, singly in inside.values():
        seconds = patience * _allowed(document, terms.seconds)
        patience = 1
        with Caught() as caught:
            for found in _batches(inside, document, terms, seconds, memory, most=1 if singly else _MANY):
                inside.reply((found, "more", None))
        then: _Then = "spent" if caught.error or memory.is_short() else "done"
        inside.reply(([], then, _why(caught.error, terms) if caught.error else None))


def _batches(
    inside: Inside, document: RawDocument, terms: Terms, seconds: float, memory: _Memory, most: int
) -> Iterator[list[Found]]:
    """Yield what a document holds, some at a time; the time counts that is spent here, and not that of being heard."""
    found = terms.parse(document, terms.max_chars)
    if document.suffix not in ROWS:
        found = _within(found, document.name, terms.max_chars)
    left = seconds
    while True:
        began = time.monotonic()
        with inside.watch(left):
            batch = list(_some(found, most))
        if not batch:
            return
        yield [_short(each, terms) if isinstance(each, Failure) and memory.is_short() else each for each in batch]
        if document.suffix not in ROWS:
            left -= time.monotonic() - began


def _within(found: Iterator[Found], name: str, max_chars: int) -> Iterator[Found]:
    """Yield what a document holds as long as it is no more than a document should."""
    most, characters = _TIMES * max_chars, 0
    for number, each in enumerate(found):
        characters += len(each.text) if isinstance(each, Article) else 0
        if number >= _ARTICLES or characters > most:
            yield Failure(
                name,
                f"holds more than {_ARTICLES:,} articles or {most:,} characters, of which the first were read;"
                " split it, or raise HOUSEVIEW_MAX_ARTICLE_CHARS.",
            )
            return
        yield each


def _some(found: Iterator[Found], most: int) -> Iterator[Found]:
    """Yield the next few of what a document holds, and at most so many."""
    until, size = time.monotonic() + _SOON, 0
    for number, each in enumerate(found, start=1):
        yield each
        size += len(each.text) if isinstance(each, Article) else 0
        if isinstance(each, RawDocument) or number >= most or size > _MUCH or time.monotonic() > until:
            return


def _short(failure: Failure, terms: Terms) -> Failure:
    """Return a failure as one for want of memory; libraries tell of that as of any damage."""
    return replace(failure, reason=_why(MemoryError(), terms))


def _why(error: BaseException, terms: Terms) -> str:
    if isinstance(error, MemoryError):
        return f"needs more than {terms.megabytes:g} MiB to be read; raise HOUSEVIEW_PARSE_MB or split it."
    return f"cannot be read ({type(error).__name__}); save it anew, or in another format."


class _Memory:
    """What this process may use on top of what it did at first.

    Where the system does not say how much that is, as on a Mac, it does not hold processes to it either.
    """

    def __init__(self, megabytes: float) -> None:
        self._at_first, _ = _used()
        self._more = int(megabytes * MIB)
        if self._at_first:
            most = self._at_first + self._more
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def is_short(self) -> bool:
        """Return whether so much was used once that what failed most likely did for want of more."""
        return _used()[1] - self._at_first > _NEARLY * self._more


def _used() -> tuple[int, int]:
    """Return how many bytes of addresses this process uses, and used at most; 0 where that is not to be known."""
    if not _STATUS.exists():
        return 0, 0
    lines = (line.split() for line in _STATUS.read_text().splitlines() if line.startswith(("VmSize:", "VmPeak:")))
    sizes = {name: int(size) * 1024 for name, size, _ in lines}
    return sizes["VmSize:"], sizes["VmPeak:"]


if __name__ == "__main__":
    main()
