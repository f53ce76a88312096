"""Numbers and dates: each that a statement gives stands in what it cites, with its unit, sign and scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.guard.amounts import Amount, amounts_in, same
from rag.guard.days import When, days_in, holds
from rag.guard.evidence import Evidence
from rag.guard.ways import ways_in

_NAMED = re.compile(r"(?:[A-Z][\w.&’'-]*|#)[\s-]$")  # "Russell 2000" is a name


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each number or date that is not in the quotes or in what is known of them."""
    held = amounts_in(evidence.known)
    own = plain_amounts(statement)
    found = [f"number not in the quotes: {each.written}" for each in own if not _is_held(each, held, statement)]
    known_days = days_in(evidence.known)
    numbers = {each.value for each in held}
    for when in days_in(statement):
        if not holds(when, known_days, evidence.written_on) and not _is_number(when, numbers):
            found.append(f"date not in the quotes: {when.written}")
    return found


def plain_amounts(text: str) -> list[Amount]:
    """Return the amounts of a text that are no part of a date."""
    days = days_in(text)
    return [each for each in amounts_in(text) if not any(each.start < day.end and day.start < each.end for day in days)]


def _is_held(each: Amount, held: Sequence[Amount], statement: str) -> bool:
    if any(same(each, other) for other in held):
        return True
    if each.unit == "x" and each.value in (2, 3, 4, Decimal("0.5")) and _multiplied(each, held):
        return True
    # "fell 3 %" for "-3 %", and the other way round: the word for the direction carries the sign.
    turned = replace(each, value=-each.value)
    if not any(same(turned, other) and (other.signed or each.signed) for other in held):
        return False
    near = ways_in(statement[max(0, each.start - 40) : each.end + 10])
    return any(way == "down" for way, _ in near)


def _multiplied(each: Amount, held: Sequence[Amount]) -> bool:
    """Return True if "doubled" is what two amounts of one unit, or a rise by 100 %, say."""
    slack = Decimal("0.06") if each.rounded else Decimal("0.005")
    for one in held:
        if one.unit == "%" and abs(1 + one.value / 100 - each.value) <= slack * each.value:
            return True
        for other in held:
            if (
                one.unit == other.unit
                and other.value
                and abs(one.value / other.value - each.value) <= slack * each.value
            ):
                return True
    return False


def _is_number(when: When, numbers: set[Decimal]) -> bool:
    """Return True where what looks like a year is a plain number of the quotes ("Russell 2000")."""
    parts = dict(when.parts)
    return set(parts) == {"year"} and when.written.isdigit() and Decimal(when.written) in numbers
