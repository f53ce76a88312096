"""A scope as a condition on articles, in SQL. Values of one field are alternatives; fields restrict together.

Whatever cannot be resolved matches nothing: a scope may come out empty, never wider than it was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, false, func, or_, select

from rag.catalogue.keywords import phrase_articles, quoted
from rag.catalogue.rows import folded, wanted_keys
from rag.catalogue.schema import articles, names
from rag.types import Scope

_TICKER_MARKS = ("${}", "({}", ":{}", ": {}")


def within(column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Return `column IN values` with one parameter, however many the values are."""
    each = func.json_each(bindparam(None, json.dumps(list(values)), String, unique=True)).table_valued("value")
    return column.in_(select(each.c.value))


def article_condition(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on `articles` that a scope stands for."""
    return and_(*_dates(scope), *_exact(scope), *_named(scope), articles.c.id.is_not(None))


def article_ids(scope: Scope) -> Select[tuple[str]]:
    """Return the query for the ids of the articles in scope."""
    return select(articles.c.id).where(article_condition(scope))


def _dates(scope: Scope) -> list[ColumnElement[bool]]:
    # A NULL day compares as neither, which keeps undated articles out of any scope that names a date.
    found = [articles.c.day >= scope.since.toordinal()] if scope.since else []
    found += [articles.c.day <= last.toordinal() for last in (scope.until, scope.as_of) if last]
    return found


def _exact(scope: Scope) -> list[ColumnElement[bool]]:
    found = []
    for kind, wanted in (("publisher", scope.publishers), ("author", scope.authors), ("kind", scope.kinds)):
        if wanted:
            found.append(_has_name((kind,), wanted))
    if scope.article_ids:
        found.append(within(articles.c.id, scope.article_ids))
    return found


def _named(scope: Scope) -> list[ColumnElement[bool]]:
    found = []
    for kinds, wanted in (
        (("firm", "publisher"), scope.firms),
        (("person", "author"), scope.analysts),
        (("subject",), scope.subjects),
    ):
        if wanted:
            found.append(or_(has_key(kinds, wanted), phrase_condition(wanted)))
    if scope.tickers:
        found.append(or_(_has_name(("ticker",), scope.tickers), *map(_quotes_ticker, scope.tickers)))
    return found


def _has_name(kinds: Sequence[str], wanted: Iterable[str]) -> ColumnElement[bool]:
    matching = names.c.kind.in_(kinds) & names.c.folded.in_([folded(name) for name in wanted])
    return articles.c.id.in_(select(names.c.article_id).where(matching))


def has_key(kinds: Sequence[str], wanted: Iterable[str]) -> ColumnElement[bool]:
    """Return whether an article has a name of these kinds that is one of those wanted, however it is written."""
    keys = {kind: {key for name in wanted for key in wanted_keys(kind, name) if key} for kind in kinds}
    matching = or_(*((names.c.kind == kind) & names.c.key.in_(sorted(each)) for kind, each in keys.items()))
    return articles.c.id.in_(select(names.c.article_id).where(matching))


def phrase_condition(phrases: Iterable[str]) -> ColumnElement[bool]:
    """Return whether an article, its title or its publisher's name holds one of the phrases."""
    match = quoted(phrases)
    return articles.c.id.in_(phrase_articles(match)) if match else false()


def _quotes_ticker(ticker: str) -> ColumnElement[bool]:
    """Return whether an article's text marks the letters as a ticker; as plain words, ALL or IT would be everywhere."""
    symbol = ticker.strip().lstrip("$").upper()
    if not symbol:
        return false()
    marked = or_(*(func.instr(articles.c.text, mark.format(symbol)) > 0 for mark in _TICKER_MARKS))
    return and_(phrase_condition([symbol]), marked)
