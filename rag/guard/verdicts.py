"""The judgement of a statement: each of its sentences against every check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.guard import (
    actions,
    certainty,
    clauses,
    conditions,
    counts,
    denial,
    doers,
    extents,
    figures,
    forecasts,
    grades,
    holders,
    houses,
    measures,
    names,
    origins,
    owners,
    parts,
    quotation,
    slots,
    support,
    ways,
)
from rag.guard.evidence import Evidence, gather
from rag.guard.reading import sentences
from rag.types import Quote, Sourced, Verdict
from rag.wording import STOP_WORDS, stem, words

_WORDS = re.compile(r"[^\W\d_]+")
_NO_CLAIM = frozenset(
    map(stem, "analysts strategists sources earlier undated headline disagree view reason author".split())
)


def verify(statement: str, quotes: Iterable[Quote | str | Sourced], metadata: Sequence[str] = ()) -> Verdict:
    """Return whether the quotes support the statement, with one line for each thing that they do not.

    What a `Sourced` quote brings with it (article, holder, the ledger's views) supports the statement as well as its
    words do. `metadata` are further texts that may support names and dates, each as a statement would write it: the
    articles' titles, publishers, authors, dates.
    """
    evidence = gather(quotes, metadata)
    if not evidence.sources:
        return Verdict(supported=False, problems=("no quote is cited",))
    return_lines = list(dict.fromkeys(" ".join(line.split()) for line in _problems(statement, evidence)))
    return Verdict(supported=not return_lines, problems=tuple(return_lines))


def _problems(statement: str, evidence: Evidence) -> Iterator[str]:
    rest, whole = quotation.without_whole(statement, evidence.quotes)
    yield from quotation.problems(rest, evidence.quotes)
    bare = quotation.QUOTED.sub(" ", rest)
    for text in sorted(evidence.facts, key=len, reverse=True):
        bare = bare.replace(text, " ") if len(text) > 3 else bare
    if not words(bare):
        return
    kept = rest if not whole else quotation.QUOTED.sub(" ", rest)
    for text in sorted(evidence.facts, key=len, reverse=True):
        kept = kept.replace(text, " ") if len(text) > 3 else kept
    for sentence in sentences(re.sub(r"[“”\"]", "", kept)):
        if words(sentence):
            yield from _of_sentence(sentence, evidence, whole=whole or not _claims(sentence))
    yield from holders.problems(statement, evidence)
    yield from houses.problems(statement, evidence)
    yield from origins.problems(statement, evidence)


def _of_sentence(sentence: str, evidence: Evidence, *, whole: bool) -> Iterator[str]:
    """Yield the problems of one sentence; with `whole` it stands beside quotes shown whole."""
    yield from names.problems(sentence, evidence)
    yield from figures.problems(sentence, evidence)
    yield from grades.problems(sentence, evidence)
    yield from actions.problems(sentence, evidence)
    yield from ways.problems(sentence, evidence)
    yield from denial.problems(sentence, evidence, whole=whole)
    yield from certainty.problems(sentence, evidence, whole=whole)
    yield from forecasts.problems(sentence, evidence)
    yield from extents.problems(sentence, evidence)
    yield from conditions.problems(sentence, evidence)
    yield from counts.problems(sentence, evidence)
    yield from owners.problems(sentence, evidence)
    yield from doers.problems(sentence, evidence)
    yield from measures.problems(sentence, evidence)
    yield from slots.problems(sentence, evidence)
    yield from parts.problems(sentence, evidence)
    yield from support.problems(sentence, evidence)
    yield from clauses.problems(sentence, evidence)


def _claims(statement: str) -> bool:
    """Return False if only names are left of a statement, as where what it says of them is known from elsewhere."""
    plain = [word for word in _WORDS.findall(statement) if word[0].islower() and word not in STOP_WORDS]
    return any(stem(word) not in _NO_CLAIM for word in plain)
