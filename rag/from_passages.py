"""Statements from passages: the runs of sentences that answer each part of a question, so far as there is room."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rag.compose import Draft, both_sides, draft, house_of, is_supported, newest_leads, same_house
from rag.evidence import Run
from rag.question import Query
from rag.render import escape_markdown

FIRST_PART = 0.65  # of the room, where a question has further parts
_MARKS = 8  # characters that a statement's citation marks and line break take
_PER_FURTHER_PART = 2
_SAID_BEFORE = 0.35  # off the score of what the last answer quoted, when the reader asks for more
_SAME_ARTICLE, _SAME_SPEAKER = 0.15, 0.3


def from_passages(
    found: Sequence[Run], further: Sequence[Sequence[Run]], query: Query, said: Collection[tuple[str, int]], room: int
) -> list[Draft]:
    """Return the supported statements that fit; those for further parts of the question come after the best one.

    `said` is where the quotes of the last answer begin, if the reader asks for more than it said.
    """
    drafts: list[Draft] = []
    runs = sorted(found, key=lambda run: run.score - _SAID_BEFORE * _is_said(run, said), reverse=True)
    share = FIRST_PART if query.further else 1.0
    first = _of_part(newest_leads(runs), query, [], int(share * room))
    left = room - sum(len(each.text) for each in first)
    for part, others in zip(query.further, further, strict=True) if first else ():
        drafts += _further(others, part, [*first, *drafts], left // len(query.further))
    return [*first[:1], *drafts, *first[1:]]


def _further(runs: Sequence[Run], part: Query, before: Sequence[Draft], room: int) -> list[Draft]:
    """Return what answers a further part, rather where and by whom the first part was answered; reasons only there."""
    best = before[0].run
    near = sorted(runs, key=lambda run: run.score + _closeness(run, best), reverse=True)
    if part.kind == "why":
        near = [run for run in near if _closeness(run, best) >= _SAME_SPEAKER]
    return _of_part(near, part, before, room)[:_PER_FURTHER_PART]


def _is_said(run: Run, said: Collection[tuple[str, int]]) -> bool:
    return any((run.article.id, sentence.start) in said for sentence in run.sentences)


def _closeness(run: Run, best: Run) -> float:
    """Return how much rather a further part is answered from where the first one was."""
    same_article = run.article.id == best.article.id
    return _SAME_SPEAKER * same_house(house_of(run.speaker), house_of(best.speaker)) + _SAME_ARTICLE * same_article


def _of_part(runs: Sequence[Run], query: Query, before: Sequence[Draft], room: int) -> list[Draft]:
    """Return the statements for one part of the question that fit, the best one whether it fits or not."""
    drafts: list[Draft] = []
    for run in both_sides(runs) if query.kind == "disagree" else runs:
        each = draft(run, query, drafts, before)
        if each is None or (drafts and len(each.text) > room) or not is_supported(each):
            continue
        drafts.append(each)
        room -= length_of(each)
    return drafts


def length_of(each: Draft) -> int:
    """Return the characters that a statement takes on the screen, with its citation marks."""
    return len(escape_markdown(each.text)) + _MARKS
