"""The page that keeps the library: add to it, look through what is there, remove, see what is amiss and mend it."""

from __future__ import annotations

import streamlit as st

from rag import HouseviewError
from ui import add_forms, article_list, doubles, health, removal
from ui.escape import escape_markdown
from ui.ingest_view import offer_samples, show_failures, show_job
from ui.readers import reader
from ui.scroll import scroll_to
from ui.session import Desk, explain
from ui.work import begun_here


def page(desk: Desk) -> None:
    """Draw the page; the report of the last change stays until the next one."""
    st.title("Library", anchor=False)
    with st.container(key="work"):  # always there, or the tabs below would go back to the first when a job begins
        show_job(desk)
        if begun := begun_here(desk):  # from far down the page, perhaps
            scroll_to("work", begun)
        removal.show(desk)
    if reader().may_ingest:
        add_forms.show(desk)
    try:
        _holdings(desk)
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))


def _holdings(desk: Desk) -> None:
    stats, failures = desk.library.stats(), desk.library.sources.failures()
    show_failures(desk, failures)
    if stats.articles:
        article_list.show(desk, stats)
        doubles.show(desk.library, stats)
    else:
        st.write("Nothing here yet." if reader().may_ingest else "Nothing here yet, and adding is not yours to do.")
        offer_samples(desk)
    removal.show_lately(desk)
    if stats.articles:
        health.show(desk, stats)
