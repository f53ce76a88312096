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
LikenessKind = Literal["copy", "update"]
ArticleState = Literal[
    "states views", "not read for views", "a copy", "superseded", "several addresses", "undated", "date is a guess"
]
Order = Literal["newest", "oldest", "added", "title", "publisher"]

GUESSED_DATE = ("published is", "a guess")
"""What the metadata of an article holds whose date the document does not state."""


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
    date_is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One article or note: its canonical text and what the document says about itself.

    `id` follows from the source alone and survives new versions. `source` is the key the article is known by: its
    normalised URL, else the file's path relative to the ingest root, else a hash of its content. `metadata` keeps what
    the document gave beyond the named fields, how each field was found (`("published from", "byline")`) and where pages
    begin (`rag.page_of`). Fields the document leaves open are None or empty; only a date may be a guess, and says so.
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
    def date_is_guess(self) -> bool:
        """Whether `published` is only likely: read from a file name, say."""
        return GUESSED_DATE in self.metadata

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
            date_is_guess=self.date_is_guess,
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
    """A numbered pointer from an answer into an article; `quote` is the article's `text[start:end]`.

    `page` is the number of the page that it begins on, None for what has no pages.
    """

    marker: int
    article: ArticleRef
    start: int
    end: int
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer in plain text, with the markers of the citations that support it."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """What asking a chat model took; tokens are None where its server does not count them.

    `first_token_ms` is None if nothing came.
    """

    tokens_in: int | None
    tokens_out: int | None
    first_token_ms: float | None
    total_ms: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's answer. `text` is Markdown with [1] marks; text from articles stands in it escaped.

    `scope` is what was searched in the end and `notes` say in words how it came about (an inferred filter, its
    relaxation). `coverage` says how much of the library was in scope. When `abstained`, there are no statements, and
    `nearest` offers the closest passages as such. `standalone` is the question as read in its conversation.
    `timings_ms` holds milliseconds by stage. `model` names the chat model that worded it, None if none did; `usage` is
    what asking one took, also where its words were not used. `suggestions` are questions to go on with, if any were
    looked for (`rag.suggest`).
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
    usage: Usage | None = None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that answering has come to, by its name in `Answer.timings_ms`: "retrieve", say.

    "restart" withdraws what was told so far: the chat model failed on the way, and the answer is told anew without it.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of an answer that is still being written; it has passed the guard.

    `citations` are those of its markers that no earlier statement had. The finished answer is what counts: it may hold
    further statements, that sources disagree, say.
    """

    statement: Statement
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Sourced:
    """Words that a statement cites, with what is known of them beside, which the statement may say as well.

    `said_by` names who says them (a person, a house, or both), `views` are the ledger's that were
    read from them.
    """

    text: str
    article: ArticleRef | None = None
    said_by: tuple[str, ...] = ()
    views: tuple[View, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The guard's judgement: `problems` has one line for each thing in the statement that no quote supports."""

    supported: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """An article that says what an older one says: a copy of it, or an update, which supersedes it.

    `similarity` estimates which share of both articles' runs of three words stands in both (Jaccard), 0 … 1.
    """

    article: ArticleRef
    original: ArticleRef
    kind: LikenessKind
    similarity: float


@dataclass(frozen=True, slots=True)
class Fetch:
    """What a server said of an address when it was last fetched, for asking it only what has changed.

    `final` is where its redirects ended, `etag` and `modified` are that server's words for the state it gave, and
    `sources` are the keys of all articles that came of it: one of a page, those of all entries of a feed.
    """

    url: str
    final: str
    etag: str | None
    modified: str | None
    sources: tuple[str, ...]


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
class Removal:
    """Articles that were taken out at once and can be brought back: how many, and the title of the first."""

    id: str
    articles: int
    title: str
    removed_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """An article on a page of the library: when it was added, how many views it states, what it is a double of.

    `addresses` counts further addresses of the same text. `state` is "a copy" or "superseded" where another article
    stands for it, which is then `stands_for_it`.
    """

    article: ArticleRef
    added_at: datetime
    views: int = 0
    addresses: int = 0
    state: ArticleState | None = None
    stands_for_it: ArticleRef | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the library's articles, and how many there are on all pages."""

    rows: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What a library holds. `vectors_pending` passages are stored and searchable but not yet in Chroma.

    `duplicates` are further addresses of the same text. Among the `articles` are `copies` of others in other words,
    trimmed or with something added, and `superseded` ones of which there is an update.
    """

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
    copies: int = 0
    superseded: int = 0
