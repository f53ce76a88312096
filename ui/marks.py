"""How an article is named on the page, and the citation mark that opens it."""

from __future__ import annotations

import streamlit as st

from rag import ArticleRef, Citation, dated
from ui.session import Opened, open_source, opened


def name(article: ArticleRef) -> str:
    """Return what to call an article: its title, else where it came from."""
    return article.title or article.source or article.id


def byline(article: ArticleRef) -> str:
    """Return publisher, authors and date on one line, leaving out what the article does not say."""
    published = dated(article) if article.published else None
    return " · ".join(part for part in (article.publisher, ", ".join(article.authors), published) if part)


def citation_mark(key: str, citation: Citation) -> None:
    """Draw `[1]`, a button that opens the cited words; it is filled while they are open."""
    source = Opened(citation.article.id, citation.start, citation.end, citation.marker)
    st.button(
        f"\\[{citation.marker}\\]",
        key=key,
        type="primary" if opened() == source else "tertiary",
        on_click=open_source,
        args=(source, key),
    )
