"""The panel beside the answers: the sources of the last answer, or one of them open at the cited words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from rag import (
    Answer,
    Article,
    Citation,
    HouseviewError,
    Library,
    View,
    on_page,
    own_views,
    page_of,
    page_starts,
    web_address,
)
from ui import source_around, source_frame, source_page, source_steps
from ui.article_page import article_page
from ui.copying import copy_link
from ui.escape import escape_markdown
from ui.marks import byline, citation_mark, name
from ui.session import Opened, close_source, explain, times_opened
from ui.view_wording import count

FRAME_HEIGHT = 560
_SECTION, _DRAWN = "source-section", "source-drawn"
_LISTS = ("views", "more")


def show(library: Library, source: Opened | None, answer: Answer | None) -> None:
    """Draw the open source, else the list of sources that `answer` cites.

    All that the answer cites of the article is marked; where `answer` is None, or cites something else, it is the
    answer of the conversation that cites the words, else the article's own views are.
    """
    if source is not None:
        with st.container(key="source-panel", border=True, gap="xsmall"):
            _open(library, source, answer)
    elif answer is not None and answer.citations:
        with st.container(key="source-list", gap="xsmall"):
            _list(answer.citations)


def _list(citations: tuple[Citation, ...]) -> None:
    st.caption("Sources of the last answer")
    by_article = groupby(sorted(citations, key=lambda cited: cited.article.id), key=lambda cited: cited.article)
    groups = [(article, tuple(cited)) for article, cited in by_article]
    for article, cited in sorted(groups, key=lambda group: group[1][0].marker):
        with st.container(key=f"source-item-{cited[0].marker}", gap="xxsmall"):
            st.markdown(f"**{escape_markdown(name(article))}**")
            if line := byline(article):
                st.caption(escape_markdown(line))
            with st.container(horizontal=True, gap="xxsmall"):
                for citation in cited:
                    citation_mark(f"source-mark-{citation.marker}", citation)
                    if citation.page:
                        st.caption(on_page(citation.page))


def _open(library: Library, source: Opened, answer: Answer | None) -> None:
    head = st.container(key="source-head", horizontal=True, wrap=False, gap="xxsmall")
    try:
        article = library.article(source.article_id)
        views = own_views(library, source.article_id)
        mark = f"\\[{source.marker}\\] " if source.marker else ""
        head.markdown(f"**{mark}{escape_markdown(name(article.ref))}**", width="stretch")
        if address := web_address(article.url):
            tip = "Read it where it was published"
            head.link_button("Original", address, icon=":material/open_in_new:", type="tertiary", help=tip)
    except HouseviewError as error:
        head.error(escape_markdown(explain(error)))
        return
    finally:
        head.button(
            "Close", key="close-source", icon=":material/close:", type="tertiary", help="Close", on_click=close_source
        )
    said = (byline(article.ref) or "No publisher, author or date given", on_page(page_of(article, source.start)))
    st.caption(escape_markdown(" · ".join(part for part in said if part)))
    if article.url and not web_address(article.url):
        st.caption(escape_markdown(article.url))
    cited_by = source_steps.citing(source, answer)
    stops = source_steps.stops(cited_by, views)
    with st.container(key="source-steps", horizontal=True, vertical_alignment="center", gap="xsmall"):
        source_steps.draw(source, stops, cited_by)
    source_around.news(library, source, views)
    section = _section(article, views, source)
    if section == "article":
        _frame(article, source, stops)
        return
    with st.container(key="source-body", gap="xxsmall"):
        if section == "page":
            source_page.draw(article, source)
        elif section == "views":
            source_around.own(library, views)
        else:
            source_around.more(library, article, views)


def _section(article: Article, views: Sequence[View], source: Opened) -> str:
    """Draw the choice of what the panel shows and return it.

    Another article is first shown as its text, and so are words that were opened from a list.
    """
    drawn, now = st.session_state.get(_DRAWN, (None, 0)), (article.id, times_opened())
    before = st.session_state.get(_SECTION) or "article"
    begins = drawn[0] != article.id or (drawn != now and before in _LISTS)
    # Set in either case: on another page Streamlit forgets it, with `persist_state` too if nobody has chosen yet.
    st.session_state[_SECTION] = "article" if begins else before
    st.session_state[_DRAWN] = now
    labels = {"article": "Article", "page": "PDF page", "views": count(len(views), "view").capitalize(), "more": "More"}
    offered = [key for key in labels if key != "page" or source_page.has_pages(article)]
    with st.container(key="source-sections", horizontal=True, vertical_alignment="center", gap="small"):
        chosen = st.segmented_control(
            "Show", offered, key=_SECTION, format_func=labels.__getitem__, label_visibility="collapsed", required=True
        )
        copy_link("Copy link", "link-source", article=article.id, start=source.start, end=source.end)
    return chosen or "article"


def _frame(article: Article, source: Opened, stops: Sequence[Opened]) -> None:
    spans = source_steps.spans(source, stops)
    page = article_page(article.text, spans, pages=page_starts(article), language=article.language)
    st.iframe(page, height=FRAME_HEIGHT, alt="The article, open at the cited words")
    source_frame.follow(spans.index((source.start, source.end)), source.marker)
