"""Which sentences answer a question: runs of one to three sentences scored by what they say, who speaks and where.

A run's own words count in full. What its surroundings say (the speaker, the headline, the article's first sentence, the
sentence before) counts in part, since that is how prose carries its subject. A run that lacks a name, subject or aspect
which the question asks about is no evidence, however well the rest fits. Neither is one that speaks to the answerer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.grammar import others_speaking
from rag.instructions import is_instruction
from rag.introductions import Speaker
from rag.kinds import SEVERAL, wants_figure, wants_holders, wants_leaning, wants_person, wants_reason, wants_things
from rag.lines import Line, lines_of, stems_of
from rag.question import Query
from rag.retrieve import Hit
from rag.speakers import Sentence
from rag.subjects import NEGATIVE, POSITIVE, without_past_ratings
from rag.terms import Term
from rag.types import Article, Passage
from rag.wording import fold

_LONGEST_RUN = 3
_LEAST_COVERED = (0.5, 0.3)  # by how many of the question's names a run holds, none or one
_LEAST_COSINE = (0.55, 0.5)
_HEADING, _CONTEXT_NAME, _CONTEXT_WORD = 0.85, 0.7, 0.4  # of a term's weight, where it stands beside the run
_PASSAGE_SHARE = 0.3
_DIGIT = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|double)\b", re.IGNORECASE)
_ENUMERATED = re.compile(
    r"[<(](?:[A-Z]+: ?)?[A-Z]{1,5}(?:\.[A-Z])?[ )>]|\b[A-Z][\w&.-]+(?:\s[A-Z][\w&.-]+)*(?=,|\sand\s)"
)
_SEVERAL_THINGS = 3
REASON = re.compile(
    r"\b(?:because|since|citing|cites?|due to|as |after|reflect\w*|given|amid|thanks to|prompted|based on|should|could|"
    r"on (?:the |its |his |her |their )?(?:view|expectation|hope|concern|fear|prospect)s?|driven|concern\w*|saying|"
    r"now that|worr\w*|(?:two|three|four|five|several) (?:factors|reasons))\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december|quarter|"
    r"year-?end|monday|tuesday|wednesday|thursday|friday|week|month)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:expect|see|believe|think|recommend|rat(?:e|ing)|target|upgrad|downgrad|outlook|forecast|estimat|bull|bear|buy|sell|"
    r"hold|overweight|underweight|outperform|underperform|neutral|undervalued|overvalued|attractive|risk|reward|upside|"
    r"should|could|would|positive|negative|worth|favou?r|prefer|cautious|like|likely)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """One to three consecutive sentences of an article that may answer, and how well they do."""

    article: Article
    sentences: tuple[Sentence, ...]
    score: float
    speaker: Speaker | None
    following: Sentence | None  # the next sentence, if the same speaker goes on in it

    @property
    def start(self) -> int:
        """Where the run begins in the article's text."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where the run ends in the article's text."""
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        """The run's verbatim words."""
        return self.article.text[self.start : self.end]


def find_runs(
    query: Query,
    hits: Sequence[Hit],
    passages: Mapping[str, Passage],
    articles: Mapping[str, Article],
    beside: Run | None = None,
) -> list[Run]:
    """Return the runs that hold all that the question requires, best first.

    Where the speaker of `beside`, the run that answers an earlier part of the question, goes on in the same article,
    names and subjects are understood.
    """
    by_article: dict[str, list[Hit]] = {}
    for hit in hits:
        by_article.setdefault(passages[hit.passage_id].article.id, []).append(hit)
    runs: list[Run] = []
    for article_id, found in by_article.items():
        article = articles[article_id]
        if not _could_hold(query, article):
            continue
        lines = lines_of(article, [(passages[hit.passage_id], hit) for hit in found])
        if beside and beside.article.id == article_id:
            runs.extend(_runs(_understood(query, beside), article, lines))
        runs.extend(_runs(query, article, lines))
    return sorted(runs, key=lambda run: (-run.score, run.article.id, run.start))


def _could_hold(query: Query, article: Article) -> bool:
    """Return False if the article lacks names or subjects that the question requires, before it is read closely."""
    held = fold(" | ".join((article.title or "", article.publisher or "", *article.authors, article.text)))
    named = frozenset(term.label for term in query.terms if term.required and term.stands_in(held, ()))
    return has_required(query.terms, named, several=query.kind in SEVERAL)


