"""What a sentence's opinion is about: everything that it could be about, weighed by learned weights.

The weights are those of a logistic regression over the features below, fitted to sentences whose subject a reader gave;
`python -m benchmarks subjects` fits them again where that data is at hand (see docs/decisions/0008).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ingest.extract.claims import surname
from ingest.extract.markets import is_market_head
from ingest.extract.subjects import Mention, Thing, points_at, refers_back
from rag.speakers import Speaker
from rag.wording import stem, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SPEECH = frozenset(
    """say said says tell told tells add added adds note noted notes believe believed believes expect expected
    expects think thought thinks predict predicted predicts forecast forecasts estimate estimated estimates
    argue argued argues see saw sees warn warned warns agree agreed agrees comment commented explain explained
    feel felt feels""".split()
)
# "Rate cuts could boost margins" is about the margins.
_CAUSES = frozenset(
    stem(verb)
    for verb in """boost help hurt lift push support spur drive hit weigh harm benefit aid cause lead mean force give
    allow let make pressure squeeze fuel curb limit offset threaten reduce raise cut""".split()
)
# What belongs to a company or a market and is no subject beside it: "the results were strong", "margins will fall".
_PARTS = frozenset(
    """results result shares share stock stocks company companies firm earnings profits profit margins margin outlook
    quarter quarters year years month months week weeks today yesterday figures figure numbers number report
    reports news sales revenue revenues management valuation valuations growth demand line end side way thing
    things lot one ones case point points time times day days period level levels range high highs low lows
    rate rates percent pct mln billion dlrs cts people person analyst analysts economist investor investors
    trader traders view views opinion reason reasons problem problems question situation fact factor factors
    sign signs chance chances possibility move moves step steps impact effect effects trend trends change
    changes increase decline gain gains loss losses rise fall drop cut cuts part parts kind sort note
    statement interview comment comments forecast forecasts estimate estimates target targets rating ratings
    recommendation price prices position positions performance potential upside downside risk risks momentum
    strength weakness pressure support terms basis addition example instance concern concerns""".split()
)
_PREPOSITIONS = frozenset("at for in on to".split())
_BESIDE = frozenset("than with against versus like as including by before after".split())
_TIMES = frozenset(("DATE", "TIME"))
_AMOUNTS = frozenset("MONEY PERCENT CARDINAL ORDINAL QUANTITY".split())
_PLACES = frozenset(("GPE", "NORP", "LOC"))
_BIAS: Final = -2.16
_WEIGHTS: Final[dict[str, float]] = {
    "nsubjpass": 1.54,
    "nsubj": 1.4,
    "thing": 0.91,
    "dobj": 0.8,
    "share of the words in the title": 0.68,
    "for": 0.59,
    "pronoun points back": 0.56,
    "times named": 0.52,
    "in": 0.5,
    "on": 0.5,
    "to": 0.43,
    "surely a company": 0.38,
    "market": 0.28,
    "other place": 0.27,
    "focus": 0.25,
    "spoken of before": 0.2,
    "place": 0.1,
    "other preposition": 0.07,
    "name": 0.06,
    "attr": 0.05,
    "share of namings": -0.08,
    "words": -0.08,
    "nothing named": -0.12,
    "subject of speech": -0.13,
    "owner or part": -0.25,
    "characters before": -0.37,
    "compared or by the way": -0.74,
    "in a condition": -0.85,
    "cause": -1.13,
    "person": -1.48,
    "time": -1.5,
    "amount": -1.51,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a sentence may be about: a thing it names, another noun phrase, or what was spoken of before."""

    name: str
    thing: Thing | None = None  # None for a noun phrase that names none
    root: Token | None = None  # None for what the sentence does not name
    share: float = 0.0  # of the article's most named thing, how often the article names this one
    start: int = 0
    is_before: bool = False  # what the holder spoke of before; else, without a root, the article's focus


def about(
    sentence: str, offers: Sequence[Offer], title: str, named: Callable[[str], Thing]
) -> tuple[list[Thing], float]:
    """Return the things an opinion is about, one or several of a list, and the probability that it is about them.

    Args:
        sentence: its text.
        offers: what it may be about (`offers_in`).
        title: the article's.
        named: makes a thing of the words of a noun phrase.
    """
    if not offers:
        return [], 0.0
    scores = [_score(each, offers, sentence, title) for each in offers]
    best = max(range(len(offers)), key=scores.__getitem__)
    chosen = offers[best]
    things = [chosen.thing or named(chosen.name)]
    things += [o.thing for o in offers if o is not chosen and o.thing and _coordinated(chosen, o)]
    return list({id(each): each for each in things}.values()), 1 / (1 + math.exp(-scores[best]))


def _score(offer: Offer, offers: Sequence[Offer], sentence: str, title: str) -> float:
    values = features(offer, offers, sentence, title)
    return _BIAS + sum(_WEIGHTS.get(name, 0.0) * value for name, value in values.items())


