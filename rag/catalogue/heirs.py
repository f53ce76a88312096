"""What becomes of the copies of an article whose text goes: one is stored on its own, and the others follow it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from rag.catalogue.record import Record
from rag.catalogue.rows import article_of
from rag.catalogue.schema import articles, duplicates
from rag.catalogue.scope import within
from rag.types import Article

_OWN = ("source", "url", "title", "publisher")


def heirs(connection: Connection, sources: Collection[str], gone: Collection[str]) -> list[Article]:
    """Return, for each of some articles with a copy that is not `gone`, the first one as an article of its own.

    Of the copy itself its address, title, publisher and date are known; the rest is the article's, but for the file.
    """
    own = [duplicates.c[name].label(f"copy_{name}") for name in (*_OWN, "published")]
    query = select(articles, *own).join(duplicates).where(within(articles.c.source, sources))
    found: dict[str, Article] = {}
    for row in connection.execute(query.order_by(duplicates.c.source)):
        if row.copy_source not in gone and row.id not in found:
            article = article_of(row)
            found[row.id] = replace(
                article,
                **{name: row._mapping[f"copy_{name}"] for name in _OWN},
                published=datetime.fromisoformat(row.copy_published) if row.copy_published else None,
                metadata=tuple(pair for pair in article.metadata if pair[0] != "path"),
            )
    return list(found.values())


def inheritance(connection: Connection, heir: Record) -> list[dict[str, Any]]:
    """Return the other copies of the article to which a record was linked as a copy, and the text of which it has."""
    twin = select(articles.c.id).join(duplicates)
    twin = twin.where(duplicates.c.source == heir.article.source, articles.c.text_hash == heir.text_hash)
    fellows = select(duplicates).where(
        duplicates.c.article_id == twin.scalar_subquery(), duplicates.c.source != heir.article.source
    )
    return [dict(row._mapping) for row in connection.execute(fellows)]
