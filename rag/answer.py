"""Answers: short attributed statements around verbatim quotes, or an honest refusal; a chat model may word the former.

question (+ history) → rag.conversation → rag.question → rag.retrieve → rag.evidence → statements → rag.guard → Answer
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from rag.arrange import Arranged, Evidence, arrange
from rag.asked import bearing
from rag.compose import Draft, opposed
from rag.conversation import Resolved, resolve
from rag.errors import SettingsError
from rag.evidence import find_runs
from rag.instructions import holds_instruction
from rag.kinds import SEVERAL
from rag.models.rewriting import rewrite
from rag.models.source import source_of
from rag.models.writer import Writer
from rag.models.writing import Outcome, Task, write
from rag.numbering import Numbering
from rag.question import Query, check, understand
from rag.render import NEAREST, REFUSAL, escape_markdown, markdown, nearest_lines
from rag.retrieve import DEPTH, collapsed, match_words, rank, told_once, vocabulary
from rag.types import Answer, Citation, Passage, Scope, Statement, Step, Told
from rag.viewpoints import rows_of
from rag.wording import fold

if TYPE_CHECKING:
    from rag.library import Library

DISAGREE = "The sources disagree."
_NEAREST = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What retrieval brought: the evidence, the nearest passages, and the scope that was searched in the end."""

    evidence: Evidence
    nearest: list[Passage]
    scope: Scope
    in_scope: int
    notes: tuple[str, ...]

    @property
    def answers(self) -> bool:
        """True if passages or views answer."""
        return bool(self.evidence.runs or self.evidence.bearing.views)


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


@dataclasses.dataclass(frozen=True, slots=True)
class Composed:
    """An answer in the sources' own words: our own statements first, then one for each of the `arranged` drafts."""

    arranged: Arranged
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]

    @property
    def opening(self) -> tuple[Statement, ...]:
        """The statements that rest on several drafts: how many views there are, that sources disagree."""
        return self.statements[: len(self.statements) - len(self.arranged.drafts)]


def answer(
    library: Library,
    question: str,
    history: Sequence[Answer],
    scope: Scope,
    writer: Writer | Literal["extractive"] | None,
    *,
    inferring: bool = True,
) -> Iterator[Step | Told | Answer]:
    """Yield the stages of answering, the statements and the answer, as `Library.stream` describes."""
    check(question, library.settings.max_question_chars)
    chosen, note = (None if writer == "extractive" else writer), ""
    if writer is None:
        try:
            chosen = library.model
        except SettingsError as error:
            note = str(error)
    return _stages(library, question, history, scope, chosen, note, inferring=inferring)


def _stages(
    library: Library,
    question: str,
    history: Sequence[Answer],
    scope: Scope,
    writer: Writer | None,
    note: str,
    *,
    inferring: bool,
) -> Iterator[Step | Told | Answer]:
    watch = Stopwatch()
    yield Step("understand")
    query, resolved = _understood(library, question, history, scope, writer)
    if not inferring:
        query = dataclasses.replace(query, scope=scope, inferred=Scope())
        resolved = dataclasses.replace(resolved, focus=())
    watch.lap("understand")
    yield Step("retrieve")
    found = _find(library, query, resolved, watch)
    yield Step("compose")
    said = (
        {(c.article.id, c.start) for turn in history[-1:] for c in turn.citations} if resolved.asks_further else set()
    )
    arranged = arrange(found.evidence, query, frozenset(said))
    tally = found.evidence.bearing.coverage(found.in_scope) if arranged.views else ""
    composed = _composed(arranged, query, tally if arranged.listed else "")
    watch.lap("compose")
    outcome = None
    if writer and composed.statements:
        yield Step("write")
        outcome = yield from _write(writer, resolved.question, composed, query)
        watch.lap("write")
    if outcome is None or not outcome.statements:
        yield from _told(composed.statements, composed.citations)
    statements, citations = composed.statements, composed.citations
    if outcome and outcome.statements:
        statements, citations = outcome.statements, outcome.citations
    coverage = tally or _coverage(found, len({citation.article.id for citation in citations}))
    text = markdown(statements, arranged.more, citations) if statements else _refusal(library, query, found, coverage)
    yield Answer(
        question=question,
        text=text,
        statements=statements,
        citations=citations,
        views=arranged.views,
        abstained=not statements,
        coverage=coverage,
        scope=found.scope,
        model=writer.name if writer and outcome and outcome.statements else None,
        timings_ms=watch.timings | {"total": sum(watch.timings.values())},
        notes=(*found.notes, *(outcome.notes if outcome else ()), *([note] if note and statements else ())),
        nearest=tuple(found.nearest) if not statements else (),
        standalone=resolved.question,
        usage=outcome.usage if outcome else None,
    )


def _understood(
    library: Library, question: str, history: Sequence[Answer], scope: Scope, writer: Writer | None
) -> tuple[Query, Resolved]:
    """Return what is asked; a follow-up stands alone by a model's wording of it if that holds, else by the rules'."""
    known = vocabulary(library)

    def understood(text: str) -> Query:
        return understand(text, known, library.today(), scope, 2 * library.settings.max_question_chars)

    text = " ".join(question.split())
    resolved = resolve(text, history, known)
    if not history or resolved.question == text:
        return understood(text), resolved
    if writer:
        version = rewrite(writer, text, resolved.question, history[-1], lambda each: understood(each).inferred)
        resolved = dataclasses.replace(resolved, question=version or resolved.question)
    return _dated_as_before(understood(resolved.question), history[-1].scope), resolved


