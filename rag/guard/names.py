"""Names of people, houses, companies and places: each word is known, and no person is made of two others' names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rag.aliases import COMMODITIES, SECTORS
from rag.guard.days import days_in
from rag.guard.evidence import Evidence, other_names
from rag.guard.ordinary import COUNTRIES, OPENERS, SHORT_FORMS, TOO_PLAIN
from rag.name_kinds import could_be_person, is_known_house
from rag.names import names_of
from rag.naming import firm_key, person_key
from rag.nicknames import NICKNAMES
from rag.subjects import ASSETS, RATING
from rag.tickers import company_of
from rag.wording import STOP_WORDS, fold, phrase_in, stem, words

_CAPITALISED = re.compile(r"(?<![\w’'])[A-ZÀ-Þ][\w&.’'-]*")
_TICKER = re.compile(r"\b[A-Z]{2,5}\b")
_OPENING = frozenset(".:!?;•")
RATED = re.compile(rf"\b{RATING}\b", re.IGNORECASE)
_ENDINGS_OF_FIRMS = frozenset("inc corp co company ltd plc group holdings llc".split())
_ENDINGS = ("ing", "ly", "ed", "tion", "tions", "ment", "ness", "ity", "ities")


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each name that neither the quotes nor what is known of them holds."""
    missing = [name for name in _capitalised(statement) if not _is_held(name, evidence.known)]
    if missing:
        wider = f"{evidence.known} {other_names(evidence.known)} {_companies(evidence.known)}"
        missing = [name for name in missing if not _is_held(name, wider) and not _is_known_company(name, wider)]
    if missing:
        houses = {firm_key(name.text) for name in names_of(evidence.known)}
        called = " ".join(name.text for name in names_of(statement) if firm_key(name.text) in houses)
        missing = [name for name in missing if name not in called]
    found = [f"name not in the quotes: {name}" for name in missing]
    found += [f"subject not in the quotes: {name}" for name in _subjects(statement, evidence.known)]
    if not found:
        found = [f"no such person in the quotes: {name}" for name in _mixed(statement, evidence.known)]
    return found


def _capitalised(statement: str) -> Iterator[str]:
    """Yield the capitalised words that may be names; not those that merely open a sentence."""
    days = days_in(statement)
    for match in _CAPITALISED.finditer(statement):
        if any(day.start <= match.start() < day.end for day in days):
            continue
        name = match.group().rstrip(".’'-")
        before = statement[: match.start()].rstrip(" \n“\"‘'([")
        if (not before or before[-1] in _OPENING) and _merely_opens(name):
            continue
        yield name


def _merely_opens(name: str) -> bool:
    """Return True for an ordinary word that has its capital from standing first."""
    if not name[1:].islower():
        return name.lower() in STOP_WORDS
    low = name.lower()
    return low in STOP_WORDS or stem(low) in OPENERS or (len(low) > 5 and low.endswith(_ENDINGS))


def _is_held(name: str, known: str) -> bool:
    held, roots = _words_of(known)
    for word in (word for word in words(name) if word not in ("s", "t") and word not in _ENDINGS_OF_FIRMS):
        short = SHORT_FORMS.get(word, ())
        if not (
            word in held
            or stem(word) in roots
            or word in STOP_WORDS
            or NICKNAMES.get(word) in held
            or any(each <= held for each in short)
            or any(word in names and not held.isdisjoint(names) for names in COUNTRIES)
        ):
            return False
    return True


def _is_known_company(name: str, known: str) -> bool:
    """Return True for the ticker of a company that is named."""
    company = company_of(name)
    return company is not None and words(company)[0] in _words_of(known)[0]


@lru_cache(maxsize=2048)
def _companies(text: str) -> str:
    """Return the companies whose tickers stand in a text."""
    return " ".join(filter(None, (company_of(symbol) for symbol in set(_TICKER.findall(text)))))


@lru_cache(maxsize=2048)
def _words_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    held = frozenset(words(text.replace(".", ""))) | frozenset(words(text))
    return held, frozenset(map(stem, held))


def _subjects(statement: str, known: str) -> Iterator[str]:
    """Yield the markets, sectors and commodities of a statement that the quotes name by none of their names."""
    folded = fold(known)
    held, roots = _words_of(known)
    for name in sorted(subjects_in(statement)):
        plain = words(name)
        if all(word in held or stem(word) in roots for word in plain):
            continue
        if not any(phrase_in(other, folded) for group in _groups()[name] for other in group):
            yield name


@lru_cache(maxsize=4096)
def subjects_in(text: str) -> frozenset[str]:
    """Return the names of markets, sectors and commodities in a text, where they are written as common words."""
    return frozenset(match.group() for match in _subject_pattern().finditer(text))


@cache
def _groups() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the groups of names that a name of a subject stands in."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for group in (*ASSETS, *COMMODITIES, *SECTORS):
        for name in group:
            found[name] = (*found.get(name, ()), group)
    return found


@cache
def _subject_pattern() -> re.Pattern[str]:
    names = sorted(_groups().keys() - TOO_PLAIN, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def _mixed(statement: str, known: str) -> Iterator[str]:
    """Yield people whose first name and surname are known only apart: "Mara Brandt" of Mara Lane and Hugo Brandt."""
    folded = fold(known)
    for name in names_of(statement):
        whole = name.bare
        if not could_be_person(whole) or is_known_house(whole) or RATED.search(whole) or fold(whole) in folded:
            continue
        first, last = fold(whole).split()[0], fold(whole).split()[-1]
        if any(person_key(each) == person_key(whole) for each in _people(known)):
            continue
        if not re.search(rf"\b{re.escape(first)}\W+(?:[\w.]+\W+){{0,2}}{re.escape(last)}\b", folded):
            yield whole


@lru_cache(maxsize=1024)
def _people(text: str) -> tuple[str, ...]:
    return tuple(name.text for name in names_of(text[:20_000]) if could_be_person(name.text))
