# ruff: noqa: ARG001, E501 - every change has one signature; a table of patterns is read by its lines
"""False sentences, each made of a true one by one change that the quotes do not bear out.

The tables of this module are its own, so that the guard is not measured by the words that it is made of. Each change
makes sure that what it makes is false: a new number is nowhere in what is cited, a new name shares no word with it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.truths import Case, Item
from rag.naming import firm_key
from rag.types import Sourced
from rag.wording import fold, words

_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d,]*(?:\.\d+)?(?![\w/]|,\d|\.\d|-\d)")
_YEAR = re.compile(r"(?<![\w$.,-])(?:19|20)\d\d(?![\w,])")
_SPELLED = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class World:
    """What falsehoods draw on: everyone's names, and the items of each article."""

    people: Sequence[str]
    firms: Sequence[str]
    subjects: Sequence[str]
    by_article: Mapping[str, Sequence[Item]]
    items: Sequence[Item]


def world(items: Sequence[Item]) -> World:
    """Return the names and articles of the items."""
    by_article: dict[str, list[Item]] = {}
    for item in items:
        by_article.setdefault(item.article.id, []).append(item)
    people = sorted({item.analyst for item in items if item.analyst and _NAME.fullmatch(item.analyst)})
    firms = sorted({item.firm for item in items if item.firm and item.firm[0].isupper()})
    subjects = sorted({item.view.subject for item in items if item.view and item.view.subject[0].isupper()})
    return World(people, firms, subjects, by_article, items)


def falsehoods(case: Case, around: World, draw: random.Random) -> Iterator[Case]:
    """Yield false sentences made of a true one."""
    for kind, change in _CHANGES.items():
        text = change(case, around, draw)
        if text and fold(text) != fold(case.text):
            yield replace(case, kind=kind, text=text, true=False)
    yield from _of_others(case, around, draw)


def _known(case: Case) -> str:
    parts = [case.text]
    for each in case.cited:
        parts += [each.text, *each.said_by]
        if each.article:
            parts += [each.article.title or "", each.article.publisher or "", *each.article.authors]
        for view in each.views:
            parts += [
                view.subject,
                view.to_rating or "",
                view.from_rating or "",
                view.target_to or "",
                view.target_from or "",
            ]
    return " ".join(parts)


# --- numbers


def _number(case: Case, around: World, draw: random.Random) -> str | None:
    """A number by another that is nowhere in what is cited."""
    known = {each.replace(",", "") for each in re.findall(r"\d[\d,]*(?:\.\d+)?", _known(case))}
    known |= {str(n) for n, word in enumerate(_SPELLED) if re.search(rf"\b{word}\b", _known(case), re.IGNORECASE)}
    places = [m for m in _NUMBER.finditer(case.text) if not _YEAR.fullmatch(m.group()) and not _in_name(case.text, m)]
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


def _in_name(text: str, match: re.Match[str]) -> bool:
    """True for "Russell 2000", and for days of a month."""
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 12]
    month = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?"
    return bool(re.search(rf"[A-Z&]\w*[ -]$|{month} $", before) or re.match(rf" {month}", after))


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
    return None if new.strip() in ("months", "years") and new.strip() in _known(case) else re.sub(old, new, case.text)


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
            if changed & set(re.findall(r"\d[\d,.]*\d", _known(case))):
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
        r"\b(?:fell|down|drop|declin|loss|lower|cut|reduc|off|slump|slid|below|less)\w*\b|minus|-\d", _known(case), re.I
    ):
        return case.text[: match.start()] + "-" + case.text[match.end() :]
    return None


# --- dates

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
    known = _known(case)
    published = case.item.article.published
    options: list[str] = []
    for match in _YEAR.finditer(case.text):
        new = str(int(match.group()) + draw.choice((-2, -1, 1, 2)))
        if new not in known and not (published and str(published.year) == new) and not _in_name(case.text, match):
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


# --- names


