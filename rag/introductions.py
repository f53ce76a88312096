"""The people and firms that an article introduces as speakers, found by syntax and role, not by a list of houses.

"X, strategist at Y", "Y's X", "analyst X of Y" introduce a person; a firm is one by acting as the subject of a verb of
speech or opinion ("Cowen lifts its target"), or by closing a headline ("downgraded to sell at Wedbush").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeGuard

from rag.sentences import Span

_TOKEN = r"(?:(?:[A-Z]\.)+|[A-Z][A-Za-zÀ-ÿ]*(?:[-’'&](?!s\b)[A-Za-zÀ-ÿ]+)*)"
_PERSON = rf"{_TOKEN}(?:\s(?:(?:de|van|von|al|bin|der)\s)?{_TOKEN}){{1,3}}"
_FIRM = rf"{_TOKEN}(?:\s(?:(?:&|and|of|de)\s)?{_TOKEN}){{0,5}}(?:,\s{_TOKEN}(?:\s{_TOKEN})?\s(?:and|&)\sCo)?"
_ROLE = (
    r"(?i:analysts?|strategists?|economists?|managers?|director|president|head|chief|officer|partner|chairman|chairwoman|"
    r"founder|co-founder|trader|researcher|adviser|advisor|specialist|commentator|columnist|editor|author|CIO|CEO|CFO|spokes\w+)"
)
VERB = (
    r"(?:said|says?|told|tells?|wrote|writes?|adds|added|notes|noted|argues?|argued|warns?|warned|believes?|believed|thinks?|"
    r"expects?|expected|sees?|predicts?|predicted|forecasts?|projects?|projected|estimates?|estimated|recommends?|recommended|"
    r"likes?|prefers?|reiterate[sd]?|maintain(?:s|ed)?|keeps?|kept|upgrade[sd]?|downgrade[sd]?|raise[sd]?|cuts?|lower(?:s|ed)|"
    r"lift(?:s|ed)|initiate[sd]?|rate[sd]?|remains?|advise[sd]?|call(?:s|ed)|caution(?:s|ed)|suggests?|suggested|explains?|"
    r"explained|anticipates?|favou?rs?|moves?|moved|trim(?:s|med)|reckons?|points?|pointed|describe[sd]?|enthuses?|"
    r"retain(?:s|ed)|abandon(?:s|ed)|scrap(?:s|ped)|ditch(?:es|ed)|sticks|stuck|resume[sd]?|start(?:s|ed)|joins?|sets|boost(?:s|ed)|slash(?:es|ed)|wants?|turned|doubts?|agrees?|"
    r"disagrees?|telling|concede[sd]?|insist(?:s|ed)|issued|removed|pulls?|put|placed|repeat(?:s|ed)|took|looks?|prefers|cites?|cited)"
)
_ADVERB = r"(?:\s(?:also|still|now|then|recently|today|has|have|had|is|are|was|later|previously|this\sweek))*"
SPEAKING = re.compile(rf"\b{VERB}\b")
_NOT_A_NAME = frozenset(
    """eps pe gdp cpi etf etfs ipo ceo cfo cio roi ebitda pt pts the a an but and in on at as still however
    meanwhile analysts analyst strategist strategists economist economists traders investors he she they it
    we his her their this that these those there if while when after before for from since although though
    despite monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december shares stock stocks markets market mr mrs ms dr senior
    chief overall other another some many most one according also yet so new what who why how now both each
    its our with by to of last first second third fourth sell buy hold upgrade downgrade maintain only even
    during under over within no not us u.s uk eu lead finance head treasury net gross asia europe nobody
    everybody everyone anybody neither either none""".split()
)
_INTRODUCTIONS = (
    re.compile(rf"(?P<firm>{_FIRM})(?:[’']s?)?,?\s(?:[\w-]+\s){{0,3}}?{_ROLE}\s(?P<person>{_PERSON})"),
    re.compile(rf"(?P<firm>{_FIRM})[’']s\s(?:[\w-]+\s){{0,3}}?{_ROLE},\s(?P<person>{_PERSON})"),
    re.compile(
        rf"(?P<person>{_PERSON})\s(?:is|was)\s(?:an?\s|the\s)?(?:[\w-]+\s){{0,3}}?{_ROLE}\s(?:at|of|with)\s(?P<firm>{_FIRM})"
    ),
    re.compile(rf"(?P<person>{_PERSON})\s\((?P<firm>{_FIRM})\)"),
    re.compile(rf"{_ROLE}\s(?P<person>{_PERSON}),?\s(?:of|at|with|for|from)\s(?:the\s)?(?P<firm>{_FIRM})"),
    re.compile(
        rf"(?P<person>{_PERSON})(?:\sand\s(?P<second>{_PERSON}))?,\s(?:[\w.,&’'/-]+\s){{0,9}}?"
        rf"(?:[\w-]*{_ROLE}|strategy|research|economics)(?:\s[\w.&’'/-]+){{0,6}}?\s(?:at|with|for|from)\s(?:the\s)?(?P<firm>{_FIRM})"
    ),
    re.compile(
        rf"(?P<person>{_PERSON}),\s(?:[\w.,&’'/-]+\s){{0,6}}?[\w-]*{_ROLE}\s(?:of|for)\s(?:the\s)?(?P<firm>{_FIRM})"
    ),
    re.compile(rf"(?P<firm>{_FIRM})(?:[’']s|(?<=s)[’'])\s(?P<person>{_PERSON})"),
    re.compile(rf"{VERB}\s(?P<person>{_PERSON}),?\s(?:of|at|with|from)\s(?:the\s)?(?P<firm>{_FIRM})"),
    re.compile(rf"(?P<person>{_PERSON})\s(?:of|at|with|from)\s(?:the\s)?(?P<firm>{_FIRM}),?{_ADVERB}\s{VERB}\b"),
    re.compile(rf"\b[Aa]t\s(?:the\s)?(?P<firm>{_FIRM}),\s(?P<person>{_PERSON})\s[a-z]"),
    re.compile(rf"(?P<person>{_PERSON}),\swho\s(?:[\w’'-]+\s){{1,6}}?(?:at|for)\s(?:the\s)?(?P<firm>{_FIRM})"),
    re.compile(rf"(?P<person>{_PERSON})\sat\s(?:the\s)?(?P<firm>{_FIRM})"),
    re.compile(rf"{_ROLE}\s(?P<person>{_PERSON})"),
    re.compile(rf"(?P<person>{_PERSON})\sof\s(?P<firm>{_FIRM})"),
    re.compile(rf":\s(?P<person>{_PERSON})\W*$"),
)
_OF_FIRM = _INTRODUCTIONS[-2]  # too loose unless the firm is plainly one
_TICKER = re.compile(r"[A-Z]{1,5}")  # "Acme Tools (ACME)" is a company and its ticker, no person of a firm
_OPENS_WITH = re.compile(rf"(?:[“\"]?(?:But|And|Yet|Still,|Meanwhile,)\s)?(?P<person>{_PERSON})\s[a-z]")
_GOES_ON = re.compile(rf"\b(?:he|she|his|her)\b|^The\s(?:[\w-]+\s)?{_ROLE}\b", re.IGNORECASE)
_ROLE_OF = re.compile(rf"^The\s(?:[\w-]+\s)?{_ROLE}\s(?:of|at)\s(?:the\s)?(?P<firm>{_FIRM})")
_FIRM_PATTERNS = (
    # "downgraded to neutral from buy at Wedbush, …"
    re.compile(
        r"\b(?:upgraded|downgraded|cut|raised|lowered|started|initiated|lifted|trimmed|slashed|boosted|reiterated|maintained|"
        rf"removed|added|resumed)\b[^;]{{0,120}}?\b(?:at|by)\s(?P<firm>{_FIRM})(?=\W*$|,|;|\s(?:on|after|due|following|citing|as)\b)"
    ),
    # "Cowen lifts its target", "Barclays analysts are telling investors", "Nomura neutral on …"
    re.compile(
        rf"(?P<firm>{_FIRM})(?:[’']s?)?(?:\s(?:[\w-]+\s)?(?:analysts?|strategists?|economists?|researchers|team|desk))?{_ADVERB}\s"
        rf"(?:{VERB}|[‘’'\"`“]?(?:rating|bullish|bearish|neutral|positive|negative|cautious|upbeat|[Oo]verweight|[Uu]nderweight|"
        r"[Oo]utperform|[Uu]nderperform|[Bb]uy|[Ss]ell|[Hh]old)\b[’'\"”]?\son)\b"
    ),
    # "BMO's price target on Nike"
    re.compile(
        rf"(?P<firm>{_FIRM})(?:[’']s|(?<=s)[’'])\s(?:[\w-]+\s){{0,3}}?"
        r"(?:targets?|ratings?|views?|estimates?|forecasts?|outlook|calls?|recommendation)\b"
    ),
    # "…, says Edelweiss" and "…: Sharekhan" at the end of a headline
    re.compile(rf"(?:,\s(?:says|said)|:)\s(?P<firm>{_FIRM})\W*$"),
)
_ANALYST = r"(?:analysts?|strategists?|strategy|economists?|research|portfolio manager)"
_JUDGES = (
    rf"(?:{_ANALYST}\b|upgrade|downgrade|initiate|reiterate|rates\b|recommends?\b|(?:price\s)?targets?\b|ratings?\b|"
    r"(?:raises|lifts|cuts|lowers|raised|lifted|cut|lowered)\b.{0,60}\b(?:target|rating|estimate|opinion|recommendation))"
)
_JOINERS = frozenset(("and", "of", "&", "de"))
_NOT_SURNAMES = frozenset("""Street Index Fed Reserve Journal Times News Week Day Exchange States Board""".split())
_FIRM_WORDS = frozenset(
    """inc corp co company ltd plc llc bank capital securities research partners brothers group markets advisors
    advisers management asset investments investment trust holdings financial global associates wealth
    strategies""".split()
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A named person, a firm, or both; `introduced` spans the sentences that name them."""

    person: str | None
    firm: str | None
    introduced: tuple[Span, ...] = ()

    @property
    def label(self) -> str:
        """Return the name as an answer writes it: "Person (Firm)", "Person" or "Firm"."""
        if self.person and self.firm:
            return f"{self.person} ({self.firm})"
        return self.person or self.firm or ""


