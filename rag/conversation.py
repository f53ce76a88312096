"""Follow-up questions made to stand alone: "and why?", "what about Bank of America?", "is he still positive?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.kinds import wants_reason
from rag.ledger import holder_of
from rag.render import EARLIER
from rag.terms import Term, Vocabulary, terms_of
from rag.types import Answer
from rag.wording import fold, near, stem, words

_WHY = re.compile(
    r"^(?:and |but |so )?(?:why|how come|what for|for what reason)(?: (?:is|was) (?:that|this|it)| so)?\W*$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^(?:and |but )?(?:when|on what (?:day|date))"
    r"(?: (?:is|was|did) (?:that|this|it|he|she|they)(?: (?:say|happen)\w*)?)?\W*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:and|but|so|what about|how about|and what about|and how about)\b[\s,]*(?P<topic>.+?)\W*$", re.IGNORECASE
)
_WHO = r"\b(?P<who>he|she|him|her|they|them|the (?:analyst|strategist|economist))\b"
_HE = re.compile(rf"\b(?P<own>his|their)\b|{_WHO}", re.IGNORECASE)
_HE_NOT_THEIR = re.compile(rf"\b(?P<own>his)\b|{_WHO}", re.IGNORECASE)
_ASKS_WHO = re.compile(
    r"^(?:and |but |so )?(?:who|which|how many|(?:has|have|did|does|do|is|are) any)\b", re.IGNORECASE
)
_FIRM = re.compile(r"\b(?:the (?:firm|bank|broker|brokerage|house))\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|its|the (?:stock|shares|company|index|group|same)|that|this|those)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:Earlier view: )?(?P<person>[^:(“]{2,60}?)(?: \((?P<firm>[^)“]{2,60})\))?(?:, (?:\d|undated)[^:“]{0,40}: |: “)"
)
# What follows is what the question is about, whether the library knows it or not.
_OBJECT = re.compile(
    r"\b(?:upgraded?|downgraded?|initiated?|reiterated?|likes?|liked|rates?|rated|(?:bullish|bearish|positive|negative|"
    r"neutral|cautious|view|views|opinion|outlook|case|say|says|said|think|thinks|forecast|forecasts|disagrees?|agrees?)"
    r"\s(?:on|about|of|for))\s(?:the\s)?(?P<object>[a-z]{3,})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT = 9  # words: a question no longer than this that names nothing leans on the one before


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands alone; `focus` are the articles of the last answer, to be tried first."""

    question: str
    focus: tuple[str, ...] = ()
    asks_further: bool = False  # wants something about the same matter that the last answer did not say


def resolve(question: str, history: Sequence[Answer], vocabulary: Vocabulary) -> Resolved:
    """Return the question with what it leaves to the conversation filled in from the last answer."""
    if not history:
        return Resolved(question)
    last = history[-1]
    before = last.standalone or last.question
    focus = tuple(dict.fromkeys(citation.article.id for citation in last.citations))
    if _WHY.match(question):
        return Resolved(before if wants_reason(before) else before.rstrip(" ?.!") + ", and why?", focus)
    if _WHEN.match(question):
        return Resolved("When was that: " + before, focus)
    # A year of the question before is kept as its dates, not as something that evidence must hold.
    old = [term for term in terms_of(before, vocabulary) if term.required and not _YEAR.fullmatch(term.label)]
    about = _ABOUT.match(question)
    if about:
        new = [term for term in terms_of(about["topic"], vocabulary) if term.required]
        new = new or [
            each for each in _other_words(about["topic"], old, vocabulary) if vocabulary.is_subject(each.forms[0])
        ]
        replaced = _replaced(before, old, new, vocabulary) if len(words(question)) <= _SHORT else None
        if replaced:
            return Resolved(replaced)
    filled, leans = _with_names(question, last, vocabulary)
    new = [term for term in terms_of(filled, vocabulary) if term.required]
    speaks_of = _OBJECT.search(question)
    if speaks_of and not leans and not _IT.search(question) and _other_words(speaks_of["object"], old, vocabulary):
        return Resolved(question)
    if leans or about or _IT.search(question) or (not new and len(words(question)) <= _SHORT):
        missing = [
            term.label
            for term in old
            if term.label not in {each.label for each in new} and term.label.lower() not in filled.lower()
        ]
        holders = {word for name in _holders(last, vocabulary) for word in words(name)}
        if leans:
            missing = [label for label in missing if not set(words(label)) <= holders]
        filled = f"{filled.rstrip()} ({', '.join(missing)})" if missing else filled
        return Resolved(filled, focus, asks_further=not new)
    return Resolved(question)


