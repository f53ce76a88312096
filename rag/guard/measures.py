"""What a figure measures: what the quotes give for the price of an index is not told of revenue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from rag.guard.amounts import Amount, same
from rag.guard.evidence import Evidence
from rag.guard.figures import plain_amounts
from rag.guard.reading import read, sentences
from rag.wording import stem

# Each group is what one figure may be called in turn.
_MEASURES = tuple(
    frozenset(map(stem, group.split()))
    for group in (
        "revenue revenues sales turnover receipts",
        "earnings earn earned profit profits profitable income eps ebit ebitda loss losses",
        "margin margins",
        "dividend dividends payout",
        "cost costs expense expenses spending capex spend",
        "orders bookings backlog",
        "output production",
        "exports",
        "imports",
        "inventories",
        "deliveries shipments",
        "jobs payrolls employment",
        "debt borrowing",
    )
)


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each figure told of a measure that no sentence with it, nor the one before, names."""
    own = [(each, measures) for each, measures in _measured(statement) if measures]
    if not own:
        return []
    theirs = [each for claim in evidence.claims for each in _around(claim)]
    found = []
    for each, measures in own:
        alike = [held for other, held in theirs if same(each, other)]
        if alike and all(measures.isdisjoint(held) for held in alike):
            found.append(f"said of something else: {each.written}")
    return found


def _measured(statement: str) -> Iterator[tuple[Amount, frozenset[int]]]:
    """Yield the figures of a statement that have a unit, each with the measures that its clause names."""
    reading = read(statement)
    for each in plain_amounts(statement):
        place = reading.at(each.start)
        if each.unit and place < len(reading.words):
            clause = reading.words[place].clause
            yield each, _measures(word.root for word in reading.words if word.clause == clause)


@lru_cache(maxsize=4096)
def _around(claim: str) -> tuple[tuple[Amount, frozenset[int]], ...]:
    """Return the figures of a text with the measures that their sentence names, or the one before."""
    return tuple(
        (each, _measures(word.root for word in read(f"{before} {sentence}").words))
        for before, sentence in pairwise(("", *sentences(claim)))
        for each in plain_amounts(sentence)
    )


def _measures(roots: Iterator[str]) -> frozenset[int]:
    held = set(roots)
    return frozenset(place for place, group in enumerate(_MEASURES) if not group.isdisjoint(held))
