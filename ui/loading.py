"""What whoever comes before the model is loaded is told; the page works meanwhile."""

from __future__ import annotations

import streamlit as st

from ui.session import Desk

_EVERY = 1.0  # seconds


def mention(desk: Desk) -> None:
    """Say at the foot of the page that the model is loading, for as long as it is; not where it would move the page."""
    if not desk.model.done():
        with st.bottom:
            _loading(desk)


@st.fragment(run_every=_EVERY)
def _loading(desk: Desk) -> None:
    if not desk.model.done():
        st.caption("Loading the model… Ask already if you like: the answer comes once it is there.")