def _understood(query: Query, beside: Run) -> Query:
    """Return the question about the speaker of an earlier part alone, its names and subjects no longer required."""
    terms = tuple(replace(term, required=False) for term in query.terms)
    label = beside.speaker.label if beside.speaker else ""
    holder = Term(label, "name", (fold(label),), frozenset(), 0.5, required=True, role=True)
    return replace(query, terms=(holder, *terms) if label else terms)


def _runs(query: Query, article: Article, lines: list[Line]) -> list[Run]:
    """Return the best run around each sentence that matches anything, without those that miss a requirement."""
    found = []
    longest = 2 if query.kind in SEVERAL else _LONGEST_RUN
    for index, line in enumerate(lines):
        if not line.passage or line.bare:
            continue
        first, last = index, index
        best = _score(query, lines[first : last + 1])
        while last - first + 1 < longest:
            grown = [(a, b) for a, b in ((first, last + 1), (first - 1, last)) if _joins(lines, a, b)]
            options = [(_score(query, lines[a : b + 1]), a, b) for a, b in grown]
            better = max(options, default=None, key=lambda each: each[0])
            if better is None or better[0] <= best:
                break
            best, first, last = better
        run = _run(query, article, lines[first : last + 1], best, _goes_on(lines, last))
        if run is not None and not _asks(line.sentence):
            found.append(run)
    return found


def _joins(lines: list[Line], first: int, last: int) -> bool:
    """Return True if the sentences may stand in one quotation: adjacent, one voice, not too long."""
    if first < 0 or last >= len(lines) or lines[first].bare:
        return False
    # A question beside an answer adds nothing to it; one that somebody planted would be asked of the reader.
    if any(_asks(line.sentence) for line in (lines[first], lines[last])):
        return False
    if any(line.opens_section for line in lines[first + 1 : last + 1]):
        return False
    voices = {line.sentence.speaker.label for line in lines[first : last + 1] if line.sentence.speaker}
    if voices and any(others_speaking(line.sentence.text) for line in lines[first : last + 1]):
        return False
    # Over a blank line too: newswire gives most sentences a paragraph (within one alone, 0.80 is answered, not 0.83).
    gap = lines[last].sentence.start - lines[last - 1].sentence.end
    return len(voices) <= 1 and lines[last].sentence.end - lines[first].sentence.start <= 600 and gap <= 2


def _score(query: Query, lines: Sequence[Line]) -> float:
    own = " ".join(line.folded for line in lines)
    own_stems = frozenset().union(*(line.stems for line in lines))
    total = sum(term.weight for term in query.terms) or 1.0
    gained = 0.0
    for term in query.terms:
        if term.stands_in(own, own_stems) or (term.kind == "name" and term.stands_in(lines[0].speaker, ())):
            gained += term.weight
        elif term.stands_in(lines[0].heading, stems_of(lines[0].heading)):
            gained += term.weight * _HEADING
        elif term.stands_in(lines[0].around, lines[0].around_stems):
            gained += term.weight * (_CONTEXT_WORD if term.kind == "word" else _CONTEXT_NAME)
    text = " ".join(line.sentence.text for line in lines)
    score = gained / total + _PASSAGE_SHARE * max(line.passage for line in lines)
    score += 0.3 * sum(bool(aspect.shown.search(text)) for aspect in query.aspects) / max(1, len(query.aspects))
    score += _fits(query, lines, text)
    return score - 0.0004 * len(own) - 0.05 * (len(lines) - 1)


def _fits(query: Query, lines: Sequence[Line], text: str) -> float:
    """Return a bonus for the sort of thing that the question wants, or a penalty where only that can answer."""
    asked = query.question
    speaks = lines[0].sentence.speaker is not None
    bonus = 0.0
    if query.kind in SEVERAL or query.kind in ("who", "what_changed"):
        bonus += 0.12 * speaks + 0.08 * bool(_OPINION.search(text))
    if query.kind in SEVERAL and wants_holders(asked) and not speaks:
        bonus -= 0.3
    if wants_figure(asked):
        bonus += 0.15 if _DIGIT.search(text) else -0.1
    if query.kind == "when":
        bonus += 0.1 * bool(_WHEN.search(text))
    if wants_reason(asked):
        bonus += 0.15 * bool(REASON.search(text))
    if wants_things(asked):
        bonus += 0.2 * (len(_ENUMERATED.findall(text)) >= _SEVERAL_THINGS)
    leaning = wants_leaning(asked)
    if leaning:
        bonus += 0.25 * bool((POSITIVE if leaning == "positive" else NEGATIVE).search(without_past_ratings(text)))
    return bonus


