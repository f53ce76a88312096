"""Words of direction and their opposites: up and down, bullish and bearish, above and below, gain and loss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.guard import counts
from rag.guard.denial import denied_in
from rag.guard.evidence import Evidence
from rag.guard.grades import change_in, ratings_in, rungs_in
from rag.guard.opposites import PAIRS
from rag.guard.reading import Reading, fit, read
from rag.wording import stem, words

_MUST_STAND: dict[str, tuple[str, ...]] = {
    "upgrade": ("upgrad",),
    "downgrade": ("downgrad",),
    "up": (
        "rais", "lift", "boost", "increas", "hike", "rise", "rose", "risen", "gain", "jump", "climb", "surg", "higher",
        "soar", "ralli", "advanc", "rebound", "leap", "leapt", "upward",
    ),
    "down": (
        "cut", "lower", "reduc", "slash", "trim", "fall", "fell", "fallen", "drop", "declin", "slump", "slid", "slide",
        "plung", "tumbl", "sank", "sink", "shrink", "shrank", "shed", "downward", "decreas", "halv",
    ),
    "bullish": ("bullish", "posit", "optimist", "upbeat"),
    "bearish": ("bearish", "neg", "pessimist", "cautiou"),
}  # fmt: skip
_OPPOSITE = {
    "up": "down", "down": "up", "upgrade": "downgrade", "downgrade": "upgrade",
    "bullish": "bearish", "bearish": "bullish",
}  # fmt: skip
# Words of the quotes that bear a direction out though they are not its own.
_ALSO = {
    "up": frozenset(
        map(stem, "grow grew grown strengthen widen expand improve firm recover add double top up".split())
    ),
    "down": frozenset(
        map(stem, "weaken soften contract retreat ease narrow slow lose lost deteriorate off down".split())
    ),
    "bullish": frozenset(map(stem, "bull bulls buy overweight outperform favorable favourable like".split())),
    "bearish": frozenset(
        map(stem, "bear bears sell underweight underperform unfavorable unfavourable wary warn".split())
    ),
}
_MARGIN = 0.35  # by how much the opposite must fit better
_BEFORE = 80  # characters before a figure in which the word for its direction stands
_ALONE = 0.5  # how well it must fit where the word itself stands nowhere


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each direction that the quotes do not have, or have of something else."""
    own = read(statement)
    theirs = [read(claim) for claim in evidence.claims]
    missing = directions(statement) - frozenset().union(*(_implied(claim) for claim in evidence.claims))
    found = [f"direction not in the quotes: {way}" for way in sorted(missing)]
    found += [f"direction does not fit the figures: {way}" for way in _against_figures(statement)]
    if not found:
        found = [
            f"direction turned round: {word}" for word in _turned(own, theirs, counts.settled(statement, evidence))
        ]
    return found


@lru_cache(maxsize=4096)
def directions(text: str) -> frozenset[str]:
    """Return which ways a text says something moved or leans: up, down, upgrade, downgrade, bullish, bearish."""
    return frozenset(way for way, _ in ways_in(text))


@lru_cache(maxsize=4096)
def _implied(text: str) -> frozenset[str]:
    """Return the directions that a text bears out, be it in other words or by a change of rating."""
    found = set(directions(text))
    roots = {stem(word) for word in words(text)}
    found |= {way for way, also in _ALSO.items() if not also.isdisjoint(roots)}
    change = change_in(text)
    if change > 0 or ("up" in found and ratings_in(text)):
        found |= {"upgrade", *(["up"] if change else [])}
    if change < 0 or ("down" in found and ratings_in(text)):
        found |= {"downgrade", *(["down"] if change else [])}
    found |= {"up"} if "upgrade" in found else set()
    found |= {"down"} if "downgrade" in found else set()
    return frozenset(found)


def _against_figures(statement: str) -> Iterator[str]:
    """Yield the direction of a statement whose own "to" and "from" go the other way: "rose to 3 from 5"."""
    rungs = [rung for rung in rungs_in(statement) if rung.value is not None]
    new, old = ([rung for rung in rungs if rung.role == role] for role in ("to", "from"))
    if len(new) != 1 or len(old) != 1 or new[0].value == old[0].value or new[0].unit != old[0].unit:
        return
    way = "up" if (new[0].value or 0) > (old[0].value or 0) else "down"
    first = min(new[0].start, old[0].start)
    before = re.split(r"[,;:]\s|\b(?:and|but|while|yet)\b", statement[max(0, first - _BEFORE) : first])[-1]
    said = {each for each, _ in ways_in(before)} & {"up", "down"}
    roots = {stem(word) for word in words(before)}
    said |= {"up"} if "acceler" in roots else {"down"} if roots & {"slow", "deceler"} else set()
    if said == {_OPPOSITE[way]}:
        yield _OPPOSITE[way]


@lru_cache(maxsize=4096)
def ways_in(text: str) -> tuple[tuple[str, int], ...]:
    """Return the directions of a text in order, each with the index of its word."""
    return tuple((way, index) for index, word in enumerate(words(text)) for way in ways_of(stem(word)))


@lru_cache(maxsize=20_000)
def ways_of(root: str) -> tuple[str, ...]:
    """Return the directions of a stem."""
    return tuple(way for way, starts in _MUST_STAND.items() if root.startswith(starts))


def _turned(own: Reading, theirs: list[Reading], settled: frozenset[int]) -> Iterator[str]:
    """Yield the words whose opposite stands in the quotes where they stand in the statement.

    A rating that is `settled`, so many hold it as the quotes say, stands beside its opposite by right.
    """
    denied = denied_in(own)
    for index, word in enumerate(own.words):
        if word.start in settled:
            continue
        for same, opposite in _sides(word.root):
            straight = _best(own, index, theirs, same, denied=index in denied)
            against = _best(own, index, theirs, opposite, denied=index in denied)
            if against is not None and against > (_ALONE if straight is None else straight + _MARGIN):
                yield word.low
                break


def _sides(root: str) -> Iterator[tuple[frozenset[str] | str, frozenset[str] | str]]:
    """Yield what a word is one of, with its opposites: names of directions, or sets of stems."""
    for way in ways_of(root):
        yield way, _OPPOSITE[way]
    for left, right in PAIRS:
        if root in left and root not in right:
            yield left, right
        elif root in right and root not in left:
            yield right, left


def _best(own: Reading, index: int, theirs: list[Reading], side: frozenset[str] | str, *, denied: bool) -> float | None:
    """Return how well a word of one side in the quotes fits the place of the statement's word; None without one.

    Only words that are denied as the statement's is, or are not as it is not, count.
    """
    here = own.around(index, index)
    best: float | None = None
    for reading in theirs:
        for place in _places(reading, side):
            if (place in denied_in(reading)) == denied:
                score = fit(here, reading.around(place, place))
                best = score if best is None or score > best else best
    return best


@lru_cache(maxsize=20_000)
def _places(reading: Reading, side: frozenset[str] | str) -> tuple[int, ...]:
    """Return the indices of the words of one side."""
    return tuple(
        place
        for place, word in enumerate(reading.words)
        if ((side in ways_of(word.root)) if isinstance(side, str) else (word.root in side))
    )
