"""What false sentences are made of: everyone's names, the items of each article, and all that is known of a case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.truths import Case, Item

_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]{2,}\b")
NUMBER = re.compile(r"(?<![\w.,/-])\d[\d,]*(?:\.\d+)?(?![\w/]|,\d|\.\d|-\d)")
YEAR = re.compile(r"(?<![\w$.,-])(?:19|20)\d\d(?![\w,])")


@dataclass(frozen=True, slots=True)
class World:
    """What falsehoods draw on: everyone's names, and the items of each article."""

    people: Sequence[str]
    firms: Sequence[str]
    subjects: Sequence[str]
    by_article: Mapping[str, Sequence[Item]]
    items: Sequence[Item]


def world(items: Sequence[Item]) -> World:
    """Return the names and articles of the items."""
    by_article: dict[str, list[Item]] = {}
    for item in items:
        by_article.setdefault(item.article.id, []).append(item)
    people = sorted({item.analyst for item in items if item.analyst and _NAME.fullmatch(item.analyst)})
    firms = sorted({item.firm for item in items if item.firm and item.firm[0].isupper()})
    subjects = sorted({item.view.subject for item in items if item.view and item.view.subject[0].isupper()})
    return World(people, firms, subjects, by_article, items)


def all_known(case: Case) -> str:
    """Return all that is known of a case: its text, and what is cited with all that comes with it."""
    parts = [case.text]
    for each in case.cited:
        parts += [each.text, *each.said_by]
        if each.article:
            parts += [each.article.title or "", each.article.publisher or "", *each.article.authors]
        for view in each.views:
            parts += [
                view.subject,
                view.to_rating or "",
                view.from_rating or "",
                view.target_to or "",
                view.target_from or "",
            ]
    return " ".join(parts)


def in_name(text: str, match: re.Match[str]) -> bool:
    """True for "Russell 2000", and for days of a month."""
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 12]
    month = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?"
    return bool(re.search(rf"[A-Z&]\w*[ -]$|{month} $", before) or re.match(rf" {month}", after))
