"""What went wrong with the last thing that the reader did, said above the input until they do something else."""

from __future__ import annotations

import streamlit as st

from ui.escape import escape_markdown

_NOTICE = "notice"


def leave(problem: str) -> None:
    """Leave a line for `show`; also for callbacks, which have no place of their own on the page."""
    st.session_state[_NOTICE] = problem


def show() -> None:
    """Draw the line that was left, if one was, once."""
    if problem := st.session_state.pop(_NOTICE, None):
        st.error(escape_markdown(problem), icon=":material/error:")
