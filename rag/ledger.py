"""What the views of a library say together: whose they are, which were replaced, who stands where.

Pure functions over `Sequence[View]`, in any order. A house is a firm, or a person who speaks for none. Houses, people
and subjects are compared by their keys (`rag.naming`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, get_args

from rag.naming import firm_key, person_key, subject_key, surname
from rag.types import Stance, View
from rag.wording import fold

_SYNDICATION_DAYS: Final = 7  # the same words again later than this are said anew, not copied
_REASON_MARK: Final = " | "

Found = tuple[date, int]  # the day of a view and its index


def holder_of(view: View) -> str:
    """Return who holds a view, as "Michael Wilson (Morgan Stanley)"; the article's author where it names nobody."""
    if view.analyst and view.firm:
        return f"{view.analyst} ({view.firm})"
    named = view.analyst or view.firm or ", ".join(view.article.authors)
    return named or view.article.publisher or "unnamed"


def house_key(view: View) -> str:
    """Return the key of the house that a view is counted for: its firm's, else its analyst's, else its author's."""
    if view.firm and (key := firm_key(view.firm)):
        return key
    if view.analyst and (key := person_key(view.analyst)):
        return f"person: {key}"
    if view.article.authors:
        return f"person: {person_key(view.article.authors[0])}"
    return firm_key(view.article.publisher) if view.article.publisher else f"article: {view.article.id}"


def day_of(view: View) -> date | None:
    """Return the day a view was said, else that of its article; None for an undated one."""
    return view.said_on or (view.article.published.date() if view.article.published else None)


def superseded(views: Sequence[View]) -> dict[int, int]:
    """Return, for each view that a later one replaced, its index with that of the newest view in its place.

    A view is replaced by one of the same house (and analyst, where both name one) on the same subject, said on a later
    day. A syndicated copy counts as said when the original was. Undated views neither replace nor are replaced.
    """
    return _replaced(views, _copies(views))


def current(views: Sequence[View]) -> list[View]:
    """Return the views that stand: neither replaced nor a syndicated copy, in the given order."""
    copies = _copies(views)
    gone = copies.keys() | _replaced(views, copies).keys()
    return [view for index, view in enumerate(views) if index not in gone]


def tally(views: Sequence[View]) -> Counter[Stance]:
    """Return how many independent houses stand bullish, bearish and neutral, each counted once by its newest view."""
    newest: dict[str, View] = {}
    for view in current(views):
        house = house_key(view)
        if house not in newest or _weight(view) > _weight(newest[house]):
            newest[house] = view
    return Counter(view.stance for view in newest.values())


def coverage(
    views: Sequence[View],
    articles: int,
    about: str = "",
    *,
    such: str = "a view",
    distinct: Sequence[View] | None = None,
    moves: str = "",
) -> str:
    """Return what a list of views stands for, in one line.

    "14 articles in scope; 5 state a view on small caps; 2 bullish, 1 bearish, 2 neutral by house."

    Args:
        views: all that are stated.
        articles: how many are in scope.
        about: what the views are on or by: " on small caps".
        such: what is stated: "such a view" where only some views were asked for.
        distinct: those of the views by which the houses are counted, each told once; all without it.
        moves: what was done, counted: "2 upgraded".
    """
    stating = len({view.article.id for view in views})
    counts = tally(views if distinct is None else distinct)
    sides = ", ".join(f"{counts[side]:,} {side}" for side in get_args(Stance) if counts[side])
    parts = [f"{articles:,} {'article' if articles == 1 else 'articles'} in scope"]
    parts.append(f"{stating:,} {'states' if stating == 1 else 'state'} {such}{about}")
    parts += [f"{sides} by house"] if sides else []
    return "; ".join((*parts, moves) if moves else parts) + "."


def records(views: Sequence[View], among: Iterable[View] = ()) -> list[dict[str, Any]]:
    """Return one flat row a view, of plain JSON values, for CSV, JSON or a DataFrame; dates in ISO 8601.

    `superseded_on` is the day of the view that replaced it, looked for among `views` and `among`.
    """
    together = list(dict.fromkeys([*views, *among]))
    place = {view: index for index, view in enumerate(together)}
    replaced = superseded(together)
    rows = []
    for view in views:
        newer = replaced.get(place[view])
        rows.append(_row(view, day_of(together[newer]) if newer is not None else None))
    return rows


