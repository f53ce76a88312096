"""The page that opens: what came in since the reader's last visit, which views changed, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

import streamlit as st

from rag import ArticleRef, Change, HouseviewError, Library, News, Stats, day_of
from ui import conversation, session, source_panel
from ui.escape import escape_markdown
from ui.ingest_view import offer_samples, show_job
from ui.marks import byline, name
from ui.readers import reader
from ui.session import Desk, Opened, open_source, opened, place_of
from ui.view_wording import count, day_in_words

_EXAMPLES = 4
_ARTICLES = 8
_SUBJECTS = 8
_CHANGES = 4  # of a subject
_ICONS: Mapping[str, str] = {
    "upgrade": ":material/trending_up:",
    "downgrade": ":material/trending_down:",
    "raise_target": ":material/north_east:",
    "raise_estimate": ":material/north_east:",
    "cut_target": ":material/south_east:",
    "cut_estimate": ":material/south_east:",
    "initiate": ":material/flag:",
}
_TURNED = ":material/swap_vert:"
_SINCE, _OPENED = "home-since", "home-opened"


class Go(Protocol):
    """Goes to another page of the app, by its name, with a query in its address; does not return."""

    def __call__(self, page: str, **query: str) -> None:
        """Go there."""


def page(desk: Desk, go: Go) -> None:
    """Draw the page; a question asked here is answered on the page that asks."""
    if conversation.is_waiting():
        go("ask")
    if link := st.query_params.to_dict():  # to a question or a conversation, from when that page was the first
        go("ask", **link)
    st.title("Houseview", anchor=False)
    try:
        stats = desk.library.stats()
        if stats.articles:
            _filled(desk.library, stats, go)
        else:
            _empty(desk, go)
    except HouseviewError as error:
        st.error(escape_markdown(session.explain(error)))


def leave(desk: Desk) -> None:
    """Note that the reader has seen the home page, if they have, now that they look at another."""
    seen: datetime | None = st.session_state.pop(_OPENED, None)
    if seen is not None:
        desk.library.visits.note(reader().owner, seen)


def _empty(desk: Desk, go: Go) -> None:
    st.write("The library is empty. Add articles and notes to it, or look around with the samples.")
    show_job(desk)
    with st.container(horizontal=True, gap="small"):
        offer_samples(desk)
        if reader().may_ingest and st.button("Add articles", icon=":material/library_add:"):
            go("library")


def _filled(library: Library, stats: Stats, go: Go) -> None:
    st.write(
        f"Ask what the commentary in your library says: {count(stats.articles, 'article')}, "
        f"{count(stats.views, 'view')}. Every statement of an answer cites the words it rests on."
    )
    with st.bottom:
        st.chat_input("Ask what the Street says", key="home-question", on_submit=_ask_typed)
    with st.container(key="home-desk"):
        news, beside = st.columns([3, 2], gap="medium")
    with news:
        _examples(library)
        _news(library, go)
    with beside:
        source_panel.show(library, opened(), None)


def _ask(question: str) -> None:
    """Put a question to a new conversation; for callbacks, after which the page that asks is gone to."""
    conversation.new()
    conversation.ask(question)


def _ask_typed() -> None:
    _ask(st.session_state["home-question"])


def _examples(library: Library) -> None:
    questions = library.examples(_EXAMPLES)
    if not questions:
        return
    with st.container(key="home-examples", horizontal=True, gap="small"):
        for place, question in enumerate(questions):
            st.button(
                escape_markdown(question),
                key=f"home-example-{place}",
                icon=":material/forum:",
                wrap=True,
                on_click=_ask,
                args=(question,),
            )


def _news(library: Library, go: Go) -> None:
    since = _last_visit(library)
    news = library.news(since, _ARTICLES)
    if since is None:
        heading = "The latest"
    elif news.articles or news.changes:
        heading = f"Since your last visit, {_ago(since)}"
    else:
        st.text(f"Nothing came in since your last visit, {_ago(since)}.")
        heading, news = "The latest before that", library.news(None, _ARTICLES)
    st.header(heading, anchor=False)
    _changes(news, go)
    _articles(news, go, since)


def _last_visit(library: Library) -> datetime | None:
    """Return when the reader was last here before this session began, and note that they are here now."""
    if _SINCE not in st.session_state:
        st.session_state[_SINCE] = library.visits.last(reader().owner)
    st.session_state[_OPENED] = datetime.now(UTC)
    since: datetime | None = st.session_state[_SINCE]
    return since


def _changes(news: News, go: Go) -> None:
    st.subheader("Which views changed", anchor=False)
    groups = news.by_subject()
    if not groups:
        st.caption("No upgrade, downgrade, new target or change of mind among them.")
    for place, (subject, changes) in enumerate(groups[:_SUBJECTS]):
        with st.container(key=f"home-subject-{place}", gap="xxsmall"):
            _subject(place, subject, changes, go)
    if len(groups) > _SUBJECTS and st.button(
        f"{count(len(groups) - _SUBJECTS, 'more subject')} on the Views page", key="home-all-views", type="tertiary"
    ):
        go("views")


def _subject(place: int, subject: str, changes: Sequence[Change], go: Go) -> None:
    if st.button(
        f"**{escape_markdown(subject)}**",
        key=f"home-views-{place}",
        type="tertiary",
        help="All views on it",
    ):
        go("views", subject=subject)
    for number, change in enumerate(changes[:_CHANGES]):
        said = " · ".join(part for part in (str(change), day_in_words(day_of(change.view))) if part)
        st.button(
            escape_markdown(said),
            key=f"home-change-{place}-{number}",
            icon=_ICONS.get(change.view.action, _TURNED),
            type="tertiary",
            on_click=open_source,
            args=(place_of(change.view.quote),),
        )
    if len(changes) > _CHANGES:
        st.caption(f"and {len(changes) - _CHANGES:,} more")


def _articles(news: News, go: Go, since: datetime | None) -> None:
    st.subheader("What came in", anchor=False)
    for place, article in enumerate(news.latest):
        _article(place, article)
    if news.articles > len(news.latest) and st.button(
        f"All {count(news.articles, 'article')}" if since is None else f"{count(news.articles, 'article')} in all",
        key="home-all-articles",
        type="tertiary",
    ):
        go("library")


def _article(place: int, article: ArticleRef) -> None:
    said = escape_markdown(name(article))
    if line := byline(article):
        said = f"{said} — {escape_markdown(line)}"
    st.button(
        said,
        key=f"home-article-{place}",
        icon=":material/article:",
        type="tertiary",
        on_click=open_source,
        args=(Opened(article.id, 0, 0),),
    )


def _ago(moment: datetime) -> str:
    """Return how long ago a moment was, in words."""
    minutes = int((datetime.now(UTC) - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{count(minutes, 'minute')} ago"
    if minutes < 24 * 60:
        return f"{count(minutes // 60, 'hour')} ago"
    return f"{count(minutes // (24 * 60), 'day')} ago, on {moment.astimezone():%-d %B}"
