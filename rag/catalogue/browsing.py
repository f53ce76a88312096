"""The articles of a library as a reader leafs through them: searched, narrowed down, sorted, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, UnaryExpression, and_, exists, func, or_, select

from rag.catalogue.database import Database
from rag.catalogue.keywords import beginning, phrase_articles
from rag.catalogue.rows import REF_COLUMNS, folded, ref_of
from rag.catalogue.schema import articles, duplicates, likenesses, names, readings, views
from rag.catalogue.scope import article_condition, within
from rag.errors import InputError
from rag.types import ArticleRef, ArticleState, Listed, Listing, Order, Scope

_MOST_WORDS: Final = 20
_WORDS = re.compile(r'"([^"]+)"|([^\s"]+)')

_ORDERS: dict[Order, tuple[UnaryExpression[Any], ...]] = {
    "newest": (articles.c.day.desc().nulls_last(),),
    "oldest": (articles.c.day.asc().nulls_last(),),
    "added": (articles.c.added_at.desc(),),
    "title": (func.lower(articles.c.title).asc().nulls_last(),),
    "publisher": (func.lower(articles.c.publisher).asc().nulls_last(), articles.c.day.desc().nulls_last()),
}


def browse(
    database: Database, words: str, scope: Scope, state: ArticleState | None, order: Order, limit: int, offset: int
) -> Listing:
    """Return a page of the articles, as `Library.browse` describes."""
    conditions = [article_condition(scope), *map(_holds, _parted(words))]
    conditions += [_STATES[state]] if state else []
    # The source last, so that no article stands on two pages.
    query = select(*REF_COLUMNS, articles.c.added_at).where(*conditions).order_by(*_ORDERS[order], articles.c.source)
    with database.reading() as connection:
        total = connection.execute(select(func.count()).select_from(articles).where(*conditions)).scalar_one()
        rows = connection.execute(query.limit(limit).offset(offset)).all()
        return Listing(tuple(_listed(connection, rows)), total)


def _parted(words: str) -> list[str]:
    """Return the words, and the phrases in quotation marks.

    Raises:
        InputError: they are too many.
    """
    found = [phrase or word for phrase, word in _WORDS.findall(words)]
    if len(found) > _MOST_WORDS:
        raise InputError(f"{words[:60]!r}…: {len(found)} words; search for {_MOST_WORDS} at most.")
    return found


def _holds(word: str) -> ColumnElement[bool]:
    """Return whether a word stands in an article, its title, or the name of its publisher, author or source."""
    author = names.c.folded.contains(folded(word), autoescape=True) & (names.c.kind == "author")
    found = [
        articles.c.id.in_(select(names.c.article_id).where(author)),
        articles.c.title.contains(word, autoescape=True),
        articles.c.source.contains(word, autoescape=True),
    ]
    if match := beginning(word):
        found.append(articles.c.id.in_(phrase_articles(match)))
    return or_(*found)


def _is(kind: str, end: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(end == articles.c.id, likenesses.c.kind == kind)


_STATES: dict[ArticleState, ColumnElement[bool]] = {
    "states views": exists().where(views.c.article_id == articles.c.id),
    "not read for views": ~exists().where(readings.c.article_id == articles.c.id),
    "a copy": _is("copy", likenesses.c.article_id),
    "superseded": _is("update", likenesses.c.original_id),
    "several addresses": exists().where(duplicates.c.article_id == articles.c.id),
    "undated": articles.c.day.is_(None),
    "date is a guess": and_(articles.c.day.is_not(None), REF_COLUMNS[-1]),
}


def _listed(connection: Connection, rows: Collection[Any]) -> list[Listed]:
    ids = [row.article_id for row in rows]
    stated = _counts(connection, views.c.article_id, ids)
    linked = _counts(connection, duplicates.c.article_id, ids)
    doubles = _doubles(connection, ids)
    return [
        Listed(
            ref_of(row),
            datetime.fromtimestamp(row.added_at, UTC),
            stated.get(row.article_id, 0),
            linked.get(row.article_id, 0),
            *doubles.get(row.article_id, (None, None)),
        )
        for row in rows
    ]


def _counts(connection: Connection, column: ColumnElement[str], ids: Collection[str]) -> dict[str, int]:
    found = connection.execute(select(column, func.count()).where(within(column, ids)).group_by(column))
    return {row[0]: row[1] for row in found}


def _doubles(connection: Connection, ids: Collection[str]) -> dict[str, tuple[ArticleState, ArticleRef]]:
    """Return which of some articles others stand for, with those; an update before an original."""
    copy = (likenesses.c.kind == "copy") & within(likenesses.c.article_id, ids)
    update = (likenesses.c.kind == "update") & within(likenesses.c.original_id, ids)
    rows = connection.execute(select(likenesses).where(copy | update)).all()
    others = {row.original_id if row.kind == "copy" else row.article_id for row in rows}
    found = connection.execute(select(*REF_COLUMNS).where(within(articles.c.id, others)))
    refs = {row.article_id: ref_of(row) for row in found}
    doubles: dict[str, tuple[ArticleState, ArticleRef]] = {
        row.article_id: ("a copy", refs[row.original_id]) for row in rows if row.kind == "copy"
    }
    return doubles | {row.original_id: ("superseded", refs[row.article_id]) for row in rows if row.kind == "update"}
