"""Which stored articles say what another one says, and the signatures by which such articles are found.

A row of `likenesses` leads from an article to the older one that it is a copy or an update of. A copy's original is
never a copy itself, so copies of one text all lead to one article; updates follow one another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert, select, update

from rag.catalogue.database import Database, get_meta
from rag.catalogue.record import Alike
from rag.catalogue.rows import REF_COLUMNS, ref_of
from rag.catalogue.schema import articles, likenesses, signatures
from rag.catalogue.scope import article_condition, within
from rag.types import Likeness, Scope

_MARK: Final = 4  # bytes at the start of a signature that tell how it was made


@dataclass(frozen=True, slots=True)
class Doubled:
    """Articles of a scope that others in it stand for: `superseded` by their updates, `copies` by their originals."""

    superseded: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, article_id: str) -> bool:
        """Return whether an article is one of them."""
        return article_id in self.superseded or article_id in self.copies

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.superseded.keys() | self.copies.keys())


class StoredLikenesses:
    """The likenesses and signatures of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: tuple[str | None, list[Alike]] = (None, [])

    def all(self) -> list[Likeness]:
        """Return every likeness, those of the newest articles first."""
        with self._database.reading() as connection:
            rows = _rows(connection)
            ids = {each.article_id for each in rows} | {each.original_id for each in rows}
            found = connection.execute(select(*REF_COLUMNS).where(within(articles.c.id, ids)))
            refs = {row.article_id: ref_of(row) for row in found}
        return [Likeness(refs[row.article_id], refs[row.original_id], row.kind, row.similarity) for row in rows]

    def doubled(self, scope: Scope) -> Doubled:
        """Return the articles in scope that others in scope stand for."""
        with self._database.reading() as connection:
            return self.doubled_now(connection, scope)

    def doubled_now(self, connection: Connection, scope: Scope) -> Doubled:
        """Return the same as `doubled`, in the state that a connection sees."""
        version = get_meta(connection, "data_version")
        if self._held[0] != version:
            self._held = (version, _rows(connection))
        rows = self._held[1]
        inside = {each for row in rows for each in (row.article_id, row.original_id)}
        if scope and rows:
            query = select(articles.c.id).where(article_condition(scope), within(articles.c.id, inside))
            inside = set(connection.execute(query).scalars())
        both = [row for row in rows if row.article_id in inside and row.original_id in inside]
        return Doubled(
            {row.original_id: row.article_id for row in reversed(both) if row.kind == "update"},
            {row.article_id: row.original_id for row in both if row.kind == "copy"},
        )

    def signatures(self, mark: bytes) -> list[tuple[str, bytes]]:
        """Return (article id, signature) for all signatures that begin with a mark."""
        query = select(signatures.c.article_id, signatures.c.signature).where(_begins_with(mark))
        with self._database.reading() as connection:
            return [(article_id, signature) for article_id, signature in connection.execute(query)]

    def unsigned(self, mark: bytes) -> list[str]:
        """Return the ids of the articles without a signature that begins so, in the order in which they were added."""
        signed = exists().where(signatures.c.article_id == articles.c.id, _begins_with(mark))
        query = select(articles.c.id).where(~signed).order_by(articles.c.added_at, articles.c.id)
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def sign(self, signed: Mapping[str, bytes], found: Iterable[Alike]) -> None:
        """Store signatures of articles that have none, with their likenesses, all of them or none."""
        with self._database.writing() as connection:
            sign(connection, signed)
            relate(connection, found)


def sign(connection: Connection, signed: Mapping[str, bytes]) -> None:
    """Store signatures by article id, each in place of what there was."""
    if signed:
        connection.execute(delete(signatures).where(within(signatures.c.article_id, list(signed))))
        rows = [{"article_id": key, "signature": signature} for key, signature in signed.items()]
        connection.execute(insert(signatures), rows)


def relate(connection: Connection, found: Iterable[Alike]) -> None:
    """Store likenesses between stored articles, unless an article has a nearer one, or would lead to itself."""
    for each in found:
        _relate(connection, each)


def release(connection: Connection, ids: Collection[str]) -> None:
    """Give articles that lead to one of these, which are about to go, another original.

    The oldest copy takes the place of the article that goes; an update of it then updates that one, or what it updated.
    """
    going = set(ids)
    leading = select(likenesses.c.original_id).where(
        within(likenesses.c.original_id, going), ~within(likenesses.c.article_id, going)
    )
    for gone in dict.fromkeys(connection.execute(leading.order_by(likenesses.c.original_id)).scalars()):
        _replace(connection, gone, going)


