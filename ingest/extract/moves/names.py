"""Who moves and what is moved: holders and subjects as names and noun phrases beside a move's verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.moves.lexicon import (
    AGENCY,
    FIRM_NOUNS,
    FIRM_WORDS,
    FIRST_NAMES,
    GENERIC,
    HOUSE,
    MARKET,
    NOBODY,
    REFERRING,
    REGIONS,
)
from ingest.extract.moves.line import Line

Span = tuple[int, int]

# A holder's words from the last item backwards, most telling form first.
_HOLDERS = tuple(
    re.compile(pattern)
    for pattern in (
        # "Jane Roe of Acme and John Doe of Zeta", "Jane Roe and John Doe of Acme"
        r"(?P<others>N,?[q@']a?N),?&(?P<person>N),?[q@]a?(?P<firm>N),?",
        r"(?P<others>N,?[q@']a?N),?&(?P<firm>N)'(?P<person>N),?",
        r"(?P<others>N)&(?P<person>N),?[q@]a?(?P<firm>N),?",
        r"(?P<firm>N(?:,N)?)'?(?:[nNS0&x,]{0,4}J)+,?(?P<person>N(?:&N)?)",  # "Acme Brothers analyst Jane Roe"
        # "Roe, paper analyst at Acme"
        r"(?P<person>N(?:&N)?),[an'NS&x0-]{0,6}J[nqOS&]{0,4}?[@qFwf]a?(?P<firm>N(?:,N)?),?",
        r"J(?P<person>N(?:&N)?),?[@qwFf]a?(?P<firm>N(?:,N)?),?",  # "analyst Jane Roe of Acme"
        r"J[@q]a?(?P<firm>N),nb(?P<person>N),?",  # "analysts at Citi, led by Jane Roe,"
        r"a?[xn]*J[@qwFf]a?(?P<firm>N),?",  # "analysts at Citi"
        r"(?P<firm>N)'?[nNS&]{0,3}J,?",  # "Citi analysts"
        r"(?:[an]*J)(?P<role>N),?",  # "brokerage Emkay", "analyst Jane Roe"
        r"(?P<firm>N)'(?P<person>N),?",  # "Acme's Jane Roe"
        r"(?P<person>N),?[q@]a?(?P<firm>N),?",  # "Jane Roe of Acme"
        r"(?P<person>N),(?P<firm>N),?",  # "Jane Roe, Acme Capital"
        r"(?P<also>N(?:,N){0,3},?&)(?P<either>N),?",  # "Acme and Zeta Capital"
        r"(?P<either>N),?",
    )
)
_BETWEEN = re.compile(r"[,)]?(?:z[Ota]?[na]{0,2})?(?:(?<=z)h|(?<=,)h|(?<=zt)h|(?<=n)h|h(?=[BHV]))?[BHVxO-]*$")
# "shares of", "500 mln dlrs of debt of", "100 mln dlrs in bonds and 50 mln dlrs in notes of", "a number of", "the"
_LEAD = (
    r"(?:(?:[axpM0nPRQ&]{0,6}q?)?[nRQ]{0,2}S(?:&S)?[qiFbO]|M[iq][nS]{1,4}(?:&M[iq][nS]{1,4})?[qi]|[nx]q)?"
    r"(?:[apx]|x?q(?=[apx]?[Nn]))*"
)
_SUBJECT = re.compile(rf"{_LEAD}(?P<name>N(?:'N)?(?P<after>[nS%]*))|{_LEAD}(?P<noun>[n0']*[nS]+)")
_MORE = re.compile(r"(?:,?[n0x]?[nt]?0?t0)?(?:,&?|&)a?(N)(?![UDudIKAXrcmezJ'BHV]|,J)")
_PRICES = re.compile(r"(?:prices?|futures)$", re.IGNORECASE)
_COMMODITY = re.compile(
    r"(?:crude|oil|gas|gasoline|gold|silver|copper|aluminium|aluminum|nickel|zinc|tin|lead|wheat|corn|soybeans?|sugar|"
    r"cocoa|coffee|cotton|rubber|steel|coal|ore|lumber)$",
    re.IGNORECASE,
)
_PLURALS = frozenset("stocks shares companies names issues banks bonds".split())
_MORE_MARKETS = re.compile(r"(?:,&?|&)[ax]{0,2}(?=n{1,2}(?:$|[^nNq']))")


@dataclass(frozen=True, slots=True)
class Holder:
    """The firm and analyst that a construction names; `nobody` where it names an unnamed or impossible holder.

    `also` are the firms and analysts of those who hold the same view with them.
    """

    firm: Span | None = None
    analyst: Span | None = None
    nobody: bool = False
    start: int | None = None
    also: tuple[tuple[Span | None, Span | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is moved; `named` if a proper name, `market` if words for stocks, sectors, currencies and the like."""

    span: Span
    named: bool
    market: bool
    last: int
    trailing: bool = False


