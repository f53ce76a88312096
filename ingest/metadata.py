"""Values a document states about itself, brought into the forms that articles carry; what is unclear becomes None."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ingest.clean import one_line
from ingest.origins import ORIGINS
from ingest.types import Draft
from rag.pages import PAGES
from rag.types import GUESSED_DATE

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})[-/](?P<number>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})(?!\d)",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
    )
)
_TIME = re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[ap])?\.?m?\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:;|\||,?\s+and\s+|,?\s+&\s+|,)\s*")
_AFTER_NAME = frozenset("cfa caia cmt phd ph.d mba jr sr ii iii jr. sr. md".split())

# What is noted by ourselves, and would mislead if a document said it.
_RESERVED = ORIGINS | {"text", "path", PAGES, GUESSED_DATE[0]}
# The names the import format gives the fields, and what front matter commonly calls them.
_NAMES = {
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url"),
    "publisher": ("publisher", "source", "site"),
    "authors": ("authors", "author", "by", "byline"),
    "published": ("published", "date", "published_at", "datetime"),
    "kind": ("kind", "type"),
    "tickers": ("tickers", "symbols", "ticker"),
    "language": ("language", "lang"),
}


def published_from(value: object) -> datetime | None:
    """Return the moment a value names, as the document's own wall-clock time; None unless it gives day, month and year.

    Moments are naive throughout, so that any two compare. 04/10/2026 is left alone: it is April to some.
    """
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if not isinstance(value, str):
        return None
    text = _WEEKDAY.sub("", value.strip())
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return _spelt_date(text)


def _spelt_date(text: str) -> datetime | None:
    for pattern in _DATES:
        if match := pattern.match(text):
            named = match.groupdict()
            month = _MONTHS[named["month"][:3].lower()] if named.get("month") else int(named["number"])
            try:
                day = datetime(int(named["year"]), month, int(named["day"]))
            except ValueError:
                return None
            return _with_time(day, text[match.end() :])
    return None


def _with_time(day: datetime, rest: str) -> datetime:
    time = _TIME.search(rest)
    if not time:
        return day
    hour, minute, half = int(time["hour"]), int(time["minute"]), (time["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return day.replace(hour=hour, minute=minute) if hour < 24 and minute < 60 else day


def authors_from(value: object) -> tuple[str, ...]:
    """Return the names in a list or in a byline such as "By Jane Doe, CFA and John Roe"."""
    if isinstance(value, str):
        value = _BETWEEN_NAMES.split(re.sub(r"^\s*by:?\s+", "", one_line(value), flags=re.IGNORECASE))
    if not isinstance(value, (list, tuple)):
        return ()
    names = (one_line(str(name), 120) for name in value if isinstance(name, str))
    return tuple(dict.fromkeys(name for name in names if name and name.lower() not in _AFTER_NAME))


def words_from(value: object) -> str | None:
    """Return a short text value as one line, numbers included; None when there is nothing in it."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return one_line(str(value)) or None


def from_mapping(given: Mapping[str, Any], text: str, where: str | None = None) -> Draft:
    """Return a draft with the fields that front matter or an import row gives; unknown keys become metadata."""
    values = {str(key).strip().lower(): value for key, value in given.items()}
    found: dict[str, Any] = {}
    for field, names in _NAMES.items():
        name = next((n for n in names if values.get(n) not in (None, "", [])), None)
        found[field] = values.pop(name) if name else None
    for field in _NAMES:
        values.pop(field, None)
    tickers = found["tickers"]
    return Draft(
        text=text,
        title=words_from(found["title"]),
        url=words_from(found["url"]),
        publisher=words_from(found["publisher"]),
        authors=authors_from(found["authors"]),
        published=published_from(found["published"]),
        kind=words_from(found["kind"]),
        tickers=tuple(re.split(r"[\s,;]+", tickers.strip())) if isinstance(tickers, str) else authors_from(tickers),
        language=words_from(found["language"]),
        metadata=tuple(
            (one_line(key, 80), said)
            for key, value in values.items()
            if (said := _kept(value)) and key not in _RESERVED
        ),
        where=where,
    )


def _kept(value: object) -> str | None:
    """Return an unknown key's value as text, lists of plain values included, nested ones not."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(said for item in value[:50] if (said := words_from(item))) or None
    return words_from(value)
