"""Dates and periods in a question ("last week", "in mid-March 1987", "since August") as inclusive days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_NUMBERS = {
    w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_NUMBERS |= {"a": 1, "few": 3, "couple of": 2}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
_MONTHS_AGAIN = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = r"(?P<first>\d{1,2})(?:st|nd|rd|th)?\s*(?:-|to|and|until|through)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?"
_COUNT = r"(?P<count>\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a|few|couple of)"
_LEAD = r"(?P<lead>as of|since|after|before|until|till|up to|by|from)?\s*(?:the\s+)?"
_PATTERNS = [
    re.compile(_LEAD + pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<iso>\d{4}-\d\d-\d\d)",
        rf"(?P<ordinal>first|second|third|fourth|last)\s+week\s+(?:of|in)\s+{_MONTH}{_YEAR}",
        rf"(?P<edge>first|last)\s+{_COUNT}\s+days\s+(?:of|in)\s+{_MONTH}{_YEAR}",
        rf"(?P<part>early|mid|late|beginning of|middle of|end of)[-\s]+(?:in\s+)?{_MONTH}{_YEAR}",
        rf"{_DAYS}\s+(?:of\s+)?{_MONTH}{_YEAR}",
        rf"{_MONTH}\s+{_DAYS}{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}",
        rf"{_MONTH}\s+{_DAY}(?!\d){_YEAR}",
        rf"(?:between\s+)?{_MONTH}{_YEAR}\s*(?:-|to|and|until|through)\s*(?P<to_month>{_MONTHS_AGAIN})\b"
        r"(?:,?\s+(?P<to_year>(?:19|20)\d\d))?",
        rf"(?P<named>{_MONTH}{_YEAR})",
        rf"(?P<past>last|past|previous)\s+{_COUNT}\s+(?P<unit>day|week|month|year)s?",
        r"(?P<relative>last|this|past|previous)\s+(?P<unit>week|month|year|quarter)\b",
        r"(?P<recent>yesterday|today|recently|lately)\b",
        r"(?:(?:last|past)\s+|(?<=since )|(?<=on ))(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
        r"(?<=in )(?P<only_year>(?:19|20)\d\d)\b(?!\s+(?:earnings|estimate|profit|revenue|sales))",
    )
]
_MONTH_COMES_AFTER = (
    "in",
    "since",
    "of",
    "during",
    "last",
    "this",
    "before",
    "after",
    "by",
    "until",
    "early",
    "late",
    "mid",
)
_FUTURE = re.compile(r"\b(?:will|going to|expects?|expected|forecasts?|predicts?|see|next)\b", re.IGNORECASE)
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_MOST_UNITS, _MOST_DAYS = 10_000, 36_500
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RECENT_DAYS = 14
_EVENT_AFTER = re.compile(
    r"\s+(?:revenue|profit|earnings|sales|warning|results?|report|meeting|offering|statement|guidance)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive days; None leaves a side open. `as_of` hides what came later. `words` is how the question said it."""

    since: date | None
    until: date | None
    as_of: date | None
    words: str