def _replace(connection: Connection, gone: str, going: Collection[str]) -> None:
    left = [row for row in _rows(connection, likenesses.c.original_id == gone) if row.article_id not in going]
    copies = [row.article_id for row in reversed(left) if row.kind == "copy"]
    onward = _onward(connection, gone, going)
    heir = copies[0] if copies else onward.original_id if onward and onward.kind == "update" else None
    connection.execute(delete(likenesses).where(likenesses.c.original_id == gone))
    if copies and onward:
        _insert(connection, Alike(copies[0], onward.original_id, onward.kind, 0.0))
    for row in left:
        if heir and row.article_id != heir:
            _insert(connection, Alike(row.article_id, heir, row.kind, 0.0))


def _onward(connection: Connection, article_id: str, going: Collection[str]) -> Alike | None:
    """Return the first likeness that leads from an article out of those that go."""
    seen = {article_id}
    found = _of(connection, article_id)
    while found and found.original_id in going and found.original_id not in seen:
        seen.add(found.original_id)
        found = _of(connection, found.original_id)
    return found if found and found.original_id not in going else None


def _relate(connection: Connection, found: Alike) -> None:
    original = _of(connection, found.original_id)
    root = original.original_id if original and original.kind == "copy" else found.original_id
    held = _of(connection, found.article_id)
    if held and held.similarity >= found.similarity:
        return
    if found.article_id in _line(connection, root) or not _are_stored(connection, (found.article_id, root)):
        return
    connection.execute(delete(likenesses).where(likenesses.c.article_id == found.article_id))
    _insert(connection, Alike(found.article_id, root, found.kind, found.similarity))
    if found.kind == "copy":
        followers = [row.article_id for row in _rows(connection, likenesses.c.original_id == found.article_id)]
        connection.execute(
            update(likenesses).where(within(likenesses.c.article_id, followers)).values(original_id=root)
        )


def _insert(connection: Connection, found: Alike) -> None:
    similarity = _resemblance(connection, found.article_id, found.original_id)
    values = {
        "article_id": found.article_id,
        "original_id": found.original_id,
        "kind": found.kind,
        "similarity": found.similarity if similarity is None else similarity,
    }
    connection.execute(insert(likenesses).values(values))


def _resemblance(connection: Connection, one: str, other: str) -> float | None:
    """Return the share of numbers in which two signatures agree, which estimates Jaccard's; None without signatures."""
    query = select(signatures.c.signature).where(signatures.c.article_id.in_((one, other)))
    found = connection.execute(query).scalars().all()
    if len(found) != 2 or found[0][:_MARK] != found[1][:_MARK]:
        return None
    one_numbers, other_numbers = (np.frombuffer(signature[_MARK:], "<u4") for signature in found)
    return float((one_numbers == other_numbers).mean())


def _line(connection: Connection, article_id: str) -> set[str]:
    """Return an article with all that it leads to."""
    line = {article_id}
    found = _of(connection, article_id)
    while found and found.original_id not in line:
        line.add(found.original_id)
        found = _of(connection, found.original_id)
    return line


def _are_stored(connection: Connection, ids: Sequence[str]) -> bool:
    found = connection.execute(select(articles.c.id).where(articles.c.id.in_(ids))).all()
    return len(found) == len(set(ids))


def _of(connection: Connection, article_id: str) -> Alike | None:
    found = _rows(connection, likenesses.c.article_id == article_id)
    return found[0] if found else None


def _begins_with(mark: bytes) -> ColumnElement[bool]:
    return func.substr(signatures.c.signature, 1, len(mark)) == mark


def _rows(connection: Connection, *conditions: ColumnElement[bool]) -> list[Alike]:
    """Return the likenesses that meet some conditions, those of the newest articles first."""
    newest = (articles.c.published.desc().nulls_first(), articles.c.added_at.desc(), articles.c.id)
    query = select(likenesses).join(articles, articles.c.id == likenesses.c.article_id).where(*conditions)
    rows = connection.execute(query.order_by(*newest))
    return [Alike(row.article_id, row.original_id, row.kind, row.similarity) for row in rows]
