"""Whose people: nobody is told as another house's than the quotes say, nor as the author of what others wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from rag.guard.evidence import Evidence
from rag.name_kinds import could_be_person
from rag.names import names_of
from rag.naming import firm_key, person_key, subject_key

_OWNS = re.compile(r"[’']s?\s(?:[a-z-]+\s){0,4}$")
_IS_OF = re.compile(r"\s(?:\(|(?:of|at|from)\s(?:the\s)?)$")
_WROTE = re.compile(
    r"\b(?:article|story|column)\b[^.,;:]{0,30}\bby\s(?:[A-Z][\w&.]*[’']s\s|[A-Z][\w&.]*\s[A-Z][\w&.]*[’']s\s)?$"
)


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each person whom the statement gives a house, or an article, that is not theirs."""
    theirs: dict[str, set[str]] = {}
    for person, house in (*_known(evidence), *(pair for claim in evidence.claims for pair in pairs_in(claim))):
        theirs.setdefault(person, set()).update(house)
    found = []
    for person, house in pairs_in(statement):
        if person in theirs and theirs[person].isdisjoint(house):
            found.append(f"not a house of {person}: {min(house)}")
    authors = {person_key(name) for source in evidence.sources for name in source.published_by}
    told = any(re.search(r"\b(?:article|story|column)\b", claim) for claim in evidence.claims)
    wrong = [each for each in _authors(statement) if each not in authors] if not told else []
    return found + [f"not the author of the article: {each}" for each in wrong]


def _known(evidence: Evidence) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each person who is known to speak in a source with every other name given beside."""
    for source in evidence.sources:
        for person in filter(could_be_person, source.said_by):
            yield from ((person_key(person), _keys(other)) for other in source.said_by if other != person)


@lru_cache(maxsize=4096)
def pairs_in(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each person of a text with the keys of the house given for them: "Tern's Mara Lane", "Lane of Tern"."""
    names = names_of(text)
    found = []
    for one, other in pairwise(names):
        between = text[one.end : other.start]
        first, last = one.text.removesuffix("’s").removesuffix("'s"), other.text
        if could_be_person(last) and not could_be_person(first) and _OWNS.fullmatch(between):
            found.append((person_key(last), _keys(first)))
        elif could_be_person(first) and not could_be_person(last) and _IS_OF.fullmatch(between):
            found.append((person_key(first), _keys(last)))
    return tuple(found)


def _authors(statement: str) -> Iterator[str]:
    for name in names_of(statement):
        if could_be_person(name.text) and _WROTE.search(statement[max(0, name.start - 100) : name.start]):
            yield person_key(name.text)


def _keys(house: str) -> frozenset[str]:
    """Return a house's keys and their words: "Tern" is Tern Capital."""
    keys = (firm_key(house), subject_key(house))
    return frozenset((*keys, *(word for key in keys for word in key.split())))
