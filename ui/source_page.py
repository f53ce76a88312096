"""The page of a PDF that cited words stand on, as it looks."""

from __future__ import annotations

import streamlit as st

from ingest import PageImage, page_image, pdf_of
from rag import Article, HouseviewError
from ui.escape import escape_markdown
from ui.session import Opened, explain


def has_pages(article: Article) -> bool:
    """Return whether there may be a page to show."""
    return pdf_of(article) is not None


def draw(article: Article, source: Opened) -> None:
    """Draw the page that the words begin on, marked."""
    try:
        with st.spinner("Drawing the page…"):
            drawn = _drawn(article, source.start, source.end)
    except HouseviewError as error:
        st.info(escape_markdown(explain(error)), icon=":material/picture_as_pdf:")
        return
    said = f"Page {drawn.page} of {drawn.pages}"
    if not drawn.found and source.end > source.start:
        said += "; the words were not found on it, for it may have changed since, or its text may run otherwise"
    st.caption(said)
    st.image(drawn.png, width="stretch", alt=f"Page {drawn.page} of the PDF")


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs={Article: lambda article: (article.id, article.metadata)})
def _drawn(article: Article, start: int, end: int) -> PageImage:
    return page_image(article, start, end)