def _person(case: Case, around: World, draw: random.Random) -> str | None:
    """A person by another who is nowhere in what is cited."""
    known = set(words(_known(case)))
    here = [name for name in around.people if name in case.text]
    others = [name for name in around.people if not known & set(words(name))]
    if not here or not others:
        return None
    return case.text.replace(draw.choice(here), draw.choice(others))


def _firm(case: Case, around: World, draw: random.Random) -> str | None:
    """A house by another."""
    known = set(words(_known(case)))
    here = [name for name in around.firms if re.search(rf"\b{re.escape(name)}\b", case.text)]
    keys = {firm_key(name) for name in here}
    others = [name for name in around.firms if not known & set(words(name)) and firm_key(name) not in keys]
    if not here or not others:
        return None
    return case.text.replace(max(here, key=len), draw.choice(others))


def _subject(case: Case, around: World, draw: random.Random) -> str | None:
    """A company or market by another."""
    known = set(words(_known(case)))
    here = [name for name in around.subjects if re.search(rf"\b{re.escape(name)}\b", case.text)]
    others = [name for name in around.subjects if not known & set(words(name))]
    if not here or not others:
        return None
    return case.text.replace(max(here, key=len), draw.choice(others))


# --- ratings, actions, directions

_RATINGS = ("buy", "sell", "hold", "neutral", "overweight", "underweight", "outperform", "underperform")
_RATING = re.compile(
    r"(?<=to )(?:an? )?[\"'“‘]?(?P<a>buy|sell|hold|neutral|overweight|underweight|outperform|underperform)\b|"
    r"(?<=from )(?:an? )?[\"'“‘]?(?P<b>buy|sell|hold|neutral|overweight|underweight|outperform|underperform)\b|"
    r"\b(?P<c>buy|sell|hold|neutral|overweight|underweight|outperform|underperform)[\"'”’]? (?:rating|recommendation|on\b)",
    re.IGNORECASE,
)


def _rating(case: Case, around: World, draw: random.Random) -> str | None:
    """A rating by another that is nowhere in what is cited."""
    match = _RATING.search(case.text)
    if not match:
        return None
    group = next(name for name in "abc" if match[name])
    others = [each for each in _RATINGS if each not in fold(_known(case))]
    if not others:
        return None
    return case.text[: match.start(group)] + draw.choice(others) + case.text[match.end(group) :]


_ACTIONS = (
    (r"\bupgraded\b", "downgraded"), (r"\bdowngraded\b", "upgraded"), (r"\bupgrades\b", "downgrades"), (r"\bdowngrades\b", "upgrades"),
    (r"\braised (?=its|his|her|the|their)", "cut "), (r"\bcut (?=its|his|her|the|their)", "raised "),
    (r"\blowered (?=its|his|her|the|their)", "raised "), (r"\blifted (?=its|his|her|the|their)", "lowered "),
    (r"\braises\b", "cuts"), (r"\bcuts\b(?! could| would| will)", "raises"), (r"\blifts\b", "lowers"), (r"\binitiated\b", "reiterated"),
    (r"\bstarted coverage\b", "suspended coverage"), (r"\binitiates\b", "reiterates"), (r"\breiterated\b", "withdrew"),
    (r"\breiterates\b", "suspends"), (r"\bmaintained\b", "suspended"), (r"\bmaintains\b", "withdraws"),
    (r"\bprice target\b", "earnings estimate"), (r"\bearnings estimate\b", "price target"), (r"\bestimate for\b", "price target for"),
    (r"\btarget raised\b", "target cut"), (r"\btarget cut\b", "target raised"), (r"\braised to\b", "cut to"), (r"\bcut to\b", "raised to"),
)  # fmt: skip


def _action(case: Case, around: World, draw: random.Random) -> str | None:
    """An action by another."""
    fitting = [(old, new) for old, new in _ACTIONS if re.search(old, case.text)]
    if not fitting:
        return None
    old, new = draw.choice(fitting)
    if new.strip() in fold(_known(case)):
        return None
    return re.sub(old, new, case.text, count=1)


