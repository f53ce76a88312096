"""The names of companies in a text: with a ticker, with a legal ending, and the shorter forms that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.ratings import GRADE
from rag.wording import fold

WORD = r"(?:(?:[A-Z]\.){2,}|(?:[A-Z]|\d+-?(?=[A-Z]))[\w&’'./-]*[\w]|[A-Z])"
NAME = rf"(?:{WORD}(?:,?\s(?:(?:and|&|of|de|the)\s)?{WORD}){{0,6}})"
LEGAL = (
    r"(?:Corp|Corporation|Inc|Incorporated|Co|Cos|Company|Companies|Ltd|Limited|Plc|PLC|plc|AG|SA|S\.A|NV|N\.V|SpA|"
    r"Bhd|Pty|LP|LLC|Group|Holdings?|Industries|Bancorp|Enterprises|International|Technologies|Systems)"
)
_EXCHANGE = (
    r"(?:NYSE(?:\s?(?:Arca|American|MKT))?|NASDAQ|Nasdaq|AMEX|OTC\w*|LSE|LON|TSX|TSE|ASX|NSE|BSE|HKG?|HKEX|SEHK|FRA|"
    r"ETR|EPA|BIT|AMS|SWX|STO|KRX|SGX|TYO|SHA|SHE)"
)
TICKER = r"[A-Z][A-Z0-9]{0,5}(?:\.[A-Z]{1,2})?"
_TICKERED = (
    re.compile(rf"(?P<name>{NAME})\.?\s?<(?P<ticker>{TICKER})[>)]"),
    re.compile(rf"(?P<name>{NAME})\.?\s\((?:{_EXCHANGE}\s?:\s?)(?P<ticker>{TICKER})\b[^)]{{0,30}}\)"),
    re.compile(r"(?P<name>\b(?P<ticker>[A-Z]{1,5}))\s[+-]\d[\d.]*%"),
    re.compile(rf"(?P<name>{NAME})\.?\s\(\$?(?P<ticker>{TICKER})(?:\s[+-]\d[\d.]*%|\s[A-Z]{{2}})?\)"),
)
SUFFIXES = frozenset(
    """corp corporation inc incorporated co cos company companies ltd limited plc ag sa nv spa bhd pty lp llc group
    holding holdings s.a n.v and the""".split()
)
_ALIASED_BY = frozenset("international industries technologies systems enterprises bancorp stores products".split())
OPENERS = frozenset(
    """the a an but and in on at for of to as by with from shares analysts analyst mr mrs ms dr meanwhile however
    while although though if when since new york""".split()
)
_OF_PLACE = re.compile(
    r"^.*?\b(?:Britain|America|Germany|France|Italy|Spain|Japan|China|India|Canada|Australia|Brazil|Mexico|Korea|Taiwan|Singapore|"
    r"Switzerland|Sweden|Norway|Denmark|Finland|Holland|Netherlands|Belgium|Austria|Russia|Poland|Turkey|Israel|Kong|Zealand|Africa|"
    r"Europe|Asia|London|Paris|Tokyo|York|Street)[’']s\s(?=[A-Z])"
)
_COMMON = frozenset(
    """american united general national first international new standard southern northern western eastern
    pacific atlantic great federal consolidated allied central state union merrill chase bank royal british
    city county valley river north south east west trust service services power electric light gas oil steel
    stores products foods brands resources partners capital financial""".split()
)

NO_COMPANY = re.compile(
    r"\b(?:Wall Street|Street|Congress|Senate|House|White House|University|Ministry|Department|"
    r"Exchange|Treasury|Treasuries|NYSE|NASDAQ|EPS|CEO|CFO|GDP|GNP|"
    r"EBITDA|ETF|IPO|Q[1-4]|PT|Reuters|CNBC|Bloomberg|Twitter|YoY|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|January|February|"
    r"March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"Analyst|Analysts|Buy|Sell|Hold|Neutral|Overweight|Underweight|Outperform|Underperform|U\.S\.?|US|U\.K\.?|UK|EU|America|China|Japan|"
    r"Europe|India|Asia)\b"
)


def with_ticker(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that stand with a ticker, and the ticker."""
    for pattern in _TICKERED:
        for match in pattern.finditer(text):
            yield match["name"], match["ticker"]


def with_legal_ending(text: str) -> Iterator[str]:
    """Yield the names that end as companies do."""
    yield from (match.group() for match in re.finditer(NAME, text) if re.search(rf"\s{LEGAL}$", match.group()))


def cleaned(name: str) -> str:
    """Drop words that only open a sentence and what stands before a dateline or a possessive."""
    words = re.sub(r"[’']s?$", "", _OF_PLACE.sub("", re.sub(r"^.*[;:]\s(?=[A-Z])", "", name))).split()
    while words and (words[0].casefold().rstrip(".,") in OPENERS or re.fullmatch(GRADE, words[0])):
        words = words[1:]
    while words and words[-1] in ("of", "and", "the", "&"):
        words = words[:-1]
    return " ".join(words).strip(".,<>")


def plain(name: str) -> str:
    """Return the name without its legal endings."""
    words = name.split()
    while len(words) > 1 and words[-1].casefold().rstrip(".") in SUFFIXES:
        words = words[:-1]
    return " ".join(words)


def key(name: str) -> str:
    """Return the folded name without its legal endings and possessive: the same for all ways to write it in full."""
    return fold(plain(re.sub(r"[’']s?$", "", name)))


def short_forms(name: str) -> set[str]:
    """Return the shorter forms by which an article calls a company: without its ending, first words, initials."""
    short = plain(name)
    words = short.split()
    found = {fold(name), fold(short)}
    if len(words) > 1 and words[-1].casefold() in _ALIASED_BY | SUFFIXES:
        found.add(fold(" ".join(words[:-1])))
    if len(words) > 1 and words[0].casefold() not in _COMMON and len(words[0]) > 2:
        found.add(fold(words[0]))
    if len(words) > 1 and len(words[-1]) > 3 and words[-1].casefold() not in _COMMON | _ALIASED_BY:
        found.add(fold(words[-1]))
    initials = "".join(word[0] for word in words if word[0].isupper())
    if len(initials) > 1:
        found.add(initials.casefold())
    with_legal = "".join(word[0] for word in name.split() if word[0].isupper())
    if len(with_legal) > 2:
        found.add(with_legal.casefold())
    return found | {form.removesuffix("'s") for form in found}
