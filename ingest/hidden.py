"""What a page holds and does not show: a reader would not read it, and a model must not.

Known from a page alone: its elements, their attributes and the style sheets that stand in it. What a style sheet from
elsewhere or a script would hide is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from ingest.style_rules import Rule, hiding_rules
from ingest.styles import declared, hides, is_clear, paints, whitens

# Shown only where something does not work, or not at all.
_UNSHOWN = frozenset("template noscript iframe object video audio canvas datalist noframes".split())
# For screen readers, by the names that the common style sheets give such text.
_READ_ALOUD = frozenset(
    "sr-only visually-hidden screen-reader-text screen-reader-only visuallyhidden a11y-hidden".split()
)
_PAGE = frozenset(("html", "body"))
_MOST = 0.5  # of the words: what hides more is a state that the page's scripts end
_FARTHEST = 50  # boxes around a text that may give it a background


def drop_hidden(tree: HtmlElement) -> None:
    """Take out of a page what it does not show.

    A style sheet, white letters and `aria-hidden` are believed only of a lesser part of the words: pages hide all they
    say until a script has run, behind a dialog or on a dark ground. Time grows with the size of the page.
    """
    rules = hiding_rules(sheet.text_content() for sheet in tree.iter("style"))
    words = sum(map(len, tree.itertext()))
    found = list(_hidden(tree, rules, int(_MOST * words)))
    white = list(_white(tree, set(found)))
    if sum(map(_length, white)) < _MOST * words:
        found += white
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()


def _hidden(tree: HtmlElement, rules: list[Rule], most: int) -> Iterator[HtmlElement]:
    """Yield the outermost elements that are not shown; `most` characters may be hidden by what may only be a state."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or element.tag in _PAGE:
            continue
        if _never_shown(element) or (_seems_hidden(element, rules) and _length(element) <= most):
            yield element
            walk.skip_subtree()


def _never_shown(element: HtmlElement) -> bool:
    if element.tag in _UNSHOWN or element.get("hidden") is not None:
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    style = element.get("style")
    return bool(style) and hides(declared(style))


def _seems_hidden(element: HtmlElement, rules: list[Rule]) -> bool:
    if element.get("aria-hidden", "").strip().lower() == "true":
        return True
    names = element.get("class", "").split()
    return not _READ_ALOUD.isdisjoint(names) or any(rule.holds(element) for rule in rules)


def _white(tree: HtmlElement, hidden: set[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield the outermost elements with white letters that stand on no ground of a colour of its own."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if element in hidden:
            walk.skip_subtree()
        elif isinstance(element.tag, str) and element.tag not in _PAGE and _is_white(element):
            yield element
            walk.skip_subtree()


def _is_white(element: HtmlElement) -> bool:
    letters = declared(element.get("style") or "").get("color")
    if letters is None and element.tag == "font":
        letters = element.get("color", "").strip().lower()
    if not whitens(letters or ""):
        return False
    for distance, each in enumerate((element, *element.iterancestors())):
        ground = paints(declared(each.get("style") or "")) or each.get("bgcolor") or each.get("background")
        if ground and not is_clear(ground):
            return whitens(ground.strip().lower())
        if distance == _FARTHEST:
            break
    return True


def _length(element: HtmlElement) -> int:
    return sum(map(len, element.itertext()))
