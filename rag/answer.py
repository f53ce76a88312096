"""Extractive answers: short attributed statements around verbatim quotes, or an honest refusal.

question (+ history) → rag.conversation → rag.question → rag.retrieve → rag.evidence → statements → rag.guard → Answer
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from rag.compose import Draft, both_sides, draft, house_of, newest_leads, opposed, order, same_house
from rag.conversation import Resolved, resolve
from rag.evidence import Run, find_runs
from rag.guard import verify
from rag.kinds import SEVERAL
from rag.question import Query, check, understand
from rag.render import NEAREST, REFUSAL, day, escape_markdown, markdown, nearest_lines
from rag.retrieve import DEPTH, collapsed, match_words, rank, vocabulary
from rag.types import Answer, Citation, Passage, Scope, Statement
from rag.wording import fold

if TYPE_CHECKING:
    from rag.library import Library

FIRST_SCREEN = 1_450  # characters of Markdown that a reader sees without scrolling
DISAGREE = "The sources disagree."
_NEAREST = 3
_PER_FURTHER_PART = 2
_SAID_BEFORE = 0.35  # off the score of what the last answer quoted, when the reader asks for more
_SAME_ARTICLE, _SAME_SPEAKER = 0.15, 0.3
_FIRST_PART = 0.65  # of the room, where a question has further parts


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What retrieval brought: runs that answer, the nearest passages, and the scope that was searched in the end."""

    runs: list[Run]
    further: list[list[Run]]  # for each further part of the question
    nearest: list[Passage]
    scope: Scope
    in_scope: int
    notes: tuple[str, ...]


class Stopwatch:
    """Milliseconds by stage, each since the one before."""

    def __init__(self) -> None:
        """Start."""
        self._last = perf_counter()
        self.timings: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Book the time since the last lap under a stage's name."""
        now = perf_counter()
        self.timings[stage] = self.timings.get(stage, 0.0) + 1000 * (now - self._last)
        self._last = now


def ask(library: Library, question: str, history: Sequence[Answer], scope: Scope) -> Answer:
    """Return the answer to a question, resolved against earlier turns, as `Library.ask` describes."""
    watch = Stopwatch()
    check(question, library.settings.max_question_chars)
    known = vocabulary(library)
    resolved = resolve(" ".join(question.split()), history, known)
    query = understand(resolved.question, known, library.today(), scope, 2 * library.settings.max_question_chars)
    watch.lap("understand")
    found = _find(library, query, resolved, watch)
    said = (
        {(c.article.id, c.start) for turn in history[-1:] for c in turn.citations} if resolved.asks_further else set()
    )
    drafts = _drafts(found, query, frozenset(said))
    statements, citations = _numbered(order(drafts, query), opposed(drafts) if query.kind in SEVERAL else ())
    watch.lap("compose")
    coverage = _coverage(found, len({citation.article.id for citation in citations}))
    text = markdown(statements) if statements else _refusal(library, query, found, coverage)
    return Answer(
        question=question,
        text=text,
        statements=statements,
        citations=citations,
        views=(),
        abstained=not statements,
        coverage=coverage,
        scope=found.scope,
        model=None,
        timings_ms=watch.timings | {"total": sum(watch.timings.values())},
        notes=found.notes,
        nearest=tuple(found.nearest) if not statements else (),
        standalone=resolved.question,
    )


def _find(library: Library, query: Query, resolved: Resolved, watch: Stopwatch) -> Found:
    """Search the last answer's articles first for a follow-up, then the narrowed scope, then the scope as given."""
    narrowed = narrow(query.scope, query.inferred)
    tried: list[tuple[Scope, str]] = []
    if resolved.focus and not query.scope.article_ids:
        tried.append(
            (dataclasses.replace(query.scope, article_ids=resolved.focus), "Read in the articles cited before.")
        )
    tried.append((narrowed, _reading(query)))
    found = None
    for scope, note in tried:
        found = _search(library, query, scope, watch, note)
        if found.runs:
            return found
    assert found is not None  # noqa: S101 - at least the narrowed scope was tried
    if found.in_scope == 0 and narrowed != query.scope:
        note = f"No article in scope is dated {_period(query.inferred)}; searched without that limit."
        return _search(library, query, query.scope, watch, note)
    return found


def _search(library: Library, query: Query, scope: Scope, watch: Stopwatch, note: str) -> Found:
    within = library.catalogue.article_ids(scope)
    in_scope = library.catalogue.count(scope) if within is None else len(within)
    text = " ".join(part.question for part in (query, *query.further))
    hits = rank(library, text, words_of(query), within, DEPTH)
    watch.lap("retrieve")
    passages = {each.id: each for each in library.catalogue.passages([hit.passage_id for hit in hits])}
    articles = library.catalogue.articles({each.article.id for each in passages.values()})
    watch.lap("read")
    runs = find_runs(query, hits, passages, articles)
    further = [find_runs(part, hits, passages, articles, runs[0]) for part in query.further] if runs else []
    watch.lap("evidence")
    nearest = collapsed(passages[hit.passage_id] for hit in hits[: 2 * _NEAREST])[:_NEAREST]
    return Found(runs, further, nearest, scope, in_scope, (note,) if note else ())


def words_of(query: Query) -> list[str]:
    """Return the words and phrases that the keyword leg looks for: the terms' forms and the aspects' own words."""
    parts = (query, *query.further)
    words = [word for part in parts for word in match_words(part.terms)]
    words += [word for part in parts for aspect in part.aspects for word in aspect.words]
    return list(dict.fromkeys(words))


