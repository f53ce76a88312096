"""What changes a catalogue: articles stored, replaced, linked and removed, each within the caller's transaction."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as insert_or_ignore

from rag.catalogue import likenesses
from rag.catalogue.heirs import inheritance
from rag.catalogue.record import Record, check_spans
from rag.catalogue.rows import article_of, article_values, blob, names_of, view_names, view_values
from rag.catalogue.schema import articles, duplicates, names, passages, readings, views
from rag.catalogue.scope import within
from rag.errors import InputError
from rag.types import Article, Passage, View

Change = Literal["added", "updated"]


def put(connection: Connection, record: Record) -> Change:
    """Store an article, in place of what its source key held before.

    A copy that is stored on its own with the text of its article takes over the other copies.
    """
    article = record.article
    held = connection.execute(select(articles.c.id, articles.c.text_hash).where(articles.c.source == article.source))
    old = held.first()
    if old is None:
        links = inheritance(connection, record)
        taken = [article.source, *(link["source"] for link in links)]
        connection.execute(delete(duplicates).where(within(duplicates.c.source, taken)))
    else:
        # Copies of the old text stay linked only while the text stays: the new one is not what they say.
        same_text = old.text_hash == record.text_hash
        kept = select(duplicates).where(duplicates.c.article_id == old.id)
        links = [dict(row._mapping) for row in connection.execute(kept)] if same_text else []
        remove(connection, [old.id])
    values = article_values(article, record.version, record.text_hash, time.time())
    connection.execute(insert(articles).values(values))
    _insert(connection, record)
    if record.signature is not None:
        likenesses.sign(connection, {article.id: record.signature})
    if links:
        connection.execute(insert(duplicates), [link | {"article_id": article.id} for link in links])
    return "added" if old is None else "updated"


def _insert(connection: Connection, record: Record) -> None:
    article = record.article
    if record.passages:
        rows = [
            {
                "id": passage.id,
                "article_id": article.id,
                "start": passage.start,
                "end": passage.end,
                "section": passage.section,
                "vector": blob(vector),
            }
            for passage, vector in zip(record.passages, record.vectors, strict=True)
        ]
        connection.execute(insert(passages), rows)
        _index(connection, record.passages, article)
    if record.views:
        connection.execute(insert(views), [view_values(view) for view in record.views])
    if record.extractor:
        connection.execute(insert(readings), {"article_id": article.id, "extractor": record.extractor})
    if named := names_of(article, record.views, record.names):
        connection.execute(insert(names), named)


def _index(connection: Connection, stored: Sequence[Passage], article: Article) -> None:
    found = connection.execute(select(passages.c.id, passages.c.seq).where(passages.c.article_id == article.id))
    seqs = {row.id: row.seq for row in found}
    rows = [
        {
            "seq": seqs[passage.id],
            "text": passage.text,
            "title": " | ".join(part for part in (article.title, article.publisher, passage.section) if part),
        }
        for passage in stored
    ]
    connection.execute(text("INSERT INTO keywords(rowid, text, title) VALUES (:seq, :text, :title)"), rows)


def link(connection: Connection, source: str, article: Article, version: str, twin_id: str) -> None:
    """Record `source` as one more address of the article `twin_id`; what it held on its own before goes.

    Raises:
        InputError: there is no such article, or it is the very article that `source` names.
    """
    twin = connection.execute(select(articles.c.source).where(articles.c.id == twin_id)).scalar()
    if twin is None or twin == source:
        raise InputError(f"{source}: cannot be linked to {twin_id!r}, which is {'itself' if twin else 'not stored'}.")
    own = connection.execute(select(articles.c.id).where(articles.c.source == source)).scalar()
    if own is not None:
        remove(connection, [own])
    connection.execute(delete(duplicates).where(duplicates.c.source == source))
    values = {
        "source": source,
        "article_id": twin_id,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "version": version,
    }
    connection.execute(insert(duplicates).values(values))


def remove(connection: Connection, ids: Iterable[str]) -> int:
    """Delete articles with all that hangs on them; return how many there were."""
    wanted = list(ids)
    likenesses.release(connection, wanted)
    seqs = select(passages.c.seq).where(within(passages.c.article_id, wanted))
    doomed = [{"seq": seq} for (seq,) in connection.execute(seqs)]
    if doomed:
        connection.execute(text("DELETE FROM keywords WHERE rowid = :seq"), doomed)
    return connection.execute(delete(articles).where(within(articles.c.id, wanted))).rowcount


def set_vectors(connection: Connection, rows: Sequence[tuple[str, bytes]]) -> None:
    """Replace the stored vectors of passages, given as (passage id, blob)."""
    values = [{"id": passage_id, "vector": vector} for passage_id, vector in rows]
    connection.execute(text("UPDATE passages SET vector = :vector WHERE id = :id"), values)


def replace_views(
    connection: Connection, views_by_article: Mapping[str, Sequence[View]], extractor: str | None = None
) -> None:
    """Put new views, with the names they bring, in place of all that some articles held; `extractor` read them.

    Raises:
        InputError: an article is not stored, or a quote is not its own words.
    """
    ids = list(views_by_article)
    stored = {row.id: article_of(row) for row in connection.execute(select(articles).where(within(articles.c.id, ids)))}
    for article_id, found in views_by_article.items():
        if article_id not in stored:
            raise InputError(f"{article_id}: no article with this id is stored; its views cannot be replaced.")
        check_spans(stored[article_id], (quote for view in found for quote in (view.quote, *view.reasons)))
    connection.execute(delete(views).where(within(views.c.article_id, ids)))
    connection.execute(delete(readings).where(within(readings.c.article_id, ids)))
    if extractor and ids:
        connection.execute(insert(readings), [{"article_id": each, "extractor": extractor} for each in ids])
    connection.execute(delete(names).where(within(names.c.article_id, ids) & names.c.of_view))
    rows = [view_values(view) | {"article_id": each} for each, found in views_by_article.items() for view in found]
    named = [row for each, found in views_by_article.items() for row in view_names(each, found)]
    if rows:
        connection.execute(insert(views), rows)
        connection.execute(insert_or_ignore(names).on_conflict_do_nothing(), named)