def _other_words(text: str, old: list[Term], vocabulary: Vocabulary) -> list[Term]:
    """Return the plain words of a text that the terms of the question before do not hold: "cobalt"."""
    held = {root for term in old for form in term.forms for word in words(form) for root in near(stem(word))}
    plain = (term for term in terms_of(text, vocabulary) if term.kind == "word" and not term.role)
    return [term for term in plain if term.stems.isdisjoint(held)]


def _replaced(before: str, old: list[Term], new: list[Term], vocabulary: Vocabulary) -> str | None:
    """Return the earlier question with what the new one names in place of its counterpart; None if it names none."""
    if not new:
        return None
    fresh = new[0]
    counterpart = next((term for term in reversed(old) if _sort(term, vocabulary) == _sort(fresh, vocabulary)), None)
    if counterpart is None and _sort(fresh, vocabulary) == "holder":
        return f"What does {fresh.label} say about {' and '.join(term.label for term in old) or 'it'}?"
    if counterpart is None:
        return before.rstrip(" ?.!") + f" ({fresh.label})?"
    text = before
    for term in old:
        if term is not counterpart and _sort(term, vocabulary) == _sort(counterpart, vocabulary) == "holder":
            # "Drexel's David Healy" → "Kidder Peabody": the person goes with the house.
            text = re.sub(rf"{re.escape(term.label)}(?:['’]s)?\s?", "", text, flags=re.IGNORECASE)
    forms = sorted((counterpart.label, *counterpart.forms), key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(form) for form in forms), re.IGNORECASE)
    return pattern.sub(fresh.label, text, count=1)


def _sort(term: Term, vocabulary: Vocabulary) -> str:
    """Return whether a term names who speaks or what is spoken about."""
    return "holder" if term.kind == "name" and vocabulary.is_holder(term.forms[0]) else "subject"


def _with_names(question: str, last: Answer, vocabulary: Vocabulary) -> tuple[str, bool]:
    """Return the question with pronouns for people and firms replaced by the last answer's first speaker."""
    holders = _holders(last, vocabulary)
    # "Who cut their forecast" asks for those whose it is.
    pronouns = _HE_NOT_THEIR if _ASKS_WHO.match(question) else _HE
    if not holders:
        return question, bool(pronouns.search(question) or _FIRM.search(question))
    person, firm = holders[0], holders[-1]

    def name(match: re.Match[str]) -> str:
        return person + ("'s" if match["own"] or match.group().lower() == "her" else "")

    filled, people = pronouns.subn(name, question)
    filled, firms = _FIRM.subn(firm, filled)
    return filled, bool(people or firms)


def _holders(last: Answer, vocabulary: Vocabulary) -> list[str]:
    """Return the person and the firm that the last answer's first attributed statement names, as far as it does."""
    for statement in last.statements:
        text = statement.text.removeprefix(EARLIER)
        told = next((view for view in last.views if text.startswith(f"{holder_of(view)} ")), None)
        if told and (told.analyst or told.firm):
            return [name for name in (told.analyst, told.firm) if name]
        match = _LABEL.match(statement.text)
        if match and match["firm"]:
            return [match["person"], match["firm"]]
    for statement in last.statements:
        match = _LABEL.match(statement.text)
        if match and vocabulary.is_holder(fold(match["person"])):
            return [match["person"]]
    # A model says it in words of its own: "Mara Lane of Tern Capital cut tin."
    for statement in last.statements:
        names = [term for term in terms_of(statement.text, vocabulary) if _is_name_of_holder(term, vocabulary)]
        people = [term.label for term in names if vocabulary.kinds.get(term.forms[0], set()) & {"person", "surname"}]
        firms = [term.label for term in names if term.label not in people]
        if names:
            return people[:1] + firms[:1]
    return []


def _is_name_of_holder(term: Term, vocabulary: Vocabulary) -> bool:
    """Return True for a name that speaks in the library and is not spoken of."""
    return _sort(term, vocabulary) == "holder" and not vocabulary.is_subject(term.forms[0])
