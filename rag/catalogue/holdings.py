"""Which source holds which article: what a library kept in step with its sources needs to know before it removes any.

A row says that a place (a file, a feed, an address) held an article when it was last read. The place "" stands for a
reader's own hand: what was added without being kept in step. An article with no row at all was added by hand, too.
A row without an article is a source that the library is kept in step with: a folder, or whatever else was given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, or_, select
from sqlalchemy.dialects.sqlite import insert

from rag.catalogue import changes
from rag.catalogue.database import Database
from rag.catalogue.schema import articles, duplicates, holdings
from rag.catalogue.scope import within

BY_HAND: Final = ""
NOTHING: Final = ""


@dataclass(frozen=True, slots=True, order=True)
class Holding:
    """An article, by its source key, held in a place; a place that is kept in step, where it has no source key."""

    place: str
    source: str = NOTHING


class Holdings:
    """The holdings of a library's sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def under(self, place: str) -> set[Holding]:
        """Return what a place held, and what was held in the files below it if it is a folder."""
        folder = place.rstrip("/")
        # "0" follows "/" in the alphabet, so this is the range of all that begins with the folder's name and "/".
        below = (holdings.c.root > f"{folder}/") & (holdings.c.root < f"{folder}0")
        condition = holdings.c.root == place if "://" in place else or_(holdings.c.root == place, below)
        query = select(holdings).where(condition, holdings.c.source != NOTHING)
        with self._database.reading() as connection:
            return {Holding(row.root, row.source) for row in connection.execute(query)}

    def sources(self) -> list[str]:
        """Return the sources that the library is kept in step with."""
        query = select(holdings.c.root).where(holdings.c.source == NOTHING).order_by(holdings.c.root)
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def claim(self, claims: Sequence[tuple[Holding, bool]]) -> None:
        """Record what places hold, each with whether the library had the article before the place was read.

        An article that was there while no place held it was added by hand, and stays so whatever becomes of the place.
        """
        with self._database.reading() as connection:
            held = _places(connection, {claim.source for claim, _ in claims})
        new: dict[Holding, None] = {}
        for claim, was_there in claims:
            places = held[claim.source]
            by_hand = bool(places) if claim.place == BY_HAND else was_there and not places
            wanted = [BY_HAND] if by_hand else []
            wanted += [claim.place] if claim.place != BY_HAND else []
            new |= {Holding(place, claim.source): None for place in wanted if place not in places}
            places.update(wanted)
        if new:
            rows = [{"root": each.place, "source": each.source} for each in new]
            with self._database.writing() as connection:
                connection.execute(insert(holdings).on_conflict_do_nothing(), rows)

    def release(self, gone: Collection[Holding]) -> list[str]:
        """Take articles from places that hold them no longer; return the sources of those removed for that.

        Removed is what no other place holds. An article stays, and stays held, while another address with the same
        text is linked to it.
        """
        if not gone:
            return []
        with self._database.writing() as connection:
            unheld = _unheld(connection, gone)
            kept = _kept(connection, unheld)
            removed = sorted(unheld - kept)
            linked = select(duplicates.c.source).where(within(duplicates.c.source, removed))
            links = set(connection.execute(linked).scalars())
            connection.execute(delete(duplicates).where(within(duplicates.c.source, links)))
            own = select(articles.c.id).where(within(articles.c.source, [key for key in removed if key not in links]))
            changes.remove(connection, connection.execute(own).scalars().all())
            for place, sources in _by_place(each for each in gone if each.source not in kept).items():
                query = (holdings.c.root == place) & within(holdings.c.source, sources)
                connection.execute(delete(holdings).where(query))
        return removed

    def unheld(self, gone: Collection[Holding]) -> list[str]:
        """Return what `release` would remove if no other address were linked to any of it."""
        with self._database.reading() as connection:
            return sorted(_unheld(connection, gone))


def forget(connection: Connection, sources: Collection[str]) -> None:
    """Forget who held these; a source that still has them says so when it is read again."""
    connection.execute(delete(holdings).where(within(holdings.c.source, sources)))


def _unheld(connection: Connection, gone: Collection[Holding]) -> set[str]:
    """Return the sources of what is stored or linked and no other place holds."""
    lost: defaultdict[str, set[str]] = defaultdict(set)
    for each in gone:
        lost[each.source].add(each.place)
    places = _places(connection, lost)
    unheld = {source for source in lost if not places[source] - lost[source]}
    there = select(articles.c.source).union(select(duplicates.c.source)).subquery()
    return set(connection.execute(select(there.c.source).where(within(there.c.source, unheld))).scalars())


def _kept(connection: Connection, unheld: Collection[str]) -> frozenset[str]:
    """Return the sources of what its copies keep."""
    links = select(articles.c.source, duplicates.c.source.label("link")).join_from(duplicates, articles)
    found = connection.execute(links.where(within(articles.c.source, unheld)))
    return frozenset(row.source for row in found if row.link not in unheld)


def _places(connection: Connection, sources: Collection[str]) -> defaultdict[str, set[str]]:
    """Return the places that hold each source."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in connection.execute(select(holdings).where(within(holdings.c.source, sources))):
        found[row.source].add(row.root)
    return found


def _by_place(held: Iterable[Holding]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in held:
        found[each.place].append(each.source)
    return found
