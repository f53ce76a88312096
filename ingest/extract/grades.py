"""Changes of an agency's letters: "lowered the unit's senior debt to BB from BBB-minus"."""

from __future__ import annotations

import re

from ingest.extract.moves import Move
from ingest.extract.ratings import GRADE, change

_CHANGED = re.compile(
    r"\b(?:lower|cut|reduc|downgrad|rais|upgrad|increas|lift)(?:s|ed|es|d|ing)?\b[^;.]{0,160}?\bto\s(?P<to>"
    rf"{GRADE})\s(?:\([^)]*\)\s)?from\s(?P<old>{GRADE})",
)
_CHANGED_BACK = re.compile(
    r"\b(?:lower|cut|reduc|downgrad|rais|upgrad|increas|lift)(?:s|ed|es|d|ing)?\b[^;.]{0,160}?\bfrom\s(?P<old>"
    rf"{GRADE})\s(?:\([^)]*\)\s)?to\s(?P<to>{GRADE})",
)


def grade_change_in(sentence: str) -> Move | None:
    """Return the first change of a grade from one to another that a sentence tells; None if it tells none.

    Neither holder nor subject is read: an agency's sentences name the one before, and list the issues of the other.
    """
    match = _CHANGED.search(sentence) or _CHANGED_BACK.search(sentence)
    direction = change(match["old"], match["to"]) if match else 0
    if match is None or direction == 0:
        return None
    return Move(
        start=match.start(),
        end=match.end(),
        action="upgrade" if direction > 0 else "downgrade",
        from_rating=match["old"],
        to_rating=match["to"],
        target_from=None,
        target_to=None,
        horizon=None,
        stance="bullish" if direction > 0 else "bearish",
        firm=None,
        analyst=None,
        subject=None,
    )
