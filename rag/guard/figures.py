"""Numbers and dates: each that a statement gives stands in what it cites, with its unit, sign and scale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from rag.guard.amounts import DURATIONS, Amount, amounts_in, same
from rag.guard.days import When, days_in, holds
from rag.guard.evidence import Evidence
from rag.guard.ways import ways_in
from rag.wording import near, stem, words

_COUNTED = re.compile(r"\s([a-z]{4,}s)\b")
_GENERAL = frozenset("houses firms analysts people others sources names things brokers banks".split())
_TIME = re.compile(r"\b(?:year|month|week|quarter|decade|hour)s\b", re.IGNORECASE)


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each number or date that is not in the quotes or in what is known of them."""
    held = [each for text in (*evidence.claims, *evidence.facts) for each in _with_sign(text)]
    own = plain_amounts(statement)
    found = [f"number not in the quotes: {each.written}" for each in own if not _is_held(each, held, statement)]
    found += [f"rounded in the quotes: {each.written}" for each in own if _is_sharpened(each, held)]
    known_days = [when for text in evidence.claims for when in days_in(text)]
    known_days += [when for fact in evidence.facts for when in days_in(fact) if not _is_day(fact, when)]
    numbers = {each.value for text in evidence.claims for each in amounts_in(text)}
    found += [f"not counted in the quotes: {thing}" for thing in _strange_things(statement, evidence)]
    found += [f"unit not in the quotes: {word}" for word in _strange_units(statement, evidence)]
    for when in days_in(statement):
        if not holds(when, known_days, evidence.written_on) and not _is_number(when, numbers):
            found.append(f"date not in the quotes: {when.written}")
    return found


@lru_cache(maxsize=8192)
def plain_amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a text that are no part of a date."""
    days = days_in(text)
    found = amounts_in(text)
    return tuple(one for one in found if not any(one.start < day.end and day.start < one.end for day in days))


@lru_cache(maxsize=4096)
def _with_sign(text: str) -> tuple[tuple[Amount, bool], ...]:
    """Return a text's amounts, each with whether a word of falling stands beside it."""
    return tuple((each, _falls(text, each)) for each in plain_amounts(text))


def _falls(text: str, each: Amount) -> bool:
    return any(way == "down" for way, _ in ways_in(text[max(0, each.start - 40) : each.end + 12]))


def _is_held(each: Amount, held: Sequence[tuple[Amount, bool]], statement: str) -> bool:
    rises = each.signed and each.value > 0
    if any(same(each, other) and not (rises and falling and not other.signed) for other, falling in held):
        return True
    if each.unit == "x" and each.value in (2, 3, 4, Decimal("0.5")) and _multiplied(each, [one for one, _ in held]):
        return True
    # "fell 3 %" for "-3 %", and the other way round: the word for the direction carries the sign.
    turned = replace(each, value=-each.value)
    falls = _falls(statement, each)
    return any(
        same(turned, other) and ((other.signed and falls) or (each.signed and each.value < 0 and falling))
        for other, falling in held
    )


def _is_sharpened(each: Amount, held: Sequence[tuple[Amount, bool]]) -> bool:
    """Return True for a plain number that the quotes only give as about so much, or for "more than" what they give."""
    if each.unit in DURATIONS or each.rounded not in ("", "over"):
        return False
    alike = [other for other, _ in held if same(each, other) and abs(other.value) == abs(each.value)]
    return bool(alike) and all(other.rounded != each.rounded for other in alike)


def _strange_things(statement: str, evidence: Evidence) -> Iterator[str]:
    """Yield what a statement counts and the quotes do not name: "84 economists" where they have 84 managers."""
    known = {stem(word) for word in words(evidence.known)}
    for each in plain_amounts(statement):
        match = _COUNTED.match(statement, each.end)
        if match is None or each.unit or each.value != int(each.value) or match[1] in _GENERAL:
            continue
        if near(stem(match[1])).isdisjoint(known):
            yield f"{each.written} {match[1]}"


def _strange_units(statement: str, evidence: Evidence) -> Iterator[str]:
    """Yield units of time that stand beside a number or "several" and nowhere in the quotes."""
    known = {stem(word) for word in words(evidence.known)}
    marks = [(day.start, day.end) for day in days_in(statement)]
    marks += [(one.start, one.end) for one in plain_amounts(statement)]
    for match in _TIME.finditer(statement):
        inside = any(start <= match.start() < end for start, end in marks)
        if not inside and stem(match.group().lower()) not in known:
            yield match.group()


def _is_day(fact: str, when: When) -> bool:
    """Return True for a fact that is nothing but the article's day."""
    return len(fact) - len(when.written) <= len("about ")


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
