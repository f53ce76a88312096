"""What a move carries: ratings and targets from and to, and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.moves.line import Line

_YEAR = re.compile(r"(?:19|20)\d\d$")
_BIG = re.compile(r"\b(?:bn|mn|bln|mln|billion|million|crore|lakh|trillion)\b|[mb]$", re.IGNORECASE)
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?(k\b)?", re.I)
_EARLIER = re.compile(
    r"\b(?:earlier|previous(?:ly)?|prior|before|from|was|old|formerly|vs|versus|against|up|down)\b", re.I
)
_COUNT = r"(?:\d+|one|two|three|four|five|six|nine|twelve)"
_SPAN = r"(?:days?|weeks?|months?|quarters?|years?)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:[ ](?:19|20)\d\d)?"
)
_HORIZON = re.compile(
    rf"""
    \b(?:
      (?:over|in|within|during|for)[ ](?:the[ ])?(?:next|coming|following)[ ](?:[\w-]+[ ]){{0,3}}?{_SPAN}
    | (?:over|in|within)[ ](?:a[ ])?(?:\w+[ ])?{_COUNT}(?:(?:-|[ ]to[ ]){_COUNT})?[ -]{_SPAN}
      (?:[ ](?:perspective|horizon|period|time))?
    | (?:by|before|through|until|for)[ ](?:the[ ])?(?:(?:end|close|middle|start)[ -](?:of[ ])?)?(?:the[ ])?
      (?:next[ ]|this[ ]|calendar[ ]|fiscal[ ])?(?:(?:end|mid|late|early)-)?
      (?:{_MONTH} | year[ -]end(?:[ ](?:19|20)\d\d)? | (?:19|20)\d\d | FY[ -]?\d{{2,4}} | Q[1-4](?:[ ]\d{{4}})?
        | quarter | year(?:'s[ ]end)? | month | summer | spring | autumn | Christmas | Diwali)
    | (?:12|twelve|six|18|three|one|two)[ -](?:month|year)s?(?=[ ](?:price[ ])?(?:target|objective|TP|PT))
    | (?:year|month)-end(?=[ ](?:[A-Z][\w&]*[ ]){{0,2}}(?:price[ ])?target)
    | in[ ](?:19|20)\d\d | this[ ]year | next[ ]year | (?:long|near|short)[ -]term(?=[ ]target)
    )\b(?!-)
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(slots=True)
class Slots:
    """Ratings, targets and the horizon of a move, verbatim."""

    from_rating: str | None = None
    to_rating: str | None = None
    target_from: str | None = None
    target_to: str | None = None
    last: int = 0


def slots_in(line: Line, first: int, right: int, *, target: bool = False) -> Slots:
    """Return the ratings and targets among items `first` to `right`; amounts are a target's where one is spoken of.

    `target` says that the move itself is of a target whose noun stands before `first`.
    """
    found = Slots(last=first)
    noun = "T" if target else ""
    for i in range(first, right):
        code = line.codes[i]
        if code in "TE":
            noun = code
        elif code in "RQ":
            _rating(line, i, first, found)
        elif code in "M0":
            _target(line, i, right, noun, found)
        elif code in "~!" or (code == ";" and line.codes[i + 1 : i + 2] != "T"):
            break
    return found


def _marker(line: Line, i: int, first: int) -> str:
    """Return the code of the small word that governs item i, articles and the like passed over."""
    j = i - 1
    while j >= first and line.codes[j] in "apxNB'" and i - j < 3:
        j -= 1
    return line.codes[j] if j >= first else ""


def _rating(line: Line, i: int, first: int, found: Slots) -> None:
    """Put the rating at item i into its slot."""
    word = line.text[line.items[i].start : line.items[i].end]
    marker = _marker(line, i, first)
    if marker in {"f", "v"}:
        found.from_rating = found.from_rating or word
    elif found.to_rating is None:
        found.to_rating = word
    else:
        return
    found.last = max(found.last, i)


def _target(line: Line, i: int, right: int, noun: str, found: Slots) -> None:
    """Put the amount at item i into its slot, if it is a target's."""
    item = line.items[i]
    word = line.text[item.start : item.end]
    if item.code == "0" and (_YEAR.match(word) or "'" in word or len(word) < 2) and line.codes[i - 1] != "t":
        return
    after = re.match(r"P?(?:p|n|N)?T", line.codes[i + 1 : right])
    if after:
        noun = "T"
    if noun != "T" or _BIG.search(word) or _BIG.match(line.text, item.end + 1):
        return
    marker = line.codes[i - 1] if line.codes[i - 1] not in "apN" else line.codes[i - 2]
    if marker in "fv" or (found.target_to and _is_earlier(line, i)):
        found.target_from = found.target_from or word
    elif marker == "b" and line.codes[i + 1 : i + 2] == "t":
        return
    elif found.target_to is None and (after or marker in "t@qwT:=sBRmKudU(,"):
        found.target_to = word
    else:
        return
    found.last = max(found.last, i)


def _is_earlier(line: Line, i: int) -> bool:
    """Return True if brackets around the amount at item i say that it was the target before: "(earlier Rs 760)"."""
    opened = max(line.codes.rfind("(", max(0, i - 5), i), line.codes.rfind(",", max(0, i - 5), i))
    if opened < 0:
        return False
    closed = line.items[i + 1].end if i + 1 < len(line.items) else len(line.text)
    return bool(_EARLIER.search(line.text, line.items[opened].start, closed))


def target_behind(line: Line, first: int, right: int) -> str | None:
    """Return the first amount behind a target's noun."""
    match = re.compile(r"T[qt@:B]?[M0]").search(line.codes, first, right)
    return line.text[slice(*line.span(match.end() - 1, match.end() - 1))] if match else None


def target_change(slots: Slots) -> int:
    """Return 1 if the new target is above the old, -1 if it is below, 0 if that cannot be told."""
    old, new = (_number(word) for word in (slots.target_from, slots.target_to))
    return (new > old) - (new < old) if old is not None and new is not None else 0


def _number(amount: str | None) -> float | None:
    """Return an amount's first number, thousands as such: "Rs 1,310", "24k"."""
    match = _NUMBER.search(amount or "")
    if match is None:
        return None
    return float(match[1].replace(",", "")) * (1000 if match[2] else 1)


def horizon_in(text: str) -> str | None:
    """Return the words that say by when or over what time, None if there are none."""
    match = _HORIZON.search(text)
    return match.group() if match else None
