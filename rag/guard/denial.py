"""Negation: what the quotes deny is denied, what they do not deny is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.guard.evidence import Evidence
from rag.guard.reading import Reading, Word, fit, read
from rag.guard.scopes import Scope, repeats, scopes_in, stands_free
from rag.wording import stem

_DENYING = frozenset(
    """not no never nor neither none without cannot nothing nobody nowhere hardly scarcely barely unlikely fail fails
    failed failing refuse refuses refused deny denies denied lack lacks lacked lacking absent can't won't""".split()
)
_NEAR = 10  # words behind a denial that it may bear on
_ONLY = frozenset("only just merely least doubt longer-term matter".split())  # "not only", "no doubt"
_PREFIXES = ("un", "in", "im", "non", "dis", "ir")


def problems(statement: str, evidence: Evidence, *, whole: bool = False) -> list[str]:
    """Return a line if the statement denies what the quotes say, or says what they deny.

    With `whole`, the statement shows the quotes whole, which deny for themselves: it may then only not add a denial.
    """
    own = read(statement)
    theirs = [(reading, _denials(reading)) for reading in map(read, evidence.claims)]
    said = _denials(own)
    found = [f"negation not in the quotes: {each.word}" for each in _added(said, theirs)]
    if not found and not whole:
        found = [f"negation of the quotes left out: {word}" for word in _left_out(own, said, theirs)][:1]
    found += [f"negation turned round: {word}" for word in _prefixed(own, [reading for reading, _ in theirs])]
    return found


def is_negated(text: str) -> bool:
    """Return whether a text denies anything."""
    return bool(_denials(read(text)))


@lru_cache(maxsize=4096)
def denied_in(reading: Reading) -> frozenset[int]:
    """Return the indices of the words that a text denies."""
    return frozenset(
        place
        for scope in _denials(reading)
        for place in range(scope.index + 1, min(scope.index + _NEAR, len(reading.words)))
        if reading.words[place].root in scope.reach
    )


def _denials(reading: Reading) -> list[Scope]:
    return list(scopes_in(reading, _level))


def _level(word: Word, reading: Reading, index: int) -> int:
    if word.low.endswith("n't") or word.low in _DENYING:
        after = reading.words[index + 1].low if index + 1 < len(reading.words) else ""
        return 0 if after in _ONLY else 1
    return 0


def _added(said: Sequence[Scope], theirs: Sequence[tuple[Reading, Sequence[Scope]]]) -> Iterator[Scope]:
    """Yield the denials that meet none of the quotes', each of which answers for one."""
    for _, scopes in theirs:
        free = list(scopes)
        unmet = []
        for each in said:
            met = next((other for other in free if each.meets(other)), None)
            if met is None:
                unmet.append(each)
            else:
                free.remove(met)
        said = unmet
    yield from said


def _left_out(own: Reading, said: Sequence[Scope], theirs: Sequence[tuple[Reading, Sequence[Scope]]]) -> Iterator[str]:
    for reading, scopes in theirs:
        for scope in scopes:
            at = repeats(scope, reading, own)
            if at is None or any(one.meets(scope) for one in said):
                continue
            bar = fit(own.around(at, at), reading.around(scope.index, scope.index))
            if not stands_free(own.words[at].root, own, at, theirs, bar):
                yield scope.word


def _prefixed(own: Reading, theirs: Sequence[Reading]) -> Iterator[str]:
    """Yield words that stand in the quotes only with or without a prefix that denies ("favourable", "unfavourable")."""
    held = frozenset().union(*(reading.roots for reading in theirs)) if theirs else frozenset()
    low = {word.low for reading in theirs for word in reading.words}
    denied = denied_in(own)
    for index, word in enumerate(own.words):
        if word.root in held or len(word.low) < 5 or index in denied:
            continue
        longer = any(prefix + word.low in low for prefix in _PREFIXES)
        shorter = any(word.low.startswith(prefix) and stem(word.low[len(prefix) :]) in held for prefix in ("un", "non"))
        if longer or shorter:
            yield word.low
