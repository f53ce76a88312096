"""`retrieval`: the keyword leg, the vector leg and their fusion at each weight, on every dev set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from benchmarks import devset, libraries
from benchmarks.measures import article_ndcg, article_recall, evidence_found, spans_found, within
from benchmarks.options import DataMissingError, Options
from benchmarks.report import Result, Table
from rag import Library
from rag.retrieve import DEPTH, VECTOR_WEIGHT, fuse, legs, match_words, vocabulary
from rag.terms import terms_of
from rag.types import Passage

WEIGHTS = tuple(step / 10 for step in range(11))
KEYWORD, VECTOR, FUSED, SEARCH = "keyword", "vector", "fused", "search"
TOP = 10
SPAN_CHARACTERS, SPAN_PASSAGES = 3_000, 5  # the table's budget, and the scorer's own k
SIZE = "characters in 5"  # tells what a figure cost and is not better for being higher

Judge = Callable[[Sequence[Passage]], dict[str, float]]
Scores = Mapping[str, Mapping[str, Sequence[float]]]  # by measure, by ranking: one number for each question
Means = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """A question, how many passages `Library.search` is asked for, and what ranked passages are worth by measure."""

    question: str
    k: int
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
            missing.append(f"{name} not measured: {error}")
    if not scores:
        raise DataMissingError("; ".join(missing))
    return result(scores, missing)


def measure(library: Library, cases: Iterable[Case]) -> Scores:
    """Return what each ranking of each question's passages is worth."""
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for case in cases:
        ranked = rankings(library, case.question)
        ids = dict.fromkeys(passage_id for ranking in ranked.values() for passage_id in ranking)
        passages = {passage.id: passage for passage in library.catalogue.passages(list(ids))}
        lists = {name: [passages[each] for each in ranking] for name, ranking in ranked.items()}
        for name, ranking in (*lists.items(), (SEARCH, library.search(case.question, case.k))):
            for measured, value in case.judge(ranking).items():
                scores[measured][name].append(value)
    return scores


def rankings(library: Library, question: str) -> dict[str, list[str]]:
    """Return passage ids, best first: of each leg alone, of the fusion as it is, and of the fusion at each weight."""
    words = match_words(terms_of(question, vocabulary(library)))
    keyword, cosine = legs(library, question, words, None, DEPTH)
    weights = {FUSED: VECTOR_WEIGHT} | {str(weight): weight for weight in WEIGHTS}
    fused = {name: fuse(keyword, cosine, weight)[:DEPTH] for name, weight in weights.items()}
    return {
        KEYWORD: sorted(keyword, key=lambda each: -keyword[each])[:DEPTH],
        VECTOR: sorted(cosine, key=lambda each: -cosine[each])[:DEPTH],
        **{name: [hit.passage_id for hit in hits] for name, hits in fused.items()},
    }


def question_cases(library: Library, questions: Iterable[devset.Question]) -> list[Case]:
    """Return the cases of questions whose evidence stands in known articles."""
    cases = []
    for question in questions:
        gold = {ref.id for url in question.articles if (ref := library.find(url))}
        if gold:
            cases.append(Case(question.text, TOP, _question_judge(question.evidence, frozenset(gold))))
    return cases


def span_cases(questions: Iterable[devset.SpanQuestion]) -> list[Case]:
    """Return the cases of questions on one document."""
    return [Case(question.text, SPAN_PASSAGES, _span_judge(question.spans)) for question in questions]


def _question_judge(evidence: Sequence[Sequence[str]], gold: frozenset[str]) -> Judge:
    def judge(passages: Sequence[Passage]) -> dict[str, float]:
        return {
            "evidence in 10": evidence_found(evidence, gold, passages[:TOP]),
            "articles in 10": article_recall(gold, passages[:TOP]),
            "nDCG@10 by article": article_ndcg(gold, passages),
        }

    return judge


def _span_judge(spans: Sequence[str]) -> Judge:
    def judge(passages: Sequence[Passage]) -> dict[str, float]:
        first = passages[:SPAN_PASSAGES]
        return {
            "whole in 3,000 characters": float(spans_found(spans, within(passages, SPAN_CHARACTERS))),
            "whole in 5 passages": float(spans_found(spans, first)),
            SIZE: float(sum(len(passage.text) for passage in first)),
        }

    return judge


