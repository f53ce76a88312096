"""What the search for a question brings: evidence, views, the nearest passages, and the scope searched in the end."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from rag.arrange import Evidence
from rag.asked import bearing
from rag.conversation import Resolved
from rag.evidence import find_runs
from rag.instructions import holds_instruction
from rag.kinds import SEVERAL
from rag.question import Query
from rag.retrieve import DEPTH, collapsed, match_words, rank, told_once
from rag.stopwatch import Stopwatch
from rag.types import Passage, Scope
from rag.viewpoints import rows_of
from rag.wording import fold

if TYPE_CHECKING:
    from rag.library import Library

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


def find(library: Library, query: Query, resolved: Resolved, watch: Stopwatch) -> Found:
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
        note = f"No article in scope is dated {period_of(query.inferred)}; searched without that limit."
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
    period = period_of(query.inferred)
    if not period or fold(period) == fold(query.inferred_from):
        return ""
    return f"Read “{query.inferred_from}” as: {period}." if query.inferred_from else f"Searched only {period}."


def period_of(scope: Scope) -> str:
    """Return a scope's dates in words."""
    parts = [
        (f"from {scope.since.day} {scope.since:%B %Y}" if scope.since else ""),
        (f"to {scope.until.day} {scope.until:%B %Y}" if scope.until else ""),
        (f"as of {scope.as_of.day} {scope.as_of:%B %Y}" if scope.as_of else ""),
        (f"in {', '.join(scope.publishers)}" if scope.publishers else ""),
    ]
    return " ".join(part for part in parts if part)
