"""All that an HTML letter shows, as lines of text: a letter has no menus to leave out, and its few words all count."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
from lxml import etree

from ingest.hidden import drop_hidden

_BLOCKS = frozenset(
    """address article aside blockquote body br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header
    hr li main nav ol p pre section table tbody td tfoot th thead title tr ul""".split()
)
_APART = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())
_LONGEST_CELL = 100
_DEEPEST = 5


def shown_text(page: str) -> str:
    """Return the text that a page shows, a block a line; what it quotes of an earlier letter is marked with ">"."""
    try:
        tree = lxml.html.document_fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):  # no text at all
        return ""
    drop_hidden(tree)
    for element in tree.xpath("//head | //script | //style"):
        element.drop_tree()
    for each in tree.xpath("//tr[not(.//table)]"):
        _write_row(each)
    return "\n".join(_lines(tree))


def _write_row(tr: lxml.html.HtmlElement) -> None:
    """Put a row's cells on one line, unless they are so long that the table only arranges the page."""
    cells = [" ".join(cell.text_content().split()) for cell in tr.iterchildren("td", "th")]
    if sum(map(bool, cells)) > 1 and max(map(len, cells)) <= _LONGEST_CELL:
        for child in list(tr):
            tr.remove(child)
        tr.text = f"| {' | '.join(cells)} |"


def _lines(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield the words of a tree, line by line."""
    words: list[str] = []
    quoted = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS and not (tag == "br" and event == "start"):
            line = " ".join("".join(words).split())
            words.clear()
            if line or tag in ("br", *_APART):
                yield "> " * min(quoted, _DEEPEST) + line
            if line and tag in _APART:
                yield ""
        if tag == "blockquote" and (element.get("type") == "cite" or "gmail_quote" in element.get("class", "")):
            quoted += 1 if event == "start" else -1
        if event == "start" and tag == "li":
            words.append("- ")
        if tag or event == "end":  # a comment says nothing
            words.append((element.text if event == "start" else element.tail) or "")
    yield " ".join("".join(words).split())
