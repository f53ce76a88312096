"""What came into a library lately."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, select

from rag.catalogue.database import Database
from rag.catalogue.rows import REF_COLUMNS, ref_of
from rag.catalogue.schema import articles, likenesses
from rag.types import ArticleRef


def arrivals(database: Database, since: datetime | None, most: int) -> tuple[list[ArticleRef], int]:
    """Return up to `most` of the articles added after a moment, or of all, the latest first, and how many there are.

    Copies and superseded articles are left out: the reader sees what stands for them.
    """
    copy = (likenesses.c.article_id == articles.c.id) & (likenesses.c.kind == "copy")
    superseded = (likenesses.c.original_id == articles.c.id) & (likenesses.c.kind == "update")
    conditions = [~exists().where(copy), ~exists().where(superseded)]
    conditions += [articles.c.added_at > since.timestamp()] if since else []
    # What is added together came in one go: of that the last published leads.
    latest = (func.round(articles.c.added_at / 3600).desc(), articles.c.day.desc().nulls_last(), articles.c.source)
    with database.reading() as connection:
        total = connection.execute(select(func.count()).select_from(articles).where(*conditions)).scalar_one()
        rows = connection.execute(select(*REF_COLUMNS).where(*conditions).order_by(*latest).limit(most))
        return [ref_of(row) for row in rows], total
