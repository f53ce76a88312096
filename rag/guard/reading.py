"""A text as the guard reads it: its words in order, each with its stem, its sentence and its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.sentences import sentence_spans
from rag.wording import STOP_WORDS, near, stem

_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " ", "−": "-"})
_TOKEN = re.compile(r"\d[\d,.]*\d|[^\W_]+(?:['.&][^\W_]+)*|[,;:()—–]|\s-{1,2}\s")
_NEW_CLAUSE = frozenset("and but while although though whereas because since unless until if as which who that".split())
_REACH = 6  # words to either side that tell what a thing is said of
_FADING = 0.8
_LONGEST = 20_000  # characters of a text that are read


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded, with its stem and where it stands."""

    low: str
    root: str
    start: int
    end: int
    sentence: int
    clause: int

    @property
    def is_content(self) -> bool:
        """Whether the word carries meaning of its own."""
        return self.low not in STOP_WORDS


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its words; `roots` are the stems of all of them."""

    text: str
    words: tuple[Word, ...]
    roots: frozenset[str]

    def at(self, start: int) -> int:
        """Return the index of the first word that ends behind a character offset."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.words[middle].end <= start:
                low = middle + 1
            else:
                high = middle
        return low

    def around(self, first: int, last: int) -> dict[str, float]:
        """Return the content words of the sentence near the words `first` … `last`, the nearer the heavier."""
        found: dict[str, float] = {}
        if not self.words or first >= len(self.words):
            return found
        here = self.words[first]
        for places in (range(first - 1, -1, -1), range(last + 1, len(self.words))):
            distance = 0
            for place in places:
                word = self.words[place]
                if word.sentence != here.sentence or distance >= _REACH:
                    break
                if not word.is_content:
                    continue
                distance += 1
                weight = (1.0 if word.clause == here.clause else 0.5) * _FADING**distance
                found[word.root] = max(found.get(word.root, 0.0), weight)
        return found


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Return the reading of a text."""
    text = text[:_LONGEST]
    words = tuple(_words(text))
    return Reading(text, words, frozenset(word.root for word in words))


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text."""
    return tuple(text[start:end] for start, end in sentence_spans(text[:_LONGEST]))


def fit(one: dict[str, float], other: dict[str, float]) -> float:
    """Return how far two surroundings share their words."""
    return sum(min(weight, other[root]) for root, weight in one.items() if root in other)


def shared(roots: Sequence[str] | frozenset[str], held: frozenset[str]) -> int:
    """Return how many of the stems are held, or one that market prose uses in its place."""
    return sum(root in held or not near(root).isdisjoint(held) for root in roots)


def _words(text: str) -> Iterator[Word]:
    plain = text.translate(_PLAIN)
    spans = sentence_spans(text)
    at = clause = 0
    for match in _TOKEN.finditer(plain):
        token = match.group()
        if not token[0].isalnum():
            clause += 1
            continue
        while at + 1 < len(spans) and match.start() >= spans[at][1]:
            at += 1
            clause += 1
        low = token.lower()
        if low in _NEW_CLAUSE:
            clause += 1
        yield Word(low, stem(low.removesuffix("'s")), match.start(), match.end(), at, clause)
