"""Ways to read a document that a worker process can import by name; one word in a document has them do harm."""

from __future__ import annotations

import ctypes
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from ingest.loading import loaded
from ingest.parse import Found, parse_one
from ingest.types import RawDocument

BACKTRACKING = re.compile(r"(?:a|a)*b")


def _abort() -> None:
    os.abort()


def _fault() -> None:
    ctypes.string_at(0)


def _hang() -> None:
    """Hang where no other thread of the process gets a turn."""
    BACKTRACKING.match("a" * 60)


def _sleep() -> None:
    time.sleep(600)


def _swell() -> None:
    held = []
    while True:
        held.append(bytearray(2**24))


def _exit() -> None:
    os._exit(7)


def _leave() -> None:
    sys.exit(3)


def _break() -> None:
    raise KeyError("a fault in a reader")


HARMS = {
    b"ABORT": _abort,
    b"FAULT": _fault,
    b"HANG": _hang,
    b"SLEEP": _sleep,
    b"SWELL": _swell,
    b"EXIT": _exit,
    b"LEAVE": _leave,
    b"BREAK": _break,
}


def harmed(document: RawDocument, max_chars: int) -> Iterator[Found]:
    """Read a document as usual, after doing the harm that it asks for."""
    _harm(loaded(document).data)
    yield from parse_one(document, max_chars)


def harmed_by_row(document: RawDocument, max_chars: int) -> Iterator[Found]:
    """Read a file of rows as usual, and do the harm that a row asks for when it is its turn."""
    for each in parse_one(document, max_chars):
        _harm(each.text.encode())
        yield each


def _harm(data: bytes) -> None:
    for word, harm in HARMS.items():
        if word in data:
            harm()


def endless(document: RawDocument, max_chars: int) -> Iterator[Found]:
    """Find the same article in a document again and again."""
    (article,) = parse_one(document, max_chars)
    while True:
        yield article


def process_id(document: RawDocument, max_chars: int) -> Iterator[Found]:
    """Read a document as usual; its title is the process that did."""
    for each in parse_one(document, max_chars):
        yield replace(each, title=str(os.getpid()))