def introduced_in(text: str, spans: Sequence[Span]) -> dict[str, Speaker]:
    """Return the people an article introduces, by surname; a fuller introduction replaces a thinner one."""
    people: dict[str, Speaker] = {}
    for start, end in spans:
        words = text[start:end]
        for pattern in _INTRODUCTIONS:
            for match in pattern.finditer(words):
                groups = match.groupdict()
                firm = _clean(groups.get("firm"))
                both = [name for key in ("person", "second") if _is_person(name := _clean(groups.get(key)))]
                is_ticker = firm is not None and _TICKER.fullmatch(firm)
                if not both or is_ticker or (pattern is _OF_FIRM and not _looks_like_firm(firm)):
                    continue
                speaker = Speaker(" and ".join(both), firm if firm not in both else None, ((start, end),))
                for person in both:
                    known = people.get(person.split()[-1])
                    if known is None or (known.firm is None and firm is not None):
                        people[person.split()[-1]] = speaker
    return _by_pronoun(text, spans) | {
        surname: _without_person_as_firm(each, people) for surname, each in people.items()
    }


def _without_person_as_firm(speaker: Speaker, people: dict[str, Speaker]) -> Speaker:
    """Drop a firm that is itself a person the article names ("finance chief X, who works with Y")."""
    other = people.get(speaker.firm.split()[-1]) if speaker.firm else None
    return replace(speaker, firm=None) if other and other.person == speaker.firm else speaker


