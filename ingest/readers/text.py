"""Plain text: an article as somebody pasted or saved it."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.clean import clean, decode
from ingest.first_lines import with_first_lines
from ingest.pitches import without_pitches
from ingest.types import Draft, RawDocument


def read(document: RawDocument) -> Iterator[Draft]:
    """Yield the article in a plain-text file."""
    yield with_first_lines(Draft(text=without_pitches(clean(decode(document.data)))))
