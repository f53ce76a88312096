"""Brings a turn of the conversation to the top of the window, so that an answer is read from its beginning."""

from __future__ import annotations

import streamlit as st

_JS = """
export default ({ data }) => {
  document.querySelector(`.st-key-${data}`)?.scrollIntoView({ block: "start" });
};
"""
_scroll = st.components.v2.component("houseview_scroll", js=_JS)


def scroll_to(container: str, occasion: str) -> None:
    """Scroll to the container of that key; once for each `occasion`."""
    _scroll(key=f"scroll-{container}-{occasion}", data=container, height=1)
