"""Changes told with both ratings: "lowered the unit's debt to BB from BBB-minus", "I am cutting tin to hold from buy".

The surest of all forms, read wherever the grammar of `ingest.extract.moves` finds none.
"""

from __future__ import annotations

import re

from ingest.extract.moves import Move
from ingest.extract.ratings import GRADE, RATING, change, stance_of

_SHORT = 40  # characters of words that may be a name
_VERB = r"\b(?:lower|cut|cutt|reduc|downgrad|rais|upgrad|increas|lift|mov|shift|tak|took)(?:s|ed|es|e|d|ing)?\b"
_PAIRS = tuple(
    re.compile(rf"{_VERB}(?P<what>[^;.]{{0,160}}?)\s{first}\s{then}", re.IGNORECASE if scale == RATING else 0)
    for scale in (GRADE, RATING)
    for first, then in (
        (rf"to\s[\"'“‘]?(?P<to>{scale})[\"'”’]?(?:\s\([^)]*\))?", rf"from\s[\"'“‘]?(?P<old>{scale})"),
        (rf"from\s[\"'“‘]?(?P<old>{scale})[\"'”’]?(?:\s\([^)]*\))?", rf"to\s[\"'“‘]?(?P<to>{scale})"),
    )
)


def change_in(sentence: str) -> Move | None:
    """Return the first change from one rating or grade to another that a sentence tells; None if it tells none.

    The holder is not read, and of the subject only the words that stand between the verb and the ratings.
    """
    match = next(filter(None, (pair.search(sentence) for pair in _PAIRS)), None)
    direction = change(match["old"], match["to"]) if match else 0
    if match is None or direction == 0:
        return None
    words = match["what"].strip()
    start = match.start("what") + len(match["what"]) - len(match["what"].lstrip())
    return Move(
        start=match.start(),
        end=match.end(),
        action="upgrade" if direction > 0 else "downgrade",
        from_rating=match["old"],
        to_rating=match["to"],
        target_from=None,
        target_to=None,
        horizon=None,
        stance=stance_of(match["to"]) or ("bullish" if direction > 0 else "bearish"),
        firm=None,
        analyst=None,
        subject=(start, start + len(words)) if 0 < len(words) <= _SHORT else None,
    )