def _dated_as_before(query: Query, before: Scope) -> Query:
    """Return a follow-up's query within the dates of the answer before it, unless it names dates of its own.

    What was asked as of a day stays so whatever is found; a period is widened where nothing in it answers.
    """
    if query.inferred.since or query.inferred.until or query.inferred.as_of:
        return query
    period = dataclasses.replace(query.inferred, since=before.since, until=before.until)
    return dataclasses.replace(query, scope=narrow(query.scope, Scope(as_of=before.as_of)), inferred=period)


def _write(writer: Writer, question: str, composed: Composed, query: Query) -> Generator[Step | Told, None, Outcome]:
    """Let a model word what was found; if it does not, withdraw whatever was told of it."""
    drafts = composed.arranged.drafts
    sources = [source_of(number, draft) for number, draft in enumerate(drafts, start=1)]
    by_marker = {citation.marker: citation for citation in composed.citations}
    # A list leaves nobody out; any other answer not its best source.
    due = set(range(1, len(drafts) + 1)) if query.kind in SEVERAL else {1}
    opening = [(each.text, [by_marker[marker] for marker in each.markers]) for each in composed.opening]
    outcome = yield from write(writer, Task(question, sources, opening, due))
    if outcome.told and not outcome.statements:
        yield Step("restart")
    return outcome


def _told(statements: Sequence[Statement], citations: Sequence[Citation]) -> Iterator[Told]:
    """Yield each statement with the citations that are new with it."""
    known: set[int] = set()
    for statement in statements:
        new = [each for each in citations if each.marker in statement.markers and each.marker not in known]
        known.update(each.marker for each in new)
        yield Told(statement, tuple(new))


def _find(library: Library, query: Query, resolved: Resolved, watch: Stopwatch) -> Found:
    """Search the last answer's articles first for a follow-up, then the narrowed scope, then the scope as given.

    What asks for many holders is never left to the articles of the last answer.
    """
    narrowed = narrow(query.scope, query.inferred)
    tried: list[tuple[Scope, str]] = []
    if resolved.focus and not query.scope.article_ids and query.kind not in SEVERAL:
        tried.append(
            (dataclasses.replace(query.scope, article_ids=resolved.focus), "Read in the articles cited before.")
        )
    tried.append((narrowed, _reading(query)))
    found = None
    for scope, note in tried:
        found = _search(library, query, scope, watch, note)
        if found.answers:
            return found
    assert found is not None  # noqa: S101 - at least the narrowed scope was tried
    if found.in_scope == 0 and narrowed != query.scope:
        note = f"No article in scope is dated {_period(query.inferred)}; searched without that limit."
        return _search(library, query, query.scope, watch, note)
    return found


def _search(library: Library, query: Query, scope: Scope, watch: Stopwatch, note: str) -> Found:
    within = library.catalogue.article_ids(scope)
    in_scope = library.count(scope)
    text = " ".join(part.question for part in (query, *query.further))
    hits = told_once(library, rank(library, text, words_of(query), within, DEPTH), scope)
    watch.lap("retrieve")
    passages = {each.id: each for each in library.catalogue.passages([hit.passage_id for hit in hits])}
    articles = library.catalogue.articles({each.article.id for each in passages.values()})
    watch.lap("read")
    runs = find_runs(query, hits, passages, articles)
    further = [find_runs(part, hits, passages, articles, runs[0]) for part in query.further] if runs else []
    watch.lap("evidence")
    views = bearing(query, rows_of(library, scope, within), within)
    articles = library.catalogue.articles({view.article.id for view in views.views})
    watch.lap("ledger")
    near = (passages[hit.passage_id] for hit in hits[: 2 * _NEAREST])
    nearest = collapsed(each for each in near if not holds_instruction(each.text))[:_NEAREST]
    return Found(Evidence(runs, further, views, articles), nearest, scope, in_scope, (note,) if note else ())


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


def _composed(arranged: Arranged, query: Query, tally: str) -> Composed:
    """Return statements and citations with markers in the order of reading; a span cited twice has one marker.

    A `tally` of views comes first, on all of them; then, if statements stand against each other, one that says so.
    """
    numbering = Numbering()
    statements = [Statement(each.text, numbering.marks(each.citations)) for each in arranged.drafts]

    def marks(drafts: Sequence[Draft]) -> tuple[int, ...]:
        return tuple(sorted(numbering.marks(each.citations[0] for each in drafts)))

    against = opposed(arranged.drafts) if query.kind in SEVERAL else ()
    if against:
        statements.insert(0, Statement(DISAGREE, marks(against)))
    if tally:
        told = [each for each in arranged.drafts if each.views]
        statements.insert(0, Statement(tally, marks([each for each in told if not each.replaced] or told)))
    return Composed(arranged, tuple(statements), numbering.since(0))


def _coverage(found: Found, cited: int) -> str:
    bearing = len({run.article.id for run in found.evidence.runs})
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