_WAYS = (
    ("rose", "fell"), ("rise", "fall"), ("rises", "falls"), ("rising", "falling"), ("gain", "drop"), ("gained", "lost"),
    ("gains", "losses"), ("higher", "lower"), ("above", "below"), ("increase", "decrease"), ("increased", "decreased"),
    ("improve", "worsen"), ("improved", "worsened"), ("improvement", "deterioration"), ("strong", "weak"), ("stronger", "weaker"),
    ("strength", "weakness"), ("bullish", "bearish"), ("positive", "negative"), ("climb", "slide"), ("surge", "slump"),
    ("undervalued", "overvalued"), ("cheap", "expensive"), ("upside", "downside"), ("outperform", "lag"), ("accelerate", "slow"),
    ("more", "less"), ("better", "worse"), ("favorable", "unfavorable"), ("optimistic", "pessimistic"), ("jumped", "tumbled"),
    ("benefit", "suffer"), ("beat", "miss"), ("wide", "narrow"), ("best", "worst"), ("attractive", "unattractive"), ("up", "down"),
)  # fmt: skip


def _direction(case: Case, around: World, draw: random.Random) -> str | None:
    """A word of direction by its opposite."""
    fitting = []
    for pair in _WAYS:
        for old, new in (pair, pair[::-1]):
            pattern = rf"\b{old}\b(?! to\b| \w+ to\b)" if old in ("up", "down") else rf"\b{old}\b(?!-)"
            if re.search(pattern, case.text) and not re.search(rf"\b{new}\b", _known(case)):
                fitting.append((pattern, new))
    if not fitting:
        return None
    old, new = draw.choice(fitting)
    return re.sub(old, new, case.text, count=1)


# --- negation and certainty

_AUXILIARY = re.compile(
    r"\b(?:will|would|could|should|may|might|can|is|are|was|were|has|have|had)\b(?! not|n['’]t| no\b| never)"
)
_VERBS = (
    (r"\bexpects\b", "does not expect"), (r"\bsees\b", "does not see"), (r"\bupgraded\b", "did not upgrade"),
    (r"\bdowngraded\b", "did not downgrade"), (r"\braised (?=its|his|her|the)", "did not raise "), (r"\brecommended\b", "did not recommend"),
    (r"\bupgrades\b", "does not upgrade"), (r"\bdowngrades\b", "does not downgrade"), (r"\bbelieves\b", "does not believe"),
    (r"\bestimates (?=\w)", "does not estimate "), (r"\breiterated\b", "did not reiterate"), (r"\brose\b", "did not rise"),
)  # fmt: skip


def _denied(case: Case, around: World, draw: random.Random) -> str | None:
    """A "not" put in."""
    places = [m for m in _AUXILIARY.finditer(case.text) if not _quoted(case.text, m.start())]
    if places and (len(places) > 1 or draw.random() < 0.8):
        match = draw.choice(places)
        return case.text[: match.end()] + " not" + case.text[match.end() :]
    for old, new in _VERBS:
        if re.search(old, case.text) and "estimates of" not in case.text:
            return re.sub(old, new, case.text, count=1)
    return None


def _quoted(text: str, at: int) -> bool:
    return text[:at].count("“") > text[:at].count("”") or text[:at].count('"') % 2 == 1


_NOT = (
    (r"\b(is|are|was|were|will|would|could|should|can|may|might|has|have|had) not\b(?! only)", r"\1"),
    (r"\b(is|are|was|were|would|could|should|has|have|had|did|do|does)n['’]t\b", r"\1"), (r"\bwon['’]t\b", "will"), (r"\bcan['’]t\b", "can"),
    (r"\bcannot\b", "can"), (r"\bdoes not (?=\w)", "does "), (r"\bdo not (?=\w)", "do "), (r"\bdid not (?=\w)", "did "),
    (r"\bno longer\b", "still"), (r"\bnever\b", "always"), (r"\bunlikely\b", "likely"), (r"\bnot yet\b", "already"), (r"\bnot\b (?!only)", ""),
    (r"\bwithout\b", "with"), (r"\bno (?=\w+ (?:in|of|for|that|to)\b)", "some "),
)  # fmt: skip