def _row(view: View, replaced_on: date | None) -> dict[str, Any]:
    article = view.article
    day = day_of(view)
    return {
        "date": day.isoformat() if day else None,
        "firm": view.firm,
        "analyst": view.analyst,
        "subject": view.subject,
        "action": view.action,
        "from_rating": view.from_rating,
        "to_rating": view.to_rating,
        "target_from": view.target_from,
        "target_to": view.target_to,
        "horizon": view.horizon,
        "stance": view.stance,
        "attribution": view.attribution,
        "superseded_on": replaced_on.isoformat() if replaced_on else None,
        "quote": view.quote.text,
        "reasons": _REASON_MARK.join(reason.text for reason in view.reasons) or None,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "article_id": article.id,
        "start": view.quote.start,
        "end": view.quote.end,
    }


def _by_house_and_subject(views: Sequence[View]) -> list[list[int]]:
    """Return the indexes of the views of each house on each subject, of those that have more than one."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, view in enumerate(views):
        groups[house_key(view), subject_key(view.subject)].append(index)
    return [group for group in groups.values() if len(group) > 1]


def _copies(views: Sequence[View]) -> dict[int, int]:
    """Return the index of each syndicated copy with that of its original: the same words of the same holder."""
    found: dict[int, int] = {}
    for group in _by_house_and_subject(views):
        alike: defaultdict[str, list[Found]] = defaultdict(list)
        for index in group:
            alike[fold(views[index].quote.text)].append((day_of(views[index]) or date.max, index))
        for same in alike.values():
            found |= _copies_among(same)
    return found


def _copies_among(same: Sequence[Found]) -> dict[int, int]:
    found: dict[int, int] = {}
    original: Found | None = None
    for day, index in sorted(same):
        if original and (day == date.max or (day - original[0]).days <= _SYNDICATION_DAYS):
            found[index] = original[1]
        else:
            original = (day, index)
    return found


def _replaced(views: Sequence[View], copies: Mapping[int, int]) -> dict[int, int]:
    """Return what was replaced by what; a copy has the day of its original."""
    found: dict[int, int] = {}
    for group in _by_house_and_subject(views):
        days = ((day_of(views[copies.get(index, index)]), index) for index in group)
        found |= _replaced_among([(day, index) for day, index in days if day], views)
    return dict(sorted(found.items()))


def _replaced_among(group: Sequence[Found], views: Sequence[View]) -> dict[int, int]:
    """Return what was replaced by what among one house's views on one subject.

    Colleagues stand beside each other; a view without an analyst, or with a bare surname, goes with whom it can.
    """
    newest: dict[str, Found] = {}
    for day, index in group:
        for name in _names(views[index]):
            # Of one day's views the first given stays: input order is the reader's.
            if name not in newest or day > newest[name][0]:
                newest[name] = (day, index)
    found: dict[int, int] = {}
    for day, index in group:
        later = max((newest[name] for name in _answers_to(views[index]) if name in newest), key=lambda each: each[0])
        if later[0] > day:
            found[index] = later[1]
    return found


def _names(view: View) -> tuple[str, ...]:
    """Return the names under which a view may replace others."""
    key = person_key(view.analyst or "")
    if not key:
        return ("", "*")
    return (key, f"* {surname(key)}", "*")


def _answers_to(view: View) -> tuple[str, ...]:
    """Return the names of those who may replace a view: whoever is named like its analyst, or nobody named."""
    key = person_key(view.analyst or "")
    if not key:
        return ("*",)
    return (f"* {key}", "") if surname(key) == key else (key, surname(key), "")


def _weight(view: View) -> tuple[date, bool]:
    """Return what decides which of a house's views is counted: the newest, and of one day an action before a remark."""
    return (day_of(view) or date.min, view.action != "none")
