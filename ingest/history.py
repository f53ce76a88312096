"""The letters that a letter quotes or passes on, each told apart from what its sender wrote.

What others wrote is theirs: a letter quoted with its sender's name is an article of its own, under that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.metadata import published_from

_SIGNATURE = re.compile(r"^-- \n", re.MULTILINE)
_LONGEST_SIGNATURE = 1_000
_MOST_LINES = 3_000  # looking for history takes time that grows with the square of the lines
_DEEPEST = 10
_LONGEST_INTRODUCTION = 300
_DATE_AND_NAME = re.compile(r"^(.*\d:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?),?\s+(.+)$", re.IGNORECASE)
_QUOTED = re.compile(r"^>.*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter's own words, and what the letter around it says of it; all empty for the outermost.

    `left_out` counts the characters of others that it quotes without saying of whom, or only in parts.
    """

    text: str
    sender: str = ""
    sent: str = ""
    subject: str = ""
    left_out: int = 0


def letters_in(text: str) -> Iterator[Letter]:
    """Yield the letter and those below it, newest first; one of which nothing is left is passed over."""
    import quotequail  # noqa: PLC0415 - most folders hold no letters

    letter = Letter(text)
    for _ in range(_DEEPEST):
        found = _resplit(quotequail.unwrap(letter.text)) if letter.text.count("\n") < _MOST_LINES else None
        if found is None or not _is_history(found, letter.text):
            break
        below, bottom = found["text"], found.get("text_bottom", "")
        answers = _QUOTED.sub("", bottom)
        own = "\n\n".join(filter(None, (found.get("text_top", ""), answers.strip())))
        if not found.get("from") or answers != bottom:
            left_out = len(below) + len(bottom) - len(answers)
            yield replace(letter, text=own, left_out=left_out) if own else replace(letter, text=below)
            return
        if own:
            yield replace(letter, text=own)
        letter = Letter(below, found["from"], found.get("date", ""), found.get("subject", ""))
    yield letter


def without_signature(text: str) -> str:
    """Return a letter's text without the signature that the usual line of two hyphens sets apart."""
    *above, last = _SIGNATURE.split(text)
    return "".join(above[-1:]) if len(above) == 1 and len(last) <= _LONGEST_SIGNATURE and above[0].strip() else text


def _resplit(found: dict[str, str] | None) -> dict[str, str] | None:
    """Return what was found with "On Mon, Mar 2, 2026 at 9:14 AM Jane Doe wrote:" cut after the time, not the comma."""
    if found and found["type"] == "reply" and {"date", "from"} <= found.keys():
        match = _DATE_AND_NAME.match(f"{found['date']}, {found['from']}"[:_LONGEST_INTRODUCTION])
        return found | {"date": match[1], "from": match[2]} if match else found
    return found


def _is_history(found: dict[str, str], text: str) -> bool:
    """Return whether what was found is a letter, and not a divider, a quotation or a sentence that ends in "wrote:"."""
    if found["type"] == "quote" or not found.get("text"):
        return False
    if _QUOTED.search(text):
        return True
    return "from" in found and (found["type"] == "forward" or published_from(found.get("date")) is not None)
