"""`near`: which disturbed stories are linked to the story they were made from, which others are, and what it costs.

Stories are disturbed and looked for among all newswire stories. Limits are varied on one half of the stories; what the
limits in use do is told of the other half.
"""

from __future__ import annotations

import random
import re
import resource
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field, replace
from time import perf_counter
from typing import Any, cast

from benchmarks import devset
from benchmarks.disturbed import DISTURBANCES, facts_in
from benchmarks.options import Options
from benchmarks.report import Result, Table
from ingest import read_articles
from ingest.alike import LIMITS, Limits, Story, in_order, likeness
from ingest.near import NUMBERS, Near, signature
from rag.catalogue import Alike
from rag.library import Library
from rag.types import Article

STORIES = 400  # of each half are disturbed
VARIED = 100
PAIRS = 3_000  # of each kind of natural pair
_FACTS = 3  # names and figures that a form has room for, at least
_SHORT = 40  # words: what is shorter is told of apart
_VARIATIONS = (
    {},
    {"share": 0.65},
    {"share": 0.85},
    {"other_share": 0.4},
    {"other_share": 0.6},
    {"running": 15, "runs": 25},
    {"running": 20, "runs": 40},
    {"running": 6, "runs": 12},
    {"figures": 1.0},
)
_FORM = re.compile(r"\b(?:NET|LOSS|DIVIDEND|PAYOUT|QUARTERLY|RESERVES|MARKET|REPURCHASES|RESULTS|SALES)\b")


@dataclass
class _Shelf:
    """Articles and their signatures in memory, in the place of a library with its catalogue."""

    held: dict[str, Article] = field(default_factory=dict)

    @property
    def catalogue(self) -> _Shelf:
        return self

    @property
    def likenesses(self) -> _Shelf:
        return self

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        return {each: self.held[each] for each in ids if each in self.held}

    def signatures(self, _mark: bytes) -> list[tuple[str, bytes]]:
        return []

    def unsigned(self, _mark: bytes) -> list[str]:
        return []


@dataclass(frozen=True, slots=True)
class Ground:
    """All undisturbed stories with their signatures, and how they are linked among themselves."""

    stories: list[Article]
    shelf: _Shelf
    near: Near
    links: list[Alike]
    family: Mapping[str, str]  # of a linked story's id, its oldest one's
    milliseconds: float
    megabytes: float


@dataclass
class Tally:
    """What became of disturbed stories of one kind."""

    tried: int = 0
    right: int = 0
    other_kind: int = 0  # linked to the right story, as an update instead of a copy or the other way round
    wrong: int = 0  # linked to a story that it was not made from

    def row(self) -> list[str]:
        linked = self.right + self.other_kind + self.wrong
        found = self.right + self.other_kind
        return [
            *(f"{each:,}" for each in (self.tried, self.right, self.other_kind, self.wrong)),
            f"{found / max(1, self.tried):.3f}",
            f"{found / linked:.3f}" if linked else "-",
        ]