def narrow(scope: Scope, inferred: Scope) -> Scope:
    """Return a scope restricted by what a question implies; no article outside `scope` is ever in it."""
    later = [each for each in (scope.since, inferred.since) if each]
    earlier = [each for each in (scope.until, inferred.until) if each]
    hidden = [each for each in (scope.as_of, inferred.as_of) if each]
    return dataclasses.replace(
        scope,
        since=max(later, default=None),
        until=min(earlier, default=None),
        as_of=min(hidden, default=None),
        publishers=scope.publishers or inferred.publishers,
    )


def _reading(query: Query) -> str:
    """Return how the question's wording was read as a scope, unless it says so itself."""
    period = _period(query.inferred)
    if not period or fold(period) == fold(query.inferred_from):
        return ""
    return f"Read “{query.inferred_from}” as: {period}." if query.inferred_from else f"Searched only {period}."


def _period(scope: Scope) -> str:
    """Return a scope's dates in words."""
    parts = [
        (f"from {scope.since.day} {scope.since:%B %Y}" if scope.since else ""),
        (f"to {scope.until.day} {scope.until:%B %Y}" if scope.until else ""),
        (f"as of {scope.as_of.day} {scope.as_of:%B %Y}" if scope.as_of else ""),
        (f"in {', '.join(scope.publishers)}" if scope.publishers else ""),
    ]
    return " ".join(part for part in parts if part)


def _drafts(found: Found, query: Query, said: frozenset[tuple[str, int]]) -> list[Draft]:
    """Return the supported statements that fit the first screen; those for further parts come after the best one."""
    drafts: list[Draft] = []
    runs = sorted(found.runs, key=lambda run: run.score - _SAID_BEFORE * _is_said(run, said), reverse=True)
    share = _FIRST_PART if query.further else 1.0
    first = _of_part(newest_leads(runs), query, [], int(share * FIRST_SCREEN))
    room = FIRST_SCREEN - sum(len(each.text) for each in first)
    for part, others in zip(query.further, found.further, strict=True) if first else ():
        drafts += _further(others, part, [*first, *drafts], room // len(query.further))
    return [*first[:1], *drafts, *first[1:]]


def _further(runs: Sequence[Run], part: Query, before: Sequence[Draft], room: int) -> list[Draft]:
    """Return what answers a further part, rather where and by whom the first part was answered; reasons only there."""
    best = before[0].run
    near = sorted(runs, key=lambda run: run.score + _closeness(run, best), reverse=True)
    if part.kind == "why":
        near = [run for run in near if _closeness(run, best) >= _SAME_SPEAKER]
    return _of_part(near, part, before, room)[:_PER_FURTHER_PART]


def _is_said(run: Run, said: frozenset[tuple[str, int]]) -> bool:
    return any((run.article.id, sentence.start) in said for sentence in run.sentences)


def _closeness(run: Run, best: Run) -> float:
    """Return how much rather a further part is answered from where the first one was."""
    same_article = run.article.id == best.article.id
    return _SAME_SPEAKER * same_house(house_of(run.speaker), house_of(best.speaker)) + _SAME_ARTICLE * same_article


def _of_part(runs: Sequence[Run], query: Query, before: Sequence[Draft], room: int) -> list[Draft]:
    drafts: list[Draft] = []
    for run in both_sides(runs) if query.kind == "disagree" else runs:
        each = draft(run, query, drafts, before)
        if each is None or (drafts and len(each.text) > room) or not _is_supported(each):
            continue
        drafts.append(each)
        room -= len(escape_markdown(each.text)) + 8
    return drafts


def _is_supported(each: Draft) -> bool:
    article = each.run.article
    metadata = [
        article.title or "",
        article.publisher or "",
        " ".join(article.authors),
        day(article.published),
        article.source,
    ]
    return verify(each.text, [citation.quote for citation in each.citations], metadata).supported


def _numbered(drafts: Iterable[Draft], against: Sequence[Draft]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Return statements and citations with markers in the order of reading; a span cited twice has one marker.

    If statements stand `against` each other, a first one says so.
    """
    markers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    statements = []
    for each in drafts:
        own = []
        for citation in each.citations:
            key = (citation.article.id, citation.start, citation.end)
            if key not in markers:
                markers[key] = len(citations) + 1
                citations.append(dataclasses.replace(citation, marker=markers[key]))
            own.append(markers[key])
        statements.append(Statement(each.text, tuple(dict.fromkeys(own))))
    if against:
        sides = {(each.run.article.id, each.citations[0].start, each.citations[0].end) for each in against}
        statements.insert(0, Statement(DISAGREE, tuple(sorted(markers[side] for side in sides))))
    return tuple(statements), tuple(citations)


def _coverage(found: Found, cited: int) -> str:
    bearing = len({run.article.id for run in found.runs})
    articles = "article" if found.in_scope == 1 else "articles"
    return f"{found.in_scope:,} {articles} in scope; {bearing} of the best matches bear on the question; {cited} cited."


def _refusal(library: Library, query: Query, found: Found, coverage: str) -> str:
    """Return what is said instead of an answer: what was searched, what is missing, the nearest passages as such."""
    unknown = [term.label for term in query.names if not library.catalogue.articles_with_phrases(term.forms)]
    lines = [REFUSAL]
    if unknown:
        lines.append(f"It does not mention {escape_markdown(' or '.join(unknown))}.")
    period = _period(found.scope)
    lines.append(f"Searched: {coverage}" + (f" Limited to articles {period}." if period else ""))
    text = " ".join(lines)
    if found.nearest:
        text += f"\n\n{NEAREST}\n\n"
        text += "\n".join(f"- {escape_markdown(line)}" for line in nearest_lines(found.nearest))
    return text
