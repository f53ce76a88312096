"""The views of the ledger as rows that a question is matched with, and what those that bear on it say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from rag.compose import says_same
from rag.ledger import coverage, current, day_of, holder_of, house_key, superseded
from rag.naming import firm_key, subject_key
from rag.terms import Term
from rag.types import Action, Scope, Stance, View
from rag.wording import fold, stem, words

if TYPE_CHECKING:
    from rag.library import Library

_MOVES_OF_RATINGS: frozenset[Action] = frozenset(("upgrade", "downgrade"))
_MOVED: Mapping[Action, str] = {
    "upgrade": "upgraded",
    "downgrade": "downgraded",
    "initiate": "started",
    "reiterate": "reiterated",
    "raise_target": "with a target raised",
    "cut_target": "with a target cut",
    "raise_estimate": "with an estimate raised",
    "cut_estimate": "with an estimate cut",
}


@dataclass(frozen=True)
class Row:
    """A view with what matching needs of it."""

    view: View

    @cached_property
    def holder(self) -> str:
        """The folded holder: "michael wilson (morgan stanley)"."""
        return fold(holder_of(self.view))

    @cached_property
    def firm(self) -> str:
        """The key that all names of the firm share; empty without one."""
        return firm_key(self.view.firm) if self.view.firm else ""

    @cached_property
    def subject(self) -> str:
        """The folded subject."""
        return fold(self.view.subject)

    @cached_property
    def key(self) -> str:
        """The key that all names of the subject share."""
        return subject_key(self.view.subject)

    @cached_property
    def text(self) -> str:
        """The folded words that tell what the view is about: subject, headline, quote and reasons."""
        view = self.view
        said = (view.quote.text, *(reason.text for reason in view.reasons))
        return fold(" | ".join((view.subject, view.article.title or "", *said)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of `text`."""
        return frozenset(map(stem, words(self.text)))


@dataclass(frozen=True)
class Rows:
    """Views as rows, newest first, with what they are on and by."""

    rows: tuple[Row, ...]

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The keys of all subjects."""
        return frozenset(row.key for row in self.rows)

    @cached_property
    def by_holder(self) -> tuple[Row, ...]:
        """One row of each holder."""
        return tuple({row.holder: row for row in self.rows}.values())


def rows_of(library: Library, scope: Scope, within: Collection[str] | None) -> Rows:
    """Return the library's views, read anew only after it changed, without what other articles `within` stand for.

    Only names in the scope, which are those of the views themselves, narrow it here; its articles (`within`, None for
    all) are for `bearing`.
    """
    if scope.firms or scope.analysts or scope.subjects:
        return Rows(tuple(Row(view) for view in library.views(scope=scope)))
    if within is not None and _stand_alone(library, scope, within):
        return Rows(tuple(Row(view) for view in library.views(scope=scope)))
    return library.cached("rows", lambda: Rows(tuple(Row(view) for view in library.views())))


def _stand_alone(library: Library, scope: Scope, within: Collection[str]) -> bool:
    """Return True if an article that another one stands for is in scope without it: as of a day before the update."""
    everywhere = library.catalogue.likenesses.doubled(Scope())
    here = library.catalogue.likenesses.doubled(scope)
    doubled = {*everywhere.superseded, *everywhere.copies}
    return any(each in within and each not in here for each in doubled)


def is_by(term: Term, row: Row) -> bool:
    """Return True if a term names the analyst or the firm that holds a row's view."""
    if term.kind != "name":
        return False
    return bool(row.firm and row.firm == firm_key(term.label)) or term.stands_in(row.holder, ())


@dataclass(frozen=True)
class Bearing:
    """The views that bear on a question, best first, the newest before the older.

    `stated` are all views in scope by the holders and on the subjects named, whatever their action and stance.
    """

    views: tuple[View, ...] = ()
    stated: tuple[View, ...] = ()
    subjects: tuple[Term, ...] = ()  # of the terms of the question, those that the views are on
    holders: tuple[Term, ...] = ()  # and those that they are by
    actions: frozenset[Action] = frozenset()  # asked for
    stances: frozenset[Stance] = frozenset()
    against: tuple[Term, ...] = ()  # whom others are asked to disagree with
    close: frozenset[int] = frozenset()  # the identities of the views that hold the question's plain words too

    @cached_property
    def _distinct(self) -> list[View]:
        """The views stated, of those that several articles tell of one move or print alike only the first told."""
        return _without_retold(self.stated)

    @cached_property
    def replaced(self) -> frozenset[int]:
        """The identities of the views that a newer one by the same holder on the same subject has replaced."""
        return frozenset(id(self._distinct[older]) for older in superseded(self._distinct))

    @cached_property
    def without_copies(self) -> list[View]:
        """The views that bear, each told once."""
        standing = self.replaced | {id(view) for view in current(self._distinct)}
        return [view for view in self.views if id(view) in standing]

    def coverage(self, in_scope: int) -> str:
        """Return how many articles are in scope, how many state a view, and how the houses lean by their newest one."""
        named_any = self.subjects or self.holders
        counted = self.stated if named_any else self.views
        named = (("on", self.subjects), ("by", self.holders))
        about = "".join(f" {how} {' and '.join(term.label for term in terms)}" for how, terms in named if terms)
        such = "a view" if named_any or not (self.actions or self.stances) else "such a view"
        counts = Counter(view.action for view in self.without_copies if view.action in self.actions)
        moves = ", ".join(f"{counts[action]:,} {_MOVED[action]}" for action in sorted(counts))
        return coverage(counted, in_scope, about, such=such, distinct=_without_retold(counted), moves=moves)


def _without_retold(views: Sequence[View]) -> list[View]:
    """Return the views in their order without those that tell again what another, older one has told.

    One house moves a rating from one level to another once; the same words with the same fields are a copy.
    """
    kept: dict[tuple[str, ...], list[View]] = {}
    for view in sorted(views, key=lambda each: (day_of(each) or date.max, bool(each.analyst) is False)):
        alike = kept.setdefault((house_key(view), subject_key(view.subject), view.action, view.stance), [])
        if not any(_retells(view, older) for older in alike):
            alike.append(view)
    told = {id(view) for alike in kept.values() for view in alike}
    return [view for view in views if id(view) in told]


def _retells(view: View, older: View) -> bool:
    change = (view.from_rating, view.to_rating)
    if change != (older.from_rating, older.to_rating):
        return False
    same_move = view.action in _MOVES_OF_RATINGS and all(change)
    return same_move or (view.article.id != older.article.id and says_same(view.quote.text, older.quote.text))
