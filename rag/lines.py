"""An article's sentences as evidence is judged by: speaker, passage score, and what stands around each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rag.instructions import is_planted_name
from rag.introductions import Speaker
from rag.retrieve import Hit
from rag.sentences import heading_spans
from rag.speakers import Sentence, attribute
from rag.subjects import RATING
from rag.types import Article, Passage
from rag.wording import fold, stem, words

WHOLE_ARTICLE_CHARS = 20_000
_AROUND_CHARS = 2_000
_OWN_VOICE_KINDS = frozenset(("note", "research", "research note", "blog", "column", "opinion", "newsletter"))
_FIRST_PERSON = re.compile(r"\b(?:we|our|I|my)\b|\bWe\b|\bOur\b|\bMy\b")
_STATES = re.compile(rf"\d|\btargets?\b|upgrad|downgrad|\b{RATING}\b", re.IGNORECASE)
_TICKER = re.compile(r"\((?:[A-Z]+:\s?)?[A-Z]{1,5}\)")
_QUOTATION = re.compile(r"“[^”]*”?|\"[^\"]*\"?")


@dataclass(slots=True)
class Line:
    """A sentence with what scoring needs of it."""

    sentence: Sentence
    folded: str
    stems: frozenset[str]
    passage: float
    cosine: float
    speaker: str = ""
    heading: str = ""
    opens_section: bool = False
    bare: bool = False  # a heading or byline that states nothing
    around: str = ""
    around_stems: frozenset[str] = field(default_factory=frozenset)


@lru_cache(maxsize=1024)
def _attributed(text: str) -> tuple[Sentence, ...]:
    return tuple(attribute(text))


def lines_of(article: Article, found: list[tuple[Passage, Hit]]) -> list[Line]:
    """Return the sentences of the article, or of the parts around the passages found if it is long."""
    lines: list[Line] = []
    title = fold(article.title or "")
    for start, end in _regions(article.text, [passage for passage, _ in found]):
        region = article.text[start:end]
        sentences = [_moved(each, start) for each in _attributed(region)] if start else list(_attributed(region))
        lead = fold(sentences[0].text) if sentences and start == 0 else ""
        headings = {a + start: fold(region[a:b]) for a, b in heading_spans(region)}
        before = heading = heading_text = ""
        for found_sentence in sentences:
            each = _in_own_voice(found_sentence, article)
            if each.start in headings:
                # A heading right below another one, a byline say, adds to it.
                goes_on = bool(lines) and lines[-1].opens_section
                heading = f"{heading} | {headings[each.start]}" if goes_on else headings[each.start]
                heading_text = f"{heading_text} {each.text}" if goes_on else each.text
                before = ""
            folded = fold(each.text)
            near = [hit for passage, hit in found if passage.start < each.end and each.start < passage.end]
            line = Line(
                each,
                folded,
                stems_of(folded),
                max((h.score for h in near), default=0.0),
                max((h.cosine for h in near), default=0.0),
            )
            line.speaker = fold(each.speaker.label) if each.speaker else ""
            line.heading = heading
            # Under a heading with a ticker, the headline and the lead may be about another company.
            whole = () if _TICKER.search(heading_text) else (title, lead)
            line.around = " | ".join((*whole, heading, before, line.speaker))
            line.opens_section = each.start in headings
            line.bare = line.opens_section and (folded == title or not _STATES.search(each.text))
            line.around_stems = stems_of(line.around)
            lines.append(line)
            before = folded
    return lines


def _in_own_voice(sentence: Sentence, article: Article) -> Sentence:
    """Give what a note says in its own voice to its author and house; a newswire's own voice stays nobody's."""
    outside = _QUOTATION.sub(" ", sentence.text)
    named = (*article.authors, article.publisher or "")
    if not any(named) or any(map(is_planted_name, named)):
        return sentence
    unspoken = sentence.speaker is None and (article.kind or "").lower() in _OWN_VOICE_KINDS
    if unspoken or _FIRST_PERSON.search(outside):
        person = article.authors[0] if len(article.authors) == 1 else None
        return replace(sentence, speaker=Speaker(person, article.publisher), resolved=True)
    return sentence


@lru_cache(maxsize=20_000)
def stems_of(folded: str) -> frozenset[str]:
    """Return the stems of a folded text as a set, remembered for the texts met most recently."""
    return frozenset(stem(word) for word in words(folded))


def _regions(text: str, passages: Iterable[Passage]) -> list[tuple[int, int]]:
    if len(text) <= WHOLE_ARTICLE_CHARS:
        return [(0, len(text))]
    regions: list[tuple[int, int]] = []
    for passage in sorted(passages, key=lambda each: each.start):
        start = max(0, text.rfind("\n", 0, max(0, passage.start - _AROUND_CHARS)) + 1)
        start = start if passage.start - start <= 2 * _AROUND_CHARS else passage.start
        end = min(len(text), passage.end + _AROUND_CHARS // 4)
        if regions and start <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(end, regions[-1][1]))
        else:
            regions.append((start, end))
    return regions


def _moved(sentence: Sentence, by: int) -> Sentence:
    speaker = sentence.speaker
    if speaker:
        speaker = Speaker(speaker.person, speaker.firm, tuple((a + by, b + by) for a, b in speaker.introduced))
    return Sentence(sentence.start + by, sentence.end + by, sentence.text, speaker, sentence.resolved)
