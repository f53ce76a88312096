"""What a library holds around one article: its views, those that came later, its doubles, more by the same people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.ledger import superseded
from rag.library import Library
from rag.types import ArticleRef, Likeness, Scope, View


def own_views(library: Library, article_id: str) -> list[View]:
    """Return the views that an article states, in the order of its text."""
    found = library.views(scope=Scope(article_ids=(article_id,)))
    return sorted(found, key=lambda view: (view.quote.start, view.quote.end))


def later_views(library: Library, views: Sequence[View]) -> dict[View, View]:
    """Return, for those of some views that no longer stand, the newest view of the same house on the same subject."""
    found: dict[View, View] = {}
    for subject in dict.fromkeys(view.subject for view in views):
        given = dict.fromkeys(view for view in views if view.subject == subject)
        # The ledger leaves out what a superseded article said; asked about such a one, that is looked at as well.
        together = list(dict.fromkeys([*given, *library.views(subject=subject)]))
        replaced = superseded(together)
        found |= {view: together[replaced[place]] for place, view in enumerate(given) if place in replaced}
    return found


def doubles_of(library: Library, article_id: str) -> list[Likeness]:
    """Return the likenesses that an article is part of: whose copy or update it is, and what copies or updates it."""
    every = library.cached("likenesses", library.likenesses)
    return [each for each in every if article_id in {each.article.id, each.original.id}]


def others_by(library: Library, article: ArticleRef, people: Iterable[str]) -> dict[str, list[ArticleRef]]:
    """Return the other articles that some people wrote or state a view in, by person, newest first.

    People of whom there is nothing else are left out, and so is who is named a second time in another form.
    """
    found: dict[str, list[ArticleRef]] = {}
    for person in dict.fromkeys(people):
        stated = {view.article for view in library.views(analyst=person)}
        written = set(library.articles(Scope(authors=(person,))))
        others = [each for each in stated | written if each.id != article.id]
        newest_first = sorted(others, key=_day, reverse=True)
        if newest_first and newest_first not in found.values():
            found[person] = newest_first
    return found


def _day(article: ArticleRef) -> tuple[str, str]:
    return article.published.isoformat() if article.published else "", article.id
