"""Certainty: what the quotes hold possible or likely is not told as a fact, nor what somebody may do as a must."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.guard.evidence import Evidence
from rag.guard.reading import Reading, Word, fit, read
from rag.guard.scopes import Scope, repeats, scopes_in, stands_free
from rag.wording import stem

_POSSIBLE, _LIKELY, _HELD = 3, 2, 1
_LEVELS: dict[str, int] = {
    **dict.fromkeys("may might could possibly possible possibility potentially potential perhaps maybe".split(), 3),
    **dict.fromkeys(("conceivably",), 3),
    **dict.fromkeys("likely probably probable should apparently seemingly appears appear seems seem".split(), 2),
    **dict.fromkeys(
        ("tends", "tend", "unlikely", "presumably", "suggests", "suggest", "expected", "chance", "odds"), 2
    ),
    **dict.fromkeys("would expects expect sees forecasts forecast projects projected estimates estimated".split(), 1),
    **dict.fromkeys("believes believe thinks think predicts predicted anticipates hopes hope view opinion".split(), 1),
    **dict.fromkeys("believed thought predict anticipate anticipated hoped feels felt reckons feared fears".split(), 1),
    **dict.fromkeys("expecting estimate projecting saw argues argued contends".split(), 1),
}
_CONDITIONS = frozenset(("if", "unless", "until", "provided"))
_WILL = frozenset(("will", "shall", "i'll", "we'll", "he'll", "she'll", "it'll", "they'll"))
_TOLD = frozenset(("possible", "potential", "suggests", "suggest"))
_SURE = frozenset(
    stem(word)
    for word in """certain certainly definitely undoubtedly guarantee guaranteed guarantees surely inevitable inevitably
    bound unquestionably assured proven sure always must confirmed""".split()
)
_MUST = re.compile(r"\b(?:ha(?:s|ve|d|ving) to|need(?:s|ed)? to|ought to|(?:forced|obliged|required|compelled) to)\b")
_NEED = re.compile(
    r"\b(?:must|ha(?:s|ve|d|ving) to|need\w*|ought|should|forc\w+|oblig\w+|requir\w+|compel\w+|necess\w+|essential|"
    r"unavoidabl\w+|inevitabl\w+|imperative|mandat\w+|demand\w*|no choice|only way|pressur\w+)\b"
)


def problems(statement: str, evidence: Evidence, *, whole: bool = False) -> list[str]:
    """Return a line if the statement is more certain than the quotes.

    With `whole`, the statement shows the quotes whole, and only words of certainty beside them are looked for.
    """
    own = read(statement)
    readings = [read(claim) for claim in evidence.claims]
    held = frozenset().union(*(reading.roots for reading in readings)) if readings else frozenset()
    found = [f"more certain than the quotes: {word.low}" for word in own.words if word.root in _SURE - held]
    duty = _MUST.search(own.text)
    if duty and not any(_NEED.search(claim.casefold()) for claim in evidence.claims):
        found.append(f"not a must in the quotes: {duty.group()}")
    if not found and not whole:
        theirs = [(reading, _hedges(reading)) for reading in readings]
        words = [*_dropped(own, theirs), *_assured(own, theirs)]
        found = [f"more certain than the quotes, which say {word}" for word in words[:1]]
    return found


def _hedges(reading: Reading) -> list[Scope]:
    return [scope for scope in scopes_in(reading, _level) if scope.level > _HELD and scope.word not in _TOLD]


def _level(word: Word, reading: Reading, index: int) -> int:
    if word.low == "should" and index and reading.words[index - 1].low in ("investors", "you", "clients"):
        return 0
    if word.low == "would" and any(
        other.low in _CONDITIONS and other.sentence == word.sentence for other in reading.words
    ):
        return _POSSIBLE
    return _LEVELS.get(word.low, 0)


def _assured(own: Reading, theirs: Sequence[tuple[Reading, Sequence[Scope]]]) -> Iterator[str]:
    """Yield the hedges of the quotes in place of which the statement has "will"."""
    for will in scopes_in(own, lambda word, _, __: word.low in _WILL):
        for reading, scopes in theirs:
            for scope in scopes:
                both = {*will.reach, *will.back} & {*scope.reach, *scope.back}
                sentence = reading.words[scope.index].sentence
                if len(both) > 1 and not any(w.low in _WILL and w.sentence == sentence for w in reading.words):
                    yield scope.word


def _dropped(own: Reading, theirs: Sequence[tuple[Reading, Sequence[Scope]]]) -> Iterator[str]:
    """Yield the hedges whose words the statement repeats with none as strong beside them."""
    levels: dict[int, int] = {}
    for index, word in enumerate(own.words):
        levels[word.sentence] = max(levels.get(word.sentence, 0), _level(word, own, index))
    for reading, scopes in theirs:
        for scope in scopes:
            at = repeats(scope, reading, own)
            if at is None or levels.get(own.words[at].sentence, 0) >= scope.level:
                continue
            if scope.level == _LIKELY and levels.get(own.words[at].sentence, 0) == _HELD:
                continue
            bar = fit(own.around(at, at), reading.around(scope.index, scope.index))
            if not stands_free(own.words[at].root, own, at, theirs, bar):
                yield scope.word
