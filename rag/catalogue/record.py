"""One article ready to be stored, with everything that was made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError
from rag.types import Article, LikenessKind, Passage, Quote, View


@dataclass(frozen=True, slots=True)
class Alike:
    """An article's likeness to an older one, by their ids; `similarity` as in `rag.types.Likeness`."""

    article_id: str
    original_id: str
    kind: LikenessKind
    similarity: float


@dataclass(frozen=True, slots=True)
class Record:
    """An article with its passages, their vectors [n, d] in the same order, its views and the names found in it.

    `version` is the hash of everything parsed from the document, `text_hash` that of the text alone. `names` are
    (kind, name) pairs, kind "person" or "firm". `extractor` is the name and version of what read the views, None if
    they were not read. `signature` is what later articles are compared with: four bytes that tell how it was
    made, then unsigned numbers of four bytes. `likenesses` are the article's to an older one, and newer ones' to it.
    """

    article: Article
    version: str
    text_hash: str
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]
    views: tuple[View, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    extractor: str | None = None
    signature: bytes | None = None
    likenesses: tuple[Alike, ...] = ()

    def check(self, dimensions: int) -> None:
        """Make sure that what is to be stored fits together.

        Raises:
            InputError: a span is not the article's own words, or the vectors do not fit the passages or the library.
        """
        where = self.article.source or self.article.id
        if "\0" in self.article.text or re.search("[\ud800-\udfff]", self.article.text):
            raise InputError(f"{where}: its text holds characters that cannot be stored (NUL or half a pair).")
        if self.vectors.shape != (len(self.passages), dimensions):
            expected = (len(self.passages), dimensions)
            raise InputError(f"{where}: vectors of shape {self.vectors.shape} where {expected} is needed.")
        if not np.isfinite(self.vectors).all():
            raise InputError(f"{where}: a vector holds a value that is no number.")
        spans = [Quote(passage.article.id, passage.start, passage.end, passage.text) for passage in self.passages]
        check_spans(self.article, [*spans, *(quote for view in self.views for quote in (view.quote, *view.reasons))])


def check_spans(article: Article, spans: Iterable[Quote]) -> None:
    """Make sure that spans are an article's own words.

    Raises:
        InputError: one of them is not.
    """
    for span in spans:
        verbatim = article.text[span.start : span.end] == span.text
        if not (verbatim and span.text and span.article_id == article.id):
            where = article.source or article.id
            raise InputError(f"{where}: {span.text[:60]!r} is not its text[{span.start}:{span.end}].")
