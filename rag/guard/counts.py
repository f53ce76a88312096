"""How many hold which rating: "eight rate it buy, three hold" is not told as three who rate it buy."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from rag.guard.amounts import counted
from rag.guard.evidence import Evidence
from rag.guard.grades import ratings_in
from rag.guard.reading import read

_FAR = 12  # words between a count and its rating

Count = tuple[Decimal, str]


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each count of a rating that the quotes give for another rating."""
    held = {pair for claim in evidence.claims for _, pair in counts_in(claim)}
    numbers, ratings = {number for number, _ in held}, {rating for _, rating in held}
    return [
        f"counted for another rating: {rating}"
        for _, (number, rating) in counts_in(statement)
        if (number, rating) not in held and number in numbers and rating in ratings
    ]


def settled(statement: str, evidence: Evidence) -> frozenset[int]:
    """Return where the statement has ratings that so many hold as the quotes say."""
    held = {pair for claim in evidence.claims for _, pair in counts_in(claim)}
    return frozenset(start for start, pair in counts_in(statement) if pair in held)


@lru_cache(maxsize=4096)
def counts_in(text: str) -> tuple[tuple[int, Count], ...]:
    """Return the ratings of a text that a count goes before: where each stands, how many, and which."""
    reading = read(text)
    found = []
    for rating in ratings_in(text):
        at = reading.at(rating.start)
        for place in range(at - 1, max(at - _FAR, -1), -1):
            word = reading.words[place]
            if word.sentence != reading.words[min(at, len(reading.words) - 1)].sentence:
                break
            number = counted(word.low)
            before = {each.low for each in reading.words[max(0, place - 2) : place]}
            if number is not None and "of" not in before:
                found.append((rating.start, (number, rating.key)))
                break
    return tuple(found)
