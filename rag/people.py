"""The people an article introduces, put together from all that its sentences say of each.

A surname belongs to the fuller name that the article gives anywhere, before or after. Where several introductions
tell of one person, the surest construction gives the firm, and a firm is called by the fullest form in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rag.grammar import Tagged, tagged
from rag.introductions import Introduction, Speaker, introduced_by_pronoun, introductions
from rag.name_kinds import could_be_person
from rag.name_words import SUFFIXES
from rag.sentences import Span

_JUDGES = re.compile(r"analyst|strateg|economist|research|portfolio|technician", re.IGNORECASE)
_TOO_GENERAL = frozenset(
    "first bank national american general united royal banque new morgan standard merchants".split()
)


@dataclass(slots=True)
class People:
    """The people of an article by full name, and by surname in the order of their introduction."""

    by_name: dict[str, Speaker] = field(default_factory=dict)
    by_surname: dict[str, list[Speaker]] = field(default_factory=dict)
    pairs: dict[frozenset[str], Speaker] = field(default_factory=dict)
    firms: tuple[str, ...] = ()

    def called(self, name: str, at: int) -> Speaker | None:
        """Return the person whom a full name or surname means in a sentence that starts at `at`."""
        known = self.by_name.get(name)
        if known is not None:
            return known
        tokens = name.split()
        found = self.by_surname.get(tokens[-1], [])
        if not found and len(tokens) == 1:
            found = [each for full, each in self.by_name.items() if full.split()[0] == name]
        if len(tokens) > 1:
            found = [each for each in found if _may_be(name, each.person or "")]
        if not found:
            return None
        before = [each for each in found if any(span[0] <= at for span in each.introduced)]
        return (before or found[::-1])[-1]

    def add(self, speaker: Speaker) -> None:
        """Take in a person."""
        if speaker.person:
            self.by_name[speaker.person] = speaker
            self.by_surname.setdefault(speaker.person.split()[-1], []).append(speaker)

    def remember(self, speaker: Speaker) -> None:
        """Keep what was learnt of a person since."""
        old = self.by_name.get(speaker.person or "")
        if old is None or speaker.person is None:
            return
        self.by_name[speaker.person] = speaker
        same = self.by_surname[speaker.person.split()[-1]]
        same[same.index(old)] = speaker

    def fullest(self, firm: str) -> str:
        """Return the fullest form in the article of a firm's name: "Kidder Peabody and Co" for "Kidder"."""
        return fullest(firm, self.firms)


def people_in(sentences: Sequence[Tagged], spans: Sequence[Span], text: str) -> People:
    """Return the people whom the sentences introduce."""
    found = [each for sentence, span in zip(sentences, spans, strict=True) for each in introductions(sentence, span)]
    named = {name for each in found for name in each.people if " " in name}
    found = [each for each in found if not each.needs_fuller or all(_is_part(name, named) for name in each.people)]
    firms = tuple(dict.fromkeys(each.firm for each in found if each.firm and not _is_part(each.firm, named)))
    bare = {name for each in found for name in each.people if " " not in name} - {
        word for one in named for word in one.split()
    }
    if bare:
        everyone = {each.text for sentence in sentences for each in sentence.names if could_be_person(each.text)}
        named |= {name for name in everyone - set(firms) if name.split()[-1] in bare}
    people = People(firms=firms)
    for speaker in _merged(found, named, firms):
        people.add(speaker)
    for speaker in _by_pronoun(sentences, spans, text):
        person = speaker.person or ""
        if person.split()[-1] not in people.by_surname and person not in firms and fullest(person, firms) == person:
            people.add(speaker)
    people.pairs = {frozenset(each.people): pair for each in found for pair in _pair(each, people)}
    return people


def introduced_in(text: str, spans: Sequence[Span]) -> dict[str, Speaker]:
    """Return the people an article introduces, by surname; a fuller introduction replaces a thinner one."""
    people = people_in([tagged(text[start:end]) for start, end in spans], spans, text)
    return {surname: same[0] for surname, same in people.by_surname.items()}


def fullest(firm: str, firms: Sequence[str]) -> str:
    """Return the first of the firms whose name goes on where the given one stops, else the given one."""
    key = _tokens(firm)
    best = firm
    for other in firms:
        words = _tokens(other)
        if len(words) <= len(_tokens(best)) or words[: len(key)] != key:
            continue
        extra = set(words[len(key) :])
        single = len(key) == 1 and key[0] not in _TOO_GENERAL
        if (
            extra <= SUFFIXES | {"and", "&"}
            or (single and best == firm)
            or _tokens(best) == words[: len(_tokens(best))]
        ):
            best = other
    return best


def _tokens(name: str) -> list[str]:
    return [word.strip(".,") for word in name.lower().replace(",", " ").split()]


def _pair(each: Introduction, people: People) -> Iterator[Speaker]:
    """Yield the two whom a sentence introduces together as one speaker."""
    both = [people.by_name[name] for name in each.people if name in people.by_name]
    if len(both) == 2:
        yield replace(both[0], person=f"{both[0].person} and {both[1].person}", introduced=(each.span,))


def _merged(found: Sequence[Introduction], named: set[str], firms: Sequence[str]) -> Iterator[Speaker]:
    """Yield one speaker for each person, bare surnames joined to the full names that end in them."""
    by_person: dict[str, list[Introduction]] = {}
    for each in found:
        for name in each.people:
            full = name if " " in name else _full_name(name, named)
            by_person.setdefault(full, []).append(each)
    for person, told in by_person.items():
        told.sort(key=lambda each: each.rank)
        firm = next((each.firm for each in told if each.firm in firms), None)
        roles = [each.role for each in told if each.role and each.firm == firm]
        roles += [each.role for each in told if each.role]
        role = next((each for each in roles if _JUDGES.search(each)), roles[0] if roles else None)
        spans = {each.span for each in told if firm is None or each.firm == firm}
        if " " in person or firm or role:
            yield Speaker(person, fullest(firm, firms) if firm else None, tuple(sorted(spans)), role)


def _full_name(name: str, named: set[str]) -> str:
    full = sorted(each for each in named if name in (each.split()[-1], each.split()[0]))
    return full[0] if full else name


def _is_part(name: str, named: set[str]) -> bool:
    """Return True if the name is a person's, or a first name or surname of one."""
    return name in named or (" " not in name and any(name in (each.split()[0], each.split()[-1]) for each in named))


def _may_be(name: str, full: str) -> bool:
    """Return True if the first names agree: equal, or one an initial or a part of the other."""
    one, other = name.split(), full.split()
    if len(other) == 1:
        return True
    return one[0][0] == other[0][0] and (one[0] == other[0] or "." in one[0] + other[0] or one[0][:3] == other[0][:3])


def _by_pronoun(sentences: Sequence[Tagged], spans: Sequence[Span], text: str) -> Iterator[Speaker]:
    """Yield people named without a role, as the first words of a sentence, whom the next one calls "he" or "she"."""
    for (here, span), (after, following) in pairwise(zip(sentences, spans, strict=True)):
        if here.names and "\n" not in text[span[1] : following[0]]:
            yield from introduced_by_pronoun(here, after, (span, following))
