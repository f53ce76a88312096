"""Measures of what retrieval found, and of time."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from rag.types import Passage
from rag.wording import fold

_WORD = re.compile(r"[^\W_](?:[\w.%$/-]*[\w%])?")
_SAME_WORDS = 0.9


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return the 50th and 95th percentile."""
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return {"p50_ms": round(float(p50), 2), "p95_ms": round(float(p95), 2)}


def word_share(sought: str, text: str) -> float:
    """Return which share of a text's words, each as often as it stands there, another text holds in any order."""
    wanted, there = (Counter(_WORD.findall(fold(each))) for each in (sought, text))
    return (wanted & there).total() / max(1, wanted.total())


def evidence_found(evidence: Sequence[Sequence[str]], gold: Collection[str], passages: Sequence[Passage]) -> float:
    """Return the share of evidence sentences whose words stand in the passages of the gold articles (ids)."""
    text = " ".join(passage.text for passage in passages if passage.article.id in gold)
    hits = [any(word_share(wording, text) >= _SAME_WORDS for wording in wordings) for wordings in evidence]
    return sum(hits) / len(hits)


def spans_found(spans: Sequence[str], passages: Sequence[Passage]) -> bool:
    """Return whether every span stands whole in the passages, one after the other."""
    text = fold(" ".join(passage.text for passage in passages))
    return all(fold(span) in text for span in spans)


def within(passages: Sequence[Passage], characters: int) -> list[Passage]:
    """Return the first passages that together stay within so many characters."""
    kept, total = [], 0
    for passage in passages:
        total += len(passage.text)
        if total > characters:
            break
        kept.append(passage)
    return kept


def article_recall(gold: Collection[str], passages: Sequence[Passage]) -> float:
    """Return the share of the gold articles (ids) that the passages come from."""
    return len(set(gold) & {passage.article.id for passage in passages}) / len(set(gold))


def article_ndcg(gold: Collection[str], passages: Sequence[Passage], depth: int = 10) -> float:
    """Return nDCG over the passages' articles, each in the place of its best passage, gold ones gaining 1."""
    ranked = list(dict.fromkeys(passage.article.id for passage in passages))[:depth]
    gain = sum(1 / math.log2(place + 2) for place, article in enumerate(ranked) if article in gold)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(depth, len(set(gold)))))
