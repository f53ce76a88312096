"""Whom each sentence of an article names as speaking: introduced people near a verb of speech, and acting firms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from rag.acting import acting_firms, is_house
from rag.grammar import ADVERB, ANALYSTS, SAYING, SAYS, SPEAKING, VERB, N, Tagged, tagged
from rag.introductions import Speaker
from rag.name_kinds import could_be_person, is_known_house, looks_like_firm
from rag.people import People, people_in
from rag.quotations import unquoted
from rag.sentences import Span, sentence_spans
from rag.subjects import RATING, names_asset

_JUDGING = re.compile(
    rf"\b(?:{RATING}|ratings?|(?:price\s)targets?|upgrade[sd]?|downgrade[sd]?|the\s(?:firm|broker\w*))\b"
)
_JUDGING_ROLE = re.compile(
    r"analyst|strateg|economist|manager|research|investment|technician|trader|advis[eo]r", re.IGNORECASE
)
_POSSESSED = re.compile(
    r"(?:[’']s|(?<=s)[’'])\s(?:[\w-]+\s){0,3}?(?:reports?|notes?|estimates?|forecasts?|targets?|views?|opinions?|"
    r"ratings?|recommendations?|projections?|outlook|analysis|comments?|advice|argument|case)\b"
)
_ACCORDING = re.compile(rf"(?:\b[Aa]ccording\sto|[,”\"’_]\s?(?:{SAYS}))\s(?:[^.;,”\"]{{0,60}}\s)?$")
# What may stand between a subject and its verb: an apposition, a bracket, the firm.
_SUBJECT = re.compile(
    rf"(?:,\s[^;”\"]{{1,160}}?,|\s\([^)]{{1,80}}\)|,?\s(?:of|at|with|from|for)\s(?:the\s)?{N}"
    rf"(?:,\s[^,;”\"]{{1,80}},)?)?{ADVERB}\s{VERB}\b"
)
_REACH = 60  # characters between a name and its verb
_NEAR, _INTRODUCED = 20, 40
_ALONE = 40  # characters beside a sentence that are no article around it


@dataclass(slots=True)
class Voices:
    """An article's sentences, with what stands outside quotations, and the people that it introduces."""

    text: str
    spans: list[Span]
    outside: list[Tagged]
    left_open: list[bool]
    people: People
    judged: dict[tuple[str, str], bool] = field(default_factory=dict)  # what was once found of a name

    @classmethod
    def of(cls, text: str) -> Voices:
        """Return the voices of a text."""
        spans = sentence_spans(text)
        masked, left_open = unquoted(text, spans)
        whole = [tagged(text[start:end]) for start, end in spans]
        outside = [
            tagged(words, [name for name in each.names if words[name.start : name.end] == name.text])
            for words, each in zip(masked, whole, strict=True)
        ]
        voices = cls(text, spans, outside, left_open, people_in(whole, spans, text))
        voices._add_unintroduced()
        return voices

    def named(self, index: int) -> list[Speaker]:
        """Return those whom a sentence itself names as speaking, the likeliest first."""
        sentence, span = self.outside[index], self.spans[index]
        if not sentence.names:
            return []
        found = self._people_named(sentence, span)
        people = [speaker for _, speaker in found]
        if people and found[0][0] <= _NEAR:
            return people
        firms = [each for each in self._acting(sentence, span) if not any(each.firm == one.firm for one in people)]
        if firms and (firms[0].person or self.shows_house(firms[0].firm or "")):
            return [*firms, *people]
        return people or firms

    def introduced(self, group: range) -> Speaker | None:
        """Return the person whom the sentences introduce, if it is one alone."""
        spans = [self.spans[index] for index in group]
        found = [each for each in self.people.by_name.values() if any(span in each.introduced for span in spans)]
        return found[0] if len(found) == 1 else None

    def with_firm(self, speaker: Speaker, index: int, last: Speaker | None) -> Speaker:
        """Give "analyst Adam Jonas" the house of his sentence or of the `last` who spoke, if he has none."""
        if not _JUDGING_ROLE.search(speaker.role or ""):
            return speaker
        span = self.spans[index]
        words = self.text[slice(*span)]
        house = next((firm for firm in acting_firms(words) if is_house(firm, words)), None)
        near = Speaker(None, self.people.fullest(house), (span,)) if house and house != speaker.person else last
        if not near or not near.firm or near.person not in (None, speaker.person):
            return speaker
        if could_be_person(near.firm) and not self.shows_house(near.firm):
            return speaker
        introduced = tuple(sorted({*speaker.introduced, *near.introduced}))
        known = replace(speaker, firm=near.firm, introduced=introduced)
        self.people.remember(known)
        return known

    def shows_house(self, firm: str) -> bool:
        """Return True if the name or any sentence shows the firm to be one that judges others."""
        return self._once("house", firm, self._is_house)

    def _people_named(self, sentence: Tagged, span: Span) -> list[tuple[int, Speaker]]:
        """Return the people near a verb of speech or opinion, with their distance from it, the nearest first."""
        found: list[tuple[int, int, Speaker]] = []
        speaks = SPEAKING.search(sentence.text) is not None
        for index, name in enumerate(sentence.names):
            speaker = self.people.called(name.text, span[0])
            if speaker is None or any(speaker is each[2] for each in found):
                continue
            at = sentence.text.index(sentence.tag(index))
            distance = _distance(sentence.text, at)
            if at == 0 or (span in speaker.introduced and speaks):
                distance = min(distance, _INTRODUCED)
            if distance <= _REACH:
                found.append((distance, at, speaker))
        found.sort(key=lambda each: each[:2])
        pair = self.people.pairs.get(frozenset(each[2].person or "" for each in found)) if len(found) == 2 else None
        return [(found[0][0], pair)] if pair else [(distance, speaker) for distance, _, speaker in found]

    def _acting(self, sentence: Tagged, span: Span) -> Iterator[Speaker]:
        """Yield the firms, or people known by no introduction, that speak or rate in a sentence."""
        for name in dict.fromkeys(acting_firms(sentence)):
            if " " not in name and not self._is_proper(name, span):
                continue
            if self._is_unintroduced(name):
                yield Speaker(name, None, (span,))
            else:
                yield Speaker(None, self.people.fullest(name), (span,), _role_beside(sentence, name))

    def _add_unintroduced(self) -> None:
        """Take in people who speak without an introduction and are called by their surname elsewhere."""
        for sentence, span in zip(self.outside, self.spans, strict=True):
            if not sentence.names or not SAYING.search(sentence.text):
                continue
            for name in acting_firms(sentence):
                if not self.people.called(name, span[0]) and self._is_unintroduced(name):
                    self.people.add(Speaker(name, None, (span,)))

    def _is_unintroduced(self, name: str) -> bool:
        return could_be_person(name) and not is_known_house(name) and self._once("someone", name, self._is_someone)

    def _is_someone(self, name: str) -> bool:
        """Return True if the article also calls the name by its last word, as people are called, and firms are not."""
        first, last = (re.escape(word) for word in (name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]))
        by_surname = re.search(
            rf"(?<![A-Z]\.\s)(?<!\w\s)(?<!{first}\s)\b{last}\b(?!\s[A-Z])|\b(?:Mr|Ms|Mrs|Dr)\.?\s{last}\b", self.text
        )
        return by_surname is not None and not re.search(rf"\b{first}\b(?!\s{last}|\s[A-Z])", self.text)

    def _is_proper(self, word: str, span: Span) -> bool:
        """Return True if a single capitalised word is a name and not just the first word of its sentence."""
        if not self._once("capital", word, self._is_capital):
            return False
        sentence = self.text[slice(*span)]
        opens = sentence.lstrip("“\"‘'").startswith(word)
        alone = len(self.text) - len(sentence) < _ALONE
        return not opens or alone or bool(_JUDGING.search(sentence)) or self._once("inner", word, self._stands_inside)

    def _is_capital(self, word: str) -> bool:
        return not names_asset(word) and not re.search(rf"\b{re.escape(word.lower())}\b", self.text)

    def _stands_inside(self, word: str) -> bool:
        return is_known_house(word) or bool(re.search(rf"[a-z,]\s{re.escape(word)}\b", self.text))

    def _is_house(self, firm: str) -> bool:
        if looks_like_firm(firm) or is_known_house(firm):
            return True
        return any(is_house(firm, self.text[slice(*span)]) for span in self.spans)

    def _once(self, what: str, name: str, judge: Callable[[str], bool]) -> bool:
        """Return the judgement of a name; it is made once, since each reads the whole article."""
        key = what, name
        if key not in self.judged:
            self.judged[key] = judge(name)
        return self.judged[key]


