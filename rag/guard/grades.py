"""Ratings: each stands in the quotes, and what was old is not told as new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rag.guard.amounts import amounts_in
from rag.guard.evidence import Evidence
from rag.subjects import RATING
from rag.wording import stem

_WORD = re.compile(rf"\b{RATING}\b", re.IGNORECASE)
_AGENCY = re.compile(
    r"(?<![\w$.])(?:AAA|AA|A|BBB|BB|B|CCC|CC|C)(?:[+]|-(?![\w])|-?(?:plus|minus)\b)|(?<![\w$.])(?:AAA|AA|BBB|BB|CCC)(?![\w+-])|"
    r"\b(?:Aaa|Aa|A|Baa|Ba|B|Caa)-?[123]\b"
)
_LEVELS: dict[str, float] = {
    **dict.fromkeys("strongbuy aggressivebuy topbuy convictionbuy".split(), 2),
    **dict.fromkeys("buy overweight outperform accumulate add".split(), 1),
    **dict.fromkeys("hold neutral equalweight marketweight marketperform sectorperform peerperform".split(), 0),
    **dict.fromkeys("sell underweight underperform reduce".split(), -1),
}
_VERBS = frozenset(("hold", "add", "reduce", "buy", "sell"))
_EARLIER = r"from|previously|prior|earlier|formerly|had been|compared (?:with|to)|versus|vs\.?|against"
_FROM = re.compile(
    rf"\b(?:{_EARLIER})(?:\s(?:an?|the|its|his|her|their|about|around|only|just|earlier|previous))*\s[\"'“‘(]?$",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto(?:\s(?:an?|the|about|around|only|just|as (?:much|low|high) as))*\s[\"'“‘(]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rung:
    """A rating or figure of a text by its key, with its place in a change: "from", "to" or neither ("").

    A figure has a value and a unit; a rating of a known scale has its level as `value`, and no unit.
    """

    key: str
    role: str
    written: str
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each rating that is not in the quotes, and for each change told the wrong way round."""
    held = {rung.key for claim in evidence.claims for rung in ratings_in(claim)}
    roots = {stem(word) for claim in evidence.claims for word in re.findall(r"[a-z]+", claim.lower())}
    own = [each for each in ratings_in(statement) if each.key not in held]
    found = [
        f"rating not in the quotes: {each.written}"
        for each in own
        if not (each.key in _VERBS and stem(each.key) in roots)
    ]
    return found or [f"from and to are swapped: {rung.written}" for rung in _swapped(statement, evidence)]


@lru_cache(maxsize=4096)
def ratings_in(text: str) -> tuple[Rung, ...]:
    """Return the ratings of a text, brokers' words and agencies' letters."""
    found = [(match, _plain(match.group())) for match in _WORD.finditer(text)]
    found += [(match, _letters(match.group())) for match in _AGENCY.finditer(text)]
    return tuple(Rung(key, _role(text, m.start()), m.group(), m.start(), m.end()) for m, key in found)


@lru_cache(maxsize=4096)
def rungs_in(text: str) -> tuple[Rung, ...]:
    """Return the ratings and the amounts of a text with their places in a change."""
    figures = tuple(
        Rung(
            f"{each.value.normalize()}",
            _role(text, each.start),
            each.written,
            each.start,
            each.end,
            each.value,
            each.unit,
        )
        for each in amounts_in(text)
    )
    return (*ratings_in(text), *figures)


@lru_cache(maxsize=4096)
def change_in(text: str) -> int:
    """Return 1 if a text tells a change to a better rating, -1 to a worse one, else 0."""
    rungs = [(rung.role, _LEVELS.get(rung.key, _letter_level(rung.key))) for rung in ratings_in(text)]
    new = [level for role, level in rungs if role == "to" and level is not None]
    old = [level for role, level in rungs if role == "from" and level is not None]
    return (new[0] > old[0]) - (new[0] < old[0]) if new and old else 0


def _letter_level(key: str) -> float | None:
    """Return how high an agency's letters stand, None for others."""
    ladder = ("c", "ca", "caa", "ccc", "b", "ba", "bb", "baa", "bbb", "a", "aa", "aaa")
    match = re.fullmatch(r"([A-Za-z]{1,3})-?([-+123]?)", key)
    if not match or match[1].lower() not in ladder:
        return None
    step = {"+": 0.3, "-": -0.3, "1": 0.3, "3": -0.3}.get(match[2], 0.0)
    rank = {"ba": "bb", "baa": "bbb", "caa": "ccc"}.get(match[1].lower(), match[1].lower())
    return ladder.index(rank) + step


def _swapped(statement: str, evidence: Evidence) -> Iterator[Rung]:
    roles: dict[str, set[str]] = {}
    for claim in evidence.claims:
        for rung in rungs_in(claim):
            roles.setdefault(rung.key, set()).add(rung.role)
    for rung in rungs_in(statement):
        theirs = roles.get(rung.key, set())
        if rung.role and theirs and theirs == {"from" if rung.role == "to" else "to"}:
            yield rung


def _role(text: str, start: int) -> str:
    before = text[max(0, start - 40) : start]
    return "from" if _FROM.search(before) else "to" if _TO.search(before) else ""


def _plain(rating: str) -> str:
    return (
        re.sub(r"[^a-z]", "", rating.lower())
        .replace("outperformer", "outperform")
        .replace("underperformer", "underperform")
    )


def _letters(grade: str) -> str:
    return re.sub(r"-?plus$", "+", re.sub(r"-?minus$", "-", grade))
