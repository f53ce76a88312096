"""The dates and periods of a text, whole or in part, and whether one is what another says.

A date is known by its parts: "June 1987" has a year and a month, "the second quarter" only a quarter. What is said from
the day of writing ("last week", "on Monday", "next year") is told in parts as well once that day is known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

Parts = Mapping[str, int]

_MONTHS = {
    name[:3].lower(): number
    for number, name in enumerate(
        "January February March April May June July August September October November December".split(), start=1
    )
}
_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_ANY = rf"(?:{_FULL}|{_FULL.upper()}|{_SHORT})"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "1": 1, "2": 2}
_ORDINALS |= {"3": 3, "4": 4}
_EDGES = {"early": 1, "beginning": 1, "mid": 2, "late": 3, "end": 3}
_UNITS = "day|week|month|quarter|year|summer|autumn|fall|spring|winter"
_STEPS = {
    "this": 0, "current": 0, "last": -1, "past": -1, "previous": -1, "prior": -1,
    "next": 1, "coming": 1, "following": 1,
}  # fmt: skip
_COUNTS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_COUNT = rf"(?:\d{{1,3}}|a|an|{'|'.join(_COUNTS)})"
_PART = r"(?:(?P<part>(?i:early|mid|late|end of|the end of|beginning of))[-\s](?:in\s)?)?"
_PATTERNS = (
    re.compile(r"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{_ANY})(?:,?\s(?P<year>(?:19|20)\d\d))?(?![\w])"
    ),
    re.compile(
        rf"\b(?P<month>{_ANY})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d|\s?(?:%|pct|percent|mln|bln|million))"
        r"(?:,?\s(?P<year>(?:19|20)\d\d))?(?!\w)"
    ),
    re.compile(rf"\b{_PART}(?P<month>{_ANY}),?\s(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b{_PART}(?P<month>{_FULL})\b(?!\s(?:[A-Z]\w+\s)?(?:said|says))"),
    re.compile(
        r"\b(?P<nth>(?i:first|second|third|fourth|1st|2nd|3rd|4th))[-\s](?:(?i:fiscal|calendar)[-\s])?"
        r"(?P<piece>(?i:quarter|qtr|half))\b(?:\s(?:of\s)?(?:(?i:fiscal|calendar)\s)?(?P<year>(?:19|20)\d\d))?"
    ),
    re.compile(
        r"\b(?:(?P<letter>[QH])(?P<nth>[1-4])|(?P<n2>[1-4])(?P<l2>[QH]))(?:\s?(?:FY)?['’]?(?P<year>(?:19|20)?\d\d)\b)?"
        r"(?!\w)"
    ),
    re.compile(r"(?:\b(?i:FY)\s?['’]?|(?<!\w)['’])(?P<year>(?:19|20)?\d\d)E?\b(?!s)"),
    re.compile(
        r"(?<![\w.,$€£¥-])(?P<year>(?:19|20)\d\d)E?(?:/\d\d(?:\d\d)?)?(?![\w%]|[.,]\d|\s(?:points|index|level))"
    ),
    re.compile(rf"\b(?P<weekday>(?i:{'|'.join(_WEEKDAYS)}))s?\b"),
    re.compile(r"\b(?P<near>(?i:today|tonight|this\s(?:morning|afternoon|evening)|yesterday|tomorrow))\b"),
    re.compile(
        rf"\b(?P<step>(?i:{'|'.join(_STEPS)}))[-\s](?:(?i:fiscal|calendar|whole|full)\s)?(?P<unit>(?i:{_UNITS}))\b(?!\w)"
    ),
    re.compile(rf"\b(?P<ago>(?i:{_COUNT}))\s(?P<unit>(?i:day|week|month|quarter|year))s?\s(?i:ago|earlier|before)\b"),
)
_NEAR = {"yesterday": -1, "tomorrow": 1}


@dataclass(frozen=True, slots=True)
class When:
    """A date or period as written; `parts` are what it says of year, month, day, quarter, half, weekday or distance."""

    parts: tuple[tuple[str, int], ...]
    start: int
    end: int
    written: str


@lru_cache(maxsize=8192)
def days_in(text: str) -> tuple[When, ...]:
    """Return the dates and periods of a text in order, none within another."""
    found: list[When] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= one.start or match.start() >= one.end for one in found):
                parts = dict(_parts(match.groupdict()))
                if parts:
                    found.append(When(tuple(parts.items()), match.start(), match.end(), match.group()))
    return tuple(sorted(found, key=lambda each: each.start))


def holds(said: When, held: Iterable[When], written_on: Sequence[date]) -> bool:
    """Return True if one of the dates held, read from a day of writing where there is one, is what is said."""
    known = [parts for each in held for parts in _readings(each, written_on)]
    years = {parts["year"] for parts in known if "year" in parts} | {day.year for day in written_on}
    # The day of writing may be told as such; it makes nothing else happen then.
    if {"year", "month"} <= {name for name, _ in said.parts}:
        known += [_of(day) for day in written_on]
    return any(_agrees(one, other, years) for one in _readings(said, written_on) for other in known)


def _agrees(said: Parts, held: Parts, years: set[int]) -> bool:
    """Return True if all parts said are held; a year may stand elsewhere in what is held."""
    for name, value in said.items():
        if name in held:
            if held[name] != value and not (name == "year" and value % 100 == held[name] % 100 and value < 100):
                return False
        elif name == "year":
            if value not in years or not any(key in held for key in ("month", "quarter", "half")):
                return False
        elif name == "part":
            if "day" in held and _part_of(held["day"]) != value:
                return False
        elif name == "quarter" and "month" in held:
            if (held["month"] + 2) // 3 != value:
                return False
        else:
            return False
    return True


def _readings(each: When, written_on: Sequence[date]) -> list[Parts]:
    """Return the parts of a date as written and as they are read from each day of writing."""
    parts = dict(each.parts)
    found: list[Parts] = [parts]
    for day in written_on:
        found += _resolved(parts, day)
    return found


def _resolved(parts: Parts, day: date) -> Iterator[Parts]:
    if "weekday" in parts and len(parts) == 1:
        back = timedelta(days=(day.weekday() - parts["weekday"]) % 7)
        yield from (_of(day - back), _of(day - back + timedelta(days=7)))
    elif "day" in parts and "month" in parts and "year" not in parts:
        yield {**parts, "year": day.year}
    for unit in ("day", "week", "month", "quarter", "year"):
        step = parts.get(f"{unit}s away")
        if step is not None:
            yield _stepped(day, unit, step)


def _stepped(day: date, unit: str, step: int) -> Parts:
    """Return the parts of the day, week, month, quarter or year that lies so many away from a day."""
    if unit == "day":
        return _of(day + timedelta(days=step))
    if unit == "week":
        year, week, _ = (day + timedelta(weeks=step)).isocalendar()
        return {"year": year, "week": week}
    if unit == "year":
        return {"year": day.year + step}
    months = day.year * 12 + day.month - 1 + step * (3 if unit == "quarter" else 1)
    year, month = months // 12, months % 12 + 1
    return {"year": year, "quarter": (month + 2) // 3} if unit == "quarter" else {"year": year, "month": month}


def _of(day: date) -> Parts:
    """Return all that can be said of a day."""
    return {
        "year": day.year, "month": day.month, "day": day.day, "weekday": day.weekday(),
        "quarter": (day.month + 2) // 3, "week": day.isocalendar()[1],
        "half": 1 if day.month < 7 else 2,
    }  # fmt: skip


def _parts(groups: Mapping[str, str | None]) -> Iterator[tuple[str, int]]:
    """Yield the parts that a match names; nothing for a day that does not exist."""
    named = {name: value for name, value in groups.items() if value}
    if "iso" in named:
        try:
            yield from ((name, _of(date.fromisoformat(named["iso"]))[name]) for name in ("year", "month", "day"))
        except ValueError:
            return
    if "month" in named:
        month = _MONTHS[named["month"][:3].lower()]
        if "day" in named and not 1 <= int(named["day"]) <= monthrange(2000, month)[1]:
            return
        yield "month", month
    if "day" in named:
        yield "day", int(named["day"])
    if "part" in named:
        yield "part", _EDGES[named["part"].lower().removeprefix("the ").split()[0]]
    if "year" in named:
        yield "year", _year(named["year"])
    if nth := named.get("nth") or named.get("n2"):
        piece = named.get("piece") or named.get("letter") or named.get("l2") or ""
        yield "half" if piece.lower().startswith("h") else "quarter", _ORDINALS[nth.lower()]
    if "weekday" in named:
        yield "weekday", _WEEKDAYS.index(named["weekday"].lower())
    if "near" in named:
        yield "days away", _NEAR.get(named["near"].lower(), 0)
    if "step" in named:
        yield f"{named['unit'].lower()}s away", _STEPS[named["step"].lower()]
    if "ago" in named:
        count = named["ago"].lower()
        yield f"{named['unit'].lower()}s away", -(int(count) if count.isdigit() else _COUNTS.get(count, 1))


def _year(written: str) -> int:
    number = int(written)
    return number if number > 99 else number + (1900 if number >= 60 else 2000)


def _part_of(day: int) -> int:
    return 1 if day <= 10 else 2 if day <= 20 else 3
