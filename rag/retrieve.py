"""Finding passages: a keyword leg and a vector leg fused, neighbours merged, near-identical passages collapsed.

The legs are fused by a convex combination of normalised scores with one tuned weight (Bruch, Gai and Ingber, "An
Analysis of Fusion Functions for Hybrid Retrieval", arXiv 2210.11934).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.catalogue import quoted
from rag.question import check
from rag.terms import Term, Vocabulary, terms_of
from rag.types import Passage, Scope
from rag.wording import stems

if TYPE_CHECKING:
    from rag.library import Library

VECTOR_WEIGHT = 0.3
COLUMN_WEIGHTS = (1.0, 0.6)  # BM25 weights of a passage's text and of its title, publisher and section
DEPTH = 60
_SCORED = 2_000  # passages whose BM25 score is kept for what the vectors find
_NEAR_IDENTICAL = 0.8
_SAID_ANEW = 0.6  # of a passage's words that stand in the update of its article
_LONGEST_MERGED = 1_500


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `score` fuses `keyword` (BM25 over the best one's) and `cosine`, each 0 … 1."""

    passage_id: str
    score: float
    keyword: float
    cosine: float


def search(library: Library, query: str, k: int, scope: Scope) -> list[Passage]:
    """Return up to `k` passages in scope, best first, as `Library.search` describes."""
    text = check(query, library.settings.max_question_chars)
    terms = terms_of(text, vocabulary(library))
    hits = rank(library, text, match_words(terms), library.catalogue.article_ids(scope), DEPTH)
    return presented(library, told_once(library, hits, scope), k)


def presented(library: Library, hits: Sequence[Hit], k: int) -> list[Passage]:
    """Return the passages of the hits as a search shows them: copies collapsed, neighbours merged, `k` places."""
    scores = {hit.passage_id: hit.score for hit in hits}
    found = collapsed(replace(p, score=scores[p.id]) for p in library.catalogue.passages(list(scores)))
    texts = library.catalogue.articles({passage.article.id for passage in found})
    return merged(found, {key: article.text for key, article in texts.items()}, k)


def told_once(library: Library, hits: Sequence[Hit], scope: Scope) -> list[Hit]:
    """Return the hits without what another article in scope stands for.

    Of a superseded article that is what its update says anew, of a copy what was found in its original too. What only
    the one of them says stays: a copy may have something of its own, an update may leave something out.
    """
    doubled = library.catalogue.likenesses.doubled(scope)
    if not doubled:
        return list(hits)
    passages = {each.id: each for each in library.catalogue.passages([hit.passage_id for hit in hits])}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for passage in passages.values():
        found[passage.article.id] |= set(stems(passage.text))
    newer = {each.article.id for each in passages.values()} & doubled.superseded.keys()
    updates = library.catalogue.articles({doubled.superseded[each] for each in newer})
    said = {each: set(stems(updates[doubled.superseded[each]].text)) for each in newer}

    def is_doubled(passage: Passage) -> bool:
        words = set(stems(passage.text))
        article_id = passage.article.id
        original = found.get(doubled.copies.get(article_id, ""), set())
        return _stand_in(words, said.get(article_id, set()), _SAID_ANEW) or _stand_in(words, original, _NEAR_IDENTICAL)

    return [hit for hit in hits if hit.passage_id in passages and not is_doubled(passages[hit.passage_id])]


def _stand_in(words: set[str], text: set[str], share: float) -> bool:
    return bool(text) and len(words & text) >= share * len(words)


def vocabulary(library: Library) -> Vocabulary:
    """Return what the library knows, read anew only after it changed."""
    return library.cached("vocabulary", lambda: _read_vocabulary(library))


def rank(library: Library, text: str, words: Sequence[str], articles: Collection[str] | None, depth: int) -> list[Hit]:
    """Return up to `depth` passages of the articles (None for all), best first, by the fused score."""
    if articles is not None and not articles:
        return []
    return fuse(*legs(library, text, words, articles, depth), VECTOR_WEIGHT)[:depth]


def legs(
    library: Library, text: str, words: Sequence[str], articles: Collection[str] | None, depth: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the BM25 scores and the cosines of the `depth` best passages of either leg.

    Each leg's finds get the other's score too: counted as 0 there, they would be punished twice.
    """
    vector = library.embedder.encode([text])[0]
    match = quoted(words)
    scores = library.catalogue.keyword(match, _SCORED, articles, weights=COLUMN_WEIGHTS) if match else []
    cosine = dict(library.nearest(vector, depth, articles))
    keyword = dict(scores[:depth])
    keyword |= {passage_id: score for passage_id, score in scores[depth:] if passage_id in cosine}
    cosine |= library.cosines(vector, [each for each in keyword if each not in cosine])
    return keyword, cosine


def fuse(keyword: dict[str, float], cosine: dict[str, float], vector_weight: float) -> list[Hit]:
    """Return all passages of both legs by a convex combination of their scores, each divided by the leg's best."""
    best_keyword = max(keyword.values(), default=0.0) or 1.0
    best_cosine = max(cosine.values(), default=0.0)
    best_cosine = best_cosine if best_cosine > 0 else 1.0
    hits = []
    for passage_id in dict.fromkeys((*keyword, *cosine)):
        by_words = keyword.get(passage_id, 0.0) / best_keyword
        by_meaning = max(0.0, cosine.get(passage_id, 0.0)) / best_cosine
        score = vector_weight * by_meaning + (1 - vector_weight) * by_words
        hits.append(Hit(passage_id, score, by_words, cosine.get(passage_id, 0.0)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))


def match_words(terms: Iterable[Term]) -> list[str]:
    """Return the words and phrases that the keyword leg looks for."""
    return list(dict.fromkeys(form for term in terms for form in term.forms))


def _read_vocabulary(library: Library) -> Vocabulary:
    catalogue = library.catalogue
    figures = catalogue.figures()
    return Vocabulary(
        catalogue.known_names(), int(figures["passages"]), catalogue.document_frequency, figures["last_published"]
    )


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    return len(left & right) >= _NEAR_IDENTICAL * max(1, len(left | right))


def collapsed(passages: Iterable[Passage]) -> list[Passage]:
    """Return the passages without those whose words are nearly all in an earlier one of another article."""
    kept: list[tuple[Passage, frozenset[str]]] = []
    for passage in passages:
        words = frozenset(stems(passage.text))
        if not any(other.article.id != passage.article.id and _alike(words, seen) for other, seen in kept):
            kept.append((passage, words))
    return [passage for passage, _ in kept]


def merged(passages: Iterable[Passage], texts: Mapping[str, str], k: int) -> list[Passage]:
    """Return the first `k` passages with neighbours of one article joined, each in the place of its best part.

    `texts` are the articles' by id. A passage that adjoins one already found lengthens it, up to 1,500 characters, and
    takes no place of its own.
    """
    result: list[Passage] = []
    for passage in passages:
        text = texts[passage.article.id]
        at = next((n for n, other in enumerate(result) if _adjoin(passage, other, text)), None)
        if at is not None:
            start, end = min(result[at].start, passage.start), max(result[at].end, passage.end)
            first = min(result[at], passage, key=lambda each: each.start)
            result[at] = replace(first, start=start, end=end, text=text[start:end], score=result[at].score)
        elif len(result) < k:
            result.append(passage)
        else:
            break
    return result


def _adjoin(one: Passage, other: Passage, text: str) -> bool:
    if one.article.id != other.article.id or max(one.end, other.end) - min(one.start, other.start) > _LONGEST_MERGED:
        return False
    first, second = sorted((one, other), key=lambda each: each.start)
    return not text[first.end : second.start].strip()
