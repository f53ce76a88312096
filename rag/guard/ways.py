"""Words of direction and their opposites: up and down, bullish and bearish, above and below, gain and loss."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.guard.evidence import Evidence
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
_MARGIN = 0.35  # by how much the opposite must fit better
_ALONE = 0.8  # how well it must fit where the word itself stands nowhere


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each direction that the quotes do not have, or have of something else."""
    own = read(statement)
    theirs = [read(claim) for claim in evidence.claims]
    held = frozenset().union(*(directions(claim) for claim in evidence.claims)) if theirs else frozenset()
    found = [f"direction not in the quotes: {way}" for way in sorted(directions(statement) - held)]
    if not found:
        found = [f"direction turned round: {word}" for word in _turned(own, theirs)]
    return found


@lru_cache(maxsize=4096)
def directions(text: str) -> frozenset[str]:
    """Return which ways a text says something moved or leans: up, down, upgrade, downgrade, bullish, bearish."""
    return frozenset(way for way, _ in ways_in(text))


@lru_cache(maxsize=4096)
def ways_in(text: str) -> tuple[tuple[str, int], ...]:
    """Return the directions of a text in order, each with the index of its word."""
    return tuple((way, index) for index, word in enumerate(words(text)) for way in _ways(stem(word)))


@lru_cache(maxsize=20_000)
def _ways(root: str) -> tuple[str, ...]:
    return tuple(way for way, starts in _MUST_STAND.items() if root.startswith(starts))


def _turned(own: Reading, theirs: list[Reading]) -> Iterator[str]:
    """Yield the words whose opposite stands in the quotes where they stand in the statement."""
    for index, word in enumerate(own.words):
        for same, opposite in _sides(word.root):
            straight = _best(own, index, theirs, same)
            against = _best(own, index, theirs, opposite)
            if against is not None and against > (_ALONE if straight is None else straight + _MARGIN):
                yield word.low
                break


def _sides(root: str) -> Iterator[tuple[frozenset[str] | str, frozenset[str] | str]]:
    """Yield what a word is one of, with its opposites: names of directions, or sets of stems."""
    for way in _ways(root):
        yield way, _OPPOSITE[way]
    for left, right in PAIRS:
        if root in left and root not in right:
            yield left, right
        elif root in right and root not in left:
            yield right, left


def _best(own: Reading, index: int, theirs: list[Reading], side: frozenset[str] | str) -> float | None:
    """Return how well a word of one side in the quotes fits the place of the statement's word; None without one."""
    here = own.around(index, index)
    best: float | None = None
    for reading in theirs:
        for place, word in enumerate(reading.words):
            if (side in _ways(word.root)) if isinstance(side, str) else (word.root in side):
                score = fit(here, reading.around(place, place))
                best = score if best is None or score > best else best
    return best
