"""What stands around an open article: its views, later ones by the same house, its doubles, more by its people."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag import Article, ArticleRef, Library, Likeness, Scope, View, day_of, doubles_of, later_views, others_by
from ui.escape import escape_markdown
from ui.marks import byline, name
from ui.session import Opened, open_source, place_of
from ui.view_wording import day_in_words, line

_MOST_VIEWS, _MOST_NEWS, _MOST_PEOPLE, _MOST_ARTICLES = 40, 4, 5, 8


def news(library: Library, source: Opened, views: Sequence[View]) -> None:
    """Say what has happened since: the same house thinks otherwise by now, or the article was brought up to date."""
    shown = [view for view in views if view.quote.start < source.end and source.start < view.quote.end]
    later = later_views(library, shown[:_MOST_NEWS])
    for place, newer in enumerate(dict.fromkeys(later.values())):
        _link(f"later-view-{place}", f"Later view by the same house: {line(newer)}", place_of(newer.quote), "update")
    updates = [each for each in doubles_of(library, source.article_id) if _is_update_of(each, source.article_id)]
    for place, each in enumerate(updates[:_MOST_NEWS]):
        _link(f"update-{place}", f"There is an update of this: {_in_full(each.article)}", _top(each.article), "update")


def own(library: Library, views: Sequence[View]) -> None:
    """List an article's views, each with the day of what came in its place; pressed, one shows its words."""
    if not views:
        st.caption("No view was read out of this article.")
    later = later_views(library, views[:_MOST_VIEWS])
    for place, view in enumerate(views[:_MOST_VIEWS]):
        newer = later.get(view)
        end = f" · superseded {day_in_words(day_of(newer))}" if newer else ""
        _link(f"own-view-{place}", line(view) + end, place_of(view.quote))
    _left_out(len(views) - _MOST_VIEWS)


def more(library: Library, article: Article, views: Sequence[View]) -> None:
    """List an article's doubles, then what else the library has by its analysts and authors and from its publisher."""
    doubles = doubles_of(library, article.id)
    addresses = [address for address, of in library.cached("doubles", library.duplicates) if of == article.id]
    if doubles or addresses:
        st.markdown("**Copies and updates**")
    for place, each in enumerate(doubles[:_MOST_ARTICLES]):
        said, other = _relation(each, article.id)
        _link(f"double-{place}", f"{said}: {_in_full(other)}", _top(other))
    for address in addresses[:_MOST_ARTICLES]:
        st.text(f"The same text, counted once: {address}")
    _left_out(max(0, len(doubles) - _MOST_ARTICLES) + max(0, len(addresses) - _MOST_ARTICLES))
    analysts = [view.analyst for view in views if view.analyst]
    people = list(dict.fromkeys([*analysts, *article.authors]))[:_MOST_PEOPLE]
    found = others_by(library, article.ref, people)
    for number, (person, others) in enumerate(found.items()):
        _articles(f"person-{number}", f"More by {person}", others)
    others = _of_publisher(library, article)
    if others:
        _articles("publisher", f"The latest from {article.publisher}", others)
    if not (doubles or addresses or found or others):
        st.caption("The library holds nothing else by these people or this publisher.")


def _of_publisher(library: Library, article: Article) -> list[ArticleRef]:
    """Return the publisher's newest articles but this one, of which there may be very many."""
    if not article.publisher:
        return []
    found = library.browse(scope=Scope(publishers=(article.publisher,)), limit=_MOST_ARTICLES + 1)
    return [row.article for row in found.rows if row.article.id != article.id][:_MOST_ARTICLES]


def _articles(key: str, title: str, articles: Sequence[ArticleRef]) -> None:
    st.markdown(f"**{escape_markdown(title)}**")
    for place, article in enumerate(articles[:_MOST_ARTICLES]):
        _link(f"more-{key}-{place}", _in_full(article), _top(article))
    _left_out(len(articles) - _MOST_ARTICLES)


def _relation(likeness: Likeness, article_id: str) -> tuple[str, ArticleRef]:
    """Return what the other article of a likeness is to this one, and the article."""
    if likeness.article.id == article_id:
        return ("Copy of" if likeness.kind == "copy" else "Update of"), likeness.original
    return ("Copied by" if likeness.kind == "copy" else "Updated by"), likeness.article


def _is_update_of(likeness: Likeness, article_id: str) -> bool:
    return likeness.kind == "update" and likeness.original.id == article_id


def _in_full(article: ArticleRef) -> str:
    return " · ".join(part for part in (name(article), byline(article)) if part)


def _top(article: ArticleRef) -> Opened:
    return Opened(article.id, 0, 0)


def _link(key: str, label: str, to: Opened, icon: str | None = None) -> None:
    st.button(
        escape_markdown(label),
        key=f"around-{key}",
        icon=f":material/{icon}:" if icon else None,
        type="tertiary",
        wrap=True,
        on_click=open_source,
        args=(to,),
    )


def _left_out(number: int) -> None:
    if number > 0:
        st.caption(f"and {number:,} more")
