"""The words by which prose goes on with someone it has named: pronouns, roles, "the firm"; and for nobody named."""

from __future__ import annotations

import re

from rag.grammar import ADVERB, SAYS, VERB

_ANALYST = (
    r"(?:(?:senior|chief|veteran|[\w-]+)\s)?(?:analyst|strategist|economist|manager|trader|author|veteran|technician)"
)
_HOUSE = r"(?:\w+\s)?(?:firm|bank|broker|brokerage|house|agency|desk|consultancy|boutique|adviser|advisor)"
_FIRST_WORDS = (
    r"(?:(?:but|and|still|however|meanwhile|separately|yet|so|also|nevertheless|instead|moreover|furthermore|"
    r"in\s(?:addition|contrast|fact|particular|all|general)|for\s(?:now|example)|"
    r"in\s(?:a|his|her)\s(?:\w+\s)?(?:note|report)[\w\s]{0,30}),?\s+)?"
)
OPENING = re.compile(
    rf"^[\"“‘']?{_FIRST_WORDS}(?:(?P<person>he|she|his|her|(?:the|this)\s{_ANALYST})|(?P<they>they)|"
    rf"(?P<firm>(?:the|this)\s{_HOUSE}|its\sanalysts))\b",
    re.IGNORECASE,
)
INSIDE = re.compile(
    rf"(?:[,”\"’]|\bthat)\s*(?:he|she|they)\s(?:also\s)?{VERB}\b|\b(?:he|she)\s(?:also\s)?{VERB}\b|"
    rf"[”\"’]\s?(?:{SAYS})\s(?:he|she)\b|\bin\s(?:his|her)\s(?:view|opinion|judge?ment|estimation)\b|"
    r"\b(?:his|her)\s(?:[\w-]+\s){0,2}(?:estimate|forecast|rating|recommendation|target|projection|outlook|view)s?\b|"
    rf"[”\"’,]\s(?:the|this)\s{_ANALYST}\s(?:also\s)?(?:{SAYS})\b",
    re.IGNORECASE,
)
GENDERED = re.compile(r"\b(?:(?P<he>he|his|him)|(?P<she>she|her))\b", re.IGNORECASE)
THEY = re.compile(r"\bthey\b", re.IGNORECASE)
_UNNAMED = (
    r"(?:traders?|dealers?|analysts?|economists?|strategists?|sources?|officials?|brokers?|others|another|observers?|"
    r"executives?|compan(?:y|ies)|ministry|department|government|statement|spokes\w+|bankers?|participants?|lawyers?|"
    r"delegates?|producers?|growers?|exporters?|diplomats?|managers?|directors?|experts?|aides?|investors?|farmers?|"
    r"association|commission|exchange|agency|they|it)"
)
# Others than the last speaker say this, so that a bare quotation after it is no longer theirs.
UNNAMED = re.compile(
    rf"\b{_UNNAMED}{ADVERB}\s(?:{SAYS})\b|[”\",_]\s?(?:{SAYS})\s(?:[a-z]+\s){{0,4}}?{_UNNAMED}\b", re.IGNORECASE
)
# One unnamed person, whom a later "he" may mean.
SOMEONE = re.compile(
    r"\b(?:an?|one|another|the|company|bank|ministry)\s(?:[\w.’'-]+\s){0,3}?(?:spokes\w+|trader|dealer|source|official|"
    r"executive|broker|lawyer|banker|manager|director|diplomat|delegate|expert|aide|producer|investor)\b|"
    r"\b(?:an|a|one|another)\s(?:[\w.’'-]+\s){0,3}?(?:analyst|economist|strategist)\b|\b(?:said|added)\sanother\b",
    re.IGNORECASE,
)
