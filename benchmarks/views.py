"""`views`: how long `Library.views` takes over a ledger of some thousand views, by what is asked of it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from benchmarks import devset
from benchmarks.measures import percentiles
from benchmarks.options import Options
from benchmarks.report import Result, Table
from ingest.split import split
from rag import Action, Article, Library, Quote, Record, Scope, Stance, View, records, superseded, tally
from rag.aliases import COMMODITIES, COMPANIES, MARKETS, SECTORS
from rag.street import STREET
from rag.subjects import ASSETS
from rag.tickers import company_names

ARTICLES = 10_000
A_VIEW_EACH = 4  # every so many articles state one or more views
MOST_VIEWS = 3  # of one article
CHANGES = 20  # of the library, each followed by a question
FIRST = date(2024, 1, 1)
DAYS = 700

_FIRST_NAMES = "Ann Ben Cara Dan Edith Frank Grace Hugo Ines Jack Karen Liam Mara Nora Omar Paula Quinn Rosa Sam Tess"
_SURNAMES = "Abbot Brandt Cole Dorn Ekman Falk Gray Hale Ivers Jonas Kerr Lane Moss Nash Orr Pike Reed Shaw Tate Voss"


class HashEmbedder:
    """Stands in for the model, which this benchmark does not measure: eight numbers out of the text's hash."""

    name = "hash"
    dimensions = 8

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text."""
        digests = b"".join(blake2b(text.encode(), digest_size=8).digest() for text in texts)
        found = np.frombuffer(digests, dtype=np.uint8).reshape(-1, 8).astype(np.float32) + 1
        return found / np.linalg.norm(found, axis=1, keepdims=True)


def run(options: Options) -> Result:
    """Fill a library with stories and made-up views, then ask for them in every way."""
    folder = options.work / "views"
    shutil.rmtree(folder, ignore_errors=True)
    path = options.work / "views.jsonl"
    stories = devset.write_stories(options.data, options.stories or ARTICLES, path)
    with closing(Library.open(folder, embedder=HashEmbedder())) as library:
        library.put(list(_records(path)))
        stats = library.stats()
        began = perf_counter()
        held = library.views()
        cold = 1000 * (perf_counter() - began)
        found = {"by subject, after a change": _after_changes(library, held)}
        found |= {name: _timed(library, ask, options.rounds) for name, ask in _asked(held)}
    title = f"{stats.articles:,} articles ({stories}; views made up), {stats.views:,} views; first call {cold:.0f} ms"
    rows = [
        [name, f"{each['views']:,}", f"{each['p50_ms']:.1f}", f"{each['p95_ms']:.1f}"] for name, each in found.items()
    ]
    figures = {"measured": title, "first_call_ms": round(cold, 1), "asked": found}
    return Result([Table(title, ("views", "found", "p50 ms", "p95 ms"), rows)], figures)


def _timed(library: Library, asked: Sequence[Callable[[Library], object]], rounds: int) -> dict[str, float]:
    took, found = [], 0
    for ask in asked:
        for _ in range(rounds):
            began = perf_counter()
            answer = ask(library)
            took.append(1000 * (perf_counter() - began))
        found += len(answer) if isinstance(answer, list) else 0
    return {"views": round(found / len(asked)), **percentiles(took)}


def _after_changes(library: Library, held: Sequence[View]) -> dict[str, float]:
    """Ask after an article's views were stored anew, so that nothing read before can be used."""
    took = []
    for view in held[:CHANGES]:
        library.replace_views({view.article.id: [each for each in held if each.article.id == view.article.id]})
        began = perf_counter()
        library.views(view.subject)
        took.append(1000 * (perf_counter() - began))
    return {"views": 0, **percentiles(took)}


def _asked(held: Sequence[View]) -> Iterator[tuple[str, list[Callable[[Library], object]]]]:
    """Yield what is asked: forty names each, drawn from the ledger, and everything."""
    draw = random.Random(1)
    some = draw.sample(list(held), min(40, len(held)))
    last = FIRST + timedelta(days=DAYS // 2)
    yield "by subject", [lambda library, v=view: library.views(v.subject) for view in some]
    yield (
        "by a synonym",
        [lambda library, s=name: library.views(s) for name in ("small caps", "big tech", "AAPL", "crude", "the Fed")],
    )
    yield "by firm", [lambda library, v=view: library.views(firm=v.firm) for view in some]
    yield "by analyst", [lambda library, v=view: library.views(analyst=v.analyst) for view in some if view.analyst]
    yield "by surname", [lambda library, n=name: library.views(analyst=n) for name in _SURNAMES.split()]
    yield "by stance", [lambda library, s=stance: library.views(stance=s) for stance in get_args(Stance) * 8]
    yield "by action", [lambda library, a=action: library.views(action=a) for action in get_args(Action) * 3]
    yield (
        "as of a day",
        [lambda library, d=last + timedelta(days=n): library.views("gold", scope=Scope(as_of=d)) for n in range(20)],
    )
    yield (
        "of a firm in scope",
        [lambda library, v=view: library.views(scope=Scope(firms=(v.firm or "",), since=last)) for view in some],
    )
    yield (
        "of a subject in scope",
        [lambda library, v=view: library.views(scope=Scope(subjects=(v.subject,), until=last)) for view in some],
    )
    yield "all", [lambda library: library.views()] * 20
    yield "what stands (superseded)", [lambda _: superseded(held)] * 10
    yield "tally", [lambda _: tally(held)] * 10
    yield "records", [lambda _: records(held)] * 10


def _records(path: Path) -> Iterator[Record]:
    draw = random.Random(0)
    embedder = HashEmbedder()
    for number, row in enumerate(devset.rows(path)):
        article = Article(
            id=f"a{number}",
            url=row["url"],
            title=row["title"],
            publisher=row.get("publisher"),
            authors=(),
            published=datetime.combine(FIRST + timedelta(days=draw.randrange(DAYS)), datetime.min.time(), UTC),
            kind="newswire",
            tickers=(),
            text=row["text"],
            source=f"urn:benchmark:{number}",
        )
        passages = tuple(split(article))
        views = [_view(article, draw) for _ in range(draw.randint(1, MOST_VIEWS))] if number % A_VIEW_EACH == 0 else []
        vectors = embedder.encode([passage.text for passage in passages])
        yield Record(article, str(number), str(number), passages, vectors, tuple(views))


def _view(article: Article, draw: random.Random) -> View:
    """Return a view of a holder on a subject; both, as in life, are often the same few, in varying spelling."""
    group = STREET[int(len(STREET) * draw.random() ** 2)]
    start = draw.randrange(max(1, len(article.text) - 200))
    words = article.text[start : start + 160]
    named = draw.random() < 0.7
    return View(
        article=article.ref,
        analyst=f"{draw.choice(_FIRST_NAMES.split())} {draw.choice(_SURNAMES.split())}" if named else None,
        firm=draw.choice(group).title(),
        subject=_subject(draw),
        action=draw.choice(get_args(Action)),
        from_rating=None,
        to_rating=draw.choice(("buy", "hold", "sell", None)),
        target_from=None,
        target_to=None,
        horizon=None,
        stance=draw.choice(get_args(Stance)),
        quote=Quote(article.id, start, start + len(words), words),
        reasons=(Quote(article.id, 0, 1, article.text[0]),),
        said_on=None,
    )


def _subject(draw: random.Random) -> str:
    if draw.random() < 0.4:
        return draw.choice(draw.choice((*ASSETS, *MARKETS, *SECTORS, *COMMODITIES, *COMPANIES)))
    names = company_names()
    return names[int(len(names) * draw.random() ** 2)]
