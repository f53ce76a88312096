"""Buttons that copy: a text, or the address of a question, a conversation or an article at a quote."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

# The address of a page that is not served over TLS has no clipboard to write to; the old way still works there.
_JS = """
export default ({ data, parentElement }) => {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("span");
  said.textContent = data.label;
  // Beside the page that is open, whatever folder of its host the app is served from.
  const text = data.query ? new URL(`ask?${data.query}`, location.origin + location.pathname).href : data.text;
  const copy = async () => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  };
  button.onclick = async () => {
    try { await copy(); said.textContent = "Copied"; } catch { said.textContent = "Not copied"; }
    setTimeout(() => { said.textContent = data.label; }, 2000);
  };
};
"""
_HTML = '<button type="button"><span aria-live="polite"></span></button>'
_CSS = """
button { font: inherit; font-size: 0.875rem; min-height: 2rem; padding: 0 0.5rem; cursor: pointer;
  color: var(--st-text-color); background: none; border: 0; border-radius: var(--st-button-radius); }
button:hover { color: var(--st-link-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); }
"""
_button = st.components.v2.component("houseview_copy", html=_HTML, css=_CSS, js=_JS)


def copy_button(label: str, text: str, key: str) -> None:
    """Draw a button that puts `text` on the reader's clipboard, without a run of the page."""
    _button(key=key, data={"label": label, "text": text}, width="content")


def copy_link(label: str, key: str, **query: str | int) -> None:
    """Draw a button that copies the address of the page that asks, with a query that `ui.links` follows."""
    _button(key=key, data={"label": label, "query": urlencode(query)}, width="content")
