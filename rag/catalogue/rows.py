"""Between rows of the catalogue and the values of `rag.types`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, String, cast

from rag.catalogue.schema import articles
from rag.ledger import day_of
from rag.naming import firm_key, person_key, subject_key, subject_keys
from rag.types import GUESSED_DATE, Article, ArticleRef, Quote, View

Vectors = NDArray[np.float32]
Values = dict[str, Any]

_REF = ("url", "title", "publisher", "authors", "published", "kind", "tickers", "language", "source")
REF_COLUMNS: tuple[ColumnElement[Any], ...] = (
    articles.c.id.label("article_id"),
    *(articles.c[name] for name in _REF),
    cast(articles.c.metadata, String).contains(json.dumps(GUESSED_DATE)).label("date_is_guess"),
)


def article_values(article: Article, version: str, text_hash: str, added_at: float) -> Values:
    """Return an article's row."""
    return {
        "id": article.id,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "day": article.published.date().toordinal() if article.published else None,
        "kind": article.kind,
        "tickers": list(article.tickers),
        "language": article.language,
        "metadata": [list(pair) for pair in article.metadata],
        "version": version,
        "text_hash": text_hash,
        "added_at": added_at,
        "text": article.text,
    }


def article_of(row: Row[Any]) -> Article:
    """Return the article of a full row."""
    values = row._mapping
    return Article(
        id=values["id"],
        text=values["text"],
        metadata=tuple((key, value) for key, value in values["metadata"]),
        **_described(values),
    )


def ref_of(row: Row[Any]) -> ArticleRef:
    """Return the reference in a row that holds `REF_COLUMNS`."""
    values = row._mapping
    return ArticleRef(id=values["article_id"], date_is_guess=bool(values["date_is_guess"]), **_described(values))


def _described(values: Mapping[Any, Any]) -> Values:
    published = values["published"]
    return {name: values[name] for name in ("url", "title", "publisher", "kind", "language", "source")} | {
        "authors": tuple(values["authors"]),
        "tickers": tuple(values["tickers"]),
        "published": datetime.fromisoformat(published) if published else None,
    }


_PLAIN_VIEW = (
    "analyst",
    "firm",
    "subject",
    "action",
    "from_rating",
    "to_rating",
    "target_from",
    "target_to",
    "horizon",
    "stance",
    "attribution",
)


def view_values(view: View) -> Values:
    """Return a view's row."""
    return {name: getattr(view, name) for name in _PLAIN_VIEW} | {
        "article_id": view.article.id,
        "quote": _span(view.quote),
        "reasons": [_span(reason) for reason in view.reasons],
        "said_on": view.said_on.isoformat() if view.said_on else None,
        **view_keys(view.analyst, view.firm, view.subject),
        "day": day.toordinal() if (day := day_of(view)) else None,
    }


def view_keys(analyst: str | None, firm: str | None, subject: str) -> dict[str, str]:
    """Return the columns by which a view's names are compared."""
    return {
        "analyst_key": person_key(analyst or ""),
        "firm_key": firm_key(firm or ""),
        "subject_key": subject_key(subject),
    }


def view_of(row: Row[Any], article: ArticleRef, shown: Mapping[str, str | None]) -> View:
    """Return the view of a row, with `shown` in place of its analyst, firm and subject."""
    values = row._mapping
    return View(
        article=article,
        quote=Quote(article.id, *values["quote"]),
        reasons=tuple(Quote(article.id, *reason) for reason in values["reasons"]),
        said_on=date.fromisoformat(values["said_on"]) if values["said_on"] else None,
        **{**{name: values[name] for name in _PLAIN_VIEW}, **shown},
    )


def _span(quote: Quote) -> list[int | str]:
    return [quote.start, quote.end, quote.text]


def names_of(article: Article, views: Iterable[View], found: Iterable[tuple[str, str]]) -> list[Values]:
    """Return the rows of `names` for an article: what it says of itself, what its views name, what was found in it."""
    pairs = [*found]
    pairs += [("publisher", article.publisher)] if article.publisher else []
    pairs += [("kind", article.kind)] if article.kind else []
    pairs += [("author", author) for author in article.authors]
    pairs += [("ticker", ticker) for ticker in article.tickers]
    own = _name_rows(article.id, pairs, of_view=False)
    held = {(row["kind"], row["folded"]) for row in own}
    return own + [row for row in view_names(article.id, views) if (row["kind"], row["folded"]) not in held]


def view_names(article_id: str, views: Iterable[View]) -> list[Values]:
    """Return the rows of `names` that an article owes to its views."""
    pairs: list[tuple[str, str]] = []
    for view in views:
        pairs += [("firm", view.firm)] if view.firm else []
        pairs += [("person", view.analyst)] if view.analyst else []
        pairs += [("subject", view.subject)]
    return _name_rows(article_id, pairs, of_view=True)


def _name_rows(article_id: str, pairs: Iterable[tuple[str, str]], *, of_view: bool) -> list[Values]:
    by_folded = {(kind, folded(name)): name for kind, name in reversed(list(pairs)) if folded(name)}
    return [
        {
            "kind": kind,
            "folded": each,
            "article_id": article_id,
            "name": name,
            "key": name_key(kind, name),
            "of_view": of_view,
        }
        for (kind, each), name in by_folded.items()
    ]


_KEYS: Mapping[str, Callable[[str], str]] = {
    "firm": firm_key,
    "publisher": firm_key,
    "person": person_key,
    "author": person_key,
    "subject": subject_key,
}


def name_key(kind: str, name: str) -> str:
    """Return the key by which names of a kind are joined."""
    return _KEYS.get(kind, folded)(name)


def wanted_keys(kind: str, name: str) -> frozenset[str]:
    """Return the keys that a search for a name of a kind should find."""
    return subject_keys(name) if kind == "subject" else frozenset({name_key(kind, name)})


def folded(name: str) -> str:
    """Return a name as names are compared: without case, with single spaces."""
    return " ".join(name.casefold().split())


def blob(vector: Vectors) -> bytes:
    """Return one vector as it is stored."""
    return vector.astype("<f4", copy=False).tobytes()


def matrix(blobs: list[bytes], dimensions: int) -> Vectors:
    """Return stored vectors as an array [n, dimensions]."""
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), dimensions)