def _role_beside(sentence: Tagged, firm: str) -> str | None:
    """Return the role in "a Tern analyst" and "an economist at Tern"."""
    tag = next((sentence.tag(index) for index, name in enumerate(sentence.names) if name.text == firm), None)
    if tag is None:
        return None
    role = re.search(
        rf"{tag}(?:[’']s?)?\s((?:[a-z-]+\s){{0,2}}{ANALYSTS})\b|\b({ANALYSTS})\s(?:at|with|from|of)\s(?:the\s)?{tag}",
        sentence.text,
    )
    return (role[1] or role[2]) if role else None


def _distance(words: str, at: int) -> int:
    """Return the characters between a name and the nearest verb of speech or opinion on either side."""
    if _ACCORDING.search(words, max(0, at - 90), at):
        return 0
    if _SUBJECT.match(words, at + 1):
        return 1
    closes_headline = words[max(0, at - 2) : at] == ": " and not re.search(r"\w", words[at + 1 :])
    if closes_headline or _POSSESSED.match(words, at + 1):
        return 10
    after = SPEAKING.search(words, at + 1)
    before = [m.end() for m in SPEAKING.finditer(words, max(0, at - 40), at)]
    options = [after.start() - at - 1] if after else []
    options += [at - before[-1]] if before else []
    return min(options, default=10_000)
