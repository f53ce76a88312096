"""What a document does not state and its surroundings suggest: a date, marked as a guess, and a name of last resort."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from ingest.metadata import published_from
from ingest.origins import with_origins
from ingest.types import Draft, RawDocument
from rag.types import GUESSED_DATE

CREATED = "created"
"""The metadata key under which a reader leaves the day a file was made."""

_FIRST_YEAR, _LAST_YEAR = 1980, 2100
_OPENING = 2_000
_DAY = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4})"
_AS_OF = re.compile(
    rf"\b(?:as (?:of|at)|dated|priced (?:on|at)|prices (?:of|on|as of))\s+(?:the close of\s+)?({_DAY})\b"
)
_YEAR = r"(?:19|20)\d{2}"
_IN_NAME = re.compile(
    rf"""(?<!\d)(?:
        (?P<year>{_YEAR})(?P<mark>[-_. ]?)(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])
        |(?P<spelt>\d{{1,2}}[-_. ]?[A-Za-z]{{3,9}}[-_. ]?{_YEAR}|[A-Za-z]{{3,9}}[-_. ]\d{{1,2}}[-_. ]{_YEAR})
        )(?!\d)""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_][\w&'’]*")
_MACHINE = re.compile(r"\d.*[a-z]|[a-z].*\d.*\d", re.IGNORECASE)


def with_guesses(draft: Draft, document: RawDocument) -> Draft:
    """Return a file's draft with a likely date where it states none, marked as a guess, and a title out of its name.

    The date is, in this order, one of which the opening says that prices or views are as of it, the day the file was
    made, a date in the file's name. The time the file system keeps is none: it is mostly that of a download.
    """
    stem = PurePath(document.key).name.split(".", 1)[0] if document.path else ""
    if not draft.title and (title := _title_in(stem)):
        draft = with_origins(replace(draft, title=title), {"title": "file name"})
    if draft.published:
        return draft
    for day, origin in _days(draft, stem):
        if day and _FIRST_YEAR <= day.year <= _LAST_YEAR:
            draft = with_origins(replace(draft, published=day), {"published": origin})
            return marked_as_guess(draft)
    return draft


def marked_as_guess(draft: Draft) -> Draft:
    """Return the draft with its date marked as a guess."""
    return replace(draft, metadata=(*(pair for pair in draft.metadata if pair != GUESSED_DATE), GUESSED_DATE))


def _days(draft: Draft, stem: str) -> Iterator[tuple[datetime | None, str]]:
    said = _AS_OF.search(draft.text[:_OPENING])
    yield published_from(said[1]) if said else None, "a date in the text"
    yield published_from(dict(draft.metadata).get(CREATED)), "file properties"
    yield _day_in(stem), "file name"


def _day_in(stem: str) -> datetime | None:
    """Return the one date in a file name; none for several, or for day and month in numbers that may be swapped."""
    found = set()
    for match in _IN_NAME.finditer(stem):
        if match["spelt"]:
            spelt = re.sub(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)|[-_.]", " ", match["spelt"])
            found.add(published_from(spelt))
        else:
            found.add(published_from(f"{match['year']}-{match['month']}-{match['day']}"))
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def _title_in(stem: str) -> str | None:
    """Return the words of a file name, if it is made of words: at least three, and nothing a machine would number."""
    parts = re.sub(r"[-_.]+", " ", _IN_NAME.sub(" ", stem)).split()
    if any(_MACHINE.fullmatch(part) and len(part) > 4 for part in parts):
        return None
    words = [part for part in parts if _WORD.fullmatch(part) and len(part) > 1]
    return " ".join(parts) if len(words) >= 3 else None
