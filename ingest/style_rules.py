"""The rules of a page's own style sheets that hide what they select, as far as they can be read in a little time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from ingest.styles import declared, hides

_LONGEST = 1_000_000  # characters of style sheets
_MOST_RULES = 500
_MOST_STEPS = 4  # "a b c d"
_FARTHEST = 100  # boxes around an element that a selector's earlier steps are looked for in
_PIECE = re.compile(r"[{}]|[^{}]+")
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9-]*|\*)?(?P<rest>(?:[.#][A-Za-z_-][\w-]*)*)$")
_PARTS = re.compile(r"([.#])([\w-]+)")
# What stands in these holds on any screen; what stands in others (print, narrow windows) may not.
_ALWAYS = re.compile(r"@(?:media\s+(?:only\s+)?(?:screen|all)\s*$|layer\b|supports\b)")


@dataclass(frozen=True, slots=True)
class Simple:
    """One step of a selector: a tag, an id and classes, each of which need not be given."""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]

    def holds(self, element: HtmlElement) -> bool:
        """Return whether an element is selected by this step alone."""
        if self.tag not in ("", "*", element.tag):
            return False
        if self.ids and self.ids != {element.get("id")}:
            return False
        return not self.classes or self.classes <= set(element.get("class", "").split())


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector of what is hidden: steps from the outermost to the element itself."""

    steps: tuple[Simple, ...]

    def holds(self, element: HtmlElement) -> bool:
        """Return whether an element is selected; "a > b" and "a b" are taken for the same."""
        if not self.steps[-1].holds(element):
            return False
        above = islice(element.iterancestors(), _FARTHEST)
        return all(any(step.holds(box) for box in above) for step in reversed(self.steps[:-1]))


def hiding_rules(sheets: Iterable[str]) -> list[Rule]:
    """Return the rules in style sheets that hide, those whose selectors name tags, ids and classes only."""
    return list(islice((rule for sheet in sheets for rule in _rules(sheet[:_LONGEST])), _MOST_RULES))


def _rules(sheet: str) -> Iterator[Rule]:
    plain = "".join(part.partition("/*")[0] for part in sheet.split("*/"))
    around: list[bool] = []  # of each open brace, whether what stands in it holds always
    before = ""
    for piece in _PIECE.findall(plain):
        if piece == "{":
            head = before.rpartition(";")[2].strip()
            around.append(bool(_ALWAYS.match(head)) if head.startswith("@") else True)
            selectors = "" if head.startswith("@") else head
            before = ""
        elif piece == "}":
            if all(around) and before and selectors and hides(declared(before)):
                yield from filter(None, map(_rule, selectors.split(",")))
            if around:
                around.pop()
            before = selectors = ""
        else:
            before = piece
            selectors = "" if not around else selectors


def _rule(selector: str) -> Rule | None:
    steps = [_SIMPLE.match(step) for step in selector.replace(">", " ").split()]
    found = [step for step in steps if step]
    if not found or len(found) < len(steps) or len(found) > _MOST_STEPS:
        return None
    return Rule(tuple(map(_step, found)))


def _step(written: re.Match[str]) -> Simple:
    parts = _PARTS.findall(written["rest"])
    return Simple(
        written["tag"] or "",
        frozenset(name for mark, name in parts if mark == "#"),
        frozenset(name for mark, name in parts if mark == "."),
    )