def _undenied(case: Case, around: World, draw: random.Random) -> str | None:
    """A "not" left out."""
    for old, new in _NOT:
        match = re.search(old, case.text)
        if match and not _quoted(case.text, match.start()):
            return re.sub(old, new, case.text, count=1)
    return None


_HEDGES = (
    (r"\bcould\b", "will"), (r"\bmay\b", "will"), (r"\bmight\b", "will"), (r"\blikely to\b", "certain to"), (r"\bprobably\b", "certainly"),
    (r"(?<!investors )\bshould\b", "will definitely"), (r"\bpossibly\b", "definitely"), (r"\bpossible\b", "certain"), (r"\bperhaps\b", "certainly"),
    (r"\bis likely\b", "is certain"), (r"\bexpects (?=\w+ \w+ to)", "guarantees "), (r"\bwould likely\b", "will"), (r"\bpotential\b", "guaranteed"),
    (r"\bwill\b", "will definitely"), (r"\bappears to be\b", "is"), (r"\bseems to be\b", "is"), (r"\bexpected to\b", "certain to"),
)  # fmt: skip


def _certain(case: Case, around: World, draw: random.Random) -> str | None:
    """What may be told as what will be."""
    fitting = [
        (old, new) for old, new in _HEDGES if (m := re.search(old, case.text)) and not _quoted(case.text, m.start())
    ]
    if not fitting:
        return None
    old, new = draw.choice(fitting)
    return re.sub(old, new, case.text, count=1)


# --- exchanged

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
    places = [m for m in _NUMBER.finditer(case.text) if not _in_name(case.text, m) and not _YEAR.fullmatch(m.group())]
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


def _of_others(case: Case, around: World, draw: random.Random) -> Iterator[Case]:
    """Yield the sentence said by another holder of its article, and cited from another quote."""
    item = case.item
    near = around.by_article[item.article.id]
    label = item.label
    others = [
        each for each in near
        if each.label and label and each.analyst and item.analyst and each.analyst != item.analyst
        and not set(words(each.label)) & set(words(_known(case))) and not (case.kind == "ledger" and _shares(each, item, near))
    ]  # fmt: skip
    if others and item.analyst and item.analyst in case.text:
        other = draw.choice(others)
        text = case.text.replace(label, other.label).replace(item.analyst, other.analyst or "")
        if item.firm and other.firm:
            text = text.replace(item.firm, other.firm)
        cited = (*case.cited, replace(other, view=None).sourced)
        yield replace(case, kind="holder", text=text, cited=cited, true=False)
    elsewhere = [each for each in near if not _says(each.quote, case.text)] or [
        each for each in draw.sample(list(around.items), 3) if each.article.id != item.article.id
    ]
    if elsewhere and case.kind != "ledger":
        other = draw.choice(elsewhere)
        yield replace(case, kind="quote swapped", cited=(_cited(other, item),), true=False)


def _shares(other: Item, item: Item, near: Sequence[Item]) -> bool:
    """True if another holder has a view on the same subject: what the ledger says of the one may be true of both."""
    subject = item.view.subject if item.view else ""
    return any(each.analyst == other.analyst and each.view and each.view.subject == subject for each in near)


def _cited(other: Item, item: Item) -> Sourced:
    """The wrong quote, with the right holder where the article is the same."""
    sourced = replace(other, view=None).sourced
    return replace(sourced, said_by=item.sourced.said_by) if other.article.id == item.article.id else sourced


def _says(quote: str, text: str) -> bool:
    """True if a quote might bear the sentence out: it shares a third of its words."""
    own = set(words(text))
    return len(own & set(words(quote))) > 0.34 * len(own) or fold(quote) in fold(text)


_CHANGES = {
    "number": _number, "unit": _unit, "scale": _scale, "sign": _sign, "date": _date, "person": _person, "firm": _firm,
    "subject": _subject, "rating": _rating, "action": _action, "direction": _direction, "negation added": _denied,
    "negation removed": _undenied, "certainty": _certain, "from and to": _from_to, "two numbers": _two_numbers,
}  # fmt: skip
