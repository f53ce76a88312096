"""The filters of the Views page, kept in the address so that a link opens the page as it was: `/views?subject=…`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast, get_args

import streamlit as st

from rag import Action, Library, Scope, Stance, View
from ui.filters import day_input
from ui.view_wording import action_in_words

ACTIONS: tuple[Action, ...] = get_args(Action)
STANCES: tuple[Stance, ...] = get_args(Stance)


@dataclass(frozen=True, slots=True)
class Names:
    """The names that the library's views hold, each kind with the most frequent first."""

    subjects: tuple[str, ...]
    firms: tuple[str, ...]
    analysts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrowed the views down to; None where nothing."""

    subject: str | None
    firm: str | None
    analyst: str | None
    action: Action | None
    stance: Stance | None
    scope: Scope


def names(library: Library) -> Names:
    """Return the names to choose from; read anew only after the library changed."""
    return library.cached("names of the views page", lambda: _names(library.views()))


def choose(offered: Names) -> Filters:
    """Draw the filters and return what they say."""
    with st.container(key="view-filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        subject = _name("Subject", "subject", offered.subjects, "Any name of it: a company or its ticker, an index.")
        firm = _name("Firm", "firm", offered.firms, "Any name of the house.")
        analyst = _name("Analyst", "analyst", offered.analysts)
        with st.popover(_more_label(), icon=":material/tune:"):
            action = _one_of("Action", "action", ACTIONS)
            stance = _one_of("Stance", "stance", STANCES)
            scope = _scope()
    return Filters(
        subject=subject,
        firm=firm,
        analyst=analyst,
        action=cast("Action | None", action),
        stance=cast("Stance | None", stance),
        scope=scope,
    )


def set_subject(subject: str) -> None:
    """Narrow the page down to a subject, as if chosen in its filter; for callbacks."""
    st.session_state["subject"] = subject


def clear() -> None:
    """Empty all filters; for callbacks."""
    for key in ("subject", "firm", "analyst", *_MORE):
        st.session_state[key] = None


_MORE = ("action", "stance", "since", "until", "as_of")


def _names(views: Sequence[View]) -> Names:
    return Names(
        subjects=_by_frequency(view.subject for view in views),
        firms=_by_frequency(view.firm for view in views),
        analysts=_by_frequency(view.analyst for view in views),
    )


def _by_frequency(found: Iterable[str | None]) -> tuple[str, ...]:
    counted = Counter(name for name in found if name)
    return tuple(sorted(counted, key=lambda name: (-counted[name], name.casefold())))


def _name(label: str, key: str, options: tuple[str, ...], tip: str | None = None) -> str | None:
    chosen: str | None = st.selectbox(
        label,
        options,
        index=None,
        key=key,
        help=tip,
        placeholder="All",
        accept_new_options=True,
        filter_mode="contains",
        persist_state="session",
        bind="query-params",
    )
    return (chosen or "").strip() or None


def _one_of(label: str, key: str, options: Sequence[str]) -> str | None:
    chosen: str | None = st.selectbox(
        label,
        options,
        index=None,
        key=key,
        placeholder="All",
        format_func=_in_words,
        persist_state="session",
        bind="query-params",
    )
    return chosen


def _in_words(value: str) -> str:
    return action_in_words(value) or "none"


def _scope() -> Scope:
    since = day_input("From", "since", bind="query-params")
    until = day_input("To", "until", bind="query-params")
    if since and until and since > until:
        st.warning("The first date is after the last: no view can match. Change one of them.")
    as_of = day_input(
        "As of", "as_of", "The views as on this day; what was published later stays out.", bind="query-params"
    )
    return Scope(since=since, until=until, as_of=as_of)


def _more_label() -> str:
    set_here = sum(1 for key in _MORE if st.session_state.get(key) is not None)
    return f"More filters ({set_here})" if set_here else "More filters"
