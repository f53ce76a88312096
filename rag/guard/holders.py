"""Who said it: what one holder says is not told as another's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.grammar import ADVERB, SAYS, VERB, others_speaking
from rag.guard.evidence import Evidence, Source
from rag.guard.reading import read, sentences
from rag.name_kinds import could_be_person, is_known_house, looks_like_firm, plain_word
from rag.name_words import PUBLIC_WORDS, SUFFIXES
from rag.names import names_of
from rag.naming import firm_key, is_known_subject, subject_key
from rag.render import EARLIER
from rag.street import STREET
from rag.subjects import HOUSES
from rag.wording import fold, phrase_in, stem, words

_PEOPLE = r"(?:analysts?|strategists?|economists?|team)"
_WORK = r"(?:estimates?|forecasts?|targets?|views?|calls?|ratings?|notes?|reports?)"
# What may stand between a name and its verb: a bracket, an apposition, the house, the people who work there.
_BESIDE = (
    rf"(?:\s?\([^()]{{1,60}}\))?(?:,\s[^,;”\"]{{1,100}},|,?\s(?:of|at|with|from)\s[^,;()]{{1,40}}?,?)?"
    rf"(?:[’']s?)?(?:\s(?:[\w-]+\s){{0,3}}?(?:{_PEOPLE}|{_WORK}))?"
)
_LEANS = (
    r"(?:is|are|was|were|turned|stays?|remains?)\s(?:\w+\s){0,2}?(?:bullish|bearish|neutral|positive|negative|cautious|"
    r"optimistic|pessimistic|upbeat|overweight|underweight)"
)
_MODAL = r"(?:\s(?:does|do|did|would|could|may|might|will|is|are|was)(?:\snot|n[’']t)?)?"
_SUBORDINATE = re.compile(r"\b(?:if|when|as|because|once|until|unless|that|before|after|whether)\s(?:the\s)?$")
_SPEAKS = re.compile(
    rf"{_BESIDE}{ADVERB}{_MODAL}\s(?:{VERB}|{_LEANS}|(?:has|have|had|puts?|gives?|gave)\s(?:an?|its|his|her|the|no)\b)\b"
)
_LABEL = re.compile(
    r"(?:\s?\([^()]{1,60}\))?(?:,\s(?:about\s)?\d{1,2}\s\w+\s\d{4}|, undated)?:|"
    r"\s?\([^()]{1,60}\)\s[^“”]{1,200}(?:\d{4}|undated)(?::|\.$)"
)
_BRACKET = re.compile(r"\s?\(([^()]{1,60})\)")
_ACTS = re.compile(r"\s(?!and\b|or\b|of\b|at\b)[a-z]{3,}(?:s|ed)\b")
_SPOKEN = re.compile(
    rf"(?:\b[Aa]ccording to|[,”\"’]\s?(?:{SAYS})|\bby|\bat|\b{_PEOPLE}(?:\s(?:at|with|from|of))?)"
    r"\s(?:(?:the|an?)\s)?(?:[a-z-]+\s){0,3}$",
)
_SPLIT = re.compile(r";\s|,?\s(?:while|whereas|but|although|and)\s(?=(?:[A-Z][\w.&’'-]+\s){1,4}[a-z])")
_ABBREVIATION = 3
_TOGETHER = 60  # characters between a person and the house that belongs to the name
_LEAST = 2  # words in common before a sentence is taken for the source of another


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of a source with who is named as speaking in it, and all names in it."""

    text: str
    holders: tuple[str, ...]
    names: tuple[str, ...]
    source: Source
    others: str = ""  # who says it without a name: "some analysts"


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each holder to whom the statement gives what the quotes give to another."""
    told = [each for source in evidence.sources for each in _told(source)]
    found = []
    for part in _SPLIT.split(statement):
        for holder, house in _holders(part):
            other = _rightful(part, (holder, house) if house else (holder,), told, evidence)
            if other:
                found.append(f"said by {other}, not by {holder}")
    return found


@lru_cache(maxsize=4096)
def holders_in(sentence: str) -> tuple[str, ...]:
    """Return the names that a sentence gives as speaking or acting."""
    return tuple(name for name, _ in _holders(sentence))


@lru_cache(maxsize=4096)
def _holders(sentence: str) -> tuple[tuple[str, str], ...]:
    """Return those who speak or act in a sentence, each with the house in brackets behind the name."""
    found: list[tuple[str, str]] = []
    for name in names_of(sentence):
        before, after = sentence[max(0, name.start - 60) : name.start], sentence[name.end : name.end + 160]
        # A house in brackets belongs to the name before it.
        if _SUBORDINATE.search(before) or (before.endswith("(") and found):
            continue
        first = not sentence[: name.start].removeprefix(EARLIER).strip()
        opens = first and ((could_be_person(name.text) and _ACTS.match(after)) or _LABEL.match(after))
        if opens or _SPEAKS.match(after) or _SPOKEN.search(before):
            house = _BRACKET.match(after)
            found.append((name.bare, house[1] if house else ""))
    return tuple(found)


def _told(source: Source) -> Iterator[_Told]:
    carried: tuple[str, ...] = ()
    for sentence in sentences(source.text):
        here = holders_in(sentence)
        names = tuple(name.text for name in names_of(sentence))
        # In a quote of its own, whoever is known to say it speaks of "analysts".
        others = others_speaking(sentence) if carried and not here else ""
        carried = here or (carried if not names and not others else ())
        yield _Told(sentence, here or carried, names, source, others)
    for line in source.ledger:
        yield _Told(line, holders_in(line), tuple(name.text for name in names_of(line)), source)


def _rightful(part: str, names: Sequence[str], told: Sequence[_Told], evidence: Evidence) -> str | None:
    """Return who says in the quotes what a part of the statement gives to a holder, None if nobody else does.

    `names` are the holder's: a person's, and the house's if it stands in brackets.
    """
    best = _closest(part, " ".join(names), told)
    if best is None:
        return None
    told_as = (*best.names, *best.holders, *best.source.published_by)
    here = " . ".join(told_as if best.others else (*told_as, *best.source.said_by))
    if any(_same(name, here) for name in names):
        return None
    if best.others:
        return best.others
    known = (*best.source.said_by, *(each for each in best.holders if _may_speak(each)))
    others = [each for each in known if not any(_same(each, name) for name in names)]
    if not others or any(_belong(name, others, evidence) for name in names):
        return None
    return others[0]


def _may_speak(name: str) -> bool:
    """Return True for what can be a person or a house; a market, a commodity or a public body says nothing."""
    if could_be_person(name) or is_known_house(name):
        return True
    plain = [plain_word(word) for word in name.split()]
    if is_known_subject(subject_key(name)) or any(word in PUBLIC_WORDS or word in SUFFIXES for word in plain):
        return False
    return len(plain) == 1 or looks_like_firm(name)


def _closest(part: str, holder: str, told: Sequence[_Told]) -> _Told | None:
    """Return the sentence of the sources that shares most words with a part of the statement, names aside."""
    own = {word.root for word in read(part).words if word.is_content} - set(map(stem, words(holder)))
    scored = [(len(own & read(each.text).roots), _same(holder, " ".join(each.names)), each) for each in told]
    shared, _, best = max(scored, key=lambda each: each[:2], default=(0, False, None))
    return best if shared >= _LEAST else None


def _same(holder: str, text: str) -> bool:
    """Return True if a text names the holder, by any of its names."""
    own = [word for word in words(holder) if word not in _GENERAL]
    folded = fold(text)
    if (own and own[-1] in words(text)) or phrase_in(fold(holder), folded):
        return True
    return any(phrase_in(name, folded) for name in _called(holder))


@lru_cache(maxsize=2048)
def _called(holder: str) -> tuple[str, ...]:
    """Return the other names of a house."""
    key, own = firm_key(holder), fold(holder)
    groups = (group for group in (*STREET, *HOUSES) if own in group or firm_key(group[0]) == key)
    return tuple(name for group in groups for name in group if len(name) > _ABBREVIATION or name == "fed")


def _belong(holder: str, others: Sequence[str], evidence: Evidence) -> bool:
    """Return True if one sentence or fact names the holder with the one who says it: an analyst and the house."""
    lines = [line for claim in evidence.claims for line in sentences(claim)]
    if any(_beside(holder, other, fold(line)) for line in (*lines, *evidence.facts) for other in others):
        return True
    said_by = [", ".join(source.said_by) for source in evidence.sources]
    return any(_same(holder, names) and any(_same(other, names) for other in others) for names in said_by)


def _beside(one: str, other: str, folded: str) -> bool:
    """Return True if a folded line names a person and a house together: "Lane of Tern Capital", "Tern's Lane"."""
    if could_be_person(one) == could_be_person(other):
        return False
    places = [[at for name in _forms(each) if (at := folded.find(name)) >= 0] for each in (one, other)]
    return any(
        abs(a - b) < _TOGETHER and " and " not in folded[min(a, b) : max(a, b)] for a in places[0] for b in places[1]
    )


def _forms(name: str) -> tuple[str, ...]:
    """Return what a person or a house may be called in a folded line."""
    folded = fold(name)
    return (folded, folded.split()[-1]) if could_be_person(name) else (folded, *_called(name))


_GENERAL = frozenset("inc corp co ltd and the of securities research capital markets group bank".split())
