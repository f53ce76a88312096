"""Where a web page states what was found of it: in linked data, in its head, in an element made for it."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from ingest.guesses import marked_as_guess
from ingest.origins import with_origins
from ingest.types import Draft

_PLACES: tuple[tuple[str, str], ...] = (
    ("linked data", "//script[@type='application/ld+json']/text()"),
    ("OpenGraph", "//meta[starts-with(@property, 'og:') or starts-with(@property, 'article:')]/@content"),
    ("meta element", "//meta[@name or @itemprop or @property]/@content"),
    ("time element", "//time/@datetime | //time//text() | //*[@itemprop='datePublished']//text() | //abbr/@title"),
    ("heading", "//h1//text()"),
    ("title element", "//title/text()"),
    ("address", "//link[@rel='canonical']/@href"),
)
_MOST = 2_000  # values of one place: a page that holds more is not asked further
_LONGEST = 500_000


def with_page_origins(draft: Draft, tree: HtmlElement) -> Draft:
    """Return a page's draft with the place where each field is stated; a date that stands in none is a guess.

    The extractor tells values and not where it took them from: named is the first place, of those it looks in, that
    holds the value.
    """
    places = [(name, _said(tree, path)) for name, path in _PLACES]
    wanted = {
        "title": {_folded(draft.title or "")},
        "publisher": {_folded(draft.publisher or "")},
        "authors": {_folded(draft.authors[0] if draft.authors else "")},
        "published": _spellings(draft.published) if draft.published else set(),
        "kind": {_folded(draft.kind or "")},
    }
    origins = {
        field: next((name for name, said in places if any(f" {form} " in said for form in forms)), "page")
        for field, forms in wanted.items()
        if any(forms)
    }
    draft = with_origins(draft, origins)
    return marked_as_guess(draft) if origins.get("published") == "page" else draft


def _said(tree: HtmlElement, path: str) -> str:
    """Return all that the page says in a kind of place, folded, with a blank before and after each value."""
    values = (str(value)[:_LONGEST] for value in islice(tree.xpath(path), _MOST))
    return f" {_folded(' '.join(values)[:_LONGEST])} "


def _spellings(day: datetime) -> set[str]:
    """Return the ways in which a page may write a day that no other day is written in."""
    forms = {f"{day:%Y-%m-%d}", f"{day:%Y%m%d}"}
    for month in (f"{day:%B}", f"{day:%b}"):
        for number in (f"{day:%d}", str(day.day), f"{day.day}{_ordinal(day.day)}"):
            forms |= {f"{number} {month} {day.year}", f"{month} {number} {day.year}"}
    return {_folded(form) for form in forms}


def _ordinal(number: int) -> str:
    return "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _folded(text: str) -> str:
    # A time follows the day without a blank in ISO 8601.
    return " ".join(re.findall(r"\w+", re.sub(r"(?<=\d)T(?=\d)", " ", text).lower()))
