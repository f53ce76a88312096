"""The views as the catalogue keeps them: found by whom and what they name, and replaced when articles are read anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from rag.catalogue import changes
from rag.catalogue.database import Database, get_meta
from rag.catalogue.likenesses import Doubled, StoredLikenesses
from rag.catalogue.rows import REF_COLUMNS, ref_of, view_of
from rag.catalogue.schema import articles, likenesses, readings, views
from rag.catalogue.scope import article_condition, has_key, within
from rag.catalogue.who import Person, Who, read_who
from rag.types import Action, ArticleRef, Scope, Stance, View

_MOST_HELD: Final = 20_000  # some 25 MB; what is beyond is read again each time
_SEPARATOR = "\x1f"  # between the two keys of a pair; no key holds one

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a view must be to be found; what is None does not restrict."""

    subject: str | None = None
    firm: str | None = None
    analyst: str | None = None
    action: Action | None = None
    stance: Stance | None = None


class StoredViews:
    """The ledger of a library. Names are compared by key and shown in one form a library."""

    def __init__(self, database: Database, likenesses: StoredLikenesses) -> None:
        self._database = database
        self._likenesses = likenesses
        self._held: _Held | None = None

    def find(self, scope: Scope, wanted: Wanted, *, every: bool = False) -> list[View]:
        """Return the views of articles in scope that are what is wanted, newest first, undated ones last.

        The scope's firms, analysts and subjects are those of the view, not of the article around it. Views of a
        superseded article are left out where its update is in scope, and views of a copy where its original is and
        states them too; `every` leaves none out.
        """
        with self._database.reading() as connection:
            held = self._current(connection)
            conditions = [*_named(scope, held.who), *_wanted(wanted, held.who)]
            query = select(views.c.id).where(*conditions)
            around = replace(scope, firms=(), analysts=(), subjects=())
            query = query.where(_in_articles(article_condition(around))) if around else query
            if not every:
                query = query.where(*_told_once(self._likenesses.doubled_now(connection, around)))
            return _in_order(connection, query, held)

    def since(self, moment: datetime | None, most: int) -> list[View]:
        """Return views of the articles added after a moment, or of all: up to so many, those said last first."""
        query = select(views.c.id)
        if moment is not None:
            query = query.where(_in_articles(articles.c.added_at > moment.timestamp()))
        with self._database.reading() as connection:
            held = self._current(connection)
            query = query.where(*_told_once(self._likenesses.doubled_now(connection, Scope())))
            return _in_order(connection, query, held, most)

    def on(self, subjects: Collection[str]) -> list[View]:
        """Return the views on subjects given by key, newest first."""
        with self._database.reading() as connection:
            held = self._current(connection)
            told = _told_once(self._likenesses.doubled_now(connection, Scope()))
            query = select(views.c.id).where(within(views.c.subject_key, subjects), *told)
            return _in_order(connection, query, held)

    def most_covered(self, most: int) -> list[str]:
        """Return the keys of the subjects on which most articles state a view, the most covered first."""
        covered = func.count(views.c.article_id.distinct())
        query = select(views.c.subject_key).where(views.c.subject_key != "").group_by(views.c.subject_key)
        with self._database.reading() as connection:
            return list(connection.execute(query.order_by(covered.desc(), views.c.subject_key).limit(most)).scalars())

    def replace(self, views_by_article: Mapping[str, Sequence[View]], extractor: str | None = None) -> None:
        """Put new views, read by `extractor`, in place of all that some articles held; all of them or none.

        Raises:
            InputError: an article is not stored, or a quote is not its own words.
        """
        with self._database.writing() as connection:
            changes.replace_views(connection, views_by_article, extractor)

    def unread_by(self, extractor: str | None, *, others: bool = False) -> list[str]:
        """Return the ids of the articles that an extractor has still to read, oldest first; of all articles for None.

        `extractor` is a name, then a space and a version. What an extractor of another name has read counts as read,
        what another version of this one has does not. With `others`, only what this very one has read counts.
        """
        query = select(articles.c.id).order_by(articles.c.added_at, articles.c.id)
        if extractor:
            name = extractor.partition(" ")[0]
            of_name = or_(readings.c.extractor == name, readings.c.extractor.startswith(f"{name} ", autoescape=True))
            own = readings.c.extractor == extractor
            read = (own if others else or_(own, ~of_name)) & (readings.c.article_id == articles.c.id)
            query = query.where(~exists().where(read))
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def never_read(self) -> int:
        """Return how many articles no extractor has read for views."""
        query = select(func.count()).select_from(articles)
        with self._database.reading() as connection:
            return connection.execute(query.where(~exists().where(readings.c.article_id == articles.c.id))).scalar_one()

    def _current(self, connection: Connection) -> _Held:
        version = get_meta(connection, "data_version")
        if self._held is None or self._held.version != version:
            self._held = _Held(version, read_who(connection), {})
        return self._held