def _spans(options: Options) -> Scores:
    cases = span_cases(devset.span_questions(devset.found(options.data, devset.SPANS)))
    document = devset.found(options.data, devset.REPORTS)
    with closing(libraries.ingested(document, options.work / "reports")) as library:
        return measure(library, cases)


def _commentary(options: Options) -> Scores:
    path = devset.found(options.data, devset.COMMENTARY_QUESTIONS)
    articles = devset.found(options.data, devset.COMMENTARY)
    with closing(libraries.ingested(articles, options.work / "commentary")) as library:
        return measure(library, question_cases(library, devset.questions(path)))


def _reuters(options: Options) -> Scores:
    path = devset.found(options.data, devset.REUTERS_QUESTIONS)
    library, _ = libraries.newswire(options)
    with closing(library):
        cases = question_cases(library, devset.questions(path))
        if not cases:
            raise DataMissingError("no labelled article is in the library")
        return measure(library, cases)


# --- what it comes to


def result(scores: Mapping[str, Scores], notes: Sequence[str] = ()) -> Result:
    """Return the tables and figures: all rankings, the fusion against its better leg, and each weight over all sets."""
    means = {
        name: {measured: {k: fmean(v) for k, v in of.items()} for measured, of in measures.items()}
        for name, measures in scores.items()
    }
    tables = [_all_rankings(name, means[name], _questions(scores[name])) for name in scores]
    tables += [_against_better(scores, means), _weights(means)]
    rounded = {
        name: {measured: {k: round(v, 4) for k, v in of.items()} for measured, of in by.items()}
        for name, by in means.items()
    }
    questions = {name: _questions(measures) for name, measures in scores.items()}
    figures: dict[str, Any] = {"vector_weight": VECTOR_WEIGHT, "questions": questions, "means": rounded}
    return Result(tables, figures, notes)


def _questions(measures: Scores) -> int:
    return len(next(iter(measures.values()))[FUSED])


def _all_rankings(name: str, means: Means, questions: int) -> Table:
    columns = (KEYWORD, VECTOR, SEARCH, *(str(weight) for weight in WEIGHTS))
    rows = [[measured, *(_cell(measured, of[column]) for column in columns)] for measured, of in means.items()]
    title = f"{name}: {questions} questions; the fusion by the vector leg's weight ({VECTOR_WEIGHT} in use)"
    return Table(title, ("", *columns), rows)


def _cell(measured: str, value: float) -> str:
    return f"{value:,.0f}" if measured == SIZE else f"{value:.3f}"


def better_leg(of: Mapping[str, float]) -> str:
    """Return which leg alone has the higher figure."""
    return KEYWORD if of[KEYWORD] >= of[VECTOR] else VECTOR


def _against_better(scores: Mapping[str, Scores], means: Mapping[str, Means]) -> Table:
    rows = []
    for name, measured, of in _compared(means):
        leg = better_leg(of)
        pairs = list(zip(scores[name][measured][FUSED], scores[name][measured][leg], strict=True))
        gained, lost = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
        margin = of[FUSED] - of[leg]
        rows.append(
            [f"{name}, {measured}", leg, f"{of[leg]:.3f}", f"{of[FUSED]:.3f}", f"{margin:+.3f}", f"+{gained} −{lost}"]
        )
    columns = ("", "better leg", "alone", "fused", "margin", "questions")
    return Table(f"The fusion at {VECTOR_WEIGHT} against its better leg alone", columns, rows)


def _weights(means: Mapping[str, Means]) -> Table:
    compared = [of for _, _, of in _compared(means)]
    rows = []
    for weight in map(str, WEIGHTS):
        margins = [of[weight] - of[better_leg(of)] for of in compared]
        lower = sum(margin < -1e-9 for margin in margins)
        rows.append([weight, f"{fmean(of[weight] for of in compared):.4f}", f"{min(margins):+.3f}", str(lower)])
    columns = ("weight", "mean", "least margin", "measures below the better leg")
    return Table(f"Each weight over the {len(compared)} measures above", columns, rows)


def _compared(means: Mapping[str, Means]) -> list[tuple[str, str, dict[str, float]]]:
    return [(name, measured, of) for name, by in means.items() for measured, of in by.items() if measured != SIZE]
