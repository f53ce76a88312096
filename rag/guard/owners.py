"""Whose figure it is: what the quotes give for one market or company is not told of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.aliases import COMMODITIES, COMPANIES, MARKETS
from rag.guard.amounts import Amount, same
from rag.guard.evidence import Evidence
from rag.guard.figures import plain_amounts
from rag.guard.ordinary import TOO_PLAIN
from rag.guard.reading import sentences
from rag.name_kinds import is_known_house, looks_like_firm
from rag.names import names_of
from rag.naming import firm_key, subject_key, subject_keys
from rag.subjects import ASSETS

# What figures are given in, what every house speaks of, and names that are words for much else.
_NO_OWNERS = frozenset(
    "dollar buyback inflation unemployment earnings stocks bonds lead mark won housing".split()
) | frozenset(("interest rates", "us economy", "global economy", "trade deficit", "u.s. stocks", "us stocks"))
_PARTED = re.compile(r"[;:]\s|\b(?:while|whereas|but|although|though)\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:than|versus|vs\.?|against|outpac\w+|outperform\w*|underperform\w*|beat(?:ing)?|trail\w*|lag\w*|like|unlike|"
    r"compared (?:with|to)|relative to|over|above|below|in line with)\s(?:the\s|its\s)?$",
    re.IGNORECASE,
)
_STANDS_FOR = re.compile(
    r"\b(?:it|its|they|their|them|he|she|his|her|which|group|index|company|stock|shares)\b", re.IGNORECASE
)
_OF = re.compile(r"^[^,;:.()]{0,24}?\b(?:in|of|for|on)\s[^,;:.]{1,50}", re.IGNORECASE)
_TICKER = re.compile(r"\s?\((?:[A-Z]+:\s?)?[A-Z]{1,5}(?:\s[+-]?[\d.]+%)?\)")


@dataclass(frozen=True, slots=True)
class _Owned:
    """A figure with the keys of each subject that its clause names, and whether a pronoun there may mean another."""

    amount: Amount
    owners: tuple[frozenset[str], ...]
    is_open: bool


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each figure that the quotes give only for another subject than the statement does."""
    theirs = [each for claim in evidence.claims for each in owned_in(claim)]
    return [
        f"said of another subject: {each.amount.written}" for each in owned_in(statement) if _is_taken(each, theirs)
    ]


def _is_taken(own: _Owned, theirs: list[_Owned]) -> bool:
    alike = [each for each in theirs if same(own.amount, each.amount)]
    if len(own.owners) != 1 or not alike:
        return False
    (mine,) = own.owners
    return all(
        each.owners and not each.is_open and all(mine.isdisjoint(other) for other in each.owners) for each in alike
    )


@lru_cache(maxsize=4096)
def owned_in(text: str) -> tuple[_Owned, ...]:
    """Return the figures of a text with the subjects of which each may be said."""
    return tuple(each for sentence in sentences(text) for each in _owned(sentence))


def _owned(sentence: str) -> Iterator[_Owned]:
    subjects = list(_subjects(sentence))
    amounts = [
        each for each in plain_amounts(sentence) if not any(start <= each.start < end for start, end, _ in subjects)
    ]
    if not subjects:
        yield from (_Owned(each, (), True) for each in amounts)
        return
    begins = 0
    for place, each in enumerate(amounts):
        ends = amounts[place + 1].start if place + 1 < len(amounts) else len(sentence)
        after = _OF.match(sentence[each.end : ends])
        last = each.end + (after.end() if after else 0)
        cut = [match.end() for match in _PARTED.finditer(sentence, begins, each.start)]
        first = cut[-1] if cut else begins
        here = [
            (start, end, keys)
            for start, end, keys in subjects
            if (first <= start < each.start and not _AGAINST.search(sentence[:start])) or each.end <= start < last
        ]
        tail = sentence[here[-1][1] if here else first : each.start]
        yield _Owned(each, tuple(dict.fromkeys(keys for _, _, keys in here)), bool(_STANDS_FOR.search(tail)))
        begins = last


def _subjects(sentence: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield where a sentence names markets and companies, each with the keys of all it may be called, in order."""
    found = []
    names = names_of(sentence)
    for match in _markets().finditer(sentence):
        in_name = any(  # "Marlow Copper"
            name.start <= match.start() < name.end and len(name.text) > len(match.group()) for name in names
        )
        if not in_name:
            found.append((match.start(), match.end(), subject_keys(match.group())))
    for name in names:
        listed = _TICKER.match(sentence, name.end)
        is_company = listed or firm_key(name.text) in _companies() or looks_like_firm(name.text)
        if (
            is_company
            and not is_known_house(name.text)
            and not any(name.start <= start < name.end for start, *_ in found)
        ):
            keys = frozenset((firm_key(name.text), subject_key(name.text)))
            found.append((name.start, listed.end() if listed else name.end, keys))
    yield from sorted(found)


@cache
def _markets() -> re.Pattern[str]:
    """Return what matches the names of markets, in small letters or as they stand at the head of a sentence."""
    groups = (group for group in (*ASSETS, *COMMODITIES, *MARKETS) if group[0] not in _NO_OWNERS)
    names = {name for group in groups for name in group} - TOO_PLAIN - _NO_OWNERS
    longest = sorted((name for name in names if len(name) > 2), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)


@cache
def _companies() -> frozenset[str]:
    return frozenset(firm_key(name) for group in COMPANIES for name in group)
