"""One key for all names of one firm, person or subject, so that a ledger can join what articles write differently.

A key is made of plain lower-case words and is never shown. Two names with one key are taken for the same thing; what no
table knows is its own words without legal endings, titles and the like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from rag.aliases import APART, COMMODITIES, COMMODITY_WORDS, COMPANIES, MARKETS, NO_STOCKS, SECTOR_WORDS, SECTORS
from rag.nicknames import NICKNAMES
from rag.street import STREET
from rag.subjects import ASSETS
from rag.tickers import company_names, company_of
from rag.wording import fold

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST = 300  # characters of a name that are looked at

_LEGAL = frozenset(
    """inc incorporated corp corporation co cos company companies plc ltd limited llc llp lp ag sa nv ab as asa se spa
    gmbh pty bhd kk oyj pvt private group groupe holding holdings com""".split()
)
_DIVISIONS = frozenset(
    """securities research brokerage broking stockbroking stockbrokers equities equity global institutional capital
    markets investment investments banking bank international advisors advisory services financial and brothers bros
    sons partners""".split()
)
_DROPPED_ENDINGS = tuple(
    tuple(ending.split())
    for ending in (
        "global investment research|investment research|global equity research|equity research|global research|"
        "economic research|research|institutional equities|institutional securities|securities|capital markets|"
        "global markets|investment banking|investment bank|equities|brokerage|stock broking|broking|stockbrokers"
    ).split("|")
)
_REGIONS = frozenset(
    """international japan india asia europe uk us usa america canada australia china singapore london tokyo pacific
    deutschland france""".split()
)
_GENERIC = _LEGAL | _DIVISIONS | _REGIONS
_VAGUE = _DIVISIONS | _REGIONS | frozenset("first national united american general new royal standard european".split())
_BEFORE_FIRM = re.compile(
    r"(?:the |(?:analysts?|strategists?|economists?|brokers?|traders?) (?:at|of|from|with) |"
    r"(?:investment bank|brokerage|broker|research) (?:house |firm )?(?=\w+ \w))+"
)
_BEFORE_SUBJECT = re.compile(r"(?:the |(?:shares?|stocks?|stock price|prices?|common stock) (?:of|in|for) )+")
_AFTER_SUBJECT = frozenset(("shares", "share", "stock", "index", "indexes", "adr", "adrs", "common"))
_CLASS = re.compile(r" class [a-c]$")
_TITLES = frozenset("mr mrs ms miss dr prof professor sir dame lord lady herr madame".split())
_AFTER_PERSON = frozenset("jr sr ii iii iv cfa phd mba cmt cpa esq obe cbe".split())
_BRANCH = frozenset(
    """pharmaceutical pharmaceuticals pharma technology technologies energy motor motors stores airlines airways systems
    platforms entertainment industries laboratories labs brands resources software networks semiconductor
    semiconductors therapeutics petroleum oil financial international foods electric electronics communications
    solutions services enterprises products materials interactive healthcare medical devices restaurants hotels resorts
    biosciences steel mining chemical chemicals""".split()
)


@lru_cache(maxsize=50_000)
def firm_key(name: str) -> str:
    """Return the key of a firm: "J.P. Morgan Securities Inc", "JPMorgan" and "JPM" have the same one."""
    words = _BEFORE_FIRM.sub("", plain(name), count=1).split(" ")
    table = _street()
    for length in range(len(words), 0, -1):
        if (known := " ".join(words[:length])) in table and _GENERIC.issuperset(words[length:]):
            return table[known]
    while shorter := _without_ending(words):
        words = shorter
    return " ".join(words)


@lru_cache(maxsize=50_000)
def person_key(name: str) -> str:
    """Return the key of a person, without titles, middle initials and pet names; a bare surname is its own key."""
    last, comma, first = name[:_LONGEST].partition(",")
    if comma and first.strip() and plain(first) not in _AFTER_PERSON:
        name = f"{first} {last}"
    words = [word for word in _words(name) if word not in _TITLES]
    while len(words) > 1 and words[-1] in _AFTER_PERSON:
        words.pop()
    if len(words) < 2:
        return " ".join(words)
    first_name = NICKNAMES.get(words[0], words[0])
    middle = [word for word in words[1:-1] if len(word) > 1]
    return " ".join([first_name, *middle, words[-1]])


@lru_cache(maxsize=50_000)
def subject_key(name: str) -> str:
    """Return the key of a subject: company (by name or exact ticker), sector, index, currency, commodity, policy."""
    words = plain(name)
    known = _things()
    if words not in known and (company := company_of(name.strip(" ()[]"))):
        words = plain(company)
    words = _CLASS.sub("", _BEFORE_SUBJECT.sub("", words, count=1))
    while words not in known:
        rest, _, last = words.rpartition(" ")
        if not rest or last not in _AFTER_SUBJECT | _LEGAL:
            return _street().get(words) or _by_branch().get(words, words)
        words = rest
    return known[words]


@lru_cache(maxsize=5_000)
def subject_keys(name: str) -> frozenset[str]:
    """Return the keys that a question for a subject should find: its own and those of what goes by a name near it.

    "Small caps" finds the Russell 2000 and small- and mid-caps too, though they are subjects of their own.
    """
    own = subject_key(name)
    near = [keys for group in ASSETS if own in (keys := {subject_key(each) for each in group})]
    return frozenset({own}.union(*near))


def is_known_subject(key: str) -> bool:
    """Return whether a subject's key is one of the tables', not just its own words."""
    return key in _known_keys()


def surname(key: str) -> str:
    """Return the last word of a person's key."""
    return key.rpartition(" ")[2]


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """Return a name as plain lower-case words: no accents, points, possessives, brackets, "and"; initials joined."""
    return " ".join(_words(name))


