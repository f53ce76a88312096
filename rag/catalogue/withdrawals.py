"""Articles taken out of a catalogue in a way that can be undone: their rows are handed over and put back as they were.

Nothing is parsed, read or embedded again. Passages come back under new numbers, so that the vector index takes them for
what they are to it: new.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, or_, select, text
from sqlalchemy.dialects.sqlite import insert as insert_or_ignore

from rag.catalogue import changes
from rag.catalogue.holdings import forget
from rag.catalogue.schema import (
    articles,
    duplicates,
    holdings,
    likenesses,
    names,
    passages,
    readings,
    signatures,
    views,
)
from rag.catalogue.scope import within

Rows = list[dict[str, Any]]

# What hangs on an article and comes back as it was.
_HANGING = (views, names, readings, signatures)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken out, to be given to `restore`; `len` is how many articles."""

    articles: Rows
    passages: Rows
    words: Mapping[str, tuple[str, str]]  # what is indexed of each passage: its text and its header
    hanging: Mapping[str, Rows]
    links: Rows
    held: Rows
    alike: Rows
    texts: Mapping[str, str]  # the hash of each article that `alike` names

    def __len__(self) -> int:
        """Return how many articles were taken out."""
        return len(self.articles)


def withdraw(connection: Connection, ids: Collection[str]) -> Withdrawn:
    """Take articles out with all that hangs on them, and return it."""
    withdrawn = _gather(connection, ids)
    forget(connection, [row["source"] for row in withdrawn.articles])
    changes.remove(connection, ids)
    return withdrawn


def restore(connection: Connection, withdrawn: Withdrawn) -> int:
    """Put back what was taken out; return how many articles are there again.

    What was stored since under the same source stays as it is. An article whose text another one has by now becomes one
    more address of that.
    """
    again = [row for row in withdrawn.articles if not _is_known(connection, row["source"])]
    twins = {row["id"]: twin for row in again if (twin := _twin(connection, row))}
    for row in again:
        if row["id"] in twins:
            _link(connection, row, twins[row["id"]])
    _put_back(connection, withdrawn, [row for row in again if row["id"] not in twins])
    _hold_again(connection, withdrawn, {row["source"] for row in again})
    return len(again)


def _gather(connection: Connection, ids: Collection[str]) -> Withdrawn:
    whole = _rows(connection, articles, within(articles.c.id, ids))
    own = _rows(connection, passages, within(passages.c.article_id, ids))
    alike = _around(connection, ids)
    ends = {row[end] for row in alike for end in ("article_id", "original_id")}
    texts = select(articles.c.id, articles.c.text_hash).where(within(articles.c.id, ends))
    return Withdrawn(
        articles=whole,
        passages=own,
        words=_words(connection, own),
        hanging={table.name: _rows(connection, table, within(table.c.article_id, ids)) for table in _HANGING},
        links=_rows(connection, duplicates, within(duplicates.c.article_id, ids)),
        held=_rows(connection, holdings, within(holdings.c.source, [row["source"] for row in whole])),
        alike=alike,
        texts={row.id: row.text_hash for row in connection.execute(texts)},
    )


def _around(connection: Connection, ids: Collection[str]) -> Rows:
    """Return the likenesses that removing articles may change: theirs, and those of what leads to them."""
    touching = or_(within(likenesses.c.article_id, ids), within(likenesses.c.original_id, ids))
    return _rows(connection, likenesses, touching)


def _words(connection: Connection, own: Rows) -> dict[str, tuple[str, str]]:
    found = connection.execute(
        text("SELECT rowid, text, title FROM keywords WHERE rowid IN (SELECT value FROM json_each(:seqs))"),
        {"seqs": str([row["seq"] for row in own])},
    )
    indexed = {row.rowid: (row.text, row.title) for row in found}
    return {row["id"]: indexed[row["seq"]] for row in own if row["seq"] in indexed}


def _put_back(connection: Connection, withdrawn: Withdrawn, again: Rows) -> None:
    ids = {row["id"] for row in again}
    _insert(connection, articles, again)
    # Numbers of passages are never used twice, and those of views may have been since.
    _insert(connection, passages, _of(ids, withdrawn.passages), without="seq")
    seqs = select(passages.c.id, passages.c.seq).where(within(passages.c.article_id, ids))
    indexed = [
        {"seq": seq, "text": words[0], "title": words[1]}
        for passage_id, seq in connection.execute(seqs)
        if (words := withdrawn.words.get(passage_id))
    ]
    if indexed:
        connection.execute(text("INSERT INTO keywords(rowid, text, title) VALUES (:seq, :text, :title)"), indexed)
    for table in _HANGING:
        _insert(connection, table, _of(ids, withdrawn.hanging[table.name]), without="id" if table is views else None)
    links = [row for row in _of(ids, withdrawn.links) if not _is_known(connection, row["source"])]
    _insert(connection, duplicates, links)
    _relate_again(connection, withdrawn)


def _relate_again(connection: Connection, withdrawn: Withdrawn) -> None:
    """Put back the likenesses between articles that are there and say what they said then."""
    ends = select(articles.c.id, articles.c.text_hash).where(within(articles.c.id, list(withdrawn.texts)))
    there = {row.id for row in connection.execute(ends) if row.text_hash == withdrawn.texts[row.id]}
    alike = [row for row in withdrawn.alike if row["article_id"] in there and row["original_id"] in there]
    connection.execute(delete(likenesses).where(within(likenesses.c.article_id, [row["article_id"] for row in alike])))
    _insert(connection, likenesses, alike)


def _hold_again(connection: Connection, withdrawn: Withdrawn, sources: Collection[str]) -> None:
    held = [row for row in withdrawn.held if row["source"] in sources]
    if held:
        connection.execute(insert_or_ignore(holdings).on_conflict_do_nothing(), held)


def _link(connection: Connection, row: Mapping[str, Any], twin: str) -> None:
    values = {column.name: row[column.name] for column in duplicates.columns if column.name != "article_id"}
    connection.execute(insert(duplicates).values(values | {"article_id": twin}))


def _is_known(connection: Connection, source: str) -> bool:
    sources = [select(table.c.source).where(table.c.source == source) for table in (articles, duplicates)]
    return any(connection.execute(query).first() for query in sources)


def _twin(connection: Connection, row: Mapping[str, Any]) -> str | None:
    return connection.execute(select(articles.c.id).where(articles.c.text_hash == row["text_hash"])).scalar()


def _of(ids: Collection[str], rows: Sequence[dict[str, Any]]) -> Rows:
    return [row for row in rows if row["article_id"] in ids]


def _rows(connection: Connection, table: Table, condition: ColumnElement[bool]) -> Rows:
    return [dict(row._mapping) for row in connection.execute(select(table).where(condition))]


def _insert(connection: Connection, table: Table, rows: Rows, without: str | None = None) -> None:
    if rows:
        connection.execute(insert(table), [{k: v for k, v in row.items() if k != without} for row in rows])
