# ruff: noqa: ARG001, E501 - every change has one signature; a table of patterns is read by its lines
"""Numbers, units, signs and dates changed or exchanged, so that a true sentence becomes a false one."""

from __future__ import annotations

import random
import re

from benchmarks.truths import Case
from benchmarks.world import NUMBER, YEAR, World, all_known, in_name

_SPELLED = "zero one two three four five six seven eight nine ten eleven twelve".split()


def _number(case: Case, around: World, draw: random.Random) -> str | None:
    """A number by another that is nowhere in what is cited."""
    known = {each.replace(",", "") for each in re.findall(r"\d[\d,]*(?:\.\d+)?", all_known(case))}
    known |= {str(n) for n, word in enumerate(_SPELLED) if re.search(rf"\b{word}\b", all_known(case), re.IGNORECASE)}
    places = [m for m in NUMBER.finditer(case.text) if not YEAR.fullmatch(m.group()) and not in_name(case.text, m)]
    if not places:
        return None
    match = draw.choice(places)
    value = float(match.group().replace(",", ""))
    # What "about" may make of the number is no falsehood.
    if re.search(r"\b(?:about|around|nearly|almost|over|than|roughly|some)\W{1,3}$", case.text[: match.start()]):
        return None
    for factor in draw.sample((0.5, 1.25, 1.5, 2.0, 3.0, 0.8, 1.1, 10.0), 8):
        new = f"{value * factor:,.2f}".rstrip("0").rstrip(".") if "." in match.group() else f"{round(value * factor):,}"
        if new.replace(",", "") not in known and new != match.group():
            return case.text[: match.start()] + new + case.text[match.end() :]
    return None


_UNITS = (
    (r"(?<=\d) basis points\b", " percentage points"), (r"(?<=\d) percentage points?\b", "%"), (r"(?<=\d)%", " basis points"),
    (r"(?<=\d) pct\b", " basis points"), (r"(?<=\d) percent\b", " percentage points"), (r"(?<=\d) cts\b", " dlrs"),
    (r"(?<=\d) dlrs a share\b", " cts a share"), (r"(?<=\d) cents\b", " dollars"), (r"\$(?=\d)", "€"),
    (r"(?<=\d) dlrs\b", " yen"), (r"\bmonths\b", "years"), (r"\byears\b", "months"), (r"\bweeks\b", "months"), (r"(?<=\d)-month\b", "-year"),
    (r"(?<=\d)-year\b", "-month"), (r"(?<=\d) tonnes\b", " barrels"), (r"\bRs (?=\d)", "$"),
)  # fmt: skip


def _unit(case: Case, around: World, draw: random.Random) -> str | None:
    """A unit by another of its kind."""
    fitting = [(old, new) for old, new in _UNITS if re.search(old, case.text)]
    if not fitting:
        return None
    old, new = draw.choice(fitting)
    return (
        None if new.strip() in ("months", "years") and new.strip() in all_known(case) else re.sub(old, new, case.text)
    )


_SCALES = (
    (r"(?<=\d) mln\b", " billion"), (r"(?<=\d) million\b", " billion"), (r"(?<=\d) billion\b", " million"),
    (r"(?<=\d)bn\b", "m"), (r"(?<=\d)m\b", "bn"), (r"(?<=\d) trillion\b", " billion"), (r"(?<=\d) bln\b", " mln"),
    (r"(?<=\d)\.(?=\d\d?\b(?! mln| billion))", ""), (r",(?=000\b)", "0,"), (r"(?<=\d),(?=\d{3}\b(?!,))", ""),
)  # fmt: skip


def _scale(case: Case, around: World, draw: random.Random) -> str | None:
    """A million by a billion, or a decimal point left out."""
    for old, new in _SCALES[:9]:
        if re.search(old, case.text):
            text = re.sub(old, new, case.text, count=1)
            changed = set(re.findall(r"\d[\d,.]*\d", text)) - set(re.findall(r"\d[\d,.]*\d", case.text))
            if changed & set(re.findall(r"\d[\d,.]*\d", all_known(case))):
                return None
            return text
    return None


def _sign(case: Case, around: World, draw: random.Random) -> str | None:
    """Plus by minus, or a minus put before a percentage."""
    match = re.search(r"(?<![\w\d)])[+-](?=\d[\d.]*%)", case.text)
    if match:
        return case.text[: match.start()] + ("-" if match.group() == "+" else "+") + case.text[match.end() :]
    match = re.search(r"(?<=\s)(?=\d[\d.]*(?:%| pct| percent| dlrs| cts))", case.text)
    if match and not re.search(
        r"\b(?:fell|down|drop|declin|loss|lower|cut|reduc|off|slump|slid|below|less)\w*\b|minus|-\d",
        all_known(case),
        re.I,
    ):
        return case.text[: match.start()] + "-" + case.text[match.end() :]
    return None


