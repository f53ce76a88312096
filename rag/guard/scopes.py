"""Words that change what others say (not, may, likely), each with the words that it bears on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.guard.reading import Reading, Word, fit
from rag.wording import near

_FORWARD, _BACK = 6, 3  # content words after and before that a word bears on
_FAR = 12  # words of any kind
# Auxiliaries and speech carry no claim of their own.
_EMPTY = frozenset(
    """expect see think believ forecast year month week compani share stock analyst longer yet even much still again
    go get take""".split()
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A word that bears on others: `reach` are the stems of those after it, the nearest first, `back` those before."""

    index: int
    word: str
    level: int
    reach: tuple[str, ...]
    back: tuple[str, ...]

    def meets(self, other: Scope) -> bool:
        """Return True if two such words bear on the same: the nearest word of one, or any two."""
        mine, theirs = self.reach, other.reach
        if not mine or not theirs:
            mine, theirs = (*mine, *self.back), (*theirs, *other.back)
            return not (mine and theirs) or not set(mine).isdisjoint(theirs)
        common = _common(mine, theirs)
        if len(common) > 1 or mine[0] in common or (common and not near(common[0]).isdisjoint(theirs[:1])):
            return True
        # "A rate increase is unlikely" for "is unlikely to raise rates".
        return len(_common((*mine, *self.back), (*theirs, *other.back))) > 1 and bool(_common(self.back, theirs))


def _common(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return [root for root in mine if root in theirs or not near(root).isdisjoint(theirs)]


def scopes_in(reading: Reading, level: Callable[[Word, Reading, int], int]) -> Iterator[Scope]:
    """Yield the words of a text to which `level` gives a level above 0."""
    for index, word in enumerate(reading.words):
        found = level(word, reading, index)
        if found:
            yield Scope(
                index,
                word.low,
                found,
                tuple(_content(reading, range(index + 1, min(index + _FAR, len(reading.words))), word, _FORWARD)),
                tuple(_content(reading, range(index - 1, max(index - _FAR, -1), -1), word, _BACK)),
            )


def _content(reading: Reading, places: range, here: Word, most: int) -> Iterator[str]:
    for place in places:
        word = reading.words[place]
        if word.sentence != here.sentence or word.clause != here.clause or most == 0:
            return
        if word.is_content:
            most -= 1
            yield word.root


def repeats(scope: Scope, theirs: Reading, own: Reading) -> int | None:
    """Return where a statement says again what a word of the quotes bears on; None where it does not.

    The nearest word after it must stand there, or two of the others, and the rest of the surroundings must fit.
    """
    heads = [root for root in scope.reach if root not in _EMPTY and not root[0].isdigit()] or list(scope.back[:1])
    if not heads:
        return None
    places = [index for index, word in enumerate(own.words) if word.root in heads]
    told = {own.words[place].root for place in places}
    if heads[0] not in told and len(told) < 2:
        return None
    around = theirs.around(scope.index, scope.index)
    best = max(places, key=lambda place: fit(around, own.around(place, place) | {own.words[place].root: 1.0}))
    wanted = min(2.0, 0.5 * sum(sorted(around.values())[-4:]))
    return best if fit(around, own.around(best, best) | {own.words[best].root: 1.0}) >= wanted else None


def stands_free(
    root: str, own: Reading, at: int, readings: Sequence[tuple[Reading, Sequence[Scope]]], bar: float
) -> bool:
    """Return True if the quotes hold a stem beyond the reach of such words, in surroundings that fit as well."""
    here = own.around(at, at)
    for reading, scopes in readings:
        for place, word in enumerate(reading.words):
            bound = any(
                abs(place - scope.index) <= _FAR and (root in scope.reach or (not scope.reach and root in scope.back))
                and reading.words[scope.index].sentence == word.sentence
                for scope in scopes
            )  # fmt: skip
            if word.root == root and not bound and fit(here, reading.around(place, place)) >= bar:
                return True
    return False
