"""Brings a turn of the conversation to the top of the window, so that an answer is read from its beginning."""

from __future__ import annotations

import streamlit as st

_JS = """
export default ({ data }) => {
  const show = () => document.querySelector(`.st-key-${data}`)?.scrollIntoView({ block: "start" });
  show();
  // What is drawn after it would push it away; once the reader moves, the place is theirs.
  const again = setInterval(show, 150);
  const stop = () => clearInterval(again);
  for (const moved of ["wheel", "touchstart", "keydown", "mousedown"]) {
    window.addEventListener(moved, stop, { once: true, passive: true });
  }
  setTimeout(stop, 1500);
};
"""
_scroll = st.components.v2.component("houseview_scroll", js=_JS)


def scroll_to(container: str, occasion: str) -> None:
    """Scroll to the container of that key; once for each `occasion`."""
    _scroll(key=f"scroll-{container}-{occasion}", data=container, height=1, width=1)