@dataclass(frozen=True, slots=True)
class _Held:
    """What was read of one version of the library: the names, and the views asked for so far, up to `_MOST_HELD`."""

    version: str | None
    who: Who
    views: dict[int, View]


def _in_order(connection: Connection, query: Select[tuple[Any]], held: _Held, most: int | None = None) -> list[View]:
    """Return the views whose numbers a query finds, newest first, undated ones last."""
    newest_first = (views.c.day.desc().nulls_last(), views.c.article_id, views.c.id)
    numbers = connection.execute(query.order_by(*newest_first).limit(most)).scalars().all()
    found = held.views if held.views.keys() >= set(numbers) else held.views | _read(connection, numbers, held)
    return [found[number] for number in numbers]


def _read(connection: Connection, numbers: Sequence[int], held: _Held) -> dict[int, View]:
    """Return the views of these numbers that are not held yet, and hold them as far as there is room."""
    missing = [number for number in numbers if number not in held.views]
    rows = connection.execute(select(views).where(within(views.c.id, missing))).all()
    refs = _refs(connection, {row.article_id for row in rows})
    keys = [(row.analyst_key, row.firm_key, row.subject_key) for row in rows]
    found = {
        row.id: view_of(row, refs[row.article_id], held.who.shown(*each)) for row, each in zip(rows, keys, strict=True)
    }
    room = max(0, _MOST_HELD - len(held.views))
    held.views.update(islice(found.items(), room))
    return found


def _wanted(wanted: Wanted, who: Who) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.subject is not None:
        found.append(within(views.c.subject_key, who.subjects_like(wanted.subject)))
    if wanted.firm is not None:
        found.append(within(views.c.firm_key, who.firms_like(wanted.firm)))
    if wanted.analyst is not None:
        found.append(_of_people(who.people_like(wanted.analyst)))
    found += [views.c.action == wanted.action] if wanted.action else []
    found += [views.c.stance == wanted.stance] if wanted.stance else []
    return found


def _named(scope: Scope, who: Who) -> list[ColumnElement[bool]]:
    """Return the conditions of a scope's names; a view that names nobody is its author's and its publisher's."""
    found: list[ColumnElement[bool]] = []
    if scope.subjects:
        found.append(within(views.c.subject_key, _union(map(who.subjects_like, scope.subjects))))
    if scope.firms:
        own = within(views.c.firm_key, _union(map(who.firms_like, scope.firms)))
        found.append(or_(own, and_(views.c.firm_key == "", _in_articles(has_key(("publisher",), scope.firms)))))
    if scope.analysts:
        own = _of_people(_union(map(who.people_like, scope.analysts)))
        found.append(or_(own, and_(views.c.analyst_key == "", _in_articles(has_key(("author",), scope.analysts)))))
    return found


def _of_people(people: Collection[Person]) -> ColumnElement[bool]:
    pair = views.c.analyst_key + _SEPARATOR + views.c.firm_key
    # The first condition repeats part of the second for the sake of its index.
    return and_(
        within(views.c.analyst_key, {analyst for analyst, _ in people}),
        within(pair, [_SEPARATOR.join(each) for each in people]),
    )


def _told_once(doubled: Doubled) -> list[ColumnElement[bool]]:
    """Return the conditions that leave out what superseded articles state, and copies with their originals."""
    told = [~within(views.c.article_id, doubled.superseded)] if doubled.superseded else []
    if doubled.copies:
        other = views.alias()
        leads = (likenesses.c.article_id == views.c.article_id) & (likenesses.c.original_id == other.c.article_id)
        same = (other.c[name] == views.c[name] for name in ("subject_key", "action", "stance"))
        doubles = exists().where(leads, *same).correlate(views)
        told.append(~(within(views.c.article_id, doubled.copies) & doubles))
    return told


def _in_articles(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return views.c.article_id.in_(select(articles.c.id).where(condition))


def _refs(connection: Connection, ids: Collection[str]) -> dict[str, ArticleRef]:
    rows = connection.execute(select(*REF_COLUMNS).where(within(articles.c.id, ids)))
    return {row.article_id: ref_of(row) for row in rows}


def _union(sets: Iterable[set[T]]) -> set[T]:
    return set().union(*sets)
