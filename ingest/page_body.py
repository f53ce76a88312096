"""The body of a web page: what trafilatura finds, less what only links on, and with the parts it left behind."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from itertools import islice

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from ingest.hidden import drop_hidden
from rag.errors import SourceError

_LOWER = "translate({}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ ', 'abcdefghijklmnopqrstuvwxyz')"
_TARGET = _LOWER.format("@href")
# By the meaning HTML gives them: tags an editor filed the page under, its date, long links to offers.
_BESIDE = [
    "//a[contains(concat(' ', @rel, ' '), ' tag ')]",
    "//*[self::span or self::div or self::p or self::time][@itemprop='datePublished' or @itemprop='dateModified']",
    *(f"//a[contains({_TARGET}, '{word}') and string-length() > 60]" for word in ("promo", "subscri", "newsletter")),
]
_LEAST = 40  # characters that make a paragraph worth looking for
_LEAST_ALIKE = 2  # paragraphs that make a box one of the body's
_LEFT_BEHIND = 0.1  # of the body found: less is a caption or a credit that was left out on purpose
_SHORT = 250  # characters of a body that may be a teaser
_LINKED, _MOST_LINKED = 0.8, 0.3  # share of a paragraph that is links, of a page that is such paragraphs
_MOST_ELEMENTS = 100_000


def body_of(page: str) -> tuple[Document, str, HtmlElement] | None:
    """Return what trafilatura says of a page, the text of its body and the page as a tree; None if there is no body.

    Raises:
        SourceError: the page has more elements than can be read in reasonable time.
    """
    tree = trafilatura.load_html(page)
    if tree is None:
        return None
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise SourceError(f"a page of more than {_MOST_ELEMENTS:,} elements; save its text as .txt or .md instead.")
    drop_hidden(tree)
    _drop_pointers(tree)
    found = _extracted(tree, precise=True)
    # What favours precision finds little of a page that is cut into many small pieces.
    if found is None or len(found.text or "") < _SHORT:
        other = _extracted(tree, precise=False)
        found = other if other and len(other.text or "") > 2 * len((found and found.text) or "") else found
    if not found or not found.text:
        return None
    return found, _with_parts_left_behind(found.text, tree), tree


def _extracted(tree: HtmlElement, *, precise: bool) -> Document | None:
    found = trafilatura.bare_extraction(
        deepcopy(tree),
        favor_precision=precise,
        favor_recall=not precise,
        include_comments=False,
        with_metadata=True,
        prune_xpath=_BESIDE,
        # Dates the page states, not ones dug out of its footer.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found if isinstance(found, Document) else None


def _drop_pointers(tree: HtmlElement) -> None:
    """Take out the paragraphs that are nothing but links to other pages, unless a page consists of them."""
    pointers, size, whole = [], 0, 0
    for paragraph in tree.iter("p"):
        said = _said(paragraph)
        whole += len(said)
        linked = sum(len(_said(link)) for link in paragraph.iterchildren("a"))
        if said.count(" ") >= 4 and linked >= _LINKED * len(said) and paragraph.getparent() is not None:
            pointers.append(paragraph)
            size += len(said)
    if size < _MOST_LINKED * whole:
        for paragraph in pointers:
            paragraph.drop_tree()


def _with_parts_left_behind(text: str, tree: HtmlElement) -> str:
    """Return the text with the paragraphs that stand where the template puts the body's, in other boxes of its kind.

    Pages cut a body into boxes, to put advertisements between them, and an extractor may take one for the whole.
    """
    lines = text.split("\n")
    places = {_start(line): at for at, line in reversed(list(enumerate(lines))) if len(line) >= _LEAST}
    paragraphs = [(each.getparent(), _said(each)) for each in tree.iter("p")]
    paragraphs = [(box, said) for box, said in paragraphs if len(said) >= _LEAST]
    held = Counter(box for box, said in paragraphs if _start(said) in places)
    kinds = {_kind(box) for box, count in held.items() if count >= _LEAST_ALIKE and box.get("class")}
    others = Counter(box for box, _ in paragraphs if box not in held and _kind(box) in kinds)
    after, inserted = -1, list[tuple[int, str]]()
    for box, said in paragraphs:
        if _start(said) in places:
            after = places[_start(said)]
        elif others[box] >= _LEAST_ALIKE:
            inserted.append((after, said))
    if sum(len(said) for _, said in inserted) < _LEFT_BEHIND * len(text):
        return text
    for at, said in reversed(inserted):
        lines.insert(at + 1, said)
    return "\n".join(lines)


def _kind(box: HtmlElement) -> tuple[str, ...]:
    """Return what boxes of a template share: the tags and classes of a box and of what it stands in."""
    return tuple(f"{each.tag}.{each.get('class', '')}" for each in (box, *islice(box.iterancestors(), 1)))


def _said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _start(said: str) -> str:
    """Return the first letters of a paragraph, by which it is found again in the text."""
    return re.sub(r"\W+", "", said[:120])[:60].lower()
