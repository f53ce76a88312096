"""A whole article as a page of its own, for a frame: inert text with every cited span marked, one of them as current.

The frame is told by messages which span that is, and which theme the app is in (`ui.source_frame`), so that going from
one to the next moves the page that is there and sends no article again.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from rag import Block, Row, blocks_of

Span = tuple[int, int]

# Moving the page itself, not `scrollIntoView`, which would also move the app around the frame. The frame may get its
# size after the page is read, so it is done again then, until the reader moves it.
_SCRIPT = """
let current = null, shown = null, moved = false;
const page = document.scrollingElement;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const marksOf = (place) => [...document.querySelectorAll(`mark[data-cites~="${place}"]`)];
const show = (behavior) => {
  const mark = document.getElementById("cited");
  if (!mark || moved) return;
  const way = mark.getBoundingClientRect().top - window.innerHeight / 4;
  const far = Math.abs(way) > 3 * window.innerHeight;  // too far to be followed with the eye
  page.scrollTo({ top: page.scrollTop + way, behavior: far ? "instant" : behavior });
};
const turnTo = (place, times) => {
  if (place === current && times === shown) return;
  const still = current === null || calm.matches;
  [current, shown, moved] = [place, times, false];
  document.getElementById("cited")?.removeAttribute("id");
  document.querySelectorAll("mark.current").forEach((mark) => {
    mark.classList.remove("current");
    mark.removeAttribute("aria-current");
  });
  const marks = marksOf(place);
  marks.forEach((mark) => mark.classList.add("current"));
  if (marks.length) {
    marks[0].id = "cited";
    marks[0].setAttribute("aria-current", "true");
  }
  show(still ? "instant" : "smooth");
};
const tell = (said) => parent.postMessage({ houseview: said }, "*");
addEventListener("message", ({ source, data }) => {
  if (source !== parent || data?.houseview !== "show") return;
  document.documentElement.style.colorScheme = data.theme;
  turnTo(data.place, data.times);
});
addEventListener("keydown", (event) => {
  if (event.altKey && event.key === "ArrowDown") tell("next");
  else if (event.altKey && event.key === "ArrowUp") tell("previous");
  else if (event.key === "Escape") tell("close");
  else return;
  event.preventDefault();
});
for (const move of ["wheel", "touchstart", "keydown", "mousedown"]) {
  addEventListener(move, () => { moved = true; }, { passive: true });
}
addEventListener("load", () => show("instant"));
addEventListener("resize", () => show("instant"));
tell("ready");
"""
# Until the app says which theme it is in, that of the system.
_STYLE = """
:root { color-scheme: light dark;
  --ink: light-dark(#23211e, #ebe8e1); --soft: light-dark(#66615a, #a8a49b); --paper: light-dark(#fdfcfa, #1e201d);
  --line: light-dark(#ddd8ce, #3c3f3a); --cited: light-dark(#fbf1cf, #37311b);
  --current: light-dark(#ffe08a, #6b5510); --edge: light-dark(#8a6500, #e3b94a); }
body { margin: 0; padding: 0.75rem 1rem 40vh; color: var(--ink); background: var(--paper);
  font: 1rem/1.6 "Source Serif", Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
p { margin: 0 0 0.85em; }
.line { white-space: pre-wrap; }
.item { padding-left: 1.25em; text-indent: -1.25em; margin-bottom: 0.35em; }
h2 { font-size: 1.1rem; line-height: 1.35; margin: 1.4em 0 0.5em; }
h2:first-child { margin-top: 0; }
mark { color: inherit; background: var(--cited); padding: 0.1em 0; }
mark.current { background: var(--current); box-shadow: 0 2px 0 var(--edge); }
.table { overflow-x: auto; margin: 0 0 1em; }
table { border-collapse: collapse; font: 0.875rem/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: 0.3em 0.75em 0.3em 0; text-align: left; vertical-align: top;
  overflow-wrap: normal; min-width: 3em; max-width: 24em; }
th { color: var(--soft); font-weight: 600; }
.number { text-align: right; }
.page { display: flex; align-items: center; gap: 0.75rem; margin: 1.25rem 0; text-indent: 0; color: var(--soft);
  font: 0.8125rem/1.4 system-ui, sans-serif; }
.page::before { content: attr(aria-label); }
.page::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.page:first-child { margin-top: 0; }
"""
_NUMBER = re.compile(r"[-+−(]?[$€£¥₹]?[\d.,]+(?:%|x|bp|p|m|bn)?\)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


def article_page(
    text: str, spans: Sequence[Span] = (), *, pages: Sequence[int] = (), language: str | None = None
) -> str:
    """Return an HTML page of `text` in which `spans` are marked; the current one is the element `#cited`.

    Everything of the article is escaped, and the page's policy lets nothing load and no script run but the one that
    scrolls, should an escape ever fail. `pages` are the offsets at which pages begin, the first page first.
    """
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {_sha(_STYLE)}; script-src {_sha(_SCRIPT)}"
    )
    known = language if language and _LANGUAGE.fullmatch(language) else "en"
    return (
        f'<!doctype html><html lang="{known}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>Article</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(_Marked(text, spans, pages).body())}"
        f"<script>{_SCRIPT}</script></body></html>"
    )


class _Marked:
    """The text cut where a span or a page begins or ends."""

    def __init__(self, text: str, spans: Sequence[Span], pages: Sequence[int]) -> None:
        self._text = text
        self._spans = spans
        # Of pages that begin at the same place all but the last are empty.
        self._pages = {start: number for number, start in enumerate(pages, start=1)}
        self._cuts = sorted({*self._pages, *(end for span in spans for end in span)})

    def body(self) -> Iterator[str]:
        """Yield the blocks, each preceded by the pages that begin before it."""
        above = 0
        for block in blocks_of(self._text):
            yield from self._breaks(above, block.start + 1)
            yield f"{self._block(block)}\n"
            if block.kind == "table":  # a cell is no place for a page break
                yield from self._breaks(block.start + 1, block.end)
            above = block.end

    def _block(self, block: Block) -> str:
        if block.kind == "table":
            rows = "".join(self._row(row) for row in block.rows)
            return f'<div class="table" role="region" aria-label="Table" tabindex="0"><table>{rows}</table></div>'
        words = "".join(self._inline(block.start, block.end))
        if block.kind == "heading":
            return f'<h2 dir="auto">{words}</h2>'
        shape = "item" if block.kind == "item" else "" if "\n" in self._text[block.start : block.end] else "line"
        return f'<p class="{shape}" dir="auto">{words}</p>'

    def _row(self, row: Row) -> str:
        tag = "th" if row.heading else "td"
        return f"<tr>{''.join(self._cell(tag, start, end) for start, end in row.cells)}</tr>"

    def _cell(self, tag: str, start: int, end: int) -> str:
        number = ' class="number"' if _NUMBER.fullmatch(self._text, start, end) else ""
        return f'<{tag}{number} dir="auto">{"".join(self._inline(start, end, breaks=False))}</{tag}>'

    def _inline(self, start: int, end: int, *, breaks: bool = True) -> Iterator[str]:
        inner = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        for first, last in pairwise((start, *inner, end)):
            if breaks and first > start and first in self._pages:
                yield self._break("span", first)
            words = escape(self._text[first:last])
            cites = [str(place) for place, (a, b) in enumerate(self._spans) if a <= first < last <= b]
            yield f'<mark data-cites="{" ".join(cites)}">{words}</mark>' if cites else words

    def _breaks(self, above: int, below: int) -> Iterator[str]:
        """Yield the breaks of pages that begin at or after one offset and before another."""
        if self._pages:
            for start in self._cuts[bisect_left(self._cuts, above) : bisect_left(self._cuts, below)]:
                if start in self._pages:
                    yield self._break("div", start)

    def _break(self, tag: str, start: int) -> str:
        return f'<{tag} class="page" role="separator" aria-label="Page {self._pages[start]}"></{tag}>'


def _sha(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
