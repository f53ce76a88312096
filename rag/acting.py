"""Firms that speak, rate or act in a sentence, and whether a sentence shows a firm judging others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.grammar import ADVERB, ANALYSTS, POSSESSIVE, VERB, N, Tagged, tagged
from rag.name_kinds import is_known_house
from rag.subjects import RATING

__all__ = ("acting_firms", "is_house", "is_known_house")

_FIRM = rf"(?P<firm>{N})"
_MORE = rf"(?P<more>(?:(?:,|,?\sand)\s{N})*)"
_RATED = (
    r"(?:upgraded|downgraded|cut|raised|lowered|started|initiated|rated|reiterated|maintained|resumed|moved|added|"
    r"removed|"
    r"trimmed|boosted|slashed|lifted|affirmed|assigned|reaffirmed)"
)
_FIRM_PATTERNS = (
    # "downgraded to neutral from buy at Wedbush, …"
    re.compile(
        rf"\b{_RATED}\b[^;]{{0,120}}?\b(?:at|by)\s{_FIRM}(?=\W*$|,|;|\s?\(|\s(?:on|after|due|following|citing|as|"
        rf"with|to|and)\b)"
    ),
    # "Cowen lifts its target", "Barclays analysts are telling investors", "Nomura neutral on …"
    re.compile(
        rf"{_FIRM}(?:[’']s?)?(?:\s(?:[\w-]+\s){{0,2}}?{ANALYSTS})?{ADVERB}\s"
        rf"(?:(?!{_RATED}(?:\s(?:to|at|from|by)\b|[^\w\ue000-\uf8ff]*$)){VERB}|(?:(?:is|was|are|stays|turned)\s)?[‘’'\"`“]?(?:rating|bullish|"
        rf"bearish|neutral|positive|negative|"
        r"cautious|upbeat|[Oo]verweight|[Uu]nderweight|[Oo]utperform|[Uu]nderperform|[Bb]uy|[Ss]ell|"
        r"[Hh]old)\b[’'\"”]?\son)\b"
    ),
    # "economists at Nomura expect", "according to Nomura", "a report from Nomura", "…,” said Nomura"
    re.compile(rf"\b{ANALYSTS}\s(?:at|with|from|of)\s(?:the\s)?{_FIRM}(?:{ADVERB}\s{VERB}\b|,)"),
    re.compile(
        rf"\b[Aa]ccording\sto\s(?:an?\s|the\s)?(?:(?:[\w-]+\s){{0,3}}{ANALYSTS}\s(?:at|with|from|"
        rf"of)\s)?(?:the\s)?{_FIRM}"
    ),
    re.compile(
        rf"\b(?:reports?|notes?|recommendations?|upgrades?|downgrades?|comments?|"
        rf"opinions?)\s(?:[a-z]+\s){{0,6}}?(?:from|by)\s{_FIRM}(?!{POSSESSIVE}){_MORE}"
    ),
    # "BMO's price target on Nike"
    re.compile(
        rf"{_FIRM}{POSSESSIVE}\s(?:[\w-]+\s){{0,3}}?(?:targets?|ratings?|views?|estimates?|forecasts?|outlook|calls?|"
        rf"recommendations?|suggestions?|upgrades?|downgrades?|reports?|notes?)\b"
    ),
    # "…, says Edelweiss" and "…: Sharekhan" at the end of a headline
    re.compile(rf"(?:[,”\"’_]\s?(?:says|said)|:)\s{_FIRM}(?=\W*$|,)"),
)
_ANALYST = (
    r"(?:analysts?|strategists?|economists?|(?:equity|credit|investment) (?:strategy|research)|portfolio manager)"
)
_JUDGES = (
    rf"(?:{_ANALYST}\b|upgrade|downgrade|initiate|reiterate|rates\s(?=[A-Z]|the\b|its\b|it\b|both\b|shares\b)|"
    rf"recommends?\b|(?:price\s)targets?\b|(?<!debt )(?<!credit )(?<!bond )ratings?\b|"
    r"(?:industry|market) analysis\b|(?:research|strategy) (?:team|note|report|desk|head|department)\b|"
    r"(?:raises|lifts|cuts|lowers|raised|lifted|cut|lowered)\b.{0,60}\b(?:target|rating|estimate|opinion|"
    r"recommendation))"
)
_KEEPS = (
    r"(?:kept|keeps?|maintain(?:s|ed)|reiterate[sd]|retain(?:s|ed)|has|have|had|issued|assigned|assigns|gave|set|put|"
    r"sees|saw|raise[sd]|cuts?)"
)
_JUDGED = (
    rf"(?:{RATING}[’'\"”]?\s(?:ratings?|recommendations?|opinion|stance|on\b)|ratings?|(?:price\s)targets?|"
    rf"[Bb]ullish|[Bb]earish|"
    r"[Oo]verweight|[Uu]nderweight)"
)


def acting_firms(words: str | Tagged) -> Iterator[str]:
    """Yield the firms that speak, rate or act in a sentence, likeliest first; pass it without long quotations."""
    sentence = words if isinstance(words, Tagged) else tagged(words)
    if not sentence.names:
        return
    for pattern in _FIRM_PATTERNS:
        for match in pattern.finditer(sentence.text):
            yield sentence.name(match["firm"]) or ""
            if pattern.pattern.endswith(_MORE):
                yield from (sentence.name(tag) or "" for tag in re.findall(N, match["more"]))


def is_house(firm: str, sentence: str) -> bool:
    """Return True if the sentence shows the firm judging others: it has an analyst or gives a rating or target."""
    return firm in sentence and any(pattern.search(sentence) for pattern in _house_patterns(firm))


@lru_cache(maxsize=4096)
def _house_patterns(firm: str) -> tuple[re.Pattern[str], ...]:
    name = re.escape(firm)
    return (
        re.compile(rf"{name}(?:[’']s?)?,?\s(?:[\w-]+\s){{0,3}}?{_JUDGES}"),
        re.compile(rf"{name}\s{_KEEPS}\s(?:[\w’'-]+\s){{0,4}}?[‘’'\"“]?(?:{_JUDGED})\b"),
        re.compile(
            rf"{name}(?:[’']s)?\s[‘’'\"“]?(?:is\s|was\s|turns?\s|stays?\s|remains?\s)?(?:{_JUDGED})[’'\"”]?\son\b"
        ),
        re.compile(
            rf"\b{_ANALYST}(?:,?\s[A-Z][\w.’'-]+){{0,4}},?\s(?:at|of|with|for|"
            rf"from)\s(?:[a-z-]+\s){{0,4}}?{name}(?![’']s\s[a-z])"
        ),
        re.compile(
            r"\b(?:upgraded|downgraded|cut|started|initiated|coverage|raised|lowered|resumed|reinstated|"
            r"price targets?|target price)\b"
            rf".{{0,120}}\bat\s{name}"
        ),
        re.compile(rf"\b(?:upgraded|downgraded|rated|coverage)\b.{{0,120}}\bby\s{name}"),
    )
