"""The rows of conversations: what was asked and answered, and what readers thought of it.

They hang on no article, and no answer depends on them: they are written without the library's write lock, while an
ingest holds it, in transactions of their own that are over at once.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_update

from rag.catalogue.database import Database
from rag.catalogue.schema import conversations, feedback, turns

Stored = Row[Any]
"""A row of one of these tables."""

_TURNS = select(func.count()).where(turns.c.conversation_id == conversations.c.id).scalar_subquery()


class StoredConversations:
    """The tables `conversations`, `turns` and `feedback`. An `owner` of None stands for every owner."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, owner: str | None, words: str = "") -> list[Stored]:
        """Return an owner's conversations with their number of turns, the latest first; those that hold `words`."""
        query = select(conversations, _TURNS.label("turns")).order_by(
            conversations.c.changed_at.desc(), conversations.c.id
        )
        if owner is not None:
            query = query.where(conversations.c.owner == owner)
        if words:
            query = query.where(_holds(words))
        with self._database.reading() as connection:
            return list(connection.execute(query))

    def one(self, owner: str | None, conversation_id: str) -> tuple[Stored, list[Stored]] | None:
        """Return a conversation and its turns with their feedback, in order; None if the owner has no such one."""
        mine = select(conversations, _TURNS.label("turns")).where(_of(owner, conversation_id))
        query = (
            select(turns, feedback.c.verdict, feedback.c.reason, feedback.c.comment)
            .outerjoin(feedback, _same_turn())
            .where(turns.c.conversation_id == conversation_id)
            .order_by(turns.c.position)
        )
        with self._database.reading() as connection:
            found = connection.execute(mine).first()
            return (found, list(connection.execute(query))) if found else None

    def add(self, conversation_id: str, owner: str, title: str) -> None:
        """Begin a conversation."""
        now = time.time()
        row = {"id": conversation_id, "owner": owner, "title": title, "created_at": now, "changed_at": now}
        with self._database.noting() as connection:
            connection.execute(insert(conversations).values(row))

    def put_turn(self, owner: str, conversation_id: str, at: int | None, values: Mapping[str, Any]) -> int | None:
        """Store a turn after all others, or `at` a position in place of all from there on; return its position.

        None means that the owner has no such conversation, or that it has fewer turns than that.
        """
        now = time.time()
        with self._database.noting() as connection:
            mine = connection.execute(select(_TURNS).where(_of(owner, conversation_id))).scalar()
            if mine is None or (at is not None and not 0 <= at <= mine):
                return None
            position: int = mine if at is None else at
            for table in (feedback, turns):
                later = (table.c.conversation_id == conversation_id) & (table.c.position >= position)
                connection.execute(delete(table).where(later))
            row = {"conversation_id": conversation_id, "position": position, "asked_at": now, **values}
            connection.execute(insert(turns).values(row))
            connection.execute(_changed(owner, conversation_id, changed_at=now))
            return position

    def rename(self, owner: str, conversation_id: str, title: str) -> bool:
        """Give a conversation another title; False if the owner has no such one."""
        with self._database.noting() as connection:
            return bool(connection.execute(_changed(owner, conversation_id, title=title)).rowcount)

    def remove(self, owner: str, conversation_id: str) -> bool:
        """Delete a conversation with its turns and their feedback; False if the owner has no such one."""
        with self._database.noting() as connection:
            return bool(connection.execute(delete(conversations).where(_of(owner, conversation_id))).rowcount)

    def judge(self, owner: str, conversation_id: str, position: int, values: Mapping[str, Any] | None) -> bool:
        """Store what the owner thinks of an answer, None for nothing any more; False if there is no such turn."""
        there = exists().where(turns.c.conversation_id == conversation_id, turns.c.position == position)
        with self._database.noting() as connection:
            if not connection.execute(select(conversations.c.id).where(_of(owner, conversation_id), there)).first():
                return False
            if values is None:
                here = (feedback.c.conversation_id == conversation_id) & (feedback.c.position == position)
                connection.execute(delete(feedback).where(here))
                return True
            row = {"conversation_id": conversation_id, "position": position, "given_at": time.time(), **values}
            put = insert_or_update(feedback).values(row)
            renewed = {name: put.excluded[name] for name in ("verdict", "reason", "comment", "given_at")}
            connection.execute(put.on_conflict_do_update(index_elements=["conversation_id", "position"], set_=renewed))
            return True

    def judgements(self) -> list[Stored]:
        """Return all feedback of all owners with its question and answer, the latest first."""
        query = (
            select(conversations.c.owner, conversations.c.title, turns.c.question, turns.c.answer, feedback)
            .select_from(feedback)
            .join(turns, _same_turn())
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .order_by(feedback.c.given_at.desc(), feedback.c.conversation_id, feedback.c.position)
        )
        with self._database.reading() as connection:
            return list(connection.execute(query))


def _of(owner: str | None, conversation_id: str) -> ColumnElement[bool]:
    this = conversations.c.id == conversation_id
    return this if owner is None else this & (conversations.c.owner == owner)


def _changed(owner: str, conversation_id: str, **values: Any) -> Any:  # noqa: ANN401 - columns of several types
    return update(conversations).where(_of(owner, conversation_id)).values(values)


def _same_turn() -> ColumnElement[bool]:
    return (feedback.c.conversation_id == turns.c.conversation_id) & (feedback.c.position == turns.c.position)


def _holds(words: str) -> ColumnElement[bool]:
    """Return whether a conversation's title, a question or a statement of an answer holds the words, in any case."""
    statements = func.json_each(turns.c.answer, "$.answer.statements").table_valued("value")
    text = func.json_extract(statements.c.value, "$.text", type_=String)
    said: Select[Any] = select(statements.c.value).where(text.icontains(words, autoescape=True))
    asked = or_(turns.c.question.icontains(words, autoescape=True), exists(said.correlate(turns)))
    return or_(
        conversations.c.title.icontains(words, autoescape=True),
        exists().where(turns.c.conversation_id == conversations.c.id, asked),
    )
