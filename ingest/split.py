"""Passages: runs of whole sentences, small enough to point at a few words and large enough to find by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.sentences import Span, heading_spans, sentence_spans
from rag.types import Article, Passage

PASSAGE_CHARS = 500
_LONGEST_SENTENCE, _SMALLEST_TAIL = 1000, 120
_CLAUSE = re.compile(r"[;:,|)][\"”’']?\s+")


def split(article: Article, target: int = PASSAGE_CHARS) -> list[Passage]:
    """Return the article's passages in order; every character that is not white space lies in exactly one.

    Passages hold about `target` characters, end where sentences end and never cross a section heading, which opens the
    passage that follows it. A sentence of more than 1,000 characters is cut at clauses.
    """
    text, ref = article.text, article.ref
    title = (article.title or "").strip()
    passages = []
    for heading, sentences in _sections(text):
        section = text[slice(*heading)] if heading else None
        for start, end in _packed(sentences, target):
            passages.append(
                Passage(
                    id=f"{article.id}:{start}",
                    article=ref,
                    start=start,
                    end=end,
                    text=text[start:end],
                    section=section if section != title else None,
                )
            )
    return passages


def _sections(text: str) -> Iterator[tuple[Span | None, list[Span]]]:
    """Yield each section's heading, if it has one, and its sentences, the heading's own first."""
    headings = {span[0]: span for span in heading_spans(text)}
    heading: Span | None = None
    sentences: list[Span] = []
    for span in sentence_spans(text):
        if span[0] in headings and not (heading and sentences and sentences[-1][0] in headings):
            if sentences:
                yield heading, sentences
            heading, sentences = headings[span[0]], []
        sentences.extend(_clauses(text, span))
    if sentences:
        yield heading, sentences


def _packed(sentences: list[Span], target: int) -> list[Span]:
    """Return the spans of runs of sentences that stay within `target`, a small last one joined to the one before."""
    spans: list[Span] = []
    for start, end in sentences:
        if spans and end - spans[-1][0] <= target:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if len(spans) > 1 and spans[-1][1] - spans[-1][0] < _SMALLEST_TAIL:
        spans[-2:] = [(spans[-2][0], spans[-1][1])]
    return spans


def _clauses(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentence whole, or a very long one in pieces cut at a clause, else at white space, else anywhere."""
    start, end = span
    while end - start > _LONGEST_SENTENCE:
        window = text[start : start + _LONGEST_SENTENCE]
        clauses = [match.end() for match in _CLAUSE.finditer(window, _LONGEST_SENTENCE // 2)]
        blanks = [match.end() for match in re.finditer(r"\s+", window[_LONGEST_SENTENCE // 2 :])]
        cut = start + (clauses[-1] if clauses else _LONGEST_SENTENCE // 2 + blanks[-1] if blanks else _LONGEST_SENTENCE)
        yield start, start + len(text[start:cut].rstrip())
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if start < end:
        yield start, end
