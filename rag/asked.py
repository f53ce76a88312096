"""What a question asks of the ledger: which views bear on it.

A view bears on a question if its holder and subject are those that the question names, and its action, stance, figures
and reasons are of the kind asked for. Nothing else makes a view an answer: a house's view on another matter never is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from rag.evidence import REASON, covered, has_required
from rag.kinds import (
    SEVERAL,
    actions_asked,
    is_leaning,
    kind_of,
    stances_asked,
    wants_figure,
    wants_holders,
    wants_person,
    wants_things,
)
from rag.ledger import house_key
from rag.naming import subject_key, subject_keys
from rag.question import Query
from rag.subjects import Aspect
from rag.terms import Term
from rag.types import Action, Stance, View
from rag.viewpoints import Bearing, Row, Rows, is_by
from rag.wording import phrase_in, stem, words

_MOVES: Mapping[str, frozenset[Action]] = {
    "upgrade": frozenset(("upgrade",)),
    "downgrade": frozenset(("downgrade",)),
    "initiation": frozenset(("initiate",)),
}
_ON_TARGETS: frozenset[Action] = frozenset(("raise_target", "cut_target"))
_ON_ESTIMATES: frozenset[Action] = frozenset(("raise_estimate", "cut_estimate"))
_LEAST_COVERED = 0.5
_LONGEST_SUBJECT = 4  # words


def bearing(query: Query, ledger: Rows, within: Collection[str] | None) -> Bearing:
    """Return the views of the articles `within` (None for all) that bear on a question."""
    asked = _Asked(query, ledger)
    rows = ledger.rows
    stated = [row for row in rows if (within is None or row.view.article.id in within) and asked.names_of(row)]
    stated = asked.rightly_read(stated)
    fitting = asked.differing([row for row in stated if asked.fits(row)])
    if not fitting:
        return Bearing()
    if not asked.names_any or asked.between:
        # Of all that is in scope only what the same houses said of the same subjects matters.
        said = {(house_key(row.view), row.key) for row in fitting}
        stated = [row for row in stated if (house_key(row.view), row.key) in said]
    ranked = sorted(fitting, key=asked.is_close, reverse=True)
    return Bearing(
        tuple(row.view for row in ranked),
        tuple(row.view for row in stated),
        asked.subjects_of(stated),
        asked.holders_of(stated),
        asked.actions,
        asked.stances,
        asked.against,
        frozenset(id(row.view) for row in ranked if asked.is_close(row)),
    )


def asks_detail(query: Query) -> bool:
    """Return True if a question asks for more than who holds what view: a figure, a target, a matter in plain words."""
    aspects = any(aspect.name not in _MOVES for aspect in query.aspects)
    return aspects or asks_figure(query) or bool(_plain_words(query))


def asks_figure(query: Query) -> bool:
    """Return True if a question asks for a figure, or for targets or estimates."""
    return wants_figure(query.question) or any(aspect.name in ("target", "estimate") for aspect in query.aspects)


def _plain_words(query: Query) -> list[Term]:
    """Return the terms that say in plain words what the question is about, beside its names, roles and actions."""
    plain = [term for term in query.terms if term.kind == "word" and not term.role]
    aspects = [aspect.asked for aspect in query.aspects]
    return [
        term
        for term in plain
        # What alone makes a question one for sides, a move or a leaning names no matter.
        if kind_of(term.label) == "what"
        and not is_leaning(term.label)
        and not any(asked.search(term.label) for asked in aspects)
    ]


class _Asked:
    """What a question asks of a view, worked out once."""

    def __init__(self, query: Query, ledger: Rows) -> None:
        self._query = query
        self._several = query.kind in SEVERAL
        required = [replace(term, role=_is_holder(term, ledger)) for term in query.terms if term.required]
        plain = _plain_words(query)
        named = _subjects_in(query.question, plain, ledger)
        required += named
        self.between = query.kind == "disagree" and sum(term.role for term in required) > 1
        self.against: tuple[Term, ...] = ()
        if query.kind == "disagree" and not self.between and any(not term.role for term in required):
            # "Who disagrees with Wilson on small caps?" asks for the others.
            self.against = tuple(term for term in required if term.role)
            required = [term for term in required if not term.role]
        self._required = required
        self._keys = {term.label: frozenset(subject_keys(term.label)) for term in required}
        self._on: dict[str, dict[str, bool]] = {term.label: {} for term in required}  # by folded subject
        self._plain = [term for term in plain if not any(term.label in words(each.label) for each in named)]
        moves = [_MOVES[aspect.name] for aspect in query.aspects if aspect.name in _MOVES]
        self.actions: frozenset[Action] = actions_asked(query.question).union(*moves)
        self.stances = stances_asked(query.question)

    @property
    def names_any(self) -> bool:
        """True if the question names a holder or a subject."""
        return bool(self._required)

    def names_of(self, row: Row) -> bool:
        """Return True if a row is by the holders and on the subjects that the question names."""
        subjects = {term.label for term in self._required if self._is_about(term, row)}
        held = subjects | {term.label for term in self._required if is_by(term, row)}
        if subjects or (held and (self.between or wants_things(self._query.question))):
            # Beside the subject, a further name but no holder's, may stand in the view's own words.
            others = [term for term in self._required if not term.role and term.label not in held]
            held |= {term.label for term in others if term.stands_in(row.text, row.stems)}
        if not has_required(self._required, frozenset(held), several=self._several):
            return False
        return self._words_fit(row, subjects, held)

    def _words_fit(self, row: Row, subjects: Collection[str], held: Collection[str]) -> bool:
        """Return True if the question's plain words fit as well, so far as its names leave open what it is about."""
        if not self._plain or len(held) >= 2 or (subjects and (self._several or self.actions)):
            return True
        if not self.is_close(row):
            return False
        return bool(held) or any(term.stems & frozenset(map(stem, words(row.subject))) for term in self._plain)

    def rightly_read(self, rows: list[Row]) -> list[Row]:
        """Return only the rows where a lone name is the subject, or only those where it is the holder, as asked."""
        if len(self._required) != 1:
            return rows
        name = self._required[0]
        about = [row for row in rows if self._is_about(name, row)]
        by = [row for row in rows if is_by(name, row)]
        if not about or not by:
            return rows
        return about if wants_holders(self._query.question) or self._query.kind == "who" else by

    def differing(self, rows: list[Row]) -> list[Row]:
        """Return, where named houses are set against each other, the rows on what they see differently, if any."""
        if not self.between:
            return rows
        stances: defaultdict[str, dict[str, Stance]] = defaultdict(dict)
        for row in rows:
            stances[row.key].setdefault(house_key(row.view), row.view.stance)
        differ = {key for key, held in stances.items() if len(set(held.values())) > 1}
        return [row for row in rows if row.key in differ] or rows

    def fits(self, row: Row) -> bool:
        """Return True if a row's action, stance and figures are what is asked for."""
        view = row.view
        if self.actions and view.action not in self.actions:
            return False
        if self.stances and view.stance not in self.stances:
            return False
        if wants_person(self._query.question) and not view.analyst:
            return False
        if self._query.kind == "why" and not (view.reasons or REASON.search(view.quote.text)):
            return False
        figures = f"{view.target_from or ''} {view.target_to or ''} {view.quote.text}"
        if wants_figure(self._query.question) and not any(map(str.isdigit, figures)):
            return False
        return all(_shows(aspect, view) for aspect in self._query.aspects)

    def is_close(self, row: Row) -> bool:
        """Return True if the question has plain words, and a row's words hold at least half their weight."""
        return bool(self._plain) and covered(self._plain, row.text, row.stems, row.text, row.stems) >= _LEAST_COVERED

    def subjects_of(self, rows: Sequence[Row]) -> tuple[Term, ...]:
        """Return the terms that rows are on."""
        return tuple(term for term in self._required if any(self._is_about(term, row) for row in rows))

    def holders_of(self, rows: Sequence[Row]) -> tuple[Term, ...]:
        """Return the terms that rows are by, subjects apart."""
        others = [term for term in self._required if not any(self._is_about(term, row) for row in rows)]
        return tuple(term for term in others if any(is_by(term, row) for row in rows))

    def _is_about(self, term: Term, row: Row) -> bool:
        known = self._on[term.label]
        if row.subject not in known:
            by_key = row.key in self._keys[term.label]
            known[row.subject] = by_key or any(phrase_in(form, row.subject) for form in term.forms)
        return known[row.subject]


