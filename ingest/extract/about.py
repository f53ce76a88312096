"""What a sentence's opinion is about: the clause's grammar weighed against what the article is about."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.extract.subjects import Mention, Thing, refers_back
from rag.wording import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# "Rate cuts could boost margins" is about the margins.
_CAUSES = frozenset(
    stem(verb)
    for verb in """boost help hurt lift push support spur drive hit weigh harm benefit aid cause lead mean force give
    allow let make pressure squeeze fuel curb limit offset threaten reduce raise cut""".split()
)
_ABOUT = frozenset("on of for in about to".split())
_BESIDE = frozenset("than with against versus like as including by before after".split())
_NO_THING = frozenset("DATE TIME MONEY PERCENT CARDINAL ORDINAL PERSON".split())
_UNNAMED = 0.2  # for what was spoken of before and is not named here
_REFERRED = 0.5  # more, where "it" or "the company" points back
_SUBJECT, _CAUSE, _OBJECT, _TOPIC, _COMPARED = 1.0, 0.2, 0.6, 0.3, -0.5
_COMPANY = 0.4
_CENTRAL = 0.5  # the least weight of what a clause is plainly about
_CONDITION = -0.6


def about(
    sentence: str, parsed: Doc, mentions: Sequence[Mention], focus: Thing | None, before: Thing | None
) -> tuple[list[Thing], bool]:
    """Return the things an opinion is about, one or several of a list, and if its clause is plainly about them.

    Every mention is weighed by its place in the clause and by how often the article names the thing; what the holder
    spoke of `before` and the article's `focus` are weighed too, more so where a pronoun points back.
    """
    back = refers_back(sentence)
    offers: list[tuple[float, Thing, Mention | None]] = []
    if focus is not None:
        offers.append((_UNNAMED + _salience(focus) + _REFERRED * (back and before is None), focus, None))
    if before is not None:
        offers.append((_UNNAMED + _salience(before) + _REFERRED * back, before, None))
    offers += [(_weight(each, parsed) + _salience(each.thing), each.thing, each) for each in mentions]
    if not offers:
        return [], False
    _, thing, mention = max(offers, key=lambda offer: offer[0])
    listed = [
        each.thing for each in mentions if mention and each is not mention and _coordinated(mention, each, parsed)
    ]
    is_central = mention is None or _weight(mention, parsed) >= _CENTRAL
    return list({id(each): each for each in (thing, *listed)}.values()), is_central


def _salience(thing: Thing) -> float:
    return 0.5 * math.log(max(1, thing.count))


def _weight(mention: Mention, parsed: Doc) -> float:
    score = -mention.start / 1000 + _COMPANY * mention.thing.is_sure
    root = _root(mention, parsed)
    if root is None:
        return score
    root = _owner(root)
    dep, head = root.dep_, root.head.text.casefold()
    if dep in ("nsubj", "nsubjpass"):
        score += _CAUSE if dep == "nsubj" and stem(head) in _CAUSES else _SUBJECT
    elif dep == "dobj":
        score += _OBJECT
    elif dep == "pobj" and head in _ABOUT:
        score += _TOPIC
    elif dep == "pobj" and head in _BESIDE:
        score += _COMPARED
    return score + _CONDITION * _is_conditional(root)


def _root(mention: Mention, parsed: Doc) -> Token | None:
    span = parsed.char_span(mention.start, mention.end, alignment_mode="expand")
    return span.root if span is not None else None


def _owner(token: Token) -> Token:
    """Return the noun that a possessor or modifier belongs to: "Apple's costs" are Apple's."""
    while token.dep_ in ("poss", "compound", "nmod", "amod", "conj", "appos") and token.head is not token:
        token = token.head
    if token.dep_ == "pobj" and token.head.text == "of" and token.head.head.dep_ in ("nsubj", "nsubjpass"):
        return token.head.head
    return token


def _is_conditional(token: Token) -> bool:
    """Return True if the word stands in a clause that "if", "because", "although" … opens."""
    return any(
        child.dep_ == "mark" and child.text.casefold() != "that" for verb in token.ancestors for child in verb.children
    )


def _coordinated(left: Mention, right: Mention, parsed: Doc) -> bool:
    """Return True if two mentions stand in one list: "X, Y and Z"."""
    if left.thing.is_company != right.thing.is_company:
        return False
    one, other = _root(left, parsed), _root(right, parsed)
    return one is not None and other is not None and other in one.conjuncts


def spoken_of(parsed: Doc, holder: str) -> str | None:
    """Return the words of what a sentence speaks of where no known thing is named: a clause's own subject or object.

    For headlines and single sentences, whose company or market no other sentence introduces.
    """
    best: tuple[float, str] | None = None
    for chunk in parsed.noun_chunks:
        root = chunk.root
        words = [token for token in chunk if token.pos_ not in ("DET", "PRON", "PUNCT", "SYM")]
        name = " ".join(token.text for token in words)
        if not words or root.pos_ not in ("PROPN", "NOUN") or root.ent_type_ in _NO_THING or name in holder:
            continue
        place = {"nsubj": 1.0, "nsubjpass": 1.0, "dobj": 0.6, "pobj": 0.3}.get(root.dep_, 0.0)
        score = place + 0.5 * (root.pos_ == "PROPN") - chunk.start / 100
        if place and (best is None or score > best[0]):
            best = score, re.sub(r"\s(?=[’']s\b|-)|(?<=-)\s", "", name)
    return best[1] if best else None
