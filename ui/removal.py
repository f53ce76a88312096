"""Removing articles, and bringing back what was removed last."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag import ArticleRef, HouseviewError, LibraryLocked, Withdrawn
from ui.escape import escape_markdown
from ui.jobs import LOCKED
from ui.marks import name
from ui.session import Desk, close_source, explain, opened
from ui.view_wording import count

_REMOVED, _BACK = "removed", "brought-back"


def remove(desk: Desk, chosen: Sequence[ArticleRef]) -> None:
    """Take articles out of the library, keeping in this session what brings them back."""
    try:
        withdrawn = desk.library.withdraw([article.id for article in chosen])
    except LibraryLocked:
        st.error(LOCKED)
        return
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
        return
    reading = opened()
    if reading and reading.article_id in {article.id for article in chosen}:
        close_source()
    what = f"“{name(chosen[0])}”" if len(chosen) == 1 else count(len(withdrawn), "article")
    st.session_state[_REMOVED] = (withdrawn, what)
    desk.jobs.dismiss()
    st.rerun()


def show(desk: Desk) -> None:
    """Draw what was removed last, with the way back, until another is removed or the reader lets go of it."""
    if said := st.session_state.pop(_BACK, None):
        st.success(said)
    kept: tuple[Withdrawn, str] | None = st.session_state.get(_REMOVED)
    if kept is None:
        return
    withdrawn, what = kept
    with st.container(key="removed", border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(escape_markdown(f"Removed {what}. Answers no longer draw on it."))
        undo = st.button("Undo", key="undo-removal", icon=":material/undo:", type="primary")
        st.button("Dismiss", key="dismiss-removal", type="tertiary", on_click=_let_go)
    if undo:
        _bring_back(desk, withdrawn)


def _let_go() -> None:
    st.session_state.pop(_REMOVED, None)


def _bring_back(desk: Desk, withdrawn: Withdrawn) -> None:
    try:
        number = desk.library.restore(withdrawn)
    except LibraryLocked:
        st.error(LOCKED)
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
    else:
        _let_go()
        missing = len(withdrawn) - number
        newer = f"; of {missing:,} a newer version had been added meanwhile" if missing else ""
        st.session_state[_BACK] = f"{count(number, 'article')} brought back{newer}."
        st.rerun()
