"""The catalogue as the library sees it: one class over the SQLite file, plain values in and out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, or_, select, union_all

from rag.catalogue import browsing, changes, keywords, likenesses, removals, schema, withdrawals
from rag.catalogue.arrivals import arrivals
from rag.catalogue.changes import Change
from rag.catalogue.conversations import StoredConversations
from rag.catalogue.database import Database, get_meta
from rag.catalogue.failures import StoredFailures
from rag.catalogue.fetches import Fetches
from rag.catalogue.heirs import heirs
from rag.catalogue.holdings import Holdings, forget
from rag.catalogue.likenesses import StoredLikenesses
from rag.catalogue.record import Record
from rag.catalogue.rows import REF_COLUMNS, article_of, ref_of
from rag.catalogue.schema import articles, duplicates, names, passages, views
from rag.catalogue.scope import article_condition, phrase_condition, within
from rag.catalogue.stored_vectors import StoredVectors
from rag.catalogue.stored_views import StoredViews
from rag.catalogue.upgrade import UPGRADABLE, upgrade
from rag.catalogue.visits import Visits
from rag.errors import LibraryCorrupt, LibraryError
from rag.types import Article, ArticleRef, ArticleState, Listing, Order, Passage, Removal, Scope

_TEXT_WEIGHTS = (1.0, 1.0)
# Made once: it is asked for every article of an ingest, most of which are usually stored already.
_KNOWN = union_all(
    *(select(table.c.version).where(table.c.source == bindparam("source")) for table in (articles, duplicates))
)


class Catalogue:
    """The truth of a library. Every method is one transaction; each call sees one state of it."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened until it is used."""
        self._database = Database(path)
        self.vectors = StoredVectors(self._database)
        self.likenesses = StoredLikenesses(self._database)
        self.views = StoredViews(self._database, self.likenesses)
        self.fetches = Fetches(self._database)
        self.failures = StoredFailures(self._database)
        self.holdings = Holdings(self._database)
        self.conversations = StoredConversations(self._database)
        self.visits = Visits(self._database)
        self._names: tuple[int, tuple[tuple[str, str], ...]] = (-1, ())

    def is_empty(self) -> bool:
        """Return whether nothing has been created in the file yet."""
        with self._database.reading() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0

    def create(self, embedder: str, dimensions: int) -> None:
        """Create the tables for passages embedded by `embedder`; a catalogue that is already there stays as it is."""
        first = {"schema_version": str(schema.SCHEMA_VERSION), "embedder": embedder, "dimensions": str(dimensions)}
        self._database.create(first)

    def is_outdated(self) -> bool:
        """Return whether an earlier version wrote the file and `upgrade` can bring it to the present one.

        Raises:
            LibraryCorrupt: the file is no catalogue.
            LibraryError: a version that cannot be upgraded wrote it.
        """
        with self._database.reading() as connection:
            found = get_meta(connection, "schema_version")
        path = self._database.path
        if found is None:
            raise LibraryCorrupt(f"{path}: not a catalogue; choose another folder for the library.")
        if found not in (str(schema.SCHEMA_VERSION), *UPGRADABLE):
            raise LibraryError(
                f"{path}: written with schema {found}, this Houseview reads {schema.SCHEMA_VERSION}; "
                "use the version that wrote it, or ingest the articles into a new library."
            )
        return found in UPGRADABLE

    def upgrade(self) -> None:
        """Bring the file to the present schema, in one transaction; articles, passages and vectors stay as they are."""
        with self._database.writing() as connection:
            if get_meta(connection, "schema_version") in UPGRADABLE:
                upgrade(connection)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def problems(self) -> list[str]:
        """Return what is wrong with the file, one line each; empty if nothing is."""
        return self._database.problems()

    # --- changes, one transaction a call

    def put(self, records: Sequence[Record]) -> list[Change]:
        """Store articles, each in place of what its source key held before; all of them or none."""
        with self._database.writing() as connection:
            done = [changes.put(connection, record) for record in records]
            # Once all are there: a likeness may lead to an article further on.
            likenesses.relate(connection, (each for record in records for each in record.likenesses))
            return done

    def link(self, source: str, article: Article, version: str, twin_id: str) -> None:
        """Record `source` as one more address of the article `twin_id`."""
        with self._database.writing() as connection:
            changes.link(connection, source, article, version, twin_id)

    def remove(self, ids: Iterable[str]) -> int:
        """Delete articles and their duplicates' links; return how many articles there were."""
        with self._database.writing() as connection:
            wanted = list(ids)
            sources = select(articles.c.source).where(within(articles.c.id, wanted))
            forget(connection, connection.execute(sources).scalars().all())
            return changes.remove(connection, wanted)

    def withdraw(self, ids: Collection[str], today: date) -> Removal | None:
        """Delete articles as `remove` does and keep what brings them back; return None if there are none of them."""
        with self._database.writing() as connection:
            withdrawn = withdrawals.withdraw(connection, ids)
            return removals.keep(connection, withdrawn, today) if withdrawn else None

    def restore(self, removal_id: str) -> int | None:
        """Bring back what was withdrawn; return how many articles are there again, None if it is kept no longer."""
        with self._database.writing() as connection:
            withdrawn = removals.read(connection, removal_id)
            removals.drop(connection, removal_id)
            return withdrawals.restore(connection, withdrawn) if withdrawn else None

    def removals(self, today: date) -> list[Removal]:
        """Return what was withdrawn and can be brought back, the latest first."""
        with self._database.reading() as connection:
            return removals.kept(connection, today)

    def let_go(self, removal_id: str) -> None:
        """Drop for good what was withdrawn."""
        with self._database.noting() as connection:
            removals.drop(connection, removal_id)

    def let_go_of_old(self, today: date) -> None:
        """Drop for good what was withdrawn too long ago."""
        with self._database.noting() as connection:
            removals.drop_old(connection, today)

    def has_old_removals(self, today: date) -> bool:
        """Return whether anything was withdrawn too long ago."""
        with self._database.reading() as connection:
            return removals.has_old(connection, today)

    # --- identity

    def known(self, source: str) -> str | None:
        """Return the version held for a source key, as an article or as a linked duplicate."""
        with self._database.reading() as connection:
            return connection.execute(_KNOWN, {"source": source}).scalar()

    def twin(self, text_hash: str) -> str | None:
        """Return the id of an article that holds this very text."""
        query = select(articles.c.id).where(articles.c.text_hash == text_hash).order_by(articles.c.added_at).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def find(self, address: str) -> ArticleRef | None:
        """Return the article with this id, url or source, also when the address is a duplicate's."""
        own = or_(articles.c.id == address, articles.c.url == address, articles.c.source == address)
        other = select(duplicates.c.article_id).where(or_(duplicates.c.source == address, duplicates.c.url == address))
        with self._database.reading() as connection:
            for condition in (own, articles.c.id.in_(other)):
                if row := connection.execute(select(*REF_COLUMNS).where(condition).limit(1)).first():
                    return ref_of(row)
        return None

    def duplicates(self) -> list[tuple[str, str]]:
        """Return (source, id of the article it duplicates) for every linked duplicate."""
        query = select(duplicates.c.source, duplicates.c.article_id).order_by(duplicates.c.source)
        with self._database.reading() as connection:
            return [(source, article_id) for source, article_id in connection.execute(query)]

    def heirs(self, sources: Collection[str], gone: Collection[str]) -> list[Article]:
        """Return a copy of each of some articles that has one, not of `gone`, as an article of its own."""
        with self._database.reading() as connection:
            return heirs(connection, sources, gone)

    # --- articles

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        """Return whole articles by id; unknown ids are left out."""
        with self._database.reading() as connection:
            rows = connection.execute(select(articles).where(within(articles.c.id, ids)))
            return {row.id: article_of(row) for row in rows}

    def all_articles(self, batch: int = 100) -> Iterator[Article]:
        """Yield every stored article with its text, in the order of the ids; each batch sees the state of its time."""
        last = ""
        while True:
            query = select(articles).where(articles.c.id > last).order_by(articles.c.id).limit(batch)
            with self._database.reading() as connection:
                found = [article_of(row) for row in connection.execute(query)]
            yield from found
            if len(found) < batch:
                return
            last = found[-1].id

    def refs(self, scope: Scope) -> list[ArticleRef]:
        """Return the articles in scope, newest first, undated ones last."""
        query = select(*REF_COLUMNS).where(article_condition(scope))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(articles.c.day.desc().nulls_last(), articles.c.source))
            return [ref_of(row) for row in rows]

    def browse(
        self, words: str, scope: Scope, state: ArticleState | None, order: Order, limit: int, offset: int
    ) -> Listing:
        """Return a page of the articles in scope that hold some words and are in some state."""
        return browsing.browse(self._database, words, scope, state, order, limit, offset)

    def arrivals(self, since: datetime | None, most: int) -> tuple[list[ArticleRef], int]:
        """Return up to `most` of the articles added after a moment, or of all, and how many there are."""
        return arrivals(self._database, since, most)

    def article_ids(self, scope: Scope) -> frozenset[str] | None:
        """Return the ids of the articles in scope; None if the scope does not restrict."""
        if not scope:
            return None
        with self._database.reading() as connection:
            return frozenset(connection.execute(select(articles.c.id).where(article_condition(scope))).scalars())

    def count(self, scope: Scope) -> int:
        """Return how many articles are in scope, copies and superseded ones uncounted where what they double is too."""
        with self._database.reading() as connection:
            query = select(func.count()).select_from(articles).where(article_condition(scope))
            return connection.execute(query).scalar_one() - len(self.likenesses.doubled_now(connection, scope))

    # --- passages and words

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Return passages in the order of `ids`; those that are no longer there are left out."""
        words = func.substr(articles.c.text, passages.c.start + 1, passages.c.end - passages.c.start).label("words")
        own = (passages.c.id.label("passage_id"), passages.c.start, passages.c.end, passages.c.section, words)
        query = select(*own, *REF_COLUMNS).join_from(passages, articles).where(within(passages.c.id, ids))
        with self._database.reading() as connection:
            found = {
                row.passage_id: Passage(row.passage_id, ref_of(row), row.start, row.end, row.words, section=row.section)
                for row in connection.execute(query)
            }
        return [found[passage_id] for passage_id in ids if passage_id in found]

    def all_passage_ids(self) -> list[str]:
        """Return the ids of all passages in the order they were stored."""
        with self._database.reading() as connection:
            return list(connection.execute(select(passages.c.id).order_by(passages.c.seq)).scalars())

    def passage_ids(self, article_id: str) -> list[str]:
        """Return the ids of an article's passages in the order of the text."""
        query = select(passages.c.id).where(passages.c.article_id == article_id).order_by(passages.c.start)
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def keyword(
        self,
        match: str,
        limit: int,
        within_articles: Collection[str] | None = None,
        *,
        weights: tuple[float, float] = _TEXT_WEIGHTS,
    ) -> list[tuple[str, float]]:
        """Return the best (passage id, BM25 score) for a match string as `quoted` makes it, best first.

        `weights` are those of a passage's words and of its header (title, publisher, section).

        Raises:
            InputError: `match` holds more than quoted phrases, AND, OR, NOT and brackets.
        """
        ids = None if within_articles is None else json.dumps(list(within_articles))
        with self._database.reading() as connection:
            return keywords.search(connection, match, limit, ids, weights)

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many passages each index term (see `stems`) stands."""
        with self._database.reading() as connection:
            return keywords.document_frequency(connection, terms)

    def articles_with_phrases(self, phrases: Sequence[str]) -> set[str]:
        """Return the ids of the articles whose words, title or publisher hold one of the phrases."""
        with self._database.reading() as connection:
            return set(connection.execute(select(articles.c.id).where(phrase_condition(phrases))).scalars())

    def has_phrase(self, phrase: str) -> bool:
        """Return whether any article holds the phrase."""
        with self._database.reading() as connection:
            found = connection.execute(select(articles.c.id).where(phrase_condition([phrase])).limit(1))
            return found.first() is not None

    def known_names(self, kind: str | None = None) -> list[tuple[str, str]]:
        """Return (kind, name) for all names in the library: publisher, kind, author, ticker, person, firm, subject."""
        version = self.vectors.data_version()
        if self._names[0] != version:
            with self._database.reading() as connection:
                query = select(names.c.kind, func.min(names.c.name)).group_by(names.c.kind, names.c.folded)
                self._names = (version, tuple((kind, name) for kind, name in connection.execute(query)))
        return [pair for pair in self._names[1] if kind in (None, pair[0])]

    # --- figures

    def figures(self) -> dict[str, Any]:
        """Return the counts, dates, publishers and kinds that `Stats` reports."""
        with self._database.reading() as connection:
            first, last = connection.execute(select(func.min(articles.c.day), func.max(articles.c.day))).one()
            doubled = self.likenesses.doubled_now(connection, Scope())
            return {
                "articles": _size(connection, articles),
                "passages": _size(connection, passages),
                "views": _size(connection, views),
                "duplicates": _size(connection, duplicates),
                "embedder": get_meta(connection, "embedder") or "",
                "dimensions": int(get_meta(connection, "dimensions") or 0),
                "first_published": date.fromordinal(first) if first else None,
                "last_published": date.fromordinal(last) if last else None,
                "publishers": _distinct(connection, "publisher"),
                "kinds": _distinct(connection, "kind"),
                "copies": len(doubled.copies),
                "superseded": len(doubled.superseded),
            }


def _size(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _distinct(connection: Connection, kind: str) -> tuple[str, ...]:
    query = select(func.min(names.c.name)).where(names.c.kind == kind).group_by(names.c.folded)
    return tuple(sorted(connection.execute(query).scalars()))
