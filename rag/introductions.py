"""How prose introduces the people who speak in it: by syntax and role, not by a list of houses.

"X, strategist at Y", "Y's X", "analyst X of Y", "X, who covers banks for Y". The rules run over tagged sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.grammar import ADVERB, HEAD, HEADS, POSSESSIVE, SAYS, VERB, N, Tagged
from rag.name_kinds import could_be_person, is_known_house, is_role_word, looks_like_firm
from rag.sentences import Span
from rag.subjects import names_asset

# While introductions are sought, a role's noun ("analyst") carries this mark, so that patterns can start there.
_MARK = "\ue000"
_HEAD_WORD = re.compile(rf"\b{HEADS}\b")
_MARK_INSIDE = re.compile(rf"([\w-]+-){_MARK}")
_WORD = rf"{_MARK}?[\w.&’'/+*-]+"
_NOT_IN_ROLE = (
    rf"(?!(?:{SAYS}|that|which|whose|has|have|had|is|are|was|were|will|would|could|should|may|might|must|but|"
    rf"although|while|also|now|then|"
    r"because|if|by|as|than|dlrs|mln|pct|he|she|it|they|when|after|before)\b)"
)
_PLAIN = rf"{_NOT_IN_ROLE}{_WORD}"
_MODIFIER = rf"(?:(?!(?:of|at|with|for|from|in|on|to|the|an?|and|or)\b){_PLAIN}\s)"
_HEAD = rf"{_MARK}[\w-]+"
_OF = rf"(?:\s(?:of|for|in)\s(?:{_MODIFIER}|{N}\s){{0,3}}?(?!(?:the|an?|its|at|with)\b)[\w.&’'/+-]+)?"
_NEXT_HEADS = rf"(?:(?:,\s|\sand\s|\s)(?:of\s)?{_MODIFIER}{{0,3}}?{_HEAD}){{0,2}}"
_ROLE = rf"(?P<role>{_HEAD}{_NEXT_HEADS}{_OF})"  # from its noun on; what stands before is found backwards
_WHOLE_ROLE = rf"(?P<role>{_MODIFIER}{{0,4}}?{_HEAD}{_NEXT_HEADS}{_OF})"
_LONG_ROLE = rf"(?P<role>(?:(?:{_PLAIN},?|{N}(?:[’']s)?)\s){{0,11}}?(?:{_PLAIN}|{N}))"
_ARTICLE = r"(?:(?:the|an?|its|his|her|their|one\sof\sthe)\s)?"
_FILL = rf"(?:(?!(?:of|at|with|for|from|in|and|or)\b){_MARK}?[A-Za-z][\w.-]*,?\s){{0,4}}?"
_UNIT = r"(?:(?:[\w’'-]+\s){1,3}?(?:arm|unit|division|subsidiary|office|department|branch)\sof\s(?:the\s)?)?"
_AT = rf"(?:at|of|with|for|from)\s{_ARTICLE}{_UNIT}{_FILL}"
_PERSON, _FIRM, _SECOND = rf"(?P<person>{N})", rf"(?P<firm>{N})", rf"(?P<second>{N})"
_PEOPLE = rf"{_PERSON}(?:\sand\s{_SECOND})?"
_OPENS = r"(?:,\s|\s\(|\s[-–—]+\s)"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A way to introduce someone.

    `surname` if one word may be the person, `firmly` if the firm must look like one; `after` is what must stand before.
    """

    pattern: re.Pattern[str]
    surname: bool = False
    firmly: bool = False
    after: re.Pattern[str] | None = None


def _rule(pattern: str, *, surname: bool = False, firmly: bool = False, after: str | None = None) -> _Rule:
    return _Rule(re.compile(pattern), surname, firmly, re.compile(after) if after else None)


