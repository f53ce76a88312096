"""What the filters of the Views page leave of a library's views, and which of it still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag import Library, View, current, superseded
from ui.view_filters import Filters

Standing = tuple[frozenset[View], Mapping[View, View]]
"""The views that stand, and by what each superseded one was replaced."""


@dataclass(frozen=True, slots=True)
class Found:
    """The views that pass, newest first, and `whole`, those that they were seen among.

    `standing` are those neither replaced nor a syndicated copy of another, `newer` has what replaced each superseded
    one; `articles` is how many articles are in scope.
    """

    views: list[View]
    whole: list[View]
    standing: frozenset[View]
    newer: Mapping[View, View]
    articles: int


def find(library: Library, filters: Filters) -> Found:
    """Return the views that pass the filters.

    What stands is decided among all views in scope on the subject by the firm: a filter on the stance or the action
    must not make an old view look current by hiding the newer one.
    """
    whole = library.views(subject=filters.subject, firm=filters.firm, scope=filters.scope)
    views = whole
    if filters.analyst or filters.action or filters.stance:
        views = library.views(
            subject=filters.subject,
            firm=filters.firm,
            analyst=filters.analyst,
            action=filters.action,
            stance=filters.stance,
            scope=filters.scope,
        )
    standing, newer = _standing(whole) if filters.scope else library.cached("what stands", lambda: _all(library))
    return Found(views=views, whole=whole, standing=standing, newer=newer, articles=library.count(filters.scope))


def _all(library: Library) -> Standing:
    """Return what stands in the whole ledger: of all views on a subject by a house a filter takes all or none."""
    return _standing(library.views())


def _standing(views: Sequence[View]) -> Standing:
    newer = {views[old]: views[new] for old, new in superseded(views).items()}
    return frozenset(current(views)), newer