def _by_pronoun(text: str, spans: Sequence[Span]) -> dict[str, Speaker]:
    """Return people named without a role, as the first words of a sentence, whom the next one calls "he" or "she"."""
    people: dict[str, Speaker] = {}
    for here, following in pairwise(spans):
        opening = _OPENS_WITH.match(text[slice(*here)])
        person = _clean(opening["person"]) if opening else None
        after = text[slice(*following)]
        if _is_person(person) and "\n" not in text[here[1] : following[0]] and _GOES_ON.search(after[:60]):
            role = _ROLE_OF.match(after)
            people[person.split()[-1]] = Speaker(person, _clean(role["firm"]) if role else None, (here, following))
    return people


def acting_firms(words: str) -> Iterator[str]:
    """Yield the firms that speak, rate or act in a sentence, likeliest first; pass it without long quotations."""
    for pattern in _FIRM_PATTERNS:
        for match in pattern.finditer(words):
            firm = _clean(match["firm"])
            if firm:
                yield firm


def is_house(firm: str, sentence: str) -> bool:
    """Return True if the sentence shows the firm judging others: it has an analyst or gives a rating or target."""
    name = re.escape(firm)
    return bool(
        re.search(rf"{name}(?:[’']s?)?,?\s(?:[\w-]+\s){{0,2}}?{_JUDGES}", sentence)
        or re.search(rf"\b{_ANALYST}\b.{{0,80}}\b(?:at|of|with|for|from)\s(?:the\s)?{name}", sentence)
        or re.search(rf"\b(?:upgraded|downgraded|started|initiated|targets?)\b.{{0,120}}\b(?:at|by)\s{name}", sentence)
    )


def _is_person(name: str | None) -> TypeGuard[str]:
    words = (name or "").split()
    return len(words) > 1 and not _looks_like_firm(name) and words[-1] not in _NOT_SURNAMES and len(words[-1]) > 1


def _looks_like_firm(name: str | None) -> bool:
    return name is not None and any(word.lower().rstrip(".") in _FIRM_WORDS for word in name.split())


def _clean(name: str | None) -> str | None:
    """Strip words that only happen to be capitalised from both ends; None if no name remains."""
    words = (name or "").split()
    while words and (words[0].lower().rstrip(".,") in _NOT_A_NAME or words[0] in _JOINERS):
        words = words[1:]
    while words and (words[-1] in _JOINERS or (words[-1].lower() in _NOT_A_NAME and words[-1] != "Markets")):
        words = words[:-1]
    if all(re.fullmatch(r"(?:[A-Z]\.)+|I", word) for word in words):
        return None
    return " ".join(words)
