"""What is new in a library since a moment: the articles that came in, and the views that changed with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from rag.ledger import current, day_of, holder_of, superseded
from rag.naming import subject_key
from rag.types import Action, ArticleRef, View

if TYPE_CHECKING:
    from rag.library import Library

ChangeKind = Literal["upgrade", "downgrade", "initiation", "target", "estimate", "turn"]

_MOST_VIEWS: Final = 500
_BY_ACTION: Mapping[Action, ChangeKind] = {
    "upgrade": "upgrade",
    "downgrade": "downgrade",
    "initiate": "initiation",
    "raise_target": "target",
    "cut_target": "target",
    "raise_estimate": "estimate",
    "cut_estimate": "estimate",
}
_VERBS: Mapping[Action, str] = {
    "upgrade": "upgraded",
    "downgrade": "downgraded",
    "raise_target": "raised the target on",
    "cut_target": "cut the target on",
    "raise_estimate": "raised the estimate for",
    "cut_estimate": "cut the estimate for",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A view that changed what its house held, or said that it does; `before` is what it replaced, if that is known.

    A "turn" is a change of stance or rating that the house did not call an upgrade or a downgrade.
    """

    view: View
    before: View | None
    kind: ChangeKind

    def __str__(self) -> str:
        """Return it as a sentence without its stop: "Gantlow moved small caps from neutral to overweight"."""
        return f"{holder_of(self.view)} {self._done()}"

    def _done(self) -> str:
        view, subject = self.view, self.view.subject
        if self.kind == "initiation":
            return f"started {subject} at {view.to_rating}" if view.to_rating else f"started coverage of {subject}"
        if self.kind == "target":
            verb = _VERBS.get(view.action, "moved the target on")
            return " ".join((verb, subject, *_from_to(self._past("target_to", view.target_from), view.target_to)))
        if self.kind == "estimate":
            return f"{_VERBS[view.action]} {subject}"
        past = self._past("to_rating", view.from_rating)
        if past and view.to_rating:
            return f"moved {subject} from {past} to {view.to_rating}"
        if view.action in _VERBS:
            return " ".join((_VERBS[view.action], subject, *_from_to(past, view.to_rating)))
        return f"turned from {self.before.stance if self.before else 'another view'} to {view.stance} on {subject}"

    def _past(self, field: str, said: str | None) -> str | None:
        """Return what the view says that it changes, else what was held before, unless that is the same."""
        held: str | None = getattr(self.before, field, None)
        return said or (held if held != getattr(self.view, field) else None)


@dataclass(frozen=True, slots=True)
class News:
    """What is new: how many articles came in, the latest of them, and the views that changed, the latest first."""

    articles: int
    latest: tuple[ArticleRef, ...]
    changes: tuple[Change, ...]

    def by_subject(self) -> list[tuple[str, tuple[Change, ...]]]:
        """Return the changes by subject, the subject that changed last first."""
        groups: dict[str, list[Change]] = {}
        for change in self.changes:
            groups.setdefault(subject_key(change.view.subject), []).append(change)
        return [(group[0].view.subject, tuple(group)) for group in groups.values()]


def news(library: Library, since: datetime | None, most: int) -> News:
    """Return what came in after a moment, or at any time, as `Library.news` describes."""
    latest, total = library.catalogue.arrivals(since, most)
    new = library.catalogue.views.since(since, _MOST_VIEWS)
    known = library.catalogue.views.on({subject_key(view.subject) for view in new})
    return News(total, tuple(latest), tuple(changes(new, known)))


def changes(new: Sequence[View], known: Sequence[View]) -> list[Change]:
    """Return the changes among `new` views that still stand, in their order; `known` has all views on their subjects.

    What replaced nothing and claims no change is none; nor is the same said once more.
    """
    before = _before(known)
    standing = set(current(known))
    found = (_change(view, before.get(view)) for view in dict.fromkeys(new) if view in standing)
    return [change for change in found if change]


def _before(known: Sequence[View]) -> dict[View, View]:
    """Return what each view replaced: of several views the last."""
    found: dict[View, View] = {}
    for old, new in superseded(known).items():
        held = found.get(known[new])
        if held is None or (day_of(known[old]) or date.min) > (day_of(held) or date.min):
            found[known[new]] = known[old]
    return found


def _change(view: View, before: View | None) -> Change | None:
    if kind := _BY_ACTION.get(view.action):
        return Change(view, before, kind)
    if before is None:
        return None
    rerated = view.to_rating and before.to_rating and view.to_rating.casefold() != before.to_rating.casefold()
    if rerated or view.stance != before.stance:
        return Change(view, before, "turn")
    if view.target_to and before.target_to and view.target_to != before.target_to:
        return Change(view, before, "target")
    return None


def _from_to(past: str | None, present: str | None) -> list[str]:
    return [f"{word} {value}" for word, value in (("from", past), ("to", present)) if value]
