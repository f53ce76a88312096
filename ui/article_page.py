"""A whole article as a page of its own, for a frame: inert text with the cited words marked and scrolled to."""

from __future__ import annotations

import base64
import hashlib
from html import escape

# Moving the page itself, not `scrollIntoView`, which would also move the app around the frame. The frame may get its
# size after the page is read, so it is done again then.
_SCRIPT = """
const show = () => {
  const mark = document.getElementById("cited"), page = document.scrollingElement;
  page.scrollTop += mark.getBoundingClientRect().top - window.innerHeight / 4;
};
show();
addEventListener("load", show);
addEventListener("resize", show);
"""
_LIGHT = "--ink: #23211e; --paper: #fdfcfa; --cited: #ffe9a8; --cited-ink: #23211e; --edge: #b98900;"
_DARK = "--ink: #ebe8e1; --paper: #1e201d; --cited: #5c4a12; --cited-ink: #fff6dc; --edge: #e3b94a;"
_STYLE = """
body { margin: 0; padding: 1rem 1.25rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.6 "Source Serif", Georgia, "Times New Roman", serif; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { color: var(--cited-ink); background: var(--cited); padding: 0.1em 0; box-shadow: 0 2px 0 var(--edge); }
"""


def article_page(text: str, start: int, end: int, *, dark: bool) -> str:
    """Return an HTML page of `text` in which `text[start:end]` is the element `#cited`.

    Everything of the article is escaped, and the page's policy lets nothing load and no script run but the one that
    scrolls, should an escape ever fail.
    """
    style = f":root {{ {_DARK if dark else _LIGHT} color-scheme: {'dark' if dark else 'light'}; }}{_STYLE}"
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {_sha(style)}; script-src {_sha(_SCRIPT)}"
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>Article</title>'
        f"<style>{style}</style></head><body>{escape(text[:start])}"
        f'<mark id="cited">{escape(text[start:end])}</mark>{escape(text[end:])}<script>{_SCRIPT}</script></body></html>'
    )


def _sha(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
