"""The catalogue's tables. It is the truth of a library; whatever else is stored can be rebuilt from it.

Two ideas carry the rest:

- `passages.seq` only ever grows and is never used again, so "already in Chroma" is one number: every passage up to
  the `sealed` generation's `through` is in it, every later one is not. The mark is thus committed with the passage.
- `names` holds each article's publisher, authors, tickers, people, firms and subjects once more in folded form and by
  key (`rag.naming`), so that a scope compares names without regard to case or spelling, through an index.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA_VERSION: Final = 5

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False, unique=True),
    Column("url", String, index=True),
    Column("title", String),
    Column("publisher", String),
    Column("authors", JSON, nullable=False),
    Column("published", String),  # ISO 8601 as the document gave it
    Column("day", Integer, index=True),  # its date as a proleptic ordinal, for ranges
    Column("kind", String),
    Column("tickers", JSON, nullable=False),
    Column("language", String),
    Column("metadata", JSON, nullable=False),
    Column("version", String, nullable=False),
    Column("text_hash", String, nullable=False, index=True),
    Column("added_at", Float, nullable=False),
    Column("text", Text, nullable=False),  # last, so that reading the columns before it skips its pages
)


def _article_id(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "article_id",
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=not primary_key,
    )


passages = Table(
    "passages",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    _article_id(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("section", String),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian, unit length
    sqlite_autoincrement=True,
)

duplicates = Table(
    "duplicates",
    metadata,
    Column("source", String, primary_key=True),
    _article_id(),
    Column("url", String, index=True),
    Column("title", String),
    Column("publisher", String),
    Column("published", String),
    Column("version", String, nullable=False),
)

views = Table(
    "views",
    metadata,
    Column("id", Integer, primary_key=True),
    _article_id(),
    *(Column(name, String) for name in ("analyst", "firm")),
    Column("subject", String, nullable=False),
    Column("action", String, nullable=False, index=True),
    *(Column(name, String) for name in ("from_rating", "to_rating", "target_from", "target_to", "horizon")),
    Column("stance", String, nullable=False),
    Column("quote", JSON, nullable=False),  # [start, end, text]
    Column("reasons", JSON, nullable=False),  # a list of the same
    Column("attribution", String, nullable=False),
    Column("said_on", String),
    # What queries compare; "" where nobody is named. `rag.catalogue.upgrade` adds the same to a library of schema 1.
    *(Column(f"{name}_key", String, nullable=False, server_default="") for name in ("analyst", "firm", "subject")),
    Column("day", Integer),  # said on, else published, as a proleptic ordinal
    *(Index(f"ix_views_{name}", name) for name in ("analyst_key", "firm_key", "subject_key", "day")),
)

# An article that is not here was never read for views, or reading it failed.
readings = Table(
    "readings",
    metadata,
    _article_id(primary_key=True),
    Column("extractor", String, nullable=False),  # its name and version
)

names = Table(
    "names",
    metadata,
    Column("kind", String, primary_key=True),
    Column("folded", String, primary_key=True),
    _article_id(primary_key=True),
    Column("name", String, nullable=False),
    Column("key", String, nullable=False, server_default=""),
    Column("of_view", Boolean, nullable=False, server_default="0"),  # goes when the article's views are replaced
    Index("ix_names_article_id", "article_id"),
    Index("ix_names_key", "kind", "key"),
    sqlite_with_rowid=False,
)

# Articles that say what another one says: syndicated copies, trimmed or retitled ones, and updates of it.
likenesses = Table(
    "likenesses",
    metadata,
    _article_id(primary_key=True),
    Column("original_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String, nullable=False),  # "copy" or "update"
    Column("similarity", Float, nullable=False),  # Jaccard, estimated
)

signatures = Table(
    "signatures",
    metadata,
    _article_id(primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("source", String, primary_key=True),  # the input as the reader knows it
    Column("root", String, nullable=False),  # what was given to `ingest`, and what a retry gives it again
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="1"),
    Column("failed_at", Float, nullable=False),
)

# What a synced source held when it was last read whole: see `rag.catalogue.holdings`.
holdings = Table(
    "holdings",
    metadata,
    Column("root", String, primary_key=True),  # the place: a file, a feed, an address; "" for a reader's own hand
    Column("source", String, primary_key=True),  # of an article or of a duplicate
    Index("ix_holdings_source", "source"),
    sqlite_with_rowid=False,
)

# What a server said of an address when it was last fetched, for asking it only what has changed.
fetches = Table(
    "fetches",
    metadata,
    Column("url", String, primary_key=True),
    Column("final", String, nullable=False),  # where its redirects ended
    Column("etag", String),
    Column("modified", String),  # Last-Modified, word for word
    Column("sources", JSON, nullable=False),  # of all articles that came of it
    Column("fetched_at", Float, nullable=False),
)

# What readers asked. `owner` is who signed in, "" where nobody has to.
conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
)


def _conversation_id() -> Column[str]:
    return Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)


turns = Table(
    "turns",
    metadata,
    _conversation_id(),
    Column("position", Integer, primary_key=True),  # 0, 1, …
    Column("question", Text, nullable=False),
    Column("answer", JSON),  # {"answer": all fields of an `Answer` or null, "given": those of the scope set by hand}
    Column("problem", Text),
    Column("asked_at", Float, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    _conversation_id(),
    Column("position", Integer, primary_key=True),  # of the turn
    Column("verdict", String, nullable=False),  # "good" or "bad"
    Column("reason", String),  # one of those offered
    Column("comment", Text),
    Column("given_at", Float, nullable=False),
)

# When each reader last left the home page, so that it can say what came in since.
visits = Table(
    "visits",
    metadata,
    Column("owner", String, primary_key=True),
    Column("seen_at", Float, nullable=False),
)

# What was taken out lately, so that it can be brought back: see `rag.catalogue.removals`.
removals = Table(
    "removals",
    metadata,
    Column("id", String, primary_key=True),
    Column("articles", Integer, nullable=False),  # how many
    Column("title", String, nullable=False),  # of the first of them
    Column("removed_at", Float, nullable=False),
    Column("day", Integer, nullable=False),  # the same as a proleptic ordinal, by which it grows old
)

removed_rows = Table(
    "removed_rows",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("removal_id", ForeignKey("removals.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String, nullable=False),  # the table that it is of
    Column("row", JSON, nullable=False),  # all but its column of bytes
    Column("data", LargeBinary),  # that column
)

_KEYWORDS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS keywords USING fts5"
    "(text, title, tokenize = 'porter unicode61 remove_diacritics 2')"
)
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(keywords, 'row')"


def create(connection: Connection) -> None:
    """Create whatever tables are missing, inside the caller's transaction."""
    metadata.create_all(connection)
    connection.exec_driver_sql(_KEYWORDS)
    connection.exec_driver_sql(_VOCABULARY)