def _words(name: str) -> list[str]:
    whole = fold(name[:_LONGEST])
    text = _BRACKETS.sub(" ", whole)
    text = text if text.strip() else whole
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"(?<=\w)'s\b|'", "", text)
    words: list[str] = []
    initials = False
    for word in _WORD.findall(text):
        if word == "and":
            continue
        if initials and len(word) == 1:
            words[-1] += word
        else:
            words.append(word)
        initials = len(word) == 1
    return words


def _without_ending(words: Sequence[str]) -> list[str]:
    """Return a firm's words without one legal or generic ending; nothing if there is none or it is needed."""
    for ending in (*_DROPPED_ENDINGS, (words[-1],)):
        rest = list(words[: -len(ending)])
        generic = len(ending) > 1 or ending in _DROPPED_ENDINGS or ending[0] in _LEGAL
        if generic and tuple(words[-len(ending) :]) == ending and not _VAGUE.issuperset(rest):
            return rest
    return []


@cache
def _street() -> dict[str, str]:
    """Return the firms' keys by their plain names."""
    return _table(STREET)


def _table(groups: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups:
        for name in group:
            found.setdefault(plain(name), plain(group[0]))
    return found


@cache
def _things() -> dict[str, str]:
    """Return the keys of markets, sectors, commodities and companies by their plain names; the first table wins."""
    found = _table(APART) | {}
    for table in (_table(ASSETS), _table(COMPANIES), _table(MARKETS), _table(SECTORS), _table(COMMODITIES)):
        found = table | found
    stocks = (*SECTORS, *(group for group in ASSETS if group[0] not in NO_STOCKS))
    goods = (*COMMODITIES, *(group for group in ASSETS if group[0] in NO_STOCKS))
    for groups, endings in ((stocks, SECTOR_WORDS), (goods, COMMODITY_WORDS)):
        for name in [name for group in groups for name in group]:
            key = found[plain(name)]
            found = {f"{plain(name)} {ending}": key for ending in endings} | found
    return found


@cache
def _by_branch() -> dict[str, str]:
    """Return listed companies' keys by their names without a word for their branch, where that leaves no doubt."""
    found: dict[str, set[str]] = {}
    full = {_bare(name) for name in company_names()}
    for name in full:
        short = name.split(" ")
        while len(short) > 1 and short[-1] in _BRANCH:
            short = short[:-1]
            if len(" ".join(short)) > 4 and not _VAGUE.issuperset(short):
                found.setdefault(" ".join(short), set()).add(name)
    return {short: min(names) for short, names in found.items() if len(names) == 1 and short not in full}


def _bare(name: str) -> str:
    """Return a name's plain words without legal endings."""
    words = plain(name).split(" ")
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


@cache
def _known_keys() -> frozenset[str]:
    return frozenset({*_things().values(), *_street().values(), *map(_bare, company_names())})
