"""What those who manage money do and would do: "has been adding to Acme", "is short the yen", "would avoid Acme".

Read over the words themselves, as most of them ("long", "own", "bought") are ordinary words elsewhere. A company that
buys or sells another is none of these: trades count only of persons, first persons and houses.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from ingest.extract.moves.closing import closing, sayer
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.lexicon import MANAGERS
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, holder_before, is_house, is_person, subjects_at
from ingest.extract.moves.position_words import DENIED, DENYING, FALL, POSITION, RISE, Whose, meaning_of
from ingest.extract.moves.slots import Slots
from rag.types import Stance

_SPEAKER = re.compile(r"(?:I|we|he|she)(?:['’]\w+)?$", re.IGNORECASE)
_INVESTORS = re.compile(r"(?:investors?|clients?|people|one)$", re.IGNORECASE)
_HIS = re.compile(r"\b(?:his|her)\b", re.IGNORECASE)
_SECURITY = re.compile(
    r"(?:stocks?|shares?|equity|bonds?|debt|notes?|calls|puts|options|futures|names|credit|here)$", re.IGNORECASE
)
_MANAGES = re.compile(r"\b(?:manag\w+|strategist|analyst|economist|investor|trader|advis[eo]r)\b", re.IGNORECASE)
_PRICED = re.compile(r"[^;~!]{0,4}F[ax]?[M0]")
_MOST = 6  # positions of one clause


def positions_in(line: Line, left: int, right: int) -> Iterator[Draft]:
    """Yield the positions, taken or wished for, that items `left` to `right` tell of, in order."""
    if left >= right:
        return
    starts = [item.start for item in line.items]
    matches = POSITION.finditer(line.text, starts[left], line.items[right - 1].end)
    for match in islice(matches, _MOST):
        yield from _position(line, match, starts, left, right)


def _position(line: Line, match: re.Match[str], starts: list[int], left: int, right: int) -> Iterator[Draft]:
    """Yield the stance of one position, and that of what stands against it."""
    stance, whose = meaning_of(match)
    first = bisect_left(starts, match.start())
    rest = match.end() + (line.text[match.end() : match.end() + 1] == " ")
    fall, rise = FALL.match(line.text, rest), RISE.match(line.text, rest)
    between = fall or rise
    faded = fall is not None and "fad" in match.group().lower()
    denied = bool(DENIED.search(line.text, max(0, match.start() - 30), match.start()) or DENYING.search(match.group()))
    if denied and stance == "bearish":
        return  # who would not sell need not like it
    stance = "bearish" if denied else "bullish" if faded else stance
    after = bisect_left(starts, between.end() if between else match.end())
    subjects = [s for s in subjects_at(line, after, right) if s.named or s.market]
    holder = _holder(line, first, left, whose)
    if not subjects or holder is None or _is_part(line, subjects[0]) or _is_deal(line, subjects, right):
        return
    if all(s.span not in {holder.firm, holder.analyst} for s in subjects):
        yield Draft("none", stance, Slots(), first, subjects[-1].last, holder, subjects)
        yield from _other_side(line, match.group().lower(), subjects[-1].last + 1, right, holder)


def _other_side(line: Line, words: str, i: int, right: int, holder: Holder) -> Iterator[Draft]:
    """Yield what stands against a position at item i: "out of software into banks", "long Acme and short Zeta"."""
    stance: Stance = "bullish"
    start = i + 1
    if words.endswith(("long", "short")):
        against = line.items[start].text.lower() if start < right and line.codes[i] in "&,!" else ""
        if against not in {"long", "short"}:
            return
        stance, start = "bullish" if against == "long" else "bearish", start + 1
    elif "out of" not in words or line.codes[i : i + 1] != "t":
        return
    others = [s for s in subjects_at(line, start, right) if s.named or s.market]
    if others:
        yield Draft("none", stance, Slots(), i, others[-1].last, holder, others)


def _holder(line: Line, first: int, left: int, whose: Whose) -> Holder | None:
    """Return whose position it is; None where it is nobody's that holds views, or not sure to be."""
    holder = holder_before(line, first, left)
    named = (holder.firm or holder.analyst) and not _INVESTORS.match(line.words_of(holder.firm))
    if holder.nobody or not named:
        return _spoken(line, first, left, whose)
    if whose == "joint":
        return holder if holder.also else None
    if whose == "any":
        return holder
    if line.items[first - 1].text.lower() in {"it", "they", "which"}:
        return None
    if whose == "manager" and not _MANAGES.search(line.words(left, first - 1)):
        return None
    if holder.analyst:
        return _person(line, holder, first, left)
    house = line.words_of(holder.firm)
    return holder if whose == "money" and (is_house(house) or MANAGERS.search(house)) else None


def _spoken(line: Line, first: int, left: int, whose: Whose) -> Holder | None:
    """Return the holder of what "I", "we", "he" or "investors" do or should do: whoever says so."""
    k = first - 1
    while k >= 0 and line.codes[k] in "BHV-":
        k -= 1
    who = line.items[k].text if k >= 0 else ""
    said = closing(line) or sayer(line, first, left)
    known = bool(said.firm or said.analyst)
    if _SPEAKER.match(who) and whose not in {"joint", "manager"}:
        return said if known else Holder()
    return said if _INVESTORS.match(who) and known else None


def _person(line: Line, holder: Holder, first: int, left: int) -> Holder | None:
    """Return the holder if it is sure to be a person, as a company too may be told to buy and to sell."""
    name = line.words_of(holder.analyst)
    if MANAGERS.search(name):
        return Holder()  # "Jane Roe, who runs the Acme Fund, has sold her …"
    titled = "J" in line.codes[left:first] or (holder.firm is not None and is_person(name, signed=True))
    own = _HIS.search(line.text, line.items[first].start, line.items[min(first + 4, len(line.items) - 1)].end)
    return holder if titled or own or is_person(name) else None


def _is_part(line: Line, subject: Subject) -> bool:
    """Return True if it is something of the name's ("Acme software") rather than what can be held of it."""
    after = line.text[subject.span[1] : line.items[subject.last].end].split()
    return subject.trailing and not (after and _SECURITY.match(after[0]))


def _is_deal(line: Line, subjects: list[Subject], right: int) -> bool:
    """Return True if a price is paid for it: "bought Acme for $4 billion"."""
    return bool(_PRICED.match(line.codes, subjects[-1].last + 1, right))
