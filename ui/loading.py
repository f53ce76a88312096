"""What whoever comes before the model is loaded is told; the page works meanwhile."""

from __future__ import annotations

import streamlit as st

from ui.session import Desk

_TOLD = "told-of-loading"


def mention(desk: Desk) -> None:
    """Say, once a session, that the model is still loading."""
    if not desk.model.done() and not st.session_state.get(_TOLD):
        st.session_state[_TOLD] = True
        st.toast(
            "Loading the model. Ask already if you like: the answer comes once it is there.",
            icon=":material/hourglass_top:",
            duration="long",
        )
