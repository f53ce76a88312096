"""The panel beside the answers: the sources of the last answer, or one of them open at the cited words."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from rag import Answer, Citation, HouseviewError, Library, on_page, page_of, web_address
from ui.article_page import article_page
from ui.escape import escape_markdown
from ui.marks import byline, citation_mark, name
from ui.session import Opened, close_source, explain

FRAME_HEIGHT = 560


def show(library: Library, source: Opened | None, answer: Answer | None) -> None:
    """Draw the open source, else the list of sources that `answer` cites."""
    if source is not None:
        with st.container(key="source-panel", border=True, gap="xsmall"):
            _article(library, source)
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


def _article(library: Library, source: Opened) -> None:
    head = st.container(horizontal=True, wrap=False, gap="xsmall")
    try:
        article = library.article(source.article_id)
        mark = f"\\[{source.marker}\\] " if source.marker else ""
        head.markdown(f"**{mark}{escape_markdown(name(article.ref))}**", width="stretch")
    except HouseviewError as error:
        head.error(escape_markdown(explain(error)))
        return
    finally:
        head.button("Close", key="close-source", icon=":material/close:", type="tertiary", on_click=close_source)
    said = (byline(article.ref) or "No publisher, author or date given", on_page(page_of(article, source.start)))
    st.caption(escape_markdown(" · ".join(part for part in said if part)))
    _address(article.url)
    dark = st.context.theme.type == "dark"
    page = article_page(article.text, source.start, source.end, dark=dark)
    st.iframe(page, height=FRAME_HEIGHT, alt="The article, open at the cited words")


def _address(url: str | None) -> None:
    if address := web_address(url):
        st.link_button("Read it where it was published", address, icon=":material/open_in_new:", type="tertiary")
    elif url:
        st.caption(escape_markdown(url))
