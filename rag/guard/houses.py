"""Whose people, stock and words: none is told as another house's or author's than the quotes and articles say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from rag.grammar import SAYING
from rag.guard.evidence import Evidence
from rag.guard.holders import holders_in
from rag.guard.reading import sentences
from rag.name_kinds import could_be_person, is_known_house, looks_like_firm
from rag.names import names_of
from rag.naming import firm_key, person_key, subject_key
from rag.wording import fold

_OWNS = re.compile(r"[’']s?\s(?:[a-z-]+\s){0,4}$")
_IS_OF = re.compile(r"\s(?:\(|(?:of|at|from)\s(?:the\s)?)$")
_WROTE = re.compile(
    r"\b(?:article|story|column)\b[^.,;:]{0,30}\bby\s(?:[A-Z][\w&.]*[’']s\s|[A-Z][\w&.]*\s[A-Z][\w&.]*[’']s\s)?$"
)
_STOCK = re.compile(r"[’']s?\s(?:own\s)?(?:stock|shares?)\b")
_NEAR = 40  # characters between a person and the house that belongs to the name


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each person given a house or an article that is not theirs, each house a stock that is not."""
    theirs: dict[str, set[str]] = {}
    for person, house in (*_known(evidence), *(pair for claim in evidence.claims for pair in pairs_in(claim))):
        theirs.setdefault(person_key(person), set()).update(_keys(house))
    found = []
    for person, house in pairs_in(statement):
        own = theirs.get(person_key(person))
        if not _may_be_of(person, house, evidence) if own is None else own.isdisjoint(_keys(house)):
            found.append(f"not a house of {person}: {house}")
    found += [f"not whose stock it is: {house}" for house in _stocks(statement) if not _has_stock(house, evidence)]
    authors = {person_key(name) for source in evidence.sources for name in source.published_by}
    told = any(re.search(r"\b(?:article|story|column)\b", claim) for claim in evidence.claims)
    wrong = [each for each in _authors(statement) if each not in authors] if not told else []
    return found + [f"not the author of the article: {each}" for each in wrong]


def _known(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield each person who is known to speak in a source with every other name given beside."""
    for source in evidence.sources:
        for person in filter(_is_person, source.said_by):
            yield from ((person, other) for other in source.said_by if other != person)


def _may_be_of(person: str, house: str, evidence: Evidence) -> bool:
    """Return True if someone whose house no source tells may be of it: it is one, speaks, or stands beside the name.

    What is only spoken of ("Vortex's smelters") employs nobody.
    """
    if is_known_house(house) or looks_like_firm(house):
        return True
    speaking = [name for each in evidence.sources for name in each.said_by]
    speaking += [name for claim in evidence.claims for name in holders_in(claim)]
    if any(_keys(house) & _keys(name) for name in speaking):
        return True
    if any(fold(house) == fold(name) for each in evidence.sources for name in each.published_by):
        return True
    lines = [line for claim in evidence.claims for line in sentences(claim)]
    return any(_stand_together(person.rsplit(maxsplit=1)[-1], house, fold(line)) for line in (*lines, *evidence.facts))


def _stand_together(surname: str, house: str, folded: str) -> bool:
    """Return True if a folded line names a person and a house with little between: "Lane, who runs Vortex".

    Who is only said to have spoken of the house does not stand with it: "Vortex will reopen, writes Lane".
    """
    one, other = re.escape(fold(surname)), re.escape(fold(house))
    for first, last in ((one, other), (other, one)):
        near = re.search(rf"\b{first}\b(.{{0,{_NEAR}}}?)\b{last}\b", folded)
        if near and not SAYING.search(near[1]):
            return True
    return False


@lru_cache(maxsize=4096)
def pairs_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return each person of a text with the house given for them: "Tern's Mara Lane", "Lane of Tern"."""
    names = names_of(text)
    found = []
    for one, other in pairwise(names):
        between = text[one.end : other.start]
        first, last = one.bare, other.text
        if _is_person(last) and not _is_person(first) and _OWNS.fullmatch(between):
            found.append((last, first))
        elif _is_person(first) and not _is_person(last) and _IS_OF.fullmatch(between):
            found.append((first, last))
    return tuple(found)


def _stocks(statement: str) -> Iterator[str]:
    """Yield the houses of whose stock a statement speaks: "Wexley's shares"."""
    for name in names_of(statement):
        house = re.sub(r"[’']s?$", "", name.text)
        if is_known_house(house) and _STOCK.match(statement, name.start + len(house)):
            yield house


def _has_stock(house: str, evidence: Evidence) -> bool:
    """Return True if the quotes speak of a house's stock, and not only of the stocks on which it has views."""
    name = re.escape(fold(house))
    own = re.compile(
        rf"\b{name}(?:'s?)?\s(?:\w+\s){{0,2}}(?:stock|shares?)\b|\b(?:stock|shares?)\s(?:of|in|at)\s(?:the\s)?{name}\b"
    )
    return any(own.search(fold(claim).replace("’", "'")) for claim in evidence.claims)


def _is_person(name: str) -> bool:
    """Return True for what can be a person and is no house: Morgan Stanley is one."""
    return could_be_person(name) and not is_known_house(name)


def _authors(statement: str) -> Iterator[str]:
    for name in names_of(statement):
        if could_be_person(name.text) and _WROTE.search(statement[max(0, name.start - 100) : name.start]):
            yield person_key(name.text)


def _keys(house: str) -> frozenset[str]:
    """Return a house's keys and their words: "Tern" is Tern Capital."""
    keys = (firm_key(house), subject_key(house))
    return frozenset((*keys, *(word for key in keys for word in key.split())))
