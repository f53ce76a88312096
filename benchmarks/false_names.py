# ruff: noqa: E501 - every change has one signature; a table of patterns is read by its lines
"""People, houses and subjects changed for others, and words given to another holder or cited from another quote."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.truths import Case, Item
from benchmarks.world import World, all_known
from rag.naming import firm_key
from rag.types import Sourced
from rag.wording import fold, words


def _person(case: Case, around: World, draw: random.Random) -> str | None:
    """A person by another who is nowhere in what is cited."""
    known = set(words(all_known(case)))
    here = [name for name in around.people if name in case.text]
    others = [name for name in around.people if not known & set(words(name))]
    if not here or not others:
        return None
    return case.text.replace(draw.choice(here), draw.choice(others))


def _firm(case: Case, around: World, draw: random.Random) -> str | None:
    """A house by another."""
    known = set(words(all_known(case)))
    here = [name for name in around.firms if re.search(rf"\b{re.escape(name)}\b", case.text)]
    keys = {firm_key(name) for name in here}
    others = [name for name in around.firms if not known & set(words(name)) and firm_key(name) not in keys]
    if not here or not others:
        return None
    return case.text.replace(max(here, key=len), draw.choice(others))


def _subject(case: Case, around: World, draw: random.Random) -> str | None:
    """A company or market by another."""
    known = set(words(all_known(case)))
    here = [name for name in around.subjects if re.search(rf"\b{re.escape(name)}\b", case.text)]
    others = [name for name in around.subjects if not known & set(words(name))]
    if not here or not others:
        return None
    return case.text.replace(max(here, key=len), draw.choice(others))


def of_others(case: Case, around: World, draw: random.Random) -> Iterator[Case]:
    """Yield the sentence said by another holder of its article, and cited from another quote."""
    item = case.item
    near = around.by_article[item.article.id]
    label = item.label
    others = [
        each for each in near
        if each.label and label and each.analyst and item.analyst and each.analyst != item.analyst
        and not set(words(each.label)) & set(words(all_known(case))) and not (case.kind == "ledger" and _shares(each, item, near))
    ]  # fmt: skip
    if others and item.analyst and item.analyst in case.text:
        other = draw.choice(others)
        text = case.text.replace(label, other.label).replace(item.analyst, other.analyst or "")
        if item.firm and other.firm:
            text = text.replace(item.firm, other.firm)
        cited = (*case.cited, replace(other, view=None).sourced)
        yield replace(case, kind="holder", text=text, cited=cited, true=False)
    elsewhere = [each for each in near if not _says(each.quote, case.text)] or [
        each for each in draw.sample(list(around.items), 3) if each.article.id != item.article.id
    ]
    if elsewhere and case.kind != "ledger":
        other = draw.choice(elsewhere)
        yield replace(case, kind="quote swapped", cited=(_cited(other, item),), true=False)


def _shares(other: Item, item: Item, near: Sequence[Item]) -> bool:
    """True if another holder has a view on the same subject: what the ledger says of the one may be true of both."""
    subject = item.view.subject if item.view else ""
    return any(each.analyst == other.analyst and each.view and each.view.subject == subject for each in near)


def _cited(other: Item, item: Item) -> Sourced:
    """The wrong quote, with the right holder where the article is the same."""
    sourced = replace(other, view=None).sourced
    return replace(sourced, said_by=item.sourced.said_by) if other.article.id == item.article.id else sourced


def _says(quote: str, text: str) -> bool:
    """True if a quote might bear the sentence out: it shares a third of its words."""
    own = set(words(text))
    return len(own & set(words(quote))) > 0.34 * len(own) or fold(quote) in fold(text)


CHANGES = {"person": _person, "firm": _firm, "subject": _subject}
