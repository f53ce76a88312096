"""Views as marks in time: a series for each house (or subject), a level for each rating, an amount for each target."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rag import Stance, View, day_of
from ui.view_wording import line

LEVELS: Mapping[Stance, int] = {"bearish": -1, "neutral": 0, "bullish": 1}

_NUMBER = re.compile(r"\d[\d,]{0,15}(?:\.\d{1,6})?")
_SCALE = re.compile(r"\s?(k|thousand|mn?|million|bn|billion)\b", re.IGNORECASE)
_TIMES = {"k": 1e3, "t": 1e3, "m": 1e6, "b": 1e9}
_UNIT_BEFORE = re.compile(r"((?:[a-z]{1,3})?[$€£¥₹]|\b(?:rs|inr|usd|eur|gbp|chf|jpy|cad|aud)\b\.?)\s?$", re.IGNORECASE)
_UNIT_AFTER = re.compile(
    r"\s?(%|percent|per cent|points?|p\b|pence|cents?|dollars?|euros?|pounds?|rupees?|yen|francs?|[$€£¥₹])",
    re.IGNORECASE,
)
_SAME_UNIT = {
    "us$": "$", "usd": "$", "dollar": "$", "eur": "€", "euro": "€", "gbp": "£", "pound": "£", "jpy": "¥", "yen": "¥",
    "rs": "₹", "inr": "₹", "rupee": "₹", "percent": "%", "per cent": "%", "p": "pence", "cent": "cents",
    "point": "points", "franc": "francs", "chf": "francs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on a chart; `stated` is False for the value that a view says it moved away from."""

    series: str
    day: date
    value: float
    tip: str
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """A stance that a house holds, or held before: `current` tells."""

    series: str
    stance: Stance
    tip: str
    current: bool


def amount(target: str) -> tuple[float, str] | None:
    """Return a target's number and its unit ("$", "%", "points", or nothing said); of a range the first end."""
    match = _NUMBER.search(target)
    if match is None:
        return None
    value, rest = float(match[0].replace(",", "")), target[match.end() :]
    if scale := _SCALE.match(rest):
        value, rest = value * _TIMES[scale[1][0].lower()], rest[scale.end() :]
    found = _UNIT_BEFORE.search(target[: match.start()]) or _UNIT_AFTER.match(rest)
    unit = found[1].lower().rstrip(".") if found else ""
    return value, _SAME_UNIT.get(unit) or _SAME_UNIT.get(unit.removesuffix("s")) or unit.upper()


def ratings(views: Iterable[View], name: Callable[[View], str]) -> list[Mark]:
    """Return the dated views as marks at the levels of `LEVELS`, oldest first."""
    return [Mark(name(view), day, LEVELS[view.stance], line(view)) for day, view in _dated(views)]


def targets(views: Iterable[View], name: Callable[[View], str]) -> dict[tuple[str, str], list[Mark]]:
    """Return the dated price targets by (subject, unit), the fullest first; what cannot be compared is kept apart."""
    panels: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for day, view in _dated(views):
        for target, stated in ((view.target_from, False), (view.target_to, True)):
            if target and (found := amount(target)):
                panels[view.subject, found[1]].append(Mark(name(view), day, found[0], line(view), stated))
    return dict(sorted(panels.items(), key=lambda panel: -len(panel[1])))


def standings(views: Iterable[View], standing: Container[View], name: Callable[[View], str]) -> list[Standing]:
    """Return where each series stands, by its newest view in `standing`, and the other stances it has taken."""
    found: dict[tuple[str, Stance], Standing] = {}
    settled: set[str] = set()
    for view in sorted(views, key=lambda view: _rank(view, standing), reverse=True):
        series = name(view)
        current = view in standing and series not in settled
        settled.add(series)
        found.setdefault((series, view.stance), Standing(series, view.stance, line(view), current))
    return list(found.values())


def series(views: Iterable[View], name: Callable[[View], str]) -> list[str]:
    """Return the names of the series in the order of `views`: newest first, those that spoke last lead."""
    return list(dict.fromkeys(name(view) for view in views))


def _rank(view: View, standing: Container[View]) -> tuple[bool, date, bool]:
    """Return what decides which view shows a house's stance, the way `tally` does: of one day an action leads."""
    return view in standing, day_of(view) or date.min, view.action != "none"


def _dated(views: Iterable[View]) -> list[tuple[date, View]]:
    dated = [(day, view) for view in views if (day := day_of(view))]
    return sorted(dated, key=lambda pair: pair[0])
