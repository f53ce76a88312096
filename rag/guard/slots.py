"""Things of one kind exchanged for one another: two figures, ratings or dates, each in the other's place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from rag.guard.amounts import Amount, same
from rag.guard.days import When, days_in, holds
from rag.guard.evidence import Evidence
from rag.guard.figures import plain_amounts
from rag.guard.grades import ratings_in
from rag.guard.reading import Reading, fit, read

_NEAR = 40  # characters between a number and its date
_BREAK = re.compile(r"[,;:.]\s|\b(?:but|while|whereas)\b")
_MARGIN = 0.5  # by how much the exchanged places must fit better
_MOST = 8  # things of a kind that are compared

Mark = tuple[str, int, int]  # key, start, end


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each pair of like things that fit the quotes better when exchanged."""
    own = read(statement)
    claims = [read(claim) for claim in evidence.claims]
    found = [f"said of another time: {number}, {day}" for number, day in _misdated(statement, evidence)]
    settled = _settled(statement, evidence)
    for kind in (_amounts, _ratings, _days):
        mine = kind(statement)[:_MOST]
        if len({key for key, _, _ in mine}) < 2:
            continue
        if kind is _amounts:
            mine = [mark for mark in mine if mark[1] not in settled]
        theirs = [(reading, kind(reading.text)) for reading in claims]
        found += [f"exchanged: {one} and {other}" for one, other in _exchanged(own, mine, theirs)]
    return found


def _misdated(statement: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield numbers given for a time for which the quotes give another number, and this one for another time."""
    known = [pair for claim in evidence.claims for pair in _dated(claim)]
    for amount, when in _dated(statement):
        own = [day for other, day in known if same(amount, other)]
        others = [day for other, day in known if other.unit == amount.unit and not same(amount, other)]
        right = any(holds(when, [day], evidence.written_on) for day in own)
        if own and not right and any(holds(when, [day], evidence.written_on) for day in others):
            yield amount.written, when.written


def _settled(statement: str, evidence: Evidence) -> set[int]:
    """Return where numbers stand that the quotes give for the same time, and no other number for it."""
    known = [pair for claim in evidence.claims for pair in _dated(claim)]
    settled = set()
    for amount, when in _dated(statement):
        there = [other for other, day in known if holds(when, [day], evidence.written_on)]
        if there and all(same(amount, other) for other in there) and any(same(amount, other) for other, _ in known):
            settled.add(amount.start)
    return settled


@lru_cache(maxsize=4096)
def _dated(text: str) -> tuple[tuple[Amount, When], ...]:
    """Return the amounts of a text that a date follows, or goes before where none follows, in the same clause."""
    days, amounts = days_in(text), plain_amounts(text)
    found = []
    for each in amounts:
        later = [
            day for day in days if 0 <= day.start - each.end < _NEAR and not _parted(text, each.end, day.start, amounts)
        ]
        sooner = [
            day for day in days if 0 <= each.start - day.end < _NEAR and not _parted(text, day.end, each.start, amounts)
        ]
        nearest = later[:1] or sooner[-1:]
        found += [(each, day) for day in nearest]
    return tuple(found)


def _parted(text: str, start: int, end: int, amounts: Sequence[Amount]) -> bool:
    """Return True if a comma, a new clause or another number stands between two places."""
    return any(start <= each.start < end for each in amounts) or _BREAK.search(text, start, end) is not None


def _exchanged(
    own: Reading, mine: Sequence[Mark], theirs: Sequence[tuple[Reading, Sequence[Mark]]]
) -> Iterator[tuple[str, str]]:
    for one, other in combinations(mine, 2):
        if one[0] == other[0]:
            continue
        leave = _roots(own, one) | _roots(own, other)
        here, there = (_place(own, mark, leave) for mark in (one, other))
        straight = _best(here, one[0], theirs, leave), _best(there, other[0], theirs, leave)
        crossed = _best(here, other[0], theirs, leave), _best(there, one[0], theirs, leave)
        if None in straight or None in crossed:
            continue
        gain = sum(value or 0.0 for value in crossed) - sum(value or 0.0 for value in straight)
        if gain > _MARGIN:
            yield one[0], other[0]


def _roots(reading: Reading, mark: Mark) -> frozenset[str]:
    first, last = reading.at(mark[1]), reading.at(mark[2] - 1)
    return frozenset(word.root for word in reading.words[first : last + 1])


def _place(reading: Reading, mark: Mark, leave: frozenset[str]) -> dict[str, float]:
    """Return what stands around a thing, with the preposition before it, without the things that are compared."""
    first, last = reading.at(mark[1]), reading.at(mark[2] - 1)
    around = {root: weight for root, weight in reading.around(first, last).items() if root not in leave}
    beside = ((-1, first - 1, 0.3), (-1, first - 2, 0.3), (1, last + 1, 0.5), (1, last + 2, 0.4))
    for side, place, weight in beside:
        if 0 <= place < len(reading.words) and reading.words[place].sentence == reading.words[first].sentence:
            low = reading.words[place].low
            around[f"{low} {side}"] = 1.0 if low in ("from", "to") and place == first - 1 else weight
    return around


def _best(
    here: dict[str, float], key: str, theirs: Sequence[tuple[Reading, Sequence[Mark]]], leave: frozenset[str]
) -> float | None:
    """Return how well the places of a thing in the quotes fit a place in the statement; None if it has none."""
    places = (_place(reading, mark, leave) for reading, marks in theirs for mark in marks if mark[0] == key)
    return max((fit(here, place) for place in places), default=None)


def _amounts(text: str) -> list[Mark]:
    return [(f"{each.value.normalize()}", each.start, each.end) for each in plain_amounts(text)]


def _ratings(text: str) -> list[Mark]:
    return [(each.key, each.start, each.end) for each in ratings_in(text)]


def _days(text: str) -> list[Mark]:
    return [(repr(each.parts), each.start, each.end) for each in days_in(text)]