def _is_holder(term: Term, ledger: Rows) -> bool:
    return term.role or any(is_by(term, row) for row in ledger.by_holder)


def _subjects_in(question: str, plain: Sequence[Term], ledger: Rows) -> list[Term]:
    """Return as terms the subjects of the ledger that a question names in plain words, the longest first."""
    spoken = words(question)
    left = {term.label for term in plain}
    found: list[Term] = []
    for size in range(_LONGEST_SUBJECT, 0, -1):
        for first in range(len(spoken) - size + 1):
            some = spoken[first : first + size]
            name = " ".join(some)
            if left.issuperset(some) and subject_key(name) in ledger.subjects:
                found.append(Term(name, "asset", (name,), frozenset(), 1.0, required=True))
                left.difference_update(some)
    return found


def _shows(aspect: Aspect, view: View) -> bool:
    """Return True if a view has what an aspect asks about, in its fields or in its words."""
    if aspect.name in _MOVES:
        return True  # judged by its action
    by_field = {
        "target": bool(view.target_to) or view.action in _ON_TARGETS,
        "estimate": view.action in _ON_ESTIMATES,
        "rating": bool(view.to_rating),
        "prior rating": bool(view.from_rating),
        "move": view.action != "none",
    }
    return by_field.get(aspect.name, False) or bool(
        aspect.shown.search(" ".join((view.quote.text, *(reason.text for reason in view.reasons))))
    )
