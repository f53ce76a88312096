"""Exact fakes and small builders: vectors that are functions of the words, a fixed day, a library in a new folder."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.catalogue import Record
from rag.config import Settings
from rag.library import Library
from rag.types import Article, Passage, Quote, View

TODAY = date(2025, 10, 15)
WORDS = "small caps rally rates fall oil slips gold shines banks lag tech leads bonds gain"


class WordEmbedder:
    """Counts words: each distinct lower-case word is one axis, so cosines can be worked out by hand.

    Words take their axes in the order in which the process first meets them, after those of `WORDS`, on which
    several processes thus agree.
    """

    def __init__(self, *, dimensions: int = 64, name: str = "words") -> None:
        self.name = name
        self.dimensions = dimensions
        self._axes: dict[str, int] = {}
        self._vector(WORDS)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self._vector(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimensions)

    def _vector(self, text: str) -> NDArray[np.float32]:
        counts = np.zeros(self.dimensions, dtype=np.float32)
        for word in text.lower().split():
            counts[self._axes.setdefault(word.strip(".,:;!?\"'()"), len(self._axes)) % self.dimensions] += 1
        length = float(np.linalg.norm(counts))
        return counts / length if length else np.eye(1, self.dimensions, dtype=np.float32)[0]


def grows_no_faster_than_a_line(call: Callable[[str], object], text: str) -> bool:
    """Return whether a text takes less than three times the CPU time per character that its first eighth takes."""
    little = min(_cpu_seconds(call, text[: len(text) // 8]) for _ in range(3))
    return _cpu_seconds(call, text) < 24 * little + 0.1


def _cpu_seconds(call: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    call(text)
    return time.process_time() - started


def digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def make_article(source: str, text: str, **fields: object) -> Article:
    """Return an article; what is not given is empty."""
    values: dict[str, object] = {
        "id": digest(source),
        "url": source if source.startswith("http") else None,
        "title": None,
        "publisher": None,
        "authors": (),
        "published": None,
        "kind": None,
        "tickers": (),
        "text": text,
        "source": source,
    }
    return Article(**(values | fields))  # type: ignore[arg-type]


def make_passages(article: Article) -> tuple[Passage, ...]:
    """Return one passage for each line of the article."""
    found, start = [], 0
    for line in article.text.split("\n"):
        if line:
            found.append(Passage(f"{article.id}:{start}", article.ref, start, start + len(line), line))
        start += len(line) + 1
    return tuple(found)


def make_view(article: Article, quote: str, **fields: object) -> View:
    """Return a view that an article states in the words of `quote`; what is not given is empty, the stance neutral.

    `reasons` are given as words of the article too.
    """
    reasons = tuple(_quoted(article, words) for words in fields.pop("reasons", ()))  # type: ignore[attr-defined]
    values: dict[str, object] = {
        "article": article.ref,
        "analyst": None,
        "firm": None,
        "subject": "tin",
        "action": "none",
        "from_rating": None,
        "to_rating": None,
        "target_from": None,
        "target_to": None,
        "horizon": None,
        "stance": "neutral",
        "quote": _quoted(article, quote),
        "reasons": reasons,
    }
    return View(**(values | fields))  # type: ignore[arg-type]


def _quoted(article: Article, words: str) -> Quote:
    start = article.text.index(words)
    return Quote(article.id, start, start + len(words), words)


def make_record(
    article: Article,
    embedder: WordEmbedder,
    views: Sequence[View] = (),
    names: Sequence[tuple[str, str]] = (),
) -> Record:
    """Return an article as `ingest` would hand it over, one passage a line; vectors see the passages' words only."""
    passages = make_passages(article)
    return Record(
        article=article,
        version=digest(repr(article)),
        text_hash=digest(article.text),
        passages=passages,
        vectors=embedder.encode([passage.text for passage in passages]),
        views=tuple(views),
        names=tuple(names),
    )


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def settings() -> Settings:
    return Settings(_env_file=None)  # type: ignore[call-arg]


@pytest.fixture
def today() -> Callable[[], date]:
    return lambda: TODAY


@pytest.fixture
def open_library(
    tmp_path: Path, settings: Settings, embedder: WordEmbedder, today: Callable[[], date]
) -> Iterator[Callable[..., Library]]:
    """Open a library in the test's own folder, as often as wanted; all are closed afterwards."""
    opened: list[Library] = []

    def again(name: str = "library", **given: object) -> Library:
        options = {"settings": settings, "embedder": embedder, "today": today} | given
        opened.append(Library.open(tmp_path / name, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield again
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[..., Library]) -> Library:
    return open_library()


@pytest.fixture
def put(embedder: WordEmbedder) -> Callable[..., Article]:
    """Store one article, given as its source, its text and fields."""

    def store(
        library: Library,
        source: str,
        text: str,
        *,
        views: Sequence[View] = (),
        names: Sequence[tuple[str, str]] = (),
        **fields: object,
    ) -> Article:
        article = make_article(source, text, **fields)
        library.put([make_record(article, embedder, views, names)])
        return article

    return store
