"""Who is speaking in each sentence of an article.

Rules over surface text: a sentence's own named speaker, else the one whom "he", "she", "they", "the strategist", "the
firm" or a quotation carries over from the sentences before. Sentences that share one quotation share its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.acting import is_house
from rag.introductions import Speaker
from rag.people import People
from rag.pronouns import GENDERED, INSIDE, OPENING, SOMEONE, THEY, UNNAMED
from rag.voices import Voices

__all__ = ("Sentence", "Speaker", "attribute", "names_in")

_QUOTE_OPENS = ("“", '"', "‘", "'")
_CARRY = 6  # sentences after which a pronoun no longer reaches back to a speaker
_BEFORE = 4  # speakers before the last whom "he" or "she" may mean


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article and who speaks in it; no speaker means the article's own voice.

    `also` are those who share what it says with the speaker ("Lane of Tern and Wexley's Brandt like tin").
    """

    start: int
    end: int
    text: str
    speaker: Speaker | None = None
    resolved: bool = False  # the speaker was found through a pronoun, surname or neighbouring sentence
    also: tuple[Speaker, ...] = ()


def attribute(text: str) -> list[Sentence]:
    """Return the sentences of an article's text in order, each with its speaker resolved."""
    voices = Voices.of(text)
    return _with_people(_Listener(voices).sentences(), voices.people)


def names_in(text: str, title: str | None) -> list[tuple[str, str]]:
    """Return (kind, name) of those who speak in an article: "person", "firm", and "house" if a firm judges others."""
    found: dict[tuple[str, str], None] = {}
    for block in (title or "", text):
        voices = Voices.of(block)
        for index, span in enumerate(voices.spans):
            here = [each for each in voices.people.by_name.values() if span in each.introduced]
            for speaker in (*here, *voices.named(index)):
                found |= dict.fromkeys(("person", person) for person in (speaker.person or "").split(" and ") if person)
                if speaker.firm:
                    found["firm", speaker.firm] = None
                    if is_house(speaker.firm, block[slice(*span)]):
                        found["house", speaker.firm] = None
    return list(found)


@dataclass(slots=True)
class _Listener:
    """Reads an article from start to end and remembers who spoke last."""

    voices: Voices
    current: Speaker | None = None
    since: int = 0  # sentences since the current speaker spoke
    mentioned: Speaker | None = None  # the last person introduced without speaking ("… was not available for comment")
    may_go_on: bool = False  # a bare quotation would still be the current speaker's
    genders: dict[str, str] = field(default_factory=dict)
    spoke: list[Speaker] = field(default_factory=list)

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences with their speakers."""
        first = 0
        for last, is_open in enumerate(self.voices.left_open):
            if not is_open:
                yield from self._together(range(first, last + 1))
                first = last + 1

    def _together(self, group: range) -> Iterator[Sentence]:
        """Yield the sentences that share one quotation, or a single one."""
        named = [self.voices.named(index) for index in group]
        speaker = self._speaker(group, next((each[0] for each in named if each), None))
        self._note(group, speaker)
        for index, own in zip(group, named, strict=True):
            start, end = self.voices.spans[index]
            text = self.voices.text[start:end]
            if speaker is None:
                yield Sentence(start, end, text)
                continue
            also = tuple(each for each in own[1:] if each != speaker and (each.person or each.firm != speaker.firm))
            yield Sentence(start, end, text, speaker, (start, end) not in speaker.introduced, also)

    def _speaker(self, group: range, named: Speaker | None) -> Speaker | None:
        """Return who speaks in a group of sentences: by name, by pronoun, or by going on with a quotation."""
        opening = OPENING.match(self.voices.outside[group[0]].text)
        last = self.current if self.since < _CARRY else None
        if opening and opening["person"] and last:
            return self._meant(opening.group())
        if named is not None:
            return self.voices.with_firm(named, group[0], last) if named.person and not named.firm else named
        if last is None:
            return None
        if opening and opening["firm"]:
            return replace(last, person=None, role=None) if last.firm else last
        if opening:
            return last if self._are_several() else None
        for index in group:
            inner = INSIDE.search(self.voices.outside[index].text)
            if inner and (self._are_several() or not THEY.search(inner.group())):
                return self._meant(inner.group())
        return last if self._goes_on(group) else None

    def _goes_on(self, group: range) -> bool:
        """Return True for a bare quotation after its speaker's words, in their paragraph or as one of its own."""
        start = self.voices.spans[group[0]][0]
        if not self.may_go_on or not self.voices.text.startswith(_QUOTE_OPENS, start):
            return False
        if group[0] and "\n" not in self.voices.text[self.voices.spans[group[0] - 1][1] : start]:
            return True
        return not any(re.search(r"[A-Za-z]", self.voices.outside[index].text) for index in group)

    def _are_several(self) -> bool:
        """Return True if "they" can be the last who spoke: a firm or two people, with no unnamed crowd since."""
        person = self.current.person if self.current else None
        return self.may_go_on and (person is None or " and " in person)

    def _meant(self, words: str) -> Speaker | None:
        """Return the last speaker whom "he" or "she" can mean."""
        match = GENDERED.search(words)
        if match is None or self.current is None:
            return self.current
        gender = match.lastgroup or ""
        recent = [self.current, *reversed(self.spoke[-_BEFORE:])]
        if self.current.person is None and not self.current.role:  # a firm, whose analyst may have spoken before it
            recent = [each for each in recent[1:] if each.firm == self.current.firm]
        for speaker in recent:
            if speaker.person is None or self.genders.setdefault(speaker.person, gender) == gender:
                return speaker
        return self.mentioned if self.since <= 1 else None

    def _note(self, group: range, speaker: Speaker | None) -> None:
        """Remember who spoke, for the sentences that follow."""
        if speaker is None:
            self._note_silence(group)
            return
        keeps = self.current and self.current.person and speaker.person is None and speaker.firm == self.current.firm
        self.current = self.current if keeps else speaker
        self.since, self.may_go_on = 0, True
        if speaker.person and speaker not in self.spoke[-_BEFORE:]:
            self.spoke.append(speaker)

    def _note_silence(self, group: range) -> None:
        """Remember who was only mentioned, and whether someone unnamed spoke."""
        self.since += len(group)
        introduced = self.voices.introduced(group)
        if introduced:
            self.mentioned = introduced
            self.current, self.since = self.current or introduced, 0
        outside = [self.voices.outside[index].text for index in group]
        if any(UNNAMED.search(words) for words in outside):
            self.may_go_on = False
            if any(SOMEONE.search(words) for words in outside):
                self.current = None


def _with_people(sentences: Iterator[Sentence], people: People) -> list[Sentence]:
    """Name the analyst of a firm that speaks as a firm, where the article names exactly one."""
    listed = list(sentences)
    of_firm: dict[str, list[Speaker]] = {}
    for person in (*people.pairs.values(), *people.by_name.values()):
        known = of_firm.setdefault(person.firm or "", [])
        if person.firm and not any((person.person or "") in (each.person or "") for each in known):
            known.append(person)
    return [_with_person(each, of_firm) for each in listed]


def _with_person(sentence: Sentence, of_firm: dict[str, list[Speaker]]) -> Sentence:
    speaker = sentence.speaker
    known: Sequence[Speaker] = of_firm.get(speaker.firm or "", ()) if speaker and not speaker.person else ()
    return replace(sentence, speaker=known[0], resolved=True) if len(known) == 1 else sentence
