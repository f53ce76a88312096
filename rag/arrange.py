"""What an answer says and in which order: the ledger's views and the passages on one first screen, neither doubled.

A list is told from the ledger, complete over the scope, briefly where it is long; passages add who is missing there.
Any other question is answered by passages; a view that bears on it leads where it was asked who moved, when or why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.asked import asks_detail, asks_figure
from rag.compose import (
    LONGEST_QUOTE,
    STANCE_SIDES,
    Draft,
    adds_to_list,
    leaning,
    order,
    repeats,
    same_voice,
)
from rag.evidence import Run
from rag.from_ledger import Told, shown_in, tell, together
from rag.from_passages import from_passages, length_of
from rag.introductions import Speaker
from rag.kinds import SEVERAL, wants_reason
from rag.ledger import house_key
from rag.question import Query
from rag.sentences import Span
from rag.types import Article, Quote, View
from rag.viewpoints import Bearing, Row, is_by

FIRST_SCREEN = 1_450  # characters of Markdown that a reader sees without scrolling
_MARK = 4  # characters that one of the coverage line's citation marks takes
_FIRST_IN_FULL = 3
_FOR_OTHERS = 0.1  # of the room, where the first views of a list are quoted before any other is told
_MOST_TOLD = 24
_MOST_LEADING = 3
_MOST_CHANGES = 5
_DIGIT = re.compile(r"\d")
_LED = frozenset(("who", "when", "why", "what_changed"))  # kinds that a view answers before any passage


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that may answer: runs of sentences for each part, the views that bear on it, and their articles."""

    runs: Sequence[Run]
    further: Sequence[Sequence[Run]]  # for each further part of the question
    bearing: Bearing
    articles: Mapping[str, Article]  # of the views


@dataclass(frozen=True, slots=True)
class Arranged:
    """The statements in order, the views they came from, and those for which there was no room."""

    drafts: Sequence[Draft]
    views: tuple[View, ...] = ()
    more: int = 0
    listed: bool = False  # the views are told as a list, which says how many there are


def arrange(found: Evidence, query: Query, said: frozenset[tuple[str, int]]) -> Arranged:
    """Return the supported statements that fit the first screen; `said` is where the last answer's quotes begin."""
    if not found.bearing.views:
        return _without_views(found, query, said)
    if query.kind in SEVERAL or (query.kind == "who" and _are_many(found.bearing)):
        return _listed(found, query, said)
    passages = from_passages(found.runs, found.further, query, said, FIRST_SCREEN)
    leads = query.kind in _LED and (found.bearing.actions or query.kind in ("why", "what_changed"))
    return _led(found, query, said, passages) if leads or not passages else Arranged(order(passages, query))


def _without_views(found: Evidence, query: Query, said: frozenset[tuple[str, int]]) -> Arranged:
    return Arranged(order(from_passages(found.runs, found.further, query, said, FIRST_SCREEN), query))


def _are_many(bearing: Bearing) -> bool:
    """Return True if "who" asks for all that lean one way, or for more views than lead an answer."""
    return bool(bearing.stances) or (bool(bearing.actions) and len(bearing.without_copies) > _MOST_LEADING)


# --- lists


def _listed(found: Evidence, query: Query, said: frozenset[tuple[str, int]]) -> Arranged:
    """Return a list of views, briefly where they are many, with what passages say by others.

    Every view has its turn before any is told in full; then the first ones; then passages.
    """
    views = _by_turns(found.bearing, query)
    passages = from_passages(found.runs, found.further, query, said, 2 * FIRST_SCREEN)
    told, rest = _told(found, views[:_MOST_TOLD], query, passages)
    if not told:
        return _without_views(found, query, said)
    room = FIRST_SCREEN - len(found.bearing.coverage(10**6)) - _MARK * len(told)
    reasons = any(wants_reason(part.question) for part in (query, *query.further))
    shown, room = _briefly(told, room, _quoted_first(found.bearing, query, len(told) if reasons else 0))
    if not asks_detail(query) or len(shown) <= _FIRST_IN_FULL:
        shown, room = _in_full(shown, room, _FIRST_IN_FULL)
    kept = _fitting(rest, room, [form for _, form in shown], query, found.bearing, listed=True)
    shown, _ = _in_full(shown, room - sum(map(length_of, kept)), len(shown))
    drafts = [form for _, form in shown]
    rows = [view for each in drafts for view in each.views]
    left = tuple(view for view in views if all(view is not each for each in rows))
    return Arranged(
        order([*drafts, *kept], query, found.bearing.subjects, views_first=True), (*rows, *left), len(left), listed=True
    )


def _by_turns(bearing: Bearing, query: Query) -> list[View]:
    """Return the views that stand, the closest first, with one of each house before any second one; then the replaced.

    Opposed sides take turns.
    """
    views = _taking_turns(bearing.without_copies, house_key)
    if query.kind == "disagree":
        named = next((view for view in views if any(is_by(term, Row(view)) for term in bearing.against)), None)
        if named:
            # Whoever is disagreed with comes first, then those who do.
            return sorted(views, key=lambda view: (view is not named, view.stance == named.stance))
        opposed = {"bullish", "bearish"} <= {view.stance for view in views}
        views = _taking_turns(views, lambda view: view.stance)
        views.sort(key=lambda view: opposed and view.stance == "neutral")
    return sorted(views, key=lambda view: (id(view) in bearing.replaced, id(view) not in bearing.close))


def _taking_turns(views: Sequence[View], key: Callable[[View], str]) -> list[View]:
    """Return the views with one of each key before any second one."""
    turns: Counter[str] = Counter()
    places = []
    for place, view in enumerate(views):
        places.append((turns[key(view)], place))
        turns[key(view)] += 1
    return [views[place] for _, place in sorted(places)]