_MONTHS = "January February March April June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday".split()
_RELATIVE = (
    ("this year", "last year"), ("next year", "this year"), ("last year", "next year"), ("this month", "last month"),
    ("last month", "this month"), ("this week", "last week"), ("last week", "this week"), ("yesterday", "tomorrow"),
    ("first quarter", "third quarter"), ("second quarter", "fourth quarter"), ("third quarter", "first quarter"),
    ("fourth quarter", "second quarter"), ("first half", "second half"), ("second half", "first half"),
    ("Q2", "Q3"), ("Q3", "Q1"), ("Q1", "Q4"), ("Q4", "Q2"),
)  # fmt: skip


def _date(case: Case, around: World, draw: random.Random) -> str | None:
    """A day, month, quarter or year by another."""
    known = all_known(case)
    published = case.item.article.published
    options: list[str] = []
    for match in YEAR.finditer(case.text):
        new = str(int(match.group()) + draw.choice((-2, -1, 1, 2)))
        if new not in known and not (published and str(published.year) == new) and not in_name(case.text, match):
            options.append(case.text[: match.start()] + new + case.text[match.end() :])
    for names in (_MONTHS, _WEEKDAYS):
        for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", case.text):
            others = [each for each in names if each not in known and not (published and each in f"{published:%B %A}")]
            if others:
                options.append(case.text[: match.start()] + draw.choice(others) + case.text[match.end() :])
    for old, new in _RELATIVE:
        if re.search(rf"\b{old}\b", case.text) and new not in known:
            options.append(re.sub(rf"\b{old}\b", new, case.text))
    return draw.choice(options) if options else None


_BOTH = (
    re.compile(
        r"(?P<a>from (?:an? )?)(?P<x>[$\"“']?[\w.,-]+%?[\"”']?)(?P<b> to (?:an? )?)(?P<y>[$\"“']?[\w.-]+%?[\"”']?)"
    ),
    re.compile(
        r"(?P<a>to (?:an? )?)(?P<x>[$\"“']?[\w.-]+%?[\"”']?)(?P<b>(?: dlrs a share| a share)?,? from (?:an? )?)(?P<y>[$\"“']?[\w.-]+%?[\"”']?)"
    ),
)


def _from_to(case: Case, around: World, draw: random.Random) -> str | None:
    """From and to exchanged."""
    for pattern in _BOTH:
        match = pattern.search(case.text)
        if (
            match
            and match["x"] != match["y"]
            and re.search(r"\d|buy|sell|hold|neutral|weight|perform|positive|negative", match["x"], re.I)
        ):
            x, y = match["x"].rstrip(".,"), match["y"].rstrip(".,")
            tail = match["y"][len(y) :]
            return case.text[: match.start()] + match["a"] + y + match["b"] + x + tail + case.text[match.end() :]
    return None


def _two_numbers(case: Case, around: World, draw: random.Random) -> str | None:
    """Two numbers of a sentence exchanged, where they are said of different things."""
    places = [m for m in NUMBER.finditer(case.text) if not in_name(case.text, m) and not YEAR.fullmatch(m.group())]
    if len(places) < 2 or re.search(r"\d (?:to|and|or|-) \$?\d", case.text):
        return None
    one, other = places[0], places[1]
    if one.group() == other.group() or other.start() - one.end() < 8:
        return None
    return (
        case.text[: one.start()]
        + other.group()
        + case.text[one.end() : other.start()]
        + one.group()
        + case.text[other.end() :]
    )


_ROUNDED = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|more than|over|at least|up to) "
    r"(?=[$€£]?(\d[\d.,]*)(?!\d|[\d.,]|[- ](?:year|month|week|day|quarter)))"
)


def _unrounded(case: Case, around: World, draw: random.Random) -> str | None:
    """ "About" or "more than" left out before a number."""
    match = _ROUNDED.search(case.text)
    if (
        not match
        or len(re.findall(rf"(?<![\d.,]){re.escape(match[1])}(?![\d])", " ".join(each.text for each in case.cited))) > 1
    ):
        return None
    return case.text[: match.start()] + case.text[match.end() :]


CHANGES = {
    "number": _number, "unit": _unit, "scale": _scale, "sign": _sign, "date": _date, "from and to": _from_to, "two numbers": _two_numbers, "rounding left out": _unrounded,
}  # fmt: skip
