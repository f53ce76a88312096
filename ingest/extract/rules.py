"""The rules that read views out of an article.

sentences with speakers → claims (a holder, a subject, a move or a leaning) → one view per holder, subject and action
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.extract.about import about, offers_in
from ingest.extract.claims import Before, Claim, alike, is_holder, key_of, subject_key, surname, views_from
from ingest.extract.companies import NO_COMPANY
from ingest.extract.headlines import spoken_in
from ingest.extract.holders import authors_voice, is_agency, is_house_by_name, is_outsider, is_public
from ingest.extract.markets import names_field
from ingest.extract.moves import Move, moves_in
from ingest.extract.nlp import parse
from ingest.extract.rating_pairs import change_in
from ingest.extract.ratings import GRADE
from ingest.extract.stance import leaning
from ingest.extract.statements import as_meant, is_caveat, opines, side_of_review, waits, without_dateline
from ingest.extract.subjects import Mention, Subjects, Thing, is_shouted, listed, points_at, refers_back
from ingest.extract.tables import rows_in
from rag.name_kinds import could_be_person, is_known_house, is_place, looks_like_firm
from rag.naming import firm_key
from rag.speakers import Sentence, Speaker, attribute
from rag.types import Article, View
from rag.wording import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INSTRUMENT = re.compile(
    r"\b(?:debt|notes?|bonds?|debentures?|deposits?|stocks?|preferred|paper|issues?|securities|mln|billion|dlrs|facilit\w+|certificates?|loans?)\b",
    re.IGNORECASE,
)
_PLAINLY = 1.0  # the leaning that makes an opinion of words that neither foretell nor judge by their grammar
_UNNAMED = 0.8  # of its leaning, what a sentence counts towards a subject that it does not name
_NO_HOUSE = frozenset("rival rivals broker brokers house houses peers others another one i we us".split())
_READ_WHOLE = 80  # sentences from the beginning that are parsed for the names they hold, whoever speaks in them
_OF_LIST = re.compile(r"\b(?:these|those|both)\s(?:stocks|shares|companies|issues|names|banks)\b", re.IGNORECASE)
_POINTS_AT_LIST = re.compile(r"(?:these|those|both|the\s(?:two|three|four|five|other|latter))\b", re.IGNORECASE)
_LISTS = re.compile(
    r"(?:the|these|those|his|her|their|among|they|included?)\b.{0,40}?\b(?:are|were|include[sd]?|is|was|:)\s",
    re.IGNORECASE,
)


def views_of(article: Article) -> list[View]:
    """Return the views that the article states, in the order of their quotes."""
    return _Reading(article).views()


def _housed(speaker: Speaker) -> Speaker:
    """Return the speaker without a firm that is only the field of work: "hardware analyst"."""
    return replace(speaker, firm=None) if speaker.firm and names_field(speaker.firm) and speaker.person else speaker


def _is_rating(move: Move) -> bool:
    """Return True if a move is a rating's, a target's or an estimate's, no mere leaning."""
    return move.action != "none" or move.to_rating is not None


def _rates(move: Move) -> bool:
    """Return True if a move is a rating's or a target's and names nobody else as who makes it."""
    return _is_rating(move) and move.firm is None and move.analyst is None