def _told(
    found: Evidence, views: Sequence[View], query: Query, passages: Sequence[Draft]
) -> tuple[list[Told], list[Draft]]:
    """Return the views told, each with the passage that it can be joined with, and the passages that are left."""
    reasons = any(wants_reason(part.question) for part in (query, *query.further))
    given: set[Quote] = set()  # a reason for several views is told once
    rest = list(passages)
    told: list[Told] = []
    for group in together(views):
        view = group[0]
        beside = next((each for each in rest if _quoted_with(view, each, query)), None)
        span = _quoted_with(view, beside, query) if beside else None
        each = tell(
            group,
            found.articles[view.article.id],
            span or (view.quote.start, view.quote.end),
            reasons=[reason for reason in view.reasons if reason not in given] if reasons else (),
            replaced=any(id(one) in found.bearing.replaced for one in group),
        )
        if each:
            told.append(each)
            given.update(view.reasons)
            rest = [other for other in rest if other is not beside]
    return told, rest


def _quoted_with(view: View, passage: Draft, query: Query) -> Span | None:
    """Return what to quote for a view where a passage says it too: both if they overlap, or the passage by its holder.

    The passage's own words are better where the question asks for a figure, and they have one.
    """
    if passage.run.article.id != view.article.id:
        return None
    cited, own = passage.citations[0], view.quote
    if cited.start < own.end and own.start < cited.end:
        start, end = min(cited.start, own.start), max(cited.end, own.end)
        return (start, end) if end - start <= LONGEST_QUOTE else (cited.start, cited.end)
    speaker = Speaker(view.analyst, view.firm)
    if asks_figure(query) and _DIGIT.search(cited.quote) and same_voice(speaker, passage.run.speaker):
        return cited.start, cited.end
    return None


def _quoted_first(bearing: Bearing, query: Query, least: int) -> int:
    """Return how many views are quoted before others are told at all: sides that disagree, on the very matter asked."""
    return max(least, len(bearing.close), 2) if query.kind == "disagree" else least


def _briefly(told: Sequence[Told], room: int, quoted: int) -> tuple[list[tuple[Told, Draft]], int]:
    """Return as many views as fit, briefly where that is possible, and the room left.

    The first `quoted` ones are told in full while they leave some room for others.
    """
    shown: list[tuple[Told, Draft]] = []
    least_left = _FOR_OTHERS * room
    for place, each in enumerate(told):
        in_full = place < quoted and room - length_of(each.full) >= least_left
        form = each.full if in_full or not each.brief else each.brief
        if not shown or length_of(form) <= room:
            shown.append((each, form))
            room -= length_of(form)
    return shown, room


def _in_full(shown: Sequence[tuple[Told, Draft]], room: int, most: int) -> tuple[list[tuple[Told, Draft]], int]:
    """Return the first `most` views in full so far as there is room, and the room left."""
    fuller = list(shown)
    for place, (each, form) in enumerate(shown[:most]):
        more = length_of(each.full) - length_of(form)
        if 0 < more <= room:
            fuller[place] = (each, each.full)
            room -= more
    return fuller, room


def _fitting(
    passages: Sequence[Draft], room: int, told: Sequence[Draft], query: Query, bearing: Bearing, *, listed: bool
) -> list[Draft]:
    """Return the passages that fit and add to the views told; in a plain list, only by who is not in it yet."""
    plain_list = listed and not (asks_detail(query) or query.further)
    kept: list[Draft] = []
    for each in passages:
        doubled = any(repeats(each.citations[0], citation) for other in told for citation in shown_in(other))
        known = plain_list and not adds_to_list(each, told, query)
        ruled_out = listed and _is_ruled_out(each, bearing)
        if not doubled and not known and not ruled_out and length_of(each) <= room:
            kept.append(each)
            room -= length_of(each)
    return kept


def _is_ruled_out(each: Draft, bearing: Bearing) -> bool:
    """Return True for a passage by the subject itself, or by a house known to lean another way than was asked.

    The ledger may err: a passage that plainly leans as asked stays.
    """
    if not each.holder:
        return False
    if any(term.stands_in(each.holder, ()) for term in bearing.subjects):
        return True
    speaker = each.run.speaker
    held = {view.stance for view in bearing.stated if same_voice(Speaker(view.analyst, view.firm), speaker)}
    asked = {STANCE_SIDES[stance] for stance in bearing.stances}
    return bool(asked and held) and held.isdisjoint(bearing.stances) and leaning(each.run) not in asked


# --- one answer, led by a view


def _led(found: Evidence, query: Query, said: frozenset[tuple[str, int]], passages: Sequence[Draft]) -> Arranged:
    """Return the views that bear on the question, each with the passage around its quote, then other passages."""
    fresh = [view for view in found.bearing.without_copies if (view.article.id, view.quote.start) not in said]
    most = _MOST_CHANGES if query.kind == "what_changed" else _MOST_LEADING
    told, rest = _told(found, fresh[:most], query, passages)
    leading: list[Draft] = []
    for each in (one.full for one in told):
        if not any(repeats(each.citations[0], other.citations[0]) for other in leading):
            leading.append(each)
    room = FIRST_SCREEN - sum(map(length_of, leading))
    views = tuple(view for each in leading for view in each.views)
    return Arranged(
        order(
            [*leading, *_fitting(rest, room, leading, query, found.bearing, listed=False)],
            query,
            found.bearing.subjects,
        ),
        views,
    )
