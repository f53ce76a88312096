"""Questions to begin with, made of what a library holds: its most covered subjects and the latest moves in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from rag.ledger import current, superseded, tally
from rag.naming import subject_key
from rag.types import Action, View

if TYPE_CHECKING:
    from rag.library import Library

_MOST_SUBJECTS: Final = 12
_MOST_MOVES: Final = 200
# What a question can name: short, and nothing that would change how it reads.
_NAME: Final = re.compile(r"[^\W_](?:[\w&'’.,/+ -]{0,48}[\w.])?")

Question = tuple[str, str]  # a question, and the key of the subject that it is about


def examples(library: Library, most: int) -> tuple[str, ...]:
    """Return up to `most` questions that views of the library answer, as `Library.examples` describes."""
    return library.cached(f"examples {most}", lambda: _examples(library, most))


def _examples(library: Library, most: int) -> tuple[str, ...]:
    stored = library.catalogue.views
    recent = {subject_key(view.subject) for view in stored.since(None, _MOST_MOVES)}
    views = [view for view in stored.on({*stored.most_covered(_MOST_SUBJECTS), *recent}) if _can_be_named(view)]
    by_subject: defaultdict[str, list[View]] = defaultdict(list)
    for view in views:
        by_subject[subject_key(view.subject)].append(view)
    standing = current(views)
    kinds = (
        _moves(standing, "upgrade", "Who upgraded"),
        _disputes(by_subject.values()),
        _turns(views),
        _moves(standing, "raise_target", "Who raised the target on"),
        _moves(standing, "downgrade", "Who downgraded"),
        _moves(standing, "cut_target", "Who cut the target on"),
        _outlooks(by_subject.values()),
    )
    in_turn = chain.from_iterable(zip_longest(*kinds))
    return tuple(_spread(question for question in in_turn if question)[:most])


def _spread(questions: Iterable[Question]) -> list[str]:
    """Return the questions with the first on each subject before any second."""
    first: dict[str, str] = {}
    later: list[str] = []
    for question, subject in questions:
        if first.setdefault(subject, question) != question:
            later.append(question)
    return list(dict.fromkeys([*first.values(), *later]))


def _moves(standing: Iterable[View], action: Action, words: str) -> Iterator[Question]:
    for view in standing:
        if view.action == action:
            yield f"{words} {view.subject}{' and why' if view.reasons else ''}?", subject_key(view.subject)


def _disputes(subjects: Iterable[Sequence[View]]) -> Iterator[Question]:
    """Yield a question for each subject on which houses stand on both sides, that with the most of them first."""
    sides = [(tally(views), views[0].subject) for views in subjects]
    for counts, subject in sorted(sides, key=lambda each: -each[0].total()):
        if counts["bullish"] and counts["bearish"]:
            yield f"Who disagrees about {subject}?", subject_key(subject)


def _turns(views: Sequence[View]) -> Iterator[Question]:
    """Yield a question for each view of a house that replaced another of its views, the newest first."""
    for new in sorted(set(superseded(views).values())):
        view = views[new]
        yield f"How has {view.firm or view.analyst}'s view on {view.subject} changed?", subject_key(view.subject)


def _outlooks(subjects: Iterable[Sequence[View]]) -> Iterator[Question]:
    for views in sorted(subjects, key=lambda views: -len({view.article.id for view in views})):
        yield f"What do analysts expect of {views[0].subject}?", subject_key(views[0].subject)


def _can_be_named(view: View) -> bool:
    house = view.firm or view.analyst
    return bool(house and _NAME.fullmatch(house) and _NAME.fullmatch(view.subject))