def find_period(question: str, today: date, newest: date | None = None) -> Period | None:
    """Return the first period a question names, relative to `today`, or None.

    A month without a year is the latest one that has begun by `newest`, the day of the library's newest article
    (default: today). "May" and "march" are months only where a preposition, a capital or a year says so.
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(question):
            groups = match.groupdict()
            if _is_verb(question, match) or _is_ahead(question, groups, min(today, newest or today)):
                continue
            days = _days(groups, today, min(today, newest or today))
            if days is not None:
                spans = bool(groups.get("first") or groups.get("to_month"))
                return _led(groups.get("lead"), days, match.group().strip(), question[match.end() :], spans=spans)
    return None


def _days(groups: dict[str, str | None], today: date, newest: date) -> tuple[date, date] | None:
    """Return the first and last day that the matched words name, or None for a day that does not exist."""
    try:
        if groups.get("iso"):
            day = date.fromisoformat(str(groups["iso"]))
            return day, day
        if groups.get("month"):
            return _days_of_month(groups, newest)
        if groups.get("only_year"):
            year = int(str(groups["only_year"]))
            return (date(year, 1, 1), date(year, 12, 31)) if year <= newest.year else None
    except ValueError:
        return None
    if groups.get("past"):
        days = _UNIT_DAYS[str(groups["unit"]).lower()] * min(_count(groups["count"]), _MOST_UNITS)
        return today - timedelta(days=min(days, _MOST_DAYS)), today
    if groups.get("relative"):
        return _relative_days(str(groups["relative"]).lower(), str(groups["unit"]).lower(), today)
    if groups.get("weekday"):
        back = (today.weekday() - _WEEKDAYS.index(str(groups["weekday"]).lower())) % 7 or 7
        return today - timedelta(days=back), today - timedelta(days=back)
    recent = str(groups.get("recent")).lower()
    if recent in ("today", "yesterday"):
        day = today - timedelta(days=recent == "yesterday")
        return day, day
    return today - timedelta(days=_RECENT_DAYS), today


def _days_of_month(groups: dict[str, str | None], newest: date) -> tuple[date, date]:
    month = _MONTHS[str(groups["month"]).lower()]
    year = int(str(groups["year"])) if groups.get("year") else newest.year - (month > newest.month)
    if groups.get("to_month"):
        last_month, last_year = _MONTHS[str(groups["to_month"]).lower()], int(str(groups.get("to_year") or year))
        year = year if groups.get("year") else last_year - (month > last_month)
        return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
    length = monthrange(year, month)[1]
    first, last = 1, length
    if groups.get("ordinal") == "last":
        first = length - 6
    elif groups.get("ordinal"):
        week = _ORDINALS[str(groups["ordinal"]).lower()]
        first, last = 7 * (week - 1) + 1, 7 * week
    elif groups.get("edge"):
        count = _count(groups["count"])
        first, last = (1, count) if str(groups["edge"]).lower() == "first" else (length - count + 1, length)
    elif groups.get("part"):
        part = str(groups["part"]).lower()
        first, last = (1, 11) if part[0] in "eb" and "end" not in part else (10, 21) if part[0] == "m" else (20, length)
    elif groups.get("first"):
        first, last = int(str(groups["first"])), int(str(groups["last"]))
    elif groups.get("day"):
        first = last = int(str(groups["day"]))
    return date(year, month, first), date(year, month, min(last, length) if last > 28 else last)


def _relative_days(which: str, unit: str, today: date) -> tuple[date, date]:
    """Return the days of this or the last whole week, month, quarter or year."""
    starts = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "quarter": today.replace(month=today.month - (today.month - 1) % 3, day=1),
        "year": today.replace(month=1, day=1),
    }
    start = starts[unit]
    if which == "past":
        return today - timedelta(days=_UNIT_DAYS[unit]), today
    if which == "this":
        return start, today
    end = start - timedelta(days=1)
    if unit == "week":
        return end - timedelta(days=6), end
    first = {"month": end.month, "quarter": max(1, end.month - 2), "year": 1}
    return end.replace(month=first[unit], day=1), end


def _led(lead: str | None, days: tuple[date, date], words: str, rest: str, *, spans: bool) -> Period:
    """Apply the preposition before the days: "since" opens the end, "before" the start."""
    lead = (lead or "").lower()
    if lead == "as of":
        return Period(None, None, days[1], words)
    if lead == "since" or (lead == "from" and not spans):
        return Period(days[0], None, None, words)
    if lead == "after":
        # "after the January 2019 warning" names an event within the month, not the time behind it.
        event = days[0] != days[1] and _EVENT_AFTER.match(rest)
        return Period(days[0] if event else days[1] + timedelta(days=1), None, None, words)
    if lead == "before":
        return Period(None, days[0] - timedelta(days=1), None, words)
    if lead in ("until", "till", "up to", "by"):
        return Period(None, days[1], None, words)
    return Period(*days, None, words)


def _is_ahead(question: str, groups: dict[str, str | None], newest: date) -> bool:
    """Return True for a month yet to come in a question about the future: it is no time of publication."""
    month, year = groups.get("month"), groups.get("year")
    if not month or not _FUTURE.search(question):
        return False
    return (int(year or newest.year), _MONTHS[month.lower()]) > (newest.year, newest.month)


def _is_verb(question: str, match: re.Match[str]) -> bool:
    """Return True if a bare "may" or "march" is no month here."""
    month = match.groupdict().get("month")
    if month is None or month.lower() not in ("may", "march", "mar"):
        return False
    if match.groupdict().get("named") is None:
        return False
    before = question[: match.start("month")].rstrip().lower()
    return not (match["year"] or before.endswith(_MONTH_COMES_AFTER))


def _count(words: str | None) -> int:
    words = (words or "1").lower()
    return int(words) if words.isdigit() else _NUMBERS[words]
