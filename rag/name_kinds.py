"""What a capitalised name can be, by its words: a place, a firm, a house of the Street, a person."""

from __future__ import annotations

from functools import cache
from typing import TypeGuard

from rag.name_words import (
    FIRM_WORDS,
    NOT_SURNAMES,
    PLACE_WORDS,
    PLACES,
    PUBLIC_WORDS,
    ROLE_ADJECTIVES,
    ROLE_NOUNS,
    SECTORS,
    SUFFIXES,
    SURNAMES_TOO,
)
from rag.street import STREET
from rag.wording import fold


def plain_word(word: str) -> str:
    """Return a word of a name as the tables have it: lower case, without a stop or comma at the end."""
    return word.lower().rstrip(".,")


def is_place(name: str) -> bool:
    """Return True if every word of the name is one of a country or a city of finance ("Hong Kong", "U.S.")."""
    words = [plain_word(word) for word in name.replace("-", " ").split()]
    places = [word for word in words if word in PLACES]
    return bool(places) and all(word in PLACES or word in PLACE_WORDS for word in words)


def is_role_word(word: str) -> bool:
    """Return True for the words that make up a role before its noun: "senior", "U.S.", "oil", "chief"."""
    key = plain_word(word)
    return key in ROLE_ADJECTIVES or key in SECTORS or key in PLACES or key in ROLE_NOUNS or key.endswith("-based")


def looks_like_firm(name: str | None) -> bool:
    """Return True if a word of the name is one that firms bear ("Securities", "Brothers", "Co", "&")."""
    return name is not None and any(plain_word(word) in FIRM_WORDS or word == "&" for word in name.split())


def is_known_house(name: str) -> bool:
    """Return True if the name, with or without its legal ending, is one of a house in the packaged table."""
    words = fold(name).removeprefix("the ").split()
    while words:
        if " ".join(words).rstrip(".,") in _known():
            return True
        if words[-1].strip(".,") not in SUFFIXES and words[-1] not in ("and", "&", "group", "holdings"):
            return False
        words = words[:-1]
    return False


@cache
def _known() -> frozenset[str]:
    return frozenset(name for group in STREET for name in group)


def could_be_person(name: str | None) -> TypeGuard[str]:
    """Return True for two to five words of which none is one that firms or institutions bear."""
    words = (name or "").split()
    plain = [plain_word(word) for word in words]
    return (
        1 < len(words) <= 5
        and not looks_like_firm(name)
        and not any(word in PUBLIC_WORDS or word == "and" for word in plain)
        and plain[-1] not in NOT_SURNAMES
        and len(plain[-1]) > 1
        and not any(char.isdigit() for char in name or "")
        and not (name or "").isupper()
        and (plain[-1] in SURNAMES_TOO or not is_place(words[-1]))
    )