def run(options: Options) -> Result:
    """Link all stories, then disturbed ones of either half, then pairs that only look alike.

    Raises:
        DataMissingError: the newswire stories are not there.
    """
    stories = _distinct(read_articles(devset.found(options.data, devset.REUTERS)))
    ground = _ground(stories[: options.stories] if options.stories else stories)
    draw = random.Random(7)
    shuffled = draw.sample(ground.stories, len(ground.stories))
    chosen, told = shuffled[: len(shuffled) // 2], shuffled[len(shuffled) // 2 :]
    varied = [[str(each or "in use"), *_varied(ground, chosen[:VARIED], each)] for each in _VARIATIONS]
    long = [each for each in told if len(each.text.split()) >= _SHORT][:STORIES]
    short = [each for each in told if len(each.text.split()) < _SHORT][: STORIES // 4]
    found = {"long": _disturbed(ground, long, LIMITS), "short": _disturbed(ground, short, LIMITS)}
    pairs = _natural(ground, draw)
    return _result(ground, varied, found, pairs, _costs(ground))


def _ground(stories: list[Article]) -> Ground:
    shelf = _Shelf()
    near = Near(cast("Library", shelf))
    near.find(stories[0], {})  # loads what is loaded once
    before, began = _peak(), perf_counter()
    links: list[Alike] = []
    for story in stories:
        links += near.find(story, {})[1]
        shelf.held[story.id] = story
    seconds = perf_counter() - began
    family = {each.id: each.id for each in stories}
    for link in links:
        joined = {family[link.article_id], family[link.original_id]}
        family |= {key: min(joined) for key, root in family.items() if root in joined}
    return Ground(stories, shelf, near, links, family, 1000 * seconds / len(stories), _peak() - before)


def _disturbed(ground: Ground, stories: Sequence[Article], limits: Limits) -> dict[str, Tally]:
    """Return what became of each disturbance of the stories, each looked for as if it came now."""
    near = copy(ground.near)  # with the same signatures
    near.limits = limits
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for story in stories:
        draw = random.Random(story.id)
        for kind in DISTURBANCES:
            made = replace(kind.make(story, draw), id="disturbed")
            if " ".join(made.text.split()).lower() == " ".join(story.text.split()).lower():
                continue  # nothing to change in it, or an exact copy
            if kind.outcome is None and facts_in(story.text) < _FACTS:
                continue  # with so little to tell it from others it is no form
            links = [each for each in near.find(made, {})[1] if "disturbed" in (each.article_id, each.original_id)]
            _book(found[kind.name], kind.outcome, links[:1], story, ground.family)
    return dict(found)


def _book(tally: Tally, outcome: str | None, links: Sequence[Alike], story: Article, family: Mapping[str, str]) -> None:
    tally.tried += 1
    for link in links:
        other = link.original_id if link.article_id == "disturbed" else link.article_id
        if outcome is None or family[other] != family[story.id]:
            tally.wrong += 1
        elif link.kind == outcome:
            tally.right += 1
        else:
            tally.other_kind += 1


def _varied(ground: Ground, stories: Sequence[Article], limits: Mapping[str, float]) -> list[str]:
    long = [each for each in stories if len(each.text.split()) >= _SHORT]
    tallies = _disturbed(ground, long, replace(LIMITS, **cast("dict[str, Any]", limits)))
    same = [tallies[each.name] for each in DISTURBANCES if each.outcome and each.name in tallies]
    other = [tallies[each.name] for each in DISTURBANCES if not each.outcome and each.name in tallies]
    total = Tally(*(sum(getattr(each, name) for each in same) for name in asdict(Tally())))
    wrong, tried = sum(each.wrong for each in other), sum(each.tried for each in other)
    return [*total.row(), f"{wrong:,} of {tried:,}"]


def _natural(ground: Ground, draw: random.Random) -> dict[str, tuple[int, int]]:
    """Return of undisturbed pairs that are different articles how many were tried and how many would be linked."""
    by_day: defaultdict[str, list[Article]] = defaultdict(list)
    by_ticker: defaultdict[str, list[Article]] = defaultdict(list)
    for each in ground.stories:
        if each.published and each.tickers and _FORM.search(each.title or ""):
            by_day[f"{each.published:%j}"].append(each)
        for ticker in each.tickers if each.published else ():
            by_ticker[ticker].append(each)
    on_form = [(a, b) for day in by_day.values() for a, b in _pairs(day) if not set(a.tickers) & set(b.tickers)]
    company = [(a, b) for those in by_ticker.values() for a, b in _pairs(those) if _days(a, b) >= 3]
    stories = [(draw.choice(ground.stories), draw.choice(ground.stories)) for _ in range(PAIRS)]
    kinds = {
        "same day, same kind of notice, other company": draw.sample(on_form, min(PAIRS, len(on_form))),
        "same company, three or more days later": draw.sample(company, min(PAIRS, len(company))),
        "any two stories": [(a, b) for a, b in stories if a is not b],
    }
    return {name: (len(pairs), sum(map(_linked, pairs))) for name, pairs in kinds.items()}


def _linked(pair: tuple[Article, Article]) -> bool:
    return likeness(*in_order(*map(Story, pair))) is not None


def _pairs(articles: Sequence[Article]) -> Iterable[tuple[Article, Article]]:
    return ((a, b) for place, a in enumerate(articles) for b in articles[place + 1 :])


def _days(one: Article, other: Article) -> int:
    assert one.published and other.published
    return abs((one.published - other.published).days)


def _costs(ground: Ground) -> dict[str, float]:
    some = [Story(each) for each in ground.stories[:2_000]]
    sizes = sum(len(each.runs) for each in some) / len(some)
    began = perf_counter()
    signed = [signature(each) for each in some]
    made = perf_counter() - began
    began = perf_counter()
    for each in signed:
        ground.near.candidates("", each)
    looked = perf_counter() - began
    return {
        "stories": len(ground.stories),
        "runs_per_story": round(sizes, 1),
        "signature_ms": round(1000 * made / len(some), 3),
        "query_ms": round(1000 * looked / len(some), 3),
        "all_ms": round(ground.milliseconds, 3),
        "stored_mb": round(len(ground.stories) * (4 * NUMBERS + 4) / 2**20, 2),
        "peak_growth_mb": round(ground.megabytes, 1),
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _distinct(articles: Iterable[Article]) -> list[Article]:
    """Return the articles without exact copies."""
    return list({" ".join(each.text.split()).lower(): each for each in reversed(list(articles))}.values())[::-1]


def _result(
    ground: Ground,
    varied: list[list[str]],
    found: Mapping[str, Mapping[str, Tally]],
    pairs: Mapping[str, tuple[int, int]],
    costs: Mapping[str, float],
) -> Result:
    columns = ("kind", "tried", "right", "other kind", "wrong", "recall", "precision")
    tables = [
        Table(f"Limits on half A, {VARIED} stories; last, other stories linked", (*columns, "forms linked"), varied),
        *(
            Table(f"Half B, {name} stories", columns, [[k, *t.row()] for k, t in each.items()])
            for name, each in found.items()
        ),
        Table("Undisturbed pairs", ("kind", "tried", "linked"), [[k, *map(str, v)] for k, v in pairs.items()]),
        Table("Cost", ("what", "figure"), [[name, f"{value:,}"] for name, value in costs.items()]),
    ]
    kinds = {kind: sum(link.kind == kind for link in ground.links) for kind in ("copy", "update")}
    figures = {
        "limits": asdict(LIMITS),
        "varied": varied,
        "disturbed": {name: {k: asdict(t) for k, t in each.items()} for name, each in found.items()},
        "undisturbed": {"linked": kinds, "pairs": {k: {"tried": a, "linked": b} for k, (a, b) in pairs.items()}},
        "cost": dict(costs),
    }
    return Result(tables, figures, [f"Among the {len(ground.stories):,} undisturbed stories: {kinds}."])
