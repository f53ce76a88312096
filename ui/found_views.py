"""What the filters of the Views page leave of a library's views, and which of it still stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag import Library, View, current, superseded
from ui.view_filters import Filters


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
    return Found(
        views=views,
        whole=whole,
        standing=frozenset(current(whole)),
        newer={whole[old]: whole[new] for old, new in superseded(whole).items()},
        articles=library.count(filters.scope),
    )
