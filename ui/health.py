"""How the library is: its size, its models, whether it is sound, and the means to mend it."""

from __future__ import annotations

import streamlit as st

from rag import Stats
from ui.escape import escape_markdown
from ui.ingest_view import reading_button
from ui.readers import reader
from ui.session import Desk
from ui.view_wording import count
from ui.work import start_check, start_rebuild

_MB = 1_000_000


def show(desk: Desk, stats: Stats) -> None:
    """Draw it once the reader asks for it."""
    with st.expander(
        "Storage, models and health", icon=":material/monitor_heart:", key="health", on_change="rerun"
    ) as it:
        if it.open:
            _figures(desk, stats)
            _views(desk)
            _mend(desk, stats)


def _figures(desk: Desk, stats: Stats) -> None:
    size = desk.library.storage()
    model = "loaded" if desk.model.done() else "still loading"
    facts = {
        "Folder": stats.path,
        "Catalogue": f"{_megabytes(size.catalogue)}, {count(stats.articles, 'article')}, {count(stats.views, 'view')}",
        "Vector index": f"{_megabytes(size.index)}, {count(stats.passages, 'passage')}"
        + (f", of which {stats.vectors_pending:,} are searched without it" if stats.vectors_pending else ""),
        "Uploads and the rest": _megabytes(size.other),
        "Embedder": f"{stats.embedder}, {stats.dimensions} numbers a passage, {model}",
        "Chat model": desk.library.settings.model or "none: answers are in the sources' own words",
    }
    st.table(
        {"Part": list(facts), "What there is": [escape_markdown(fact) for fact in facts.values()]}, hide_index=True
    )


def _views(desk: Desk) -> None:
    unread = desk.library.browse(state="not read for views", limit=0).total
    if unread:
        st.text(f"{count(unread, 'article')} not read for views yet.")
        reading_button(desk)


def _mend(desk: Desk, stats: Stats) -> None:
    is_busy = desk.jobs.running is not None
    with st.container(key="mend", horizontal=True, gap="small"):
        check = st.button("Check the library", icon=":material/health_and_safety:", disabled=is_busy)
        rebuild = reader().may_ingest and st.button(
            "Rebuild the vector index",
            icon=":material/build:",
            disabled=is_busy or not stats.passages,
            help="Writes it anew from the catalogue; nothing is embedded again, and questions are answered meanwhile.",
        )
    if check:
        start_check(desk)
    if rebuild:
        start_rebuild(desk)


def _megabytes(size: int) -> str:
    return f"{size / _MB:,.1f} MB"