def is_person(name: str, *, signed: bool = False) -> bool:
    """Return True if the name looks like a person's: a common first name before a surname, none of a firm's words.

    Behind a headline's colon (`signed`) any two or three words that are no firm's pass: so the press signs a person's.
    """
    words = name.replace(".", "").split()
    if signed and len(words) in {2, 3} and not name.isupper() and not FIRM_WORDS.search(name) and not is_house(name):
        return all(word[0].isupper() for word in words)
    return 2 <= len(words) <= 4 and words[0].lower() in FIRST_NAMES and not FIRM_WORDS.search(" ".join(words[1:]))


def is_agency(name: str) -> bool:
    """Return True if the name is a credit-rating agency's."""
    return bool(AGENCY.match(name))


def is_house(name: str) -> bool:
    """Return True if the name is a rating agency's or one of the best-known brokers'."""
    return bool(AGENCY.match(name) or HOUSE.match(name))


def holder_before(line: Line, i: int, left: int) -> Holder:
    """Return the holder whose verb is item i, sought from item `left` on."""
    codes = line.codes[max(left, i - 40) : i]
    left = i - len(codes)
    between = _BETWEEN.search(codes)
    said_of_another = between is not None and "h" in between.group() and codes[: between.start()].endswith(("J", "n"))
    if between:
        codes = codes[: between.start()]
    if said_of_another:
        return Holder()
    personal = bool(between and "h" in between.group() and _PERSONAL.search(line.words(left + len(codes), i - 1)))
    personal = personal or (i + 1 < len(line.items) and line.items[i + 1].text.lower() in {"his", "her"})
    for pattern in _HOLDERS:
        # The longest match that reaches to the verb; the window is short, so that long sentences stay linear.
        for start in range(max(0, len(codes) - 16), len(codes)):
            if match := pattern.fullmatch(codes, start):
                if start and "either" in match.groupdict() and line.codes[i - 1] == ",":
                    return Holder()  # "Acme warms up to Zeta, upgrades …": the object of another verb
                return _holder(line, match, left, personal=personal)
    if codes and codes[-1] in "nJ":
        if line.codes[i - 1] == "," or re.search("n'J$", codes):
            return Holder()  # the firm was named before: "…, keeps buy rating", "the bank's analysts cut …"
        word = line.items[left + len(codes) - 1].text.lower()
        return Holder(nobody=word not in FIRM_NOUNS)
    return Holder()


def holder_at(line: Line, i: int, right: int) -> tuple[Holder, int] | None:
    """Return the holder from item i on ("Acme Capital", "analyst Jane Roe of Acme") and its last item."""
    codes = line.codes[:right]
    for pattern in _HOLDERS:
        match = pattern.match(codes, i)
        if match and not (pattern.pattern.startswith("(?P<person>N),(") and not is_person(line.items[i].text)):
            holder = _holder(line, match, 0)
            return holder, match.end() - 1
    return None


_PERSONAL = re.compile(r"\b(?:he|she|who)\b", re.IGNORECASE)


def _holder(line: Line, match: re.Match[str], left: int, *, personal: bool = False) -> Holder:
    """Return the holder that a match over codes (from item `left` on) names; `personal` if spoken of as he or she."""
    groups = match.groupdict()

    def span(key: str) -> Span | None:
        if not groups.get(key):
            return None
        return line.span(left + match.start(key), left + match.end(key) - 1)

    firm, person = span("firm"), span("person")
    start = line.items[left + match.start()].start
    if role := span("role"):
        word = line.items[left + match.start("role") - 1].text.lower()
        firm, person = (role, None) if word.startswith(("broker", "agenc", "dealer")) else (None, role)
    if either := span("either"):
        personal = personal or is_person(line.text[slice(*either)])
        firm, person = (None, either) if personal else (either, None)
    if any(NOBODY.search(line.text[slice(*name)]) for name in (firm, person) if name):
        return Holder(nobody=True, start=start)
    return Holder(firm, person, False, start, tuple(_others(line, match, left, firm)))


