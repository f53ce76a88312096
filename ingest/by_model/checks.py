"""A view that a model proposes, held against the article: each field must stand in the text, or the view is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast, get_args

from ingest.by_model.doings import agrees
from ingest.by_model.places import Places, Span
from ingest.by_model.schema import Proposed
from ingest.extract.authors import authors_voice
from ingest.extract.moves import Move, moves_in
from ingest.extract.ratings import change, grade_of, outlook_of, stance_of
from ingest.extract.stance import leaning
from ingest.extract.statements import is_caveat, opines
from rag.naming import firm_key, person_key, subject_keys
from rag.naming import surname as last_name
from rag.sentences import is_heading
from rag.speakers import Sentence, Speaker, attribute
from rag.types import Action, Article, Attribution, Quote, Stance, View
from rag.wording import content_words, fold, phrase_in, stem

_LONGEST_NAME, _LONGEST_SUBJECT = 80, 80
_MOST_REASONS = 3
_BEFORE = 2  # sentences that may name what "the stock" is
_LEANS = 0.5
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TARGET = re.compile(r"\b(?:price target|target|pt|price objective|objective|fair value|valuation)\b", re.IGNORECASE)


class Refused(Exception):
    """Why a proposal is no view of the article."""


@dataclass(frozen=True)
class Checker:
    """Holds what a model proposes against one article."""

    article: Article

    @cached_property
    def _places(self) -> Places:
        return Places(self.article.text)

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return attribute(self.article.text)

    @cached_property
    def _author(self) -> Speaker | None:
        return authors_voice(self.article)

    @cached_property
    def _named(self) -> str:
        article = self.article
        return fold(" | ".join((article.title or "", article.publisher or "", *article.authors, article.text)))

    def view(self, given: Proposed) -> View:
        """Return the proposal as a view.

        Raises:
            Refused: a field of it does not stand in the article, or is contrary to its words.
        """
        span = self._places.find(given.quote)
        if span is None:
            raise Refused("it quotes what the article does not say")
        words = self.article.text[slice(*span)]
        if is_caveat(words) or is_heading(words) or words.rstrip('"”’ ').endswith("?"):
            raise Refused("its quote is a heading, a question or a disclosure")
        moves = [move for start, end in self._places.within(*span) for move in moves_in(self.article.text[start:end])]
        holder = self._holder(_name(given.analyst), _name(given.firm), span, words, moves)
        subject = self._subject(given.subject, span, words, holder)
        action = _one_of("action", given.action, get_args(Action))
        ratings = _ratings(given, words)
        targets = _targets(given, words)
        wrong = agrees(cast("Action", action), words, moves, ratings, targets)
        if wrong:
            raise Refused(wrong)
        stance = _one_of("stance", given.stance, get_args(Stance))
        _check_stance(cast("Stance", stance), cast("Action", action), ratings[1], words, subject)
        return View(
            article=self.article.ref,
            analyst=holder.person,
            firm=holder.firm,
            subject=subject,
            action=cast("Action", action),
            from_rating=ratings[0],
            to_rating=ratings[1],
            target_from=targets[0],
            target_to=targets[1],
            horizon=given.horizon if given.horizon and phrase_in(fold(given.horizon), fold(words)) else None,
            stance=cast("Stance", stance),
            quote=self._quote(span),
            reasons=self._reasons(given.reasons, span),
            attribution=self._attribution(holder),
            said_on=self.article.published.date() if self.article.published else None,
        )

    def _holder(self, analyst: str | None, firm: str | None, span: Span, words: str, moves: list[Move]) -> Speaker:
        """Return who holds the view: who speaks in the quote by the rules' hearing, whom it names, or the author."""
        if analyst is None and firm is None:
            raise Refused("it names no holder")
        for name in filter(None, (analyst, firm)):
            if not phrase_in(fold(name), self._named):
                raise Refused(f"the article does not name {name}")
        here = [each for each in self._sentences if each.start < span[1] and span[0] < each.end]
        speakers = [each for s in here for each in (s.speaker, *s.also) if each]
        known = speakers or ([self._author] if self._author else [])
        if any(_is_same(each, analyst, firm) for each in known):
            return self._whole(analyst, firm, known)
        moved_by = [words[slice(*each)] for move in moves for each in (move.firm, move.analyst) if each]
        named = [each for each in (analyst, firm) if each and phrase_in(fold(each), fold(words))]
        if not named or (speakers and not any(fold(each) in map(fold, moved_by) for each in named)):
            raise Refused(f"its quote is not {analyst or firm}'s")
        return self._whole(analyst, firm, [])

    def _whole(self, analyst: str | None, firm: str | None, known: list[Speaker]) -> Speaker:
        """Return an analyst with the house, if a sentence names both or the rules know them to belong together."""
        if analyst is None or firm is None:
            return Speaker(analyst, firm)
        together = any(each.firm and each.person and _is_same(each, analyst, firm) for each in known)
        both = (fold(last_name(person_key(analyst))), fold(firm))
        texts = (fold(each.text) for each in self._sentences)
        if not together and not any(all(phrase_in(name, text) for name in both) for text in texts):
            stated = fold(" ".join((self.article.publisher or "", *self.article.authors)))
            if not all(phrase_in(name, stated) for name in both):
                raise Refused(f"the article does not say that {analyst} is with {firm}")
        return Speaker(analyst, firm)

    def _subject(self, given: str, span: Span, words: str, holder: Speaker) -> str:
        subject = " ".join(given.split())
        if not subject or len(subject) > _LONGEST_SUBJECT:
            raise Refused("it has no subject")
        around = f"{words} {self._places.before(span[0], _BEFORE)} {self.article.title or ''}"
        held = {stem(word) for word in content_words(around)}
        own = [stem(word) for word in content_words(subject)]
        if not own or not held.issuperset(own):
            raise Refused(f"neither quote nor title speaks of {subject}")
        if any(name and fold(name) == fold(subject) for name in (holder.person, holder.firm)):
            raise Refused("its subject is its holder")
        return subject

    def _reasons(self, given: list[str], quote: Span) -> tuple[Quote, ...]:
        spans = (self._places.find(each) for each in given[: 2 * _MOST_REASONS])
        found = dict.fromkeys(span for span in spans if span and span != quote)
        return tuple(self._quote(span) for span in found)[:_MOST_REASONS]

    def _quote(self, span: Span) -> Quote:
        return Quote(self.article.id, *span, self.article.text[slice(*span)])

    def _attribution(self, holder: Speaker) -> Attribution:
        author = self._author
        return "own" if author and (author.person, author.firm) == (holder.person, holder.firm) else "reported"


