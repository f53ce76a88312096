"""`subjects`: fits the weights of `ingest.extract.about` again and tells how often the subject is right.

A reader gave the subjects of 1,305 sentences of newswire in which an outsider speaks. `labels/subjects.jsonl` holds
them as offsets into the stories, which are not here, with a stance and the name to file the view under. The weights are
those of a logistic regression over what each sentence may be about, drawn towards weights set by hand: those carry what
newswire does not show, such as notes on a single theme.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import devset
from benchmarks.options import Options
from benchmarks.report import Result, Table
from ingest import read_articles
from ingest.extract.about import features, offers_in
from ingest.extract.claims import Before, Claim, alike, is_holder, key_of
from ingest.extract.rules import _Reading
from ingest.extract.subjects import Mention
from rag.speakers import Sentence
from rag.types import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABELS: Final = Path(__file__).parent / "labels" / "subjects.jsonl"
FOLDS: Final = 5
PULL: Final = 50.0  # how strongly weights are drawn towards the prior
PRIOR: Final = {
    **{"nsubj": 1.5, "nsubjpass": 1.5, "dobj": 0.9, "cause": -1.2, "on": 0.45, "for": 0.45, "in": 0.45, "to": 0.45},
    **{"compared or by the way": -0.75, "surely a company": 0.6, "times named": 0.75, "in a condition": -0.9},
    **{"spoken of before": 0.3, "focus": 0.3, "pronoun points back": 0.75, "thing": 0.75, "characters before": -0.3},
    **{"time": -1.5, "amount": -1.5, "person": -1.5},
}
_PRIOR_BIAS: Final = -2.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence whose subject is known: what it may be about, and which of that is right."""

    article: str
    offers: list[dict[str, float]]
    right: list[bool]
    taken: bool  # the rules as they are take a right one


class _Watched(_Reading):
    """A reading that notes what each labelled sentence may be about."""

    def __init__(self, article: Article, labels: Mapping[int, Sequence[str]]) -> None:
        super().__init__(article)
        self.cases: list[Case] = []
        self._labels = labels

    def _opinion(self, sentence: Sentence, mentions: Sequence[Mention], parsed: Doc, before: Before) -> list[Claim]:
        claims = super()._opinion(sentence, mentions, parsed, before)
        subjects = self._labels.get(sentence.start)
        holder = sentence.speaker
        if subjects and holder:
            others = [each for each in mentions if not is_holder(each.thing, holder)]
            last = before.things.get(key_of(holder))
            offers = offers_in(parsed, others, holder, self.subjects.focus, last, self.subjects.most)
            if offers:
                title = self.article.title or ""
                right = [any(alike(each.name, subject) for subject in subjects) for each in offers]
                taken = any(alike(claim.thing.name, subject) for claim in claims for subject in subjects)
                values = [features(each, offers, sentence.text, title) for each in offers]
                self.cases.append(Case(self.article.id, values, right, taken))
        return claims


def run(options: Options) -> Result:
    """Fit the weights and tell how often the best-weighed offer is right in folds that were not fitted to."""
    cases = _cases(devset.found(options.data, devset.REUTERS))
    names = sorted({name for case in cases for values in case.offers for name in values})
    right, odds = _held_out(cases, names)
    order = np.argsort(-odds)
    third = len(order) // 3
    figures = {
        "sentences": len(cases),
        "a right offer there": float(np.mean([any(case.right) for case in cases])),
        "taken by the rules": float(np.mean([case.taken for case in cases])),
        "best offer right": float(right.mean()),
        "of the surest third": float(right[order[:third]].mean()),
        "where p is 0.8 and more": float(right[odds >= 0.8].mean()),
    }
    weights = _fit(cases, names)
    rows = [[name, f"{value:.3f}" if value < 2 else f"{value:,.0f}"] for name, value in figures.items()]
    table = [[name, f"{weight:.2f}"] for name, weight in sorted(weights.items(), key=lambda each: -each[1])]
    titles = f"subjects of opinions, {FOLDS} folds by article", "weights fitted to all of them"
    return Result(
        [Table(titles[0], ("", "share"), rows), Table(titles[1], ("feature", "weight"), table)],
        {**figures, "weights": weights},
    )


def _cases(stories: Path) -> list[Case]:
    labels: dict[str, dict[int, list[tuple[int, int, str]]]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["views"]:
            labels.setdefault(row["article"], {})[row["sentence"]] = [
                (start, end, name) for start, end, _, name in row["views"]
            ]
    cases: list[Case] = []
    for article in read_articles(stories):
        if spans := labels.get(article.url or ""):
            text = article.text
            reading = _Watched(
                article,
                {
                    at: [name for start, end, given in each for name in (text[start:end], given)]
                    for at, each in spans.items()
                },
            )
            reading.views()
            cases += reading.cases
    return cases


def _held_out(cases: Sequence[Case], names: Sequence[str]) -> tuple[NDArray[np.bool_], Floats]:
    """Return of each case whether its best-weighed offer is right, and that offer's probability."""
    right, odds = np.zeros(len(cases), dtype=bool), np.zeros(len(cases))
    fold_of = {article: place % FOLDS for place, article in enumerate(sorted({case.article for case in cases}))}
    for fold in range(FOLDS):
        weights = _fit([case for case in cases if fold_of[case.article] != fold], names)
        for place, case in enumerate(cases):
            if fold_of[case.article] == fold:
                scores = [weights["bias"] + sum(weights[n] * v for n, v in values.items()) for values in case.offers]
                best = int(np.argmax(scores))
                right[place], odds[place] = case.right[best], 1 / (1 + np.exp(-scores[best]))
    return right, odds


def _fit(cases: Sequence[Case], names: Sequence[str]) -> dict[str, float]:
    """Return the weights that a logistic regression finds, each drawn towards its prior by `PULL`."""
    from scipy.optimize import minimize

    place = {name: number for number, name in enumerate(names)}
    rows = [values for case in cases for values in case.offers]
    x = np.zeros((len(rows), len(names) + 1))
    x[:, -1] = 1
    for row, values in enumerate(rows):
        for name, value in values.items():
            x[row, place[name]] = value
    y = np.array([right for case in cases for right in case.right], dtype=float)
    prior = np.array([*(PRIOR.get(name, 0.0) for name in names), _PRIOR_BIAS])
    pull = np.array([PULL] * len(names) + [0.0])

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        away = w - prior
        value = np.logaddexp(0, z).sum() - y @ z + pull @ away**2
        return float(value), x.T @ (1 / (1 + np.exp(-z)) - y) + 2 * pull * away

    found = minimize(loss, prior, jac=True, method="L-BFGS-B").x
    return {name: round(float(weight), 2) for name, weight in zip([*names, "bias"], found, strict=True)}
