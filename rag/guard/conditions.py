"""Conditions: what the quotes hold true only if something else comes to pass is not told without it."""

from __future__ import annotations

from collections.abc import Iterator

from rag.guard.evidence import Evidence
from rag.guard.reading import Reading, Word, read
from rag.guard.scopes import repeats, scopes_in

_MODALS = frozenset("will shall can must won't cannot".split())
_HEDGED = frozenset("would could may might should".split())
_CONDITIONS = frozenset("if unless provided once assuming".split())
_TAKEN_UP = frozenset(
    """if unless until provided once assuming when depends depending conditional condition hinges only needs requires
    should pending subject without""".split()
)
_GIVES = frozenset("have has had is are was were be been it they".split())  # "has provided" sets no condition
_ASKING = frozenset(
    "ask asks asked wonder wonders wondered know knows see unclear whether even as whenever and".split()
)


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line if the statement repeats what the quotes tie to a condition and names none."""
    own = read(statement)
    if any(word.low in _TAKEN_UP for word in own.words):
        return []
    return [f"condition left out: {word}" for word in _left_out(own, evidence)][:1]


def _left_out(own: Reading, evidence: Evidence) -> Iterator[str]:
    theirs = [read(claim) for claim in evidence.claims]
    for reading in theirs:
        for scope in scopes_in(reading, _is_modal):
            sentence = reading.words[scope.index].sentence
            places = [place for place, word in enumerate(reading.words) if word.sentence == sentence]
            tied = next((word for place in places if (word := _condition(reading, place, scope.word))), None)
            if tied and repeats(scope, reading, own) is not None and not _free(scope.reach, theirs, reading):
                yield tied


def _is_modal(word: Word, _: Reading, __: int) -> int:
    return int(word.low in _MODALS or word.low in _HEDGED)


def _condition(reading: Reading, place: int, modal: str) -> str | None:
    """Return the words of a condition at a place; beside "could" and "may" only one that is strict."""
    word = reading.words[place]
    before = reading.words[place - 1].low if place else ""
    strict = before == "only" and word.low in ("if", "when", "once", "after", "should")
    if strict:
        return f"only {word.low}"
    if modal in _HEDGED or before in _ASKING or word.low not in _CONDITIONS:
        return None
    if word.low == "provided" and before in _GIVES:
        return None
    return word.low


def _free(reach: tuple[str, ...], theirs: list[Reading], bound: Reading) -> bool:
    """Return True if another quote says the same without a condition."""
    return any(
        len(set(reach) & other.roots) == len(set(reach)) and not any(w.low in _CONDITIONS for w in other.words)
        for other in theirs
        if other is not bound
    )