def same_holder(one: View, other: View) -> bool:
    """Return whether two views are held by one person or, where one of them names none, by one house."""
    if one.analyst and other.analyst:
        return last_name(person_key(one.analyst)) == last_name(person_key(other.analyst))
    return bool(one.firm and other.firm and firm_key(one.firm) == firm_key(other.firm))


def same_subject(one: View, other: View) -> bool:
    """Return whether two views are about one thing."""
    return not subject_keys(one.subject).isdisjoint(subject_keys(other.subject))


def _name(given: str | None) -> str | None:
    name = " ".join((given or "").split())
    if len(name) > _LONGEST_NAME:
        raise Refused("its holder's name is none")
    return name if any(letter.isalpha() for letter in name) else None


def _is_same(speaker: Speaker, analyst: str | None, firm: str | None) -> bool:
    """Return whether a speaker may be called so; neither name may be another's."""
    person = bool(analyst and speaker.person)
    house = bool(firm and speaker.firm)
    if person and last_name(person_key(analyst or "")) != last_name(person_key(speaker.person or "")):
        return False
    if house and firm_key(firm or "") != firm_key(speaker.firm or ""):
        return False
    return person or (house and (analyst is None or speaker.person is None))


def _one_of(what: Literal["action", "stance"], given: str, known: tuple[str, ...]) -> str:
    value = given.strip().lower().replace(" ", "_")
    if value not in known:
        raise Refused(f"its {what} is none of {', '.join(known)}")
    return value


def _ratings(given: Proposed, words: str) -> tuple[str | None, str | None]:
    found = []
    for written in (given.from_rating, given.to_rating):
        rating = (written or "").strip(" \"'“”‘’.") or None
        if rating and not phrase_in(fold(rating), fold(words)):
            raise Refused(f"its quote does not say {rating}")
        if rating and stance_of(rating) is None and grade_of(rating) is None and outlook_of(rating) is None:
            raise Refused(f"{rating} is no rating")
        found.append(rating)
    old, new = found
    if old and new and fold(old) == fold(new):
        raise Refused("its ratings are one and the same")
    return old, new


def _targets(given: Proposed, words: str) -> tuple[str | None, str | None]:
    found = [(target or "").strip() or None for target in (given.target_from, given.target_to)]
    held = {number.replace(",", "") for number in _NUMBER.findall(words)}
    for target in filter(None, found):
        numbers = {number.replace(",", "") for number in _NUMBER.findall(target)}
        if not numbers or not held.issuperset(numbers) or not _TARGET.search(words) or fold(target) not in fold(words):
            raise Refused(f"its quote gives no target of {target}")
    return found[0], found[1]


def _check_stance(stance: Stance, action: Action, rating: str | None, words: str, subject: str) -> None:
    """Refuse a stance that the rating or the words are against."""
    rated = stance_of(rating) if rating else None
    leans = leaning(words, subject)
    if rated:
        is_right = stance == rated or (change(None, rating) == 0 and stance == "neutral" and abs(leans) < _LEANS)
    elif action in ("upgrade", "raise_target", "raise_estimate"):
        is_right = stance != "bearish"
    elif action in ("downgrade", "cut_target", "cut_estimate"):
        is_right = stance != "bullish"
    elif stance == "neutral":
        is_right = abs(leans) < 3 * _LEANS
    else:
        side = leans if stance == "bullish" else -leans
        is_right = side >= _LEANS or (action != "none" and side >= 0)
    if not is_right:
        raise Refused(f"its quote is not {stance} on {subject}")
    if action == "none" and not rating and not opines(words):
        raise Refused("its quote states no opinion")
