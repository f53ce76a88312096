"""The rest: most words of a statement are the quotes' own, or ones that market prose uses in their place."""

from __future__ import annotations

from rag.guard.evidence import Evidence, other_names
from rag.guard.ordinary import OPENERS
from rag.wording import content_words, near, stem, words

_LEAST = 0.5


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line if most of the statement's words are not the sources'."""
    own = [word for word in content_words(statement) if stem(word) not in _NEUTRAL]
    known = evidence.known
    for text in (known, f"{known} {other_names(known)}"):
        held = {stem(word) for word in words(text)}
        strange = [word for word in own if stem(word) not in held and near(stem(word)).isdisjoint(held)]
        if len(own) - len(strange) >= _LEAST * len(own):
            return []
    return ["most words are not in the quotes: " + ", ".join(strange)]


_NEUTRAL = frozenset(
    map(stem, "analysts strategists sources earlier undated headline disagree view reason author".split())
)
__all__ = ("OPENERS", "problems")
