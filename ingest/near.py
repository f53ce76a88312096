"""Near duplicates: which stored articles an article on its way in is a copy or an update of.

Every article leaves a signature in the catalogue: 128 numbers that agree between two articles in the share of runs of
words that both hold (MinHash: Broder, "On the resemblance and containment of documents", 1997). A new signature is
compared with all of them at once; only the few articles whose signature agrees are read, and compared word by word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ingest.alike import LIMITS, Limits, Story, in_order, likeness
from rag.catalogue import Alike
from rag.library import Library
from rag.types import Article

if TYPE_CHECKING:
    from datasketch import MinHash

NUMBERS: Final = 128
# A stored signature is of use only beside others made the same way; a change here has all of them made anew.
_MADE: Final = f"datasketch affine32 sha1 seed 1, {NUMBERS} numbers, runs of 3 words, datelines off"
MARK: Final = crc32(_MADE.encode()).to_bytes(4)
_AGREEING: Final = 7  # numbers of the 128 that make an article worth reading
_MOST_READ: Final = 32  # articles, the most alike first: a thousand notes on one form must not cost a thousand readings
_PORTION: Final = 4_096  # runs hashed at a time, which bounds memory
_UNSIGNED: Final = 200  # articles of a library without signatures that are signed in one transaction

Signature = NDArray[np.uint32]


class Near:
    """The signatures of a library's articles; valid while its writer lock is held."""

    def __init__(self, library: Library, limits: Limits = LIMITS) -> None:
        """Read nothing yet: an ingest that changes nothing needs no signatures."""
        self._library = library
        self.limits = limits
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._matrix: Signature | None = None

    def find(self, article: Article, waiting: Mapping[str, Article]) -> tuple[bytes, list[Alike]]:
        """Return an article's signature and its likenesses: to the older article most alike, and of newer ones to it.

        `waiting` are the articles by id that are not stored yet but were given here before.
        """
        self._load()
        story = Story(article)
        signed = signature(story)
        found = self._among(story, signed, waiting)
        self._remember(article.id, signed)
        return MARK + signed.astype("<u4").tobytes(), found

    def _load(self) -> None:
        """Read the stored signatures, and make those that are missing since an earlier version stored the articles."""
        if self._matrix is not None:
            return
        stored = self._library.catalogue.likenesses
        signed = stored.signatures(MARK)
        self._ids = [article_id for article_id, _ in signed]
        self._rows = {article_id: row for row, article_id in enumerate(self._ids)}
        numbers = b"".join(signature[len(MARK) :] for _, signature in signed)
        self._matrix = np.frombuffer(numbers, dtype="<u4").reshape(len(signed), NUMBERS).astype(np.uint32)
        for batch in _batches(stored.unsigned(MARK), _UNSIGNED):
            articles = self._library.catalogue.articles(batch)
            made = {key: self.find(articles[key], articles) for key in batch if key in articles}
            stored.sign({key: signature for key, (signature, _) in made.items()}, _all(made.values()))

    def _among(self, story: Story, signed: Signature, waiting: Mapping[str, Article]) -> list[Alike]:
        candidates = self.candidates(story.id, signed)
        stored = self._library.catalogue.articles([each for each in candidates if each not in waiting])
        older: list[Alike] = []
        newer: list[Alike] = []
        for candidate, agreeing in candidates.items():
            article = waiting.get(candidate) or stored.get(candidate)
            if article is None:
                continue  # removed since
            first, second = in_order(Story(article), story)
            if kind := likeness(first, second, self.limits):
                (older if second is story else newer).append(Alike(second.id, first.id, kind, agreeing / NUMBERS))
        return [*sorted(older, key=lambda each: -each.similarity)[:1], *newer]

    def candidates(self, article_id: str, signed: Signature) -> dict[str, int]:
        """Return the other articles worth reading with how many numbers agree, the most alike first."""
        assert self._matrix is not None  # noqa: S101 - loaded before
        agreeing = (self._matrix[: len(self._ids)] == signed).sum(axis=1)
        rows = np.flatnonzero(agreeing >= _AGREEING)
        best = rows[np.argsort(-agreeing[rows], kind="stable")][: _MOST_READ + 1]
        found = {self._ids[row]: int(agreeing[row]) for row in best if self._ids[row] != article_id}
        return dict(list(found.items())[:_MOST_READ])

    def _remember(self, article_id: str, signed: Signature) -> None:
        assert self._matrix is not None  # noqa: S101 - loaded before
        row = self._rows.setdefault(article_id, len(self._ids))
        if row == len(self._ids):
            self._ids.append(article_id)
        if row >= len(self._matrix):
            room = np.zeros((max(1_024, len(self._matrix)), NUMBERS), np.uint32)
            self._matrix = np.concatenate((self._matrix, room))
        self._matrix[row] = signed


def signature(story: Story) -> Signature:
    """Return a story's signature, of 128 numbers; one without words agrees with no other but its like."""
    sketch = _empty()
    runs = [" ".join(run).encode("utf-8", "replace") for run in story.runs]
    for first in range(0, len(runs), _PORTION):
        sketch.update_batch(runs[first : first + _PORTION])
    return np.asarray(sketch.hashvalues, dtype=np.uint32)


def _empty() -> MinHash:
    from datasketch import MinHash  # noqa: PLC0415 - imports scipy, half a second

    return MinHash(num_perm=NUMBERS, seed=1, scheme="affine32")


def _batches(ids: list[str], size: int) -> Iterator[list[str]]:
    yield from (ids[first : first + size] for first in range(0, len(ids), size))


def _all(found: Iterable[tuple[bytes, list[Alike]]]) -> list[Alike]:
    return [each for _, likenesses in found for each in likenesses]
