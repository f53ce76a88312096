"""Names of people, houses, companies and places: each word is known, and no person is made of two others' names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.guard.evidence import Evidence, other_names
from rag.guard.ordinary import COUNTRIES, OPENERS, SHORT_FORMS
from rag.name_kinds import could_be_person
from rag.names import names_of
from rag.naming import person_key
from rag.nicknames import NICKNAMES
from rag.tickers import company_of
from rag.wording import STOP_WORDS, fold, stem, words

_CAPITALISED = re.compile(r"(?<![\w’'])[A-ZÀ-Þ][\w&.’'-]*")
_TICKER = re.compile(r"\b[A-Z]{2,5}\b")
_OPENING = frozenset(".:!?;•")
_ENDINGS = ("ing", "ly", "ed", "tion", "tions", "ment", "ness", "ity", "ities")


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each name that neither the quotes nor what is known of them holds."""
    missing = [name for name in _capitalised(statement) if not _is_held(name, evidence.known)]
    if missing:
        wider = f"{evidence.known} {other_names(evidence.known)} {_companies(evidence.known)}"
        missing = [name for name in missing if not _is_held(name, wider) and not _is_known_company(name, wider)]
    found = [f"name not in the quotes: {name}" for name in missing]
    if not found:
        found = [f"no such person in the quotes: {name}" for name in _mixed(statement, evidence.known)]
    return found


def _capitalised(statement: str) -> Iterator[str]:
    """Yield the capitalised words that may be names; not those that merely open a sentence."""
    for match in _CAPITALISED.finditer(statement):
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
    for word in (word for word in words(name) if word not in ("s", "t")):
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


def _mixed(statement: str, known: str) -> Iterator[str]:
    """Yield people whose first name and surname are known only apart: "Mara Brandt" of Mara Lane and Hugo Brandt."""
    folded = fold(known)
    for name in names_of(statement):
        whole = name.text.removesuffix("’s").removesuffix("'s")
        if not could_be_person(whole) or fold(whole) in folded:
            continue
        first, last = fold(whole).split()[0], fold(whole).split()[-1]
        if any(person_key(each) == person_key(whole) for each in _people(known)):
            continue
        if not re.search(rf"\b{re.escape(first)}\W+(?:[\w.]+\W+){{0,2}}{re.escape(last)}\b", folded):
            yield whole


@lru_cache(maxsize=1024)
def _people(text: str) -> tuple[str, ...]:
    return tuple(name.text for name in names_of(text[:20_000]) if could_be_person(name.text))
