"""Answers: short attributed statements around verbatim quotes, or an honest refusal; a chat model may word the former.

question (+ history) → rag.conversation → rag.question → rag.found → statements → rag.guard → Answer
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from rag.arrange import Arranged, arrange
from rag.compose import Draft, opposed
from rag.conversation import Resolved, resolve
from rag.errors import SettingsError
from rag.found import Found, find, narrow, period_of
from rag.kinds import SEVERAL
from rag.models.rewriting import rewrite
from rag.models.source import source_of
from rag.models.writer import Writer
from rag.models.writing import Outcome, Task, write
from rag.numbering import Numbering
from rag.question import Query, check, understand
from rag.render import NEAREST, REFUSAL, escape_markdown, markdown, nearest_lines
from rag.retrieve import vocabulary
from rag.stopwatch import Stopwatch
from rag.types import Answer, Citation, Scope, Statement, Step, Told

if TYPE_CHECKING:
    from rag.library import Library

DISAGREE = "The sources disagree."


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
    found = find(library, query, resolved, watch)
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
    period = period_of(found.scope)
    lines.append(f"Searched: {coverage}" + (f" Limited to articles {period}." if period else ""))
    text = " ".join(lines)
    if found.nearest:
        text += f"\n\n{NEAREST}\n\n"
        text += "\n".join(f"- {escape_markdown(line)}" for line in nearest_lines(found.nearest))
    return text
