"""`retrieval`: the keyword leg, the vector leg and their fusion at each weight, on every dev set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks import devset, libraries
from benchmarks.measures import article_ndcg, article_recall, evidence_found, span_words_found, spans_found, within
from benchmarks.options import DataMissingError, Options
from benchmarks.report import Result, Table
from rag import Library
from rag.catalogue import quoted
from rag.retrieve import COLUMN_WEIGHTS, DEPTH, VECTOR_WEIGHT, fuse, match_words, vocabulary
from rag.question import terms_of
from rag.types import Passage

WEIGHTS = tuple(round(step / 10, 1) for step in range(11))
KEYWORD, VECTOR, FUSED = "keyword", "vector", "fused"
TOP = 10
CHARACTERS = 3_000  # of retrieved text, in which a span must stand whole
SCORERS_K = 5

Judge = Callable[[Sequence[Passage]], dict[str, float]]
Scores = dict[str, dict[str, list[float]]]  # by measure, by ranking, one for each question


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what its ranked passages are worth, by measure."""

    question: str
    judge: Judge


def run(options: Options) -> Result:
    """Measure every dev set that is there.

    Raises:
        DataMissingError: none is.
    """
    scores: dict[str, Scores] = {}
    missing = []
    for name, measured in (("spans", _spans), ("commentary", _commentary), ("reuters", _reuters)):
        try:
            scores[name] = measured(options)
        except DataMissingError as error:
            missing.append(f"{name}: not measured, {error}.")
    if not scores:
        raise DataMissingError("; ".join(missing))
    return _result(scores, missing)


def measure(library: Library, cases: Iterable[Case]) -> Scores:
    """Return what each ranking of each question's passages is worth."""
    scores: Scores = defaultdict(lambda: defaultdict(list))
    for case in cases:
        ranked = rankings(library, case.question)
        ids = dict.fromkeys(passage_id for ranking in ranked.values() for passage_id in ranking)
        passages = {passage.id: passage for passage in library.catalogue.passages(list(ids))}
        for name, ranking in ranked.items():
            for measured, value in case.judge([passages[passage_id] for passage_id in ranking]).items():
                scores[measured][name].append(value)
    return scores


def rankings(library: Library, question: str) -> dict[str, list[str]]:
    """Return passage ids, best first: of each leg alone, of the fusion as it is, and of the fusion at each weight."""
    keyword, cosine = _legs(library, question)
    nearest = list(cosine)
    # As in `rag.retrieve.rank`: what only the keywords found has a cosine too.
    cosine |= library.cosines(library.embedder.encode([question])[0], [each for each in keyword if each not in cosine])
    fused = {
        name: [hit.passage_id for hit in fuse(keyword, cosine, weight)[:DEPTH]]
        for name, weight in ((FUSED, VECTOR_WEIGHT), *((str(weight), weight) for weight in WEIGHTS))
    }
    return {KEYWORD: list(keyword), VECTOR: nearest, **fused}


def _legs(library: Library, question: str) -> tuple[dict[str, float], dict[str, float]]:
    """Return each leg's passages with their scores, best first, as `rag.retrieve.search` asks for them."""
    match = quoted(match_words(terms_of(question, vocabulary(library))))
    keyword = library.catalogue.keyword(match, DEPTH, weights=COLUMN_WEIGHTS) if match else []
    return dict(keyword), dict(library.nearest(library.embedder.encode([question])[0], DEPTH))