def _goes_on(lines: list[Line], last: int) -> Sentence | None:
    """Return the sentence after `last` if its speaker goes on by pronoun or quotation in the same paragraph."""
    if last + 1 >= len(lines):
        return None
    here, following = lines[last].sentence, lines[last + 1].sentence
    same = here.speaker is not None and following.speaker == here.speaker and following.resolved
    goes_on = same and following.start - here.end <= 1 and not _asks(following)
    return following if goes_on else None


def _asks(sentence: Sentence) -> bool:
    """Return whether a sentence wants something of its reader: an answer, or to be done."""
    return "?" in sentence.text or is_instruction(sentence.text)


def continued(run: Run, limit: int) -> Run:
    """Return the run with the next sentence of its speaker, if it has room for one within `limit` characters."""
    following = run.following
    if following is None or len(run.sentences) >= _LONGEST_RUN or following.end - run.start > limit:
        return run
    return replace(run, sentences=(*run.sentences, following), following=None)


def _run(query: Query, article: Article, lines: Sequence[Line], score: float, following: Sentence | None) -> Run | None:
    """Return the run, or None if it lacks a name, subject or aspect that the question asks about."""
    own = " ".join(line.folded for line in lines)
    own_stems = frozenset().union(*(line.stems for line in lines))
    everywhere = own + " | " + " | ".join(line.around for line in lines)
    all_stems = own_stems.union(*(line.around_stems for line in lines))
    named = frozenset(t.label for t in query.terms if t.required and t.stands_in(everywhere, all_stems))
    several = query.kind in SEVERAL
    if not has_required(query.terms, named, several=several):
        return None
    text = " ".join(line.sentence.text for line in lines)
    headed = f"{article.title or ''} | {lines[0].heading} | {text}"
    if not all(aspect.shown.search(headed) for aspect in query.aspects):
        return None
    if query.kind == "why" and not REASON.search(text):
        return None
    speaker = next((line.sentence.speaker for line in lines if line.sentence.speaker), None)
    if speaker and not _may_hold(query, speaker, own):
        return None
    if wants_person(query.question) and not (speaker and speaker.person):
        return None
    share = covered(query.terms, own, own_stems, everywhere, all_stems)
    cosine = max(line.cosine for line in lines)
    if not (query.aspects and named) and not _is_near(len(named), share, cosine, several=several):
        return None
    return Run(article, tuple(line.sentence for line in lines), score, speaker, following)


def covered(
    terms: Sequence[Term], own: str, own_stems: frozenset[str], everywhere: str, all_stems: frozenset[str]
) -> float:
    """Return the share of the weight of the question's plain words that stand in a run, half for its surroundings."""
    plain = [term for term in terms if term.kind == "word" and not term.role]
    weight = sum(term.weight for term in plain)
    hit = sum(
        term.weight * (1.0 if term.stands_in(own, own_stems) else 0.5)
        for term in plain
        if term.stands_in(everywhere, all_stems)
    )
    return hit / weight if weight else 1.0


def _is_near(named: int, covered: float, cosine: float, *, several: bool) -> bool:
    """Return True if a run is close enough to the question in words or meaning, given how many of its names it holds.

    Names that meet (a holder and a subject) are evidence in themselves; how the question words the rest is its own.
    """
    if named >= 2 or (named and several):
        return True
    return covered >= _LEAST_COVERED[named] or cosine >= _LEAST_COSINE[named]


def _may_hold(query: Query, speaker: Speaker, own: str) -> bool:
    """Return False if the question names holders, and the run speaks for another one without a word of theirs."""
    holders = [term for term in query.names if term.role]
    label = fold(speaker.label)
    if not holders or not speaker.firm:
        return True
    accepted = [term for term in query.names if term.role or term.beside]
    return any(term.stands_in(label, ()) or term.stands_in(own, ()) for term in accepted)


def has_required(terms: Sequence[Term], named: frozenset[str], *, several: bool) -> bool:
    """Return True if the required terms are there: all, but one is enough of those that stand side by side ("X and Y").

    Side by side, holders are alternatives to each other always, subjects only where the question wants several answers.
    """
    required = [term for term in terms if term.required]
    beside = {term.label for term in required if term.beside and (term.role or several)}
    return all(term.label in named for term in required if term.label not in beside) and (
        not beside or bool(beside & named)
    )
