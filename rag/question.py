"""What a question asks: its parts, each with kind, terms and aspects, and the scope that its wording implies.

What is inferred from wording narrows the scope only through dates and publishers, and is relaxed where it empties it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from rag.errors import InputError
from rag.kinds import SEVERAL, Kind, kind_of, parts_of
from rag.periods import find_period
from rag.subjects import ASPECTS, Aspect
from rag.terms import Term, Vocabulary, terms_of
from rag.types import Scope
from rag.wording import fold, words

_PLAINER = [
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"\bstay(?:ing)? away from\b|\bsteer clear of\b", "avoid"),
        (r"\b(?:speak|spoke|spoken) well of\b", "recommend"),
        (r"\b(?:turned?|gone|went) (?:more )?cautious\b", "turned negative"),
        (r"\bturn(?:ed|s)? (?:a )?sellers? (?:of|on)\b", "cut its rating to sell on"),
        (r"\bturn(?:ed|s)? (?:a )?buyers? (?:of|on)\b", "raised its rating to buy on"),
        (r"\b(?:begun|began|start(?:ed|s)?) (?:to cover|covering|coverage)\b(?: of| on)?", "initiated coverage on"),
    )
]


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood: what its evidence must hold and where to look for it."""

    question: str
    kind: Kind
    terms: tuple[Term, ...]
    aspects: tuple[Aspect, ...]
    scope: Scope
    inferred: Scope
    inferred_from: str = ""
    further: tuple[Query, ...] = ()  # what else the sentence asks, each about the same names and subjects

    @property
    def names(self) -> tuple[Term, ...]:
        """The people, firms and companies that the question names."""
        return tuple(term for term in self.terms if term.kind == "name")


def understand(question: str, vocabulary: Vocabulary, today: date, scope: Scope, limit: int) -> Query:
    """Return what the question asks of this library.

    Raises:
        InputError: the question is empty, has no word, or is longer than `limit` characters.
    """
    text = check(question, limit)
    for pattern, plain in _PLAINER:
        text = pattern.sub(plain, text)
    inferred, said = _inferred_scope(text, vocabulary, scope.as_of or today, scope)
    first, *others = parts_of(text.replace(said, " ") if said else text)
    aspects = _aspects(first)
    main = Query(
        question=first,
        kind=kind_of(first),
        terms=_beside_aspects(terms_of(first, vocabulary), aspects),
        aspects=aspects,
        scope=scope,
        inferred=inferred,
        inferred_from=said,
    )
    if main.kind not in SEVERAL and sum(term.beside and term.role for term in main.terms) > 1:
        main = replace(main, kind="compare")
    # The publisher asked for narrows the scope; its articles need not name it.
    asked = {fold(publisher) for publisher in inferred.publishers}
    main = replace(main, terms=tuple(term for term in main.terms if fold(term.label) not in asked))
    about = tuple(term for term in main.terms if term.required)
    further = tuple(
        replace(
            main,
            question=part,
            kind=kind_of(part),
            terms=_with(about, terms_of(part, vocabulary)),
            aspects=_aspects(part),
        )
        for part in others
    )
    return replace(main, further=further)


def _beside_aspects(terms: tuple[Term, ...], aspects: tuple[Aspect, ...]) -> tuple[Term, ...]:
    """Return the terms with those words that only name an aspect ("upgraded", "target") set apart."""
    return tuple(
        replace(term, role=True)
        if term.kind == "word" and any(aspect.asked.search(term.label) for aspect in aspects)
        else term
        for term in terms
    )


def _aspects(text: str) -> tuple[Aspect, ...]:
    return tuple(aspect for aspect in ASPECTS if aspect.asked.search(text))


def _with(about: tuple[Term, ...], own: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return what an earlier part was about with a later part's own terms, each once."""
    known = {form for term in about for form in term.forms}
    return about + tuple(term for term in own if known.isdisjoint(term.forms))


def check(question: str, limit: int) -> str:
    """Return the question with white space folded.

    Raises:
        InputError: it is empty, has no word, or is longer than `limit` characters.
    """
    text = " ".join(question.split())
    if not words(text):
        raise InputError("The question is empty; ask something like: who upgraded small caps and why?")
    if len(text) > limit:
        raise InputError(f"The question has {len(text):,} characters; at most {limit:,} are read. Ask a shorter one.")
    return text


def _inferred_scope(text: str, vocabulary: Vocabulary, today: date, scope: Scope) -> tuple[Scope, str]:
    """Return what the wording alone says about dates and publishers, and the words that say it."""
    period = find_period(text, today, vocabulary.newest)
    inferred, said = Scope(), ""
    if period and not (scope.since or scope.until):
        inferred, said = Scope(since=period.since, until=period.until, as_of=period.as_of), period.words
    named = re.search(r"\b(?:in|by|from|according to|published by)\s+(?:the\s+)?((?:[A-Z][\w&'.-]*\s?){1,4})", text)
    if named and not scope.publishers:
        publisher = fold(named[1]).removesuffix("'s")
        if "publisher" in vocabulary.kinds.get(publisher, ()) and "firm" not in vocabulary.kinds[publisher]:
            inferred = replace(inferred, publishers=(named[1].strip(),))
    return inferred, said
