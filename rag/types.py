"""The values that travel through Houseview, from an article to an answer.

Frozen, standard library only, and ignorant of storage. Whatever comes later in the flow carries what it came
from: a passage its article, a citation its span, an answer its citations.

All offsets are in characters (Unicode code points) of `Article.text`, which is cleaned once and never again,
so that every passage, quote and citation is exactly `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Action = Literal[
    "upgrade",
    "downgrade",
    "initiate",
    "reiterate",
    "raise_target",
    "cut_target",
    "raise_estimate",
    "cut_estimate",
    "none",
]
Stance = Literal["bullish", "bearish", "neutral"]
Attribution = Literal["own", "reported"]


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article without its text: what passages, views and citations carry of it."""

    id: str
    url: str | None
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: datetime | None
    kind: str | None
    tickers: tuple[str, ...]
    language: str | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article or note: its canonical text and what the document says about itself.

    `id` follows from the source alone and survives new versions. `source` is the key the article is known by: its
    normalised URL, else the file's path relative to the ingest root, else a hash of its content. `metadata` keeps what
    the document gave beyond the named fields. Fields the document leaves open are None or empty, never guessed.
    """

    id: str
    url: str | None
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: datetime | None
    kind: str | None
    tickers: tuple[str, ...]
    text: str
    language: str | None = None
    source: str = ""
    metadata: tuple[tuple[str, str], ...] = ()

    @property
    def ref(self) -> ArticleRef:
        """The same article without its text."""
        return ArticleRef(
            id=self.id,
            url=self.url,
            title=self.title,
            publisher=self.publisher,
            authors=self.authors,
            published=self.published,
            kind=self.kind,
            tickers=self.tickers,
            language=self.language,
            source=self.source,
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of an article: `text` is the article's `text[start:end]`."""

    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article; `score` is higher for a better match and 0 outside a search."""

    id: str
    article: ArticleRef
    start: int
    end: int
    text: str
    score: float = 0.0
    section: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A judgement or forecast on a subject by an identifiable holder, as one article states it."""

    article: ArticleRef
    analyst: str | None
    firm: str | None
    subject: str
    action: Action
    from_rating: str | None
    to_rating: str | None
    target_from: str | None
    target_to: str | None
    horizon: str | None
    stance: Stance
    quote: Quote
    reasons: tuple[Quote, ...] = ()
    attribution: Attribution = "own"
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles may answer. Empty fields do not restrict; the values of one field are alternatives.

    `since` and `until` are inclusive publication dates. `as_of` hides what was published later. An article without a
    date is outside any scope that names one.
    """

    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    analysts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """True if any field restricts."""
        return self != Scope()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer from an answer into an article; `quote` is the article's `text[start:end]`."""

    marker: int
    article: ArticleRef
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer in plain text, with the markers of the citations that support it."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's answer. `text` is Markdown with [1] marks; text from articles stands in it escaped.

    `scope` is what was searched in the end and `notes` say in words how it came about (an inferred filter, its
    relaxation). `coverage` says how much of the library was in scope. When `abstained`, there are no statements, and
    `nearest` offers the closest passages as such. `standalone` is the question as read in its conversation.
    `timings_ms` holds milliseconds by stage.
    """

    question: str
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    views: tuple[View, ...]
    abstained: bool
    coverage: str
    scope: Scope
    model: str | None
    timings_ms: Mapping[str, float]
    notes: tuple[str, ...] = ()
    nearest: tuple[Passage, ...] = ()
    standalone: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The guard's judgement: `problems` has one line for each thing in the statement that no quote supports."""

    supported: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FailedInput:
    """An input that could not be stored: why, how often it was tried and when last.

    `root` is what was given to `ingest` when it failed, which may be a folder that it lies in.
    """

    source: str
    root: str
    reason: str
    attempts: int
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class Stats:
    """What a library holds. `vectors_pending` passages are stored and searchable but not yet in Chroma."""

    articles: int
    passages: int
    views: int
    duplicates: int
    vectors_pending: int
    embedder: str
    dimensions: int
    path: str
    first_published: date | None = None
    last_published: date | None = None
    publishers: tuple[str, ...] = field(default=())
    kinds: tuple[str, ...] = field(default=())