# The surest first: where several introduce one person, the first gives the firm. Each begins with a name or a role's
# noun, which are rare, so that it is tried at few places.
_RULES = (
    _rule(rf"{_PERSON}(?:{_OPENS}|\sis\s){_FIRM}{POSSESSIVE}\s{_WHOLE_ROLE}\b(?!\s{N})", surname=True),
    # "Mara Lane, vice president and oil analyst at Tern", "Mara Lane and Hugo Brandt, strategists with Tern"
    _rule(rf"{_PEOPLE}{_OPENS}(?:who\s(?:is|was)\s)?{_ARTICLE}{_LONG_ROLE},?\s{_AT}{_FIRM}", surname=True),
    _rule(rf"{_PERSON}\s(?:is|was|works\sas|serves\sas)\s{_ARTICLE}{_LONG_ROLE},?\s{_AT}{_FIRM}", surname=True),
    # "Mara Lane, Tern's chief economist,", "Mara Lane, a Tern analyst,"
    _rule(rf"{_PERSON}(?:{_OPENS}|\sis\s){_ARTICLE}{_FIRM}{POSSESSIVE}?\s{_WHOLE_ROLE}\b(?!\s{N})", surname=True),
    # "analyst Mara Lane of Tern"
    _rule(rf"{_ROLE},?\s{_PEOPLE},?\s{_AT}{_FIRM}(?!{POSSESSIVE})", surname=True),
    # "oil analyst for Tern Mara Lane said"
    _rule(rf"(?P<role>{_HEAD})\s{_AT}{_FIRM},?\s{_PERSON}(?=,?\s(?:{SAYS})\b)"),
    # "Tern analyst Mara Lane", "Tern's chief economist, Mara Lane,"
    _rule(rf"{_FIRM}{POSSESSIVE}?\s{_WHOLE_ROLE},?\s{_PEOPLE}", surname=True),
    _rule(rf"{_PERSON},\swho\s(?:[\w’',-]+\s){{1,8}}?{_AT}{_FIRM}"),
    _rule(rf"{_PERSON}\s\({_FIRM}\)"),
    _rule(rf"{_FIRM},\s{_PERSON}\s[a-z]", after=r"\b[Aa]t\s(?:the\s)?$"),
    _rule(rf"{_PERSON},?\s{_AT}{_FIRM}", after=rf"\b(?:{SAYS}|according\sto)\s$"),
    _rule(rf"{_PERSON},?\s{_AT}{_FIRM},?{ADVERB}\s{VERB}\b"),
    _rule(rf"{_FIRM}{POSSESSIVE}\s{_PERSON}", surname=True),
    _rule(rf"{_PERSON}\sat\s(?:the\s)?{_FIRM}"),
    _rule(rf"{_PERSON},?\sof\s(?:the\s)?{_FIRM}", firmly=True),
    # without a firm
    _rule(rf"{_ROLE}\s{_PERSON}", surname=True),
    _rule(rf"{_ROLE},\s{_PERSON}(?!{POSSESSIVE})"),
    _rule(
        rf"{_PERSON}(?:,\s|\sis\s|\s\(){_ARTICLE}(?P<role>(?:{_PLAIN}\s){{0,6}}?{_HEAD}(?:\s(?:of|for|"
        rf"and)\s(?:{_PLAIN}\s){{0,4}}?{_PLAIN})?)"
        rf"(?=[,.”\")]|$|\s(?:{SAYS})\b|\s(?:at|with|of|for)\s(?:the|an?)\s[a-z])"
    ),
    _rule(rf"{_PERSON}[^\w\ue001-\uf8ff]*$", after=r":\s$"),
)
_BETWEEN = 6  # the rank of "Tern analyst Mara Lane"
_POSSESSED = 12  # the rank of "Tern's Mara Lane"
_HAS_HEAD = re.compile(rf"{_MARK}|\b(?:strategy|research|economics)\b")
_ACTS = re.compile(
    rf"^(?!(?:sales|airlines|metals|options)\s)[a-z]+(?:[^s]s|ed)\s(?:[\w-]+\s)?{_MARK}"
)  # "names analyst …"
_SEVERAL = re.compile(r"(?:analysts|economists|strategists|brokers|traders|managers|advis[eo]rs)$")
_TICKER = re.compile(r"[A-Z]{1,5}(?:\s[A-Z]{2})?")  # "Acme Tools (ACME)": a company and its ticker, no person of a firm
_BEFORE_HEAD = re.compile(r"(?:[\w.&’'/+-]+\s){1,5}$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A named person, a firm, or both; `introduced` spans the sentences that name them.

    `role` is the words of the role as the text gives them ("chief market strategist").
    """

    person: str | None
    firm: str | None
    introduced: tuple[Span, ...] = ()
    role: str | None = None

    @property
    def label(self) -> str:
        """Return the name as an answer writes it: "Person (Firm)", "Person" or "Firm"."""
        if self.person and self.firm:
            return f"{self.person} ({self.firm})"
        return self.person or self.firm or ""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What one sentence says of who someone is; `rank` is lower for a surer construction."""

    span: Span
    people: tuple[str, ...]
    firm: str | None
    role: str | None
    rank: int

    @property
    def needs_fuller(self) -> bool:
        """Return True for "Tern's Lane", which may be a thing of the firm unless the article names a Mara Lane."""
        return self.rank == _POSSESSED and any(" " not in name for name in self.people)


def introductions(sentence: Tagged, span: Span) -> Iterator[Introduction]:
    """Yield the introductions in one sentence; a person may be a bare surname."""
    if not sentence.names:
        return
    words = _HEAD_WORD.sub(rf"{_MARK}\g<0>", sentence.text)
    has_head = _MARK in words
    if f"-{_MARK}" in words:
        words = _MARK_INSIDE.sub(rf"{_MARK}\1", words)
    for rank, rule in enumerate(_RULES):
        if "role" in rule.pattern.groupindex and not (has_head or rank in (1, 2)):
            continue
        for match in rule.pattern.finditer(words):
            found = _introduction(sentence, span, rank, match)
            if found is not None:
                yield found


def _introduction(sentence: Tagged, span: Span, rank: int, match: re.Match[str]) -> Introduction | None:
    """Return what a match says, or None if its names cannot be what their places need."""
    rule = _RULES[rank]
    groups = match.groupdict()
    firm, role = sentence.name(groups.get("firm")), groups.get("role")
    if role is not None and not _HAS_HEAD.search(role):
        return None
    if role is not None and (_ACTS.search(role) or (rank == _BETWEEN and role.endswith("s") and not groups["second"])):
        return None
    if (
        role is not None
        and _SEVERAL.search(role)
        and not groups.get("second")
        and " " not in (groups.get("person") or "")
    ):
        return None  # "told analysts Acme was pleased"
    if rule.after and not rule.after.search(match.string[max(0, match.start() - 40) : match.start()]):
        return None
    found = tuple(filter(None, (sentence.name(groups.get(key)) for key in ("person", "second"))))
    people = tuple(
        each
        for each in found
        if (could_be_person(each) and not is_known_house(each)) or (rule.surname and _is_surname(each))
    )
    if len(people) < len(found) or (rule.firmly and not _is_plainly_firm(firm)):
        return None
    if firm is not None and (names_asset(firm) or (")" in match.group() and _TICKER.fullmatch(firm))):
        return None
    if role is not None and role.startswith(_MARK):
        role = _modifiers(match) + role
    return Introduction(span, people, firm, sentence.words(role.replace(_MARK, "")).strip(" ,") if role else None, rank)


def _modifiers(match: re.Match[str]) -> str:
    """Return the words of a role that stand before its noun, where the match began with that."""
    if match.start("role") != match.start():
        return ""
    before = _BEFORE_HEAD.search(match.string, max(0, match.start() - 60), match.start())
    kept: list[str] = []
    for word in reversed(before.group().split() if before else []):
        if not is_role_word(word):
            break
        kept.insert(0, word)
    return "".join(f"{word} " for word in kept)


def _is_surname(name: str) -> bool:
    return (
        " " not in name
        and len(name) > 2
        and not is_known_house(name)
        and not name.isupper()
        and not looks_like_firm(name)
        and not names_asset(name)
    )


def _is_plainly_firm(name: str | None) -> bool:
    return name is not None and (looks_like_firm(name) or is_known_house(name))


_OPENS_WITH = re.compile(rf"(?:[“\"]?(?:But|And|Yet|Still,|Meanwhile,)\s)?{_PERSON}\s[a-z]")
_GOES_ON = re.compile(rf"\b(?:he|she|his|her)\b|^The\s(?:[\w-]+\s)?{HEAD}\b", re.IGNORECASE)
_ROLE_AT = re.compile(rf"^The\s(?P<role>(?:[\w-]+\s)?{HEAD})\s(?:of|at)\s(?:the\s)?{_FIRM}")


def introduced_by_pronoun(here: Tagged, after: Tagged, spans: tuple[Span, Span]) -> Iterator[Speaker]:
    """Yield the person named at the head of a sentence whom the next one calls "he", "she" or by a role."""
    opening = _OPENS_WITH.match(here.text)
    person = here.name(opening["person"]) if opening else None
    if could_be_person(person) and not is_known_house(person) and _GOES_ON.search(after.text[:60]):
        role = _ROLE_AT.match(after.text)
        yield Speaker(person, after.name(role["firm"]) if role else None, spans, role["role"] if role else None)
