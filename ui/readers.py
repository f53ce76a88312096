"""Who is reading, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: `owner` of their conversations, "" where nobody signs in."""

    owner: str = ""
    may_ingest: bool = True
    may_delete: bool = True


def reader() -> Reader:
    """Return who the session belongs to."""
    return Reader()
