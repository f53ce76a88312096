"""What stands in for articles and the model where storing is measured and not reading: all invented, all repeatable."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.types import Article, Quote, View

_FIRMS = ("Harbor Street Research", "Northgate Advisors", "Pell & Marsh", "Quillmark Research", "Oakmere Partners")
_SUBJECTS = ("small caps", "tin", "wheat", "harbour bonds", "ferry operators", "regional banks", "copper", "rubber")
_VERBS = ("gained", "slipped", "held their ground", "fell behind", "rallied", "drifted", "lost their lead")
_REASONS = (
    "rates are due to fall",
    "stocks ran low",
    "orders came late",
    "costs rose",
    "buyers waited",
    "rain was short",
)
_COPIED = 17  # every so many stories, one is followed by a copy of it under another address
_HELD = 5_000  # directions of words, so that memory is bounded
_CHANGED = 5  # of the second edition, every so many stories say something new


class HashedWords:
    """Sums a fixed random direction for each word: cheap, the same in every process, and it counts what it embeds."""

    name = "hashed words"

    def __init__(self, dimensions: int = 48) -> None:
        """Take `dimensions` as the vectors' width."""
        self.dimensions = dimensions
        self.embedded = 0
        self._words: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit-length row per text."""
        self.embedded += len(texts)
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split() or [""]:
                rows[row] += self._direction(word)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def _direction(self, word: str) -> NDArray[np.float32]:
        if word not in self._words:
            if len(self._words) >= _HELD:
                self._words.clear()
            draw = np.random.default_rng(zlib.crc32(word.encode()))
            self._words[word] = draw.standard_normal(self.dimensions, dtype=np.float32)
        return self._words[word]


def stories(number: int, *, edition: int = 1) -> list[dict[str, Any]]:
    """Return stories in the import format, some followed by a copy; a later edition has changed some of them."""
    found: list[dict[str, Any]] = []
    for place in range(number):
        changed = edition if place % _CHANGED == 0 and place % _COPIED else 1
        story = _story(place, random.Random(f"{place} {changed}"))
        found.append(story)
        if place % _COPIED == 0:
            found.append(story | {"url": f"urn:invented:copy-{place}"})
    return found


def write_stories(path: Path, number: int, *, edition: int = 1) -> Path:
    """Write invented stories to a `.jsonl` file and return its path."""
    lines = map(json.dumps, stories(number, edition=edition))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read_stories(path: Path) -> list[dict[str, Any]]:
    """Return the stories of a file that `write_stories` wrote."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def first_view(article: Article) -> list[View]:
    """Return one view, that of the house in an invented story's first sentence: an extractor that costs nothing."""
    sentence = article.text.partition(".")[0] + "."
    empty: dict[str, Any] = dict.fromkeys(
        ("analyst", "from_rating", "to_rating", "target_from", "target_to", "horizon"), None
    )
    firm = next(firm for firm in _FIRMS if firm in sentence)
    subject = next(subject for subject in _SUBJECTS if subject in sentence)
    quote = Quote(article.id, 0, len(sentence), sentence)
    return [
        View(**empty, article=article.ref, firm=firm, subject=subject, action="none", stance="neutral", quote=quote)
    ]


def _story(place: int, draw: random.Random) -> dict[str, Any]:
    sentences = [
        f"{draw.choice(_FIRMS)} says {draw.choice(_SUBJECTS)} {draw.choice(_VERBS)} by {draw.randint(2, 90)} points "
        f"in week {draw.randint(1, 52)} because {draw.choice(_REASONS)} at desk {place}."
        for _ in range(draw.randint(4, 26))
    ]
    return {
        "url": f"urn:invented:{place}",
        "title": f"Note {place}",
        "publisher": draw.choice(_FIRMS),
        "published": f"2026-{1 + place % 12:02}-{1 + place % 28:02}",
        "text": "\n\n".join(" ".join(sentences[first : first + 5]) for first in range(0, len(sentences), 5)),
    }