def offers_in(
    parsed: Doc,
    mentions: Sequence[Mention],
    holder: Speaker,
    focus: Thing | None = None,
    before: Thing | None = None,
    most: int = 1,
) -> list[Offer]:
    """Return what a sentence may be about, in order: what it names, then what was spoken of before.

    Args:
        parsed: the sentence's parse.
        mentions: where it names companies and markets, the holder's own not among them.
        holder: who speaks in it.
        focus: what the article is about.
        before: what the holder spoke of before.
        most: how often the article names what it names most.
    """
    found = []
    for each in mentions:
        span = parsed.char_span(each.start, each.end, alignment_mode="expand")
        if span is not None:
            found.append(Offer(each.thing.name, each.thing, span.root, each.thing.count / most, each.start))
    taken = [(each.start, each.end) for each in mentions]
    for chunk in parsed.noun_chunks:
        name = _name(chunk, holder)
        if name and not any(start < chunk.end_char and chunk.start_char < end for start, end in taken):
            found.append(Offer(name, None, chunk.root, start=chunk.start_char))
    found.sort(key=lambda offer: offer.start)
    if before is not None:
        found.append(Offer(before.name, before, share=before.count / most, is_before=True))
    if focus is not None and focus is not before:
        found.append(Offer(focus.name, focus, share=focus.count / most))
    return found


def _name(chunk: Span, holder: Speaker) -> str | None:
    """Return a noun phrase's words without articles and owners; None if it is a pronoun or the holder."""
    if (
        chunk.root.pos_ == "PRON"
        or chunk.root.text.casefold() in _PARTS
        or any(
            name and (name in chunk.text or chunk.text in name)
            for name in (holder.firm, holder.person, holder.person and surname(holder.person))
        )
    ):
        return None
    kept = [t.text for t in chunk if t.pos_ not in ("DET", "PRON", "PUNCT", "SYM") and t.dep_ not in ("poss", "case")]
    name = re.sub(r"\s?-\s?", "-", " ".join(kept))
    return name if re.search(r"[A-Za-z]{2}", name) else None


def features(offer: Offer, offers: Sequence[Offer], sentence: str, title: str) -> dict[str, float]:
    """Return the values of an offer's features by name, those that are not 0."""
    return {name: float(value) for name, value in _features(offer, offers, sentence, title) if value}


def _features(offer: Offer, offers: Sequence[Offer], sentence: str, title: str) -> Iterator[tuple[str, float]]:
    telling = [word for word in words(offer.name) if len(word) > 2]
    titled = title.casefold()
    yield "share of the words in the title", sum(word.rstrip("s") in titled for word in telling) / max(1, len(telling))
    yield "words", min(6, len(telling))
    if offer.thing is not None:
        yield "times named", min(4.0, math.log(max(1, offer.thing.count)))
        yield "share of namings", offer.share
        yield "surely a company", offer.thing.is_sure
    if offer.root is not None:
        yield "thing", offer.thing is not None
        yield from _of_place(offer.root, offer.start)
        yield from _of_word(offer.root)
    elif offer.thing is not None:
        yield "spoken of before" if offer.is_before else "focus", 1
        yield "pronoun points back", refers_back(sentence)
        yield "kind points back", points_at(offer.thing, sentence)
        yield "nothing named", not any(each.root is not None and each.thing for each in offers)


def _of_place(root: Token, start: int) -> Iterator[tuple[str, float]]:
    token = _owner(root)
    head = token.head.text.casefold()
    yield "characters before", start / 200
    yield "owner or part", token is not root
    yield "in a condition", _is_conditional(token)
    yield token.dep_ if token.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "ROOT") else "other place", 1
    yield "compared or by the way", any(each.text.casefold() in _BESIDE for each in _prepositions(token))
    if token.dep_ == "pobj":
        yield head if head in _PREPOSITIONS else "other preposition", 1
    if token.dep_ in ("nsubj", "nsubjpass"):
        yield "subject of a clause", token.head.dep_ in ("ROOT", "ccomp")
        yield "subject of speech", head in _SPEECH
        yield "cause", token.dep_ == "nsubj" and stem(head) in _CAUSES


def _of_word(root: Token) -> Iterator[tuple[str, float]]:
    yield "market", is_market_head(root)
    yield "name", root.pos_ == "PROPN"
    yield "time", root.ent_type_ in _TIMES
    yield "amount", root.ent_type_ in _AMOUNTS
    yield "person", root.ent_type_ == "PERSON"
    yield "place", root.ent_type_ in _PLACES


def _owner(token: Token) -> Token:
    """Return the noun that a possessor or modifier belongs to: "Apple's costs" are Apple's."""
    while token.dep_ in ("poss", "compound", "nmod", "amod", "conj", "appos") and token.head is not token:
        token = token.head
    if token.dep_ == "pobj" and token.head.text == "of" and token.head.head.dep_ in ("nsubj", "nsubjpass"):
        return token.head.head
    return token


def _prepositions(token: Token) -> Iterator[Token]:
    """Yield the prepositions that a noun hangs on, the nearest first: "by stronger moves in tech" is "in", "by"."""
    while token.dep_ in ("pobj", "pcomp", "prep", "agent") and token.head is not token:
        token = token.head
        if token.dep_ in ("prep", "agent"):
            yield token


def _is_conditional(token: Token) -> bool:
    """Return True if the word stands in a clause that "if", "because", "although" … opens."""
    return any(
        child.dep_ == "mark" and child.text.casefold() != "that" for verb in token.ancestors for child in verb.children
    )


def _coordinated(left: Offer, right: Offer) -> bool:
    """Return True if two things that the sentence names stand in one list: "X, Y and Z"."""
    if left.root is None or right.root is None or left.thing is None or right.thing is None:
        return False
    return left.thing.is_company == right.thing.is_company and right.root in left.root.conjuncts
