"""Questions to go on with, made from the ledger by rules: each is one that views in the answer's scope do answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.ledger import current, day_of, holder_of
from rag.types import Answer, Scope, View
from rag.wording import content_words, stem

if TYPE_CHECKING:
    from rag.library import Library

_MOST = 3
_VIEWS_READ = 3  # of the answer
_ALIKE = 0.75


def suggest(library: Library, answer: Answer) -> tuple[str, ...]:
    """Return up to three follow-up questions that the library can answer, none of them the one just asked.

    Each is backed by stored views within the answer's dates and other limits. Ask for it once the answer is shown.
    """
    scope = replace(answer.scope, article_ids=())
    chosen: list[str] = []
    for question in _candidates(library, scope, _starting_points(library, answer)):
        if not any(_alike(question, other) for other in (answer.question, answer.standalone, *chosen)):
            chosen.append(question)
        if len(chosen) == _MOST:
            break
    return tuple(chosen)


def _starting_points(library: Library, answer: Answer) -> list[View]:
    """Return the views that an answer tells, else those of the articles that it cites."""
    told = list(answer.views)
    if not told and answer.citations:
        cited = tuple(dict.fromkeys(citation.article.id for citation in answer.citations))
        told = library.views(scope=replace(answer.scope, article_ids=cited))
    return [view for view in told if view.analyst or view.firm][:_VIEWS_READ]


def _candidates(library: Library, scope: Scope, views: Sequence[View]) -> Iterator[str]:
    for view in views:
        on_subject = library.views(subject=view.subject, scope=scope)
        if {"bullish", "bearish"} <= {each.stance for each in current(on_subject)}:
            yield f"Who disagrees about {view.subject}?"
        own = [each for each in on_subject if (each.analyst, each.firm) == (view.analyst, view.firm)]
        if len({day_of(each) for each in own}) > 1 and len({(each.stance, each.to_rating) for each in own}) > 1:
            yield f"How did the view of {holder_of(view)} on {view.subject} change?"
        if view.reasons:
            yield f"Why is {holder_of(view)} {view.stance} on {view.subject}?"
        yield from _elsewhere(library, scope, view)


def _elsewhere(library: Library, scope: Scope, view: View) -> Iterator[str]:
    """Yield a question on the newest view that the same holder has of something else."""
    held = library.views(firm=view.firm, analyst=view.analyst, scope=scope)
    other = next((each for each in held if each.subject != view.subject), None)
    if other:
        yield f"What does {holder_of(other)} say about {other.subject}?"


def _alike(one: str, other: str) -> bool:
    """Return True if nearly all that the shorter question asks of stands in the longer one."""
    short, long = sorted(({stem(word) for word in content_words(each)} for each in (one, other)), key=len)
    return len(short & long) >= _ALIKE * len(long) if long else True