class _Reading:
    """One article while it is read."""

    def __init__(self, article: Article) -> None:
        self.article = article
        author = authors_voice(article)
        self.sentences = [
            replace(each, speaker=author if each.speaker is None else _housed(each.speaker))
            for each in attribute(article.text)
        ]
        self.moves = [moves_in(without_dateline(each.text)) for each in self.sentences]
        self.author = author
        self.named_by: dict[str, set[str]] = {}  # by holder, the things that their sentences name
        self.is_headline = len(self.sentences) == 1 and not article.text.rstrip().endswith(".")
        agencies = [s.speaker for s in self.sentences if s.speaker and is_agency(s.speaker.firm)]
        self.agency = agencies[0] if len({firm_key(each.firm or "") for each in agencies}) == 1 else None
        for index, each in enumerate(self.sentences):
            is_told = each.speaker is not None or self.agency is not None
            changed = change_in(each.text) if is_told and not self.moves[index] else None
            if changed:
                self.moves[index] = [changed]
        told = [(each, move) for each, moves in zip(self.sentences, self.moves, strict=True) for move in moves]
        self.raters = {key_of(each.speaker) for each, move in told if each.speaker and _rates(move)}
        named = (each.text[slice(*move.firm)] for each, move in told if move.firm and _is_rating(move))
        self.raters |= set(map(firm_key, named))
        self.speaks = [each.speaker is not None and self._is_outside(each.speaker) for each in self.sentences]
        self.speakers = list(dict.fromkeys(s.speaker for s in self.sentences if s.speaker))

    @cached_property
    def subjects(self) -> Subjects:
        """What the article can be about; its headline is parsed for that, so only where somebody speaks or moves."""
        holders = [
            s.speaker.firm
            for s, speaks in zip(self.sentences, self.speaks, strict=True)
            if speaks and s.speaker and s.speaker.firm
        ]
        people = [speaker.person for speaker in self.speakers if speaker.person]
        return Subjects(self.article, [*holders, *people, *map(surname, people)])

    def _is_outside(self, speaker: Speaker) -> bool:
        """Return True for the author, for an outsider, and for who gives ratings anywhere in the article."""
        if speaker == self.author:
            return True
        rates = key_of(speaker) in self.raters
        if speaker.person is None and not is_house_by_name(speaker.firm or ""):
            return rates and is_outsider(speaker, self.article)
        return is_outsider(speaker, self.article) or (rates and bool(speaker.person and speaker.firm))

    def views(self) -> list[View]:
        claims = list(self._claims())
        for claim in claims:
            claim.is_anchored |= subject_key(claim.thing) in self.named_by.get(key_of(claim.holder), set())
        if not claims or fold(self.article.title or "") not in fold(self.article.text[:500]):
            claims += self._of_title(claims)
        claims += self._of_tables()
        return views_from(self.article, claims, self.subjects.focus, self.author) if claims else []

    def _claims(self) -> Iterator[Claim]:
        relevant = [i for i in range(len(self.sentences)) if self.moves[i] or self.speaks[i] or self.is_headline]
        if not relevant:
            return
        read = sorted({*relevant, *range(min(len(self.sentences), _READ_WHOLE))})
        parsed = dict(zip(read, parse([self.sentences[i].text for i in read]), strict=True))
        self.subjects.learn(self.article, list(parsed.values()))
        mentioned = {i: self.subjects.mentions(self.sentences[i].text, doc) for i, doc in parsed.items()}
        self.subjects.settle(f"{self.article.title or ''}\n{self.article.text}")
        before = Before()
        for index in read:
            sentence, doc, mentions = self.sentences[index], parsed[index], mentioned[index]
            claims = [each for move in self.moves[index] for each in self._moved(sentence, move, mentions, before)]
            claims = claims or self._continued(sentence, mentions, before)
            if not claims and self.is_headline:
                claims = self._headline(sentence, doc, mentions)
            if not claims and self.speaks[index]:
                claims = self._opinion(sentence, mentions, doc, before)
            if self.speaks[index] and sentence.speaker:
                self.named_by.setdefault(key_of(sentence.speaker), set()).update(
                    subject_key(each.thing) for each in mentions
                )
            before.note(claims, [each.thing for each in mentions if each.thing.is_company])
            yield from claims

    def _continued(self, sentence: Sentence, mentions: Sequence[Mention], before: Before) -> list[Claim]:
        """Carry a move on a group over to the companies that the next sentence lists: "The stocks were A, B and C."."""
        claim = before.group
        if claim is None or not _LISTS.match(sentence.text):
            return []
        companies = {id(each.thing): each.thing for each in mentions if each.thing.is_company}
        if claim.thing.is_company and len(companies) < 2:
            return []
        return [replace(claim, thing=thing, sentence=sentence) for thing in companies.values()]

    def _moved(self, sentence: Sentence, move: Move, mentions: Sequence[Mention], before: Before) -> Iterator[Claim]:
        holder = self._mover(sentence, move)
        if holder is None or not self._may_judge(holder, move):
            return
        told = as_meant(move, sentence.text)
        if told is None:
            return
        move = told
        if move.action == "none" and move.stance is None and move.to_rating and side_of_review(sentence.text) is None:
            return  # an issue's grade told in passing
        if move.action == "none" and is_caveat(sentence.text):
            return
        for named in self._things_of(move, sentence.text, mentions, holder, before):
            thing = self._issuer(named, holder, mentions)
            if thing is not None and not is_holder(thing, holder):
                yield Claim(holder, thing, sentence, move, leaning(sentence.text, thing.name))

    def _may_judge(self, holder: Speaker, move: Move) -> bool:
        """Return True if a move tells of its own that a house makes it, or if the holder is known for an outsider.

        Whoever upgrades, initiates or sets a target is a house; anyone can be optimistic in a longer story.
        """
        return move.action != "none" or self.is_headline or self._is_outside(holder)

    def _issuer(self, thing: Thing, holder: Speaker, mentions: Sequence[Mention]) -> Thing | None:
        """Return whom an agency judges by rating their debt, the thing itself for every other holder and subject."""
        if thing.is_sure or not is_agency(holder.firm) or not _INSTRUMENT.search(thing.name):
            return thing
        focus = self.subjects.focus
        companies = [each.thing for each in mentions if each.thing.is_sure and not is_holder(each.thing, holder)]
        if re.match(r"\d", thing.name) and companies:  # an amount of it, which the sentence goes on to name
            return companies[0]
        return focus if focus and focus.is_company else next(iter(companies), None)

    def _mover(self, sentence: Sentence, move: Move) -> Speaker | None:
        """Return who makes a move; a grade of debt is the article's one agency's, whoever else seems to give it."""
        holder = self._named_mover(sentence, move)
        is_grade = any(given and re.fullmatch(GRADE, given) for given in (move.from_rating, move.to_rating))
        is_others = holder is None or not is_agency(holder.firm)
        return self.agency if is_grade and is_others and self.agency else holder

    def _named_mover(self, sentence: Sentence, move: Move) -> Speaker | None:
        """Return who makes a move: whom the construction names, in the article's fullest form, else the speaker."""
        speaker = sentence.speaker
        analyst = sentence.text[slice(*move.analyst)] if move.analyst else None
        firm = sentence.text[slice(*move.firm)] if move.firm else None
        if firm and (is_place(firm) or is_public(firm) or NO_COMPANY.fullmatch(firm) or firm.casefold() in _NO_HOUSE):
            firm = None
        if analyst and looks_like_firm(analyst) and (firm is None or could_be_person(firm)):
            analyst, firm = firm, analyst
        named = analyst or firm
        person = next((s for s in self.speakers if s.person and named and surname(s.person) == surname(named)), None)
        if person and (analyst or not firm or " " not in firm):
            return person if person.firm or not (analyst and firm) else replace(person, firm=firm)
        if analyst:
            return Speaker(analyst, firm)
        if firm:
            if speaker and speaker.firm and alike(speaker.firm, firm):
                return speaker
            houses = (s for s in self.speakers if s.firm and not s.person and alike(s.firm, firm))
            return next(houses, Speaker(None, firm))
        return speaker if speaker and self._is_outside(speaker) else None

    def _things_of(
        self, move: Move, sentence: str, mentions: Sequence[Mention], holder: Speaker, before: Before
    ) -> list[Thing]:
        """Return what a move is about: whom its words name, with the rest of a list, or what they point back to."""
        others = [each for each in mentions if not is_holder(each.thing, holder)]
        if move.subject:
            start, end = move.subject
            words = sentence[start:end]
            if len(before.listed) > 1 and _POINTS_AT_LIST.match(words):
                return before.listed
            inside = [each for each in others if each.start < end and start < each.end]
            if inside:
                return listed(sentence, inside[0], others)
            if not refers_back(words):
                return [] if re.fullmatch(r"[a-z]+", words) else [self.subjects.named(words)]
        elif len(before.listed) > 1 and _OF_LIST.search(sentence):
            return before.listed
        beside = self._beside_rating(move, sentence, others)
        if beside:
            return [beside]
        thing = before.things.get(key_of(holder)) or self.subjects.focus
        if thing is None and others:
            return listed(sentence, others[0], others)
        return [thing] if thing else []

    def _beside_rating(self, move: Move, sentence: str, mentions: Sequence[Mention]) -> Thing | None:
        """Return what stands right behind a rating: "we remain overweight megacap technology"."""
        at = sentence.find(move.to_rating) if move.to_rating else -1
        for each in mentions if at >= 0 else ():
            between = sentence[at + len(move.to_rating or "") : each.start]
            if each.start > at and re.fullmatch(r"[\"'”’]?\s(?:(?:on|in|for)\s)?(?:the\s)?(?:\w+\s)?", between):
                return each.thing
        return None

    def _opinion(self, sentence: Sentence, mentions: Sequence[Mention], parsed: Doc, before: Before) -> list[Claim]:
        holder = sentence.speaker
        if holder is None:
            return []
        if is_caveat(sentence.text):
            return []
        if is_agency(holder.firm) and side_of_review(sentence.text) is None:
            return []  # the grounds of a rating
        is_opinion = self.is_headline or opines(sentence.text)
        if holder.person is None and holder.firm and self.subjects.is_listed(holder.firm):
            return []  # a company of the story that speaks of itself
        others = [each for each in mentions if not is_holder(each.thing, holder)]
        last = before.things.get(key_of(holder))
        offers = offers_in(parsed, others, holder, self.subjects.focus, last, self.subjects.most)
        things, odds = about(sentence.text, offers, self.article.title or "", self.subjects.in_words)
        named = {id(each.thing) for each in mentions}
        claims = []
        for thing in things:
            if not is_holder(thing, holder):
                is_named = id(thing) in named
                is_anchored = is_named or points_at(thing, sentence.text)
                waiting = waits(sentence.text)
                leans = 0.0 if waiting else leaning(sentence.text, thing.name) * (1.0 if is_named else _UNNAMED)
                if is_opinion or waiting or abs(leans) >= _PLAINLY:
                    claims.append(Claim(holder, thing, sentence, None, leans, odds, is_anchored))
        return claims

    def _of_tables(self) -> Iterator[Claim]:
        """Yield what tables of ratings tell; a row without a house of its own is the author's."""
        for row in rows_in(self.article.text):
            named = row.firm is not None or row.analyst is not None
            holder = Speaker(row.analyst, row.firm) if named else self.author
            if holder is not None:
                words = self.article.text[row.start : row.end]
                sentence = Sentence(row.start, row.end, words, holder)
                yield Claim(holder, self.subjects.named(row.subject), sentence, row.move)

    def _headline(self, sentence: Sentence, parsed: Doc, mentions: Sequence[Mention]) -> list[Claim]:
        """Return the opinion that a headline gives in somebody's name, who speaks in it as an analyst would."""
        spoken = spoken_in(sentence.text)
        if spoken is None:
            return []
        person = spoken.person or (spoken.firm if could_be_person(spoken.firm) else None)
        firm = spoken.firm if spoken.firm != person else None
        if not is_outsider(Speaker(person, firm, role="analyst"), self.article):
            return []
        holder = Speaker(person, firm)
        words = sentence.text[spoken.start : spoken.end]
        inside = [each for each in mentions if spoken.start <= each.start < spoken.end]
        offers = offers_in(parsed, inside, Speaker(person, firm))
        is_house = person is not None or is_known_house(firm or "")
        offers = [each for each in offers if each.thing or (is_house and each.name in words)]
        things, _ = about(sentence.text, offers, self.article.title or "", self.subjects.named)
        leans = leaning(words, things[0].name) if things else 0.0
        return [Claim(holder, each, sentence, None, leans) for each in things if not is_holder(each, holder)]

    def _of_title(self, claims: Sequence[Claim]) -> Iterator[Claim]:
        """Yield what the headline alone tells, with the sentence of the text that comes nearest to saying it.

        Where the text has the holder recommend what the headline says was upgraded, it is those claims that move.
        """
        title = self.article.title or ""
        for move in moves_in(title) if self.sentences else ():
            firm = title[slice(*move.firm)] if move.firm else None
            analyst = title[slice(*move.analyst)] if move.analyst else None
            holder = self._holder_called(analyst, firm)
            if holder is None or not self._may_judge(holder, move):
                continue
            if is_shouted(title) and not self._is_outside(holder) and not is_known_house(holder.firm or ""):
                continue
            own = [each for each in claims if key_of(each.holder) == key_of(holder) and each.move]
            for claim in own:
                if claim.move and claim.action == "none" and claim.move.stance == move.stance:
                    claim.move = replace(claim.move, action=move.action)
            subject = title[slice(*move.subject)] if move.subject else None
            thing = self.subjects.named(subject) if subject else self.subjects.focus
            if thing is not None and not own:
                spoken = (s for s in self.sentences if s.speaker and key_of(s.speaker) == key_of(holder))
                yield Claim(holder, thing, next(spoken, self.sentences[0]), move)

    def _holder_called(self, analyst: str | None, firm: str | None) -> Speaker | None:
        """Return the holder whom the headline calls by name, or the one analyst of a house that only it names."""
        for each in self.speakers:
            if (firm and each.firm and (alike(each.firm, firm) or firm_key(each.firm) == firm_key(firm))) or (
                analyst and each.person and surname(each.person) == surname(analyst)
            ):
                return each
        if firm:
            analysts = [s for s in self.speakers if s.person and not s.firm and is_outsider(s, self.article)]
            if len(analysts) == 1:
                return replace(analysts[0], firm=firm)
        name = analyst or firm
        if name is None:
            return self.author
        # A headline in capitals hides where a name ends; the text must know it.
        is_known = not is_shouted(self.article.title or "") or fold(name) in fold(self.article.text)
        return Speaker(analyst, firm) if is_known else None