def _others(
    line: Line, match: re.Match[str], left: int, firm: Span | None
) -> Iterator[tuple[Span | None, Span | None]]:
    """Yield the firm and analyst of each who holds the view together with the one a match names last."""
    groups = match.groupdict()
    key = "also" if groups.get("also") else "others"
    if not groups.get(key):
        return
    names = [line.span(k, k) for k in range(left + match.start(key), left + match.end(key)) if line.codes[k] == "N"]
    if key == "others" and len(names) == 2:
        owner = line.codes[left + match.start(key) + 1] == "'"  # "Zeta Capital's Doe and …"
        yield (names[0], names[1]) if owner else (names[1], names[0])
        return
    for name in names:
        if is_person(line.text[slice(*name)], signed=key == "others"):
            yield (firm if key == "others" else None), name
        else:
            yield name, None


def subject_at(line: Line, i: int, right: int) -> Subject | None:
    """Return the subject that stands from item i on, before item `right`; None for a pronoun or no noun."""
    match = _SUBJECT.match(line.codes, i, right)
    if not match:
        return None
    if match["name"]:
        first = match.start("name")
        last = match.start("after") - 1
        name = line.items[first : last + 1]
        after = line.items[match.start("after") : match.end("after")]
        words = line.text[name[0].start : name[-1].end]
        plain = [item for item in after if item.code == "n"]
        whole = bool(after) and (
            words.lower().rstrip(".") in REGIONS or after[0].text.lower() in {"stocks", "equities"}
        )
        if match.end() < right and line.codes[match.end()] == "N" and words.lower().rstrip(".") in REGIONS:
            return subject_at(line, match.end(), right)  # "Swiss insurer Acme"
        if whole or (plain and MARKET.search(after[-1].text) and words.lower().split()[0].rstrip(".") in REGIONS):
            return Subject((name[0].start, after[-1].end), True, True, match.end() - 1)
        if len(plain) > 1 and _PRICES.match(plain[-1].text) and _COMMODITY.match(plain[-2].text):
            return Subject((name[0].start, plain[-2].end), True, True, match.end() - 1)  # "North Sea crude prices"
        return Subject((name[0].start, name[-1].end), True, False, match.end() - 1, bool(plain))
    if match.end() < right and line.codes[match.end()] == "N" and line.codes[match.end() - 1] == "n":
        return subject_at(line, match.end(), right)  # "carmaker Acme"
    span = line.span(match.start("noun"), match.end("noun") - 1)
    words = line.text[slice(*span)]
    if line.items[i].text.lower() in {"these", "those", "both"} and words.lower() in _PLURALS:
        return None  # named before
    if (
        words.lower() in GENERIC
        or "’" in words.split()[0]
        or words.lower().split()[0] in REFERRING
        or words.lower().split()[-1] in {"company", "firm"}
    ):
        return None
    return Subject(span, False, bool(MARKET.search(words)), match.end() - 1)


def subjects_at(line: Line, i: int, right: int) -> list[Subject]:
    """Return all subjects of a list of names that stands from item i on."""
    first = subject_at(line, i, right)
    if first is None:
        return []
    found, at = [first], first.last + 1
    while first.named and (match := _MORE.match(line.codes, at, right)):
        item = line.items[match.start(1)]
        found.append(Subject((item.start, item.end), True, False, match.start(1)))
        at = match.end()
    while not first.named and first.market and (match := _MORE_MARKETS.match(line.codes, at, right)):
        if (other := subject_at(line, match.end(), right)) is None or other.named or not other.market:
            break
        found.append(other)
        at = other.last + 1
    return [s for s in found if not (s.named and line.text[slice(*s.span)].lower() in GENERIC)]


_TAIL = re.compile(r"(?P<np>N(?:'?[nNS]){0,4}'?|(?<![n0S'])[n0]{0,4}[nS]{1,4}):?[0MPk]{0,3}[BHVy-]{0,4}$")


def subject_before(line: Line, i: int, left: int) -> Subject | None:
    """Return the last noun phrase before item i, from item `left` on: what a passive verb moves."""
    left = max(left, i - 30)
    codes = line.codes[left:i]
    tail = _TAIL.search(codes)
    if not tail:
        return None
    return subject_at(line, left + tail.start("np"), i)
