"""Forecasts and facts: what the quotes expect is not told as done, nor what is done as expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from rag.guard.amounts import same
from rag.guard.evidence import Evidence
from rag.guard.figures import plain_amounts
from rag.guard.reading import Reading, Word, fit, read
from rag.guard.ways import ways_of
from rag.wording import stem

Time = Literal["ahead", "done", ""]

_MODALS = frozenset(
    """will shall would could may might should won't i'll we'll he'll she'll it'll they'll wouldn't couldn't
    shouldn't""".split()
)
_EXPECTS = frozenset(
    """expect expects expected expecting forecast forecasts forecasting projects project projected projecting predict
    predicts predicted predicting anticipate anticipates anticipated anticipating see sees seeing seen envisage
    envisages envisions likely poised primed hope hopes hoping plan plans planning intend intends aim aims going due set
    bound scheduled unlikely""".split()
)
# An expectation that may also be a thing: what stands behind "the project" or "the plan" is not expected by it.
_THINGS = frozenset("project projects plan plans aim aims forecast forecasts set due hope hopes".split())
# Figures that nobody has seen yet.
_FIGURED = frozenset(
    """target targets targeted targeting objective objectives estimate estimates estimated estimating forecast forecasts
    projection projections outlook guidance guided upside potential consensus expectation expectations prediction
    predictions call calls goal""".split()
)
_SEEN = frozenset(
    """posted recorded delivered booked logged notched registered achieved trades traded closed ended stands
    stood""".split()
)
_HAPPENED = frozenset("was were has have had been".split())
_HAPPENS = frozenset("is are was were".split())
_PAST = frozenset(
    """rose fell grew sank shrank leapt leaped slid became began bought sold held lost won paid made took gave met
    went came kept left risen fallen grown sunk""".split()
)
_BASES = {
    "became": "become", "began": "begin", "bought": "buy", "sold": "sell", "held": "hold", "won": "win", "paid": "pay",
    "made": "make", "took": "take", "gave": "give", "met": "meet", "went": "go", "came": "come", "kept": "keep",
    "left": "leave", "grew": "grow", "grown": "grow",
}  # fmt: skip
_SAME = frozenset("cut hit beat shed".split())  # the past of which is written as the present
_WHO = frozenset("he she it they we i has have had also".split())
_BEFORE_THINGS = frozenset(
    """a an the another further deeper bigger first second next last no any this that each one rate price tax job cost
    point pay to and or not expected possible""".split()
)
_AFTER_VERBS = frozenset(
    "its his her their the a an rates interest prices costs jobs output estimates targets at by".split()
)
_NOT_DONE = frozenset("need speed exceed proceed succeed feed indeed hundred bleed seed breed greed".split())
_NEAR, _FAR = 4, 12  # words back to a modal, and to an expectation
_LEAST = 0.5  # how well the places must fit
_MARGIN = 0.2


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for what the quotes only expect and the statement tells as done, and the other way round."""
    own = read(statement)
    theirs = [read(claim) for claim in evidence.claims]
    found = [f"expected in the quotes, not done: {word}" for word in _told(own, theirs, "done", "ahead")]
    found = found or [f"done in the quotes, not expected: {word}" for word in _told(own, theirs, "ahead", "done")]
    return found or [f"expected in the quotes, not so: {number}" for number in _numbers_told(own, theirs)]


def _told(own: Reading, theirs: Sequence[Reading], here: Time, there: Time) -> Iterator[str]:
    """Yield the verbs that the statement puts in one time and the quotes, where they fit them, in the other alone."""
    for index, word in enumerate(own.words):
        if not word.is_content or word.low in _EXPECTS or time_of(own, index, told=True) != here:
            continue
        around = own.around(index, index)
        other, free = 0.0, 0.0
        for reading in theirs:
            for place in _places(reading, _family(word.low, word.root)):
                score = fit(around, reading.around(place, place))
                if time_of(reading, place) == there and not (there == "done" and _looks_ahead(reading, place)):
                    other = max(other, score)
                else:
                    free = max(free, score + _MARGIN)
        if other >= max(_LEAST, free):
            yield word.low


def _numbers_told(own: Reading, theirs: Sequence[Reading]) -> Iterator[str]:
    """Yield the figures that the statement tells as seen, and the quotes only as expected or aimed at."""
    lows = {word.low for word in own.words}
    if lows.isdisjoint(_SEEN) or lows & (_FIGURED | _EXPECTS) or any(_is_modal(own, word) for word in own.words):
        return
    for amount in plain_amounts(own.text):
        places = [
            _is_expected(reading, reading.at(each.start))
            for reading in theirs
            for each in plain_amounts(reading.text)
            if same(amount, each)
        ]
        if places and all(places):
            yield amount.written


def _is_expected(reading: Reading, index: int) -> bool:
    here = reading.words[min(index, len(reading.words) - 1)]
    clause = [word for word in reading.words[max(0, index - _FAR) : index] if word.clause == here.clause]
    return any(word.low in (_EXPECTS - _THINGS) | _FIGURED or _is_modal(reading, word) for word in clause)


@lru_cache(maxsize=20_000)
def time_of(reading: Reading, index: int, *, told: bool = False) -> Time:
    """Return whether the verb at an index is told as done or looks ahead; "" where its form does not say.

    Of what is `told`, headlines' present ("leaps 20 %") and what is so ("is rising", "was cheap") count as done.
    """
    words, word = reading.words, reading.words[index]
    nearest = [each for each in words[max(0, index - _NEAR) : index] if each.clause == word.clause]
    if any(_is_modal(reading, each) for each in nearest):
        return "ahead"
    before = [each.low for each in nearest]
    if not _HAPPENED.isdisjoint(before[-2:]) and _is_form_of_past(reading, word):
        return "done"
    sentence = [each.low for each in words[max(0, index - _FAR) : index] if each.sentence == word.sentence]
    if "to" in before[-2:]:
        return "ahead" if any(each in _EXPECTS for each in sentence) else ""
    if _is_past(reading, index) or (told and _cuts(reading, index)):
        return "done"
    clause = {each.low for each in words[max(0, index - _FAR) : index] if each.clause == word.clause}
    if clause & (_EXPECTS - _THINGS):
        return "ahead"
    if told and not _HAPPENS.isdisjoint(before[-2:]):
        return "done"
    after = words[index + 1].low if index + 1 < len(words) else ""
    return "done" if told and word.low.endswith("s") and ways_of(word.root) and after[:1].isdigit() else ""


def _is_past(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    before = reading.words[index - 1] if index and reading.words[index - 1].sentence == word.sentence else None
    if before and before.low in ("be", "being", "is", "are"):
        return False
    if word.low in _SAME:
        return before is not None and (before.low in _WHO or reading.text[before.start].isupper())
    return _is_form_of_past(reading, word)


def _cuts(reading: Reading, index: int) -> bool:
    """Return True if "cut" is a verb by its neighbours: "the bank cut rates", not "a rate cut"."""
    before, after = (reading.words[at].low if 0 <= at < len(reading.words) else "" for at in (index - 1, index + 1))
    is_thing = before in _BEFORE_THINGS or not before.isalpha()
    return reading.words[index].low in _SAME and not is_thing and after in _AFTER_VERBS


def _is_form_of_past(reading: Reading, word: Word) -> bool:
    if word.low in _PAST or word.low in _SAME:
        return True
    # "The Fed", "Wexley United"
    is_name = reading.text[word.start].isupper() and (word.low == "fed" or word.start > 0)
    return word.low.endswith("ed") and not is_name and word.low not in _EXPECTS and word.low not in _NOT_DONE


def _looks_ahead(reading: Reading, index: int) -> bool:
    """Return True if a sentence expects anything: then what it says next to it may be told as expected."""
    here = reading.words[index].sentence
    return any(word.sentence == here and (word.low in _EXPECTS or _is_modal(reading, word)) for word in reading.words)


def _is_modal(reading: Reading, word: Word) -> bool:
    """Return True for "may" and its kind; in May things may have happened."""
    return word.low in _MODALS and not (word.low == "may" and reading.text[word.start] == "M")


@lru_cache(maxsize=20_000)
def _family(low: str, root: str) -> frozenset[str]:
    """Return the directions of a word, else its stem in the present."""
    return frozenset(ways_of(root)) or frozenset((stem(_BASES.get(low, root)),))


@lru_cache(maxsize=20_000)
def _places(reading: Reading, family: frozenset[str]) -> tuple[int, ...]:
    return tuple(
        place for place, word in enumerate(reading.words) if not family.isdisjoint(_family(word.low, word.root))
    )
