"""The filters beside the conversation: dates, publishers and kinds, as the scope of the next question."""

from __future__ import annotations

from datetime import date
from typing import Literal

import streamlit as st

from rag import Scope, Stats

_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)


def scope(stats: Stats) -> Scope:
    """Draw the filters and return what they ask for; the options are what the library holds."""
    st.subheader("Filters", anchor=False)
    since = day_input("From", "filter-since")
    until = day_input("To", "filter-until")
    if since and until and since > until:
        st.warning("The first date is after the last: no article can match. Change one of them.")
    as_of = day_input("As of", "filter-as-of", "Answer as on this day; what was published later stays out.")
    publishers = _choice("Publishers", "filter-publishers", stats.publishers)
    kinds = _choice("Kinds", "filter-kinds", stats.kinds)
    if stats.first_published and stats.last_published:
        st.caption(f"The library runs from {stats.first_published:%-d %B %Y} to {stats.last_published:%-d %B %Y}.")
    return Scope(since=since, until=until, as_of=as_of, publishers=publishers, kinds=kinds)


def day_input(
    label: str, key: str, tip: str | None = None, *, bind: Literal["query-params"] | None = None
) -> date | None:
    """Draw an input for one day, empty at first, and return the day; bound, it is kept in the address as `key`."""
    return st.date_input(
        label, value=None, min_value=_EARLIEST, max_value=_LATEST, key=key, help=tip, persist_state="session", bind=bind
    )


def _choice(label: str, key: str, options: tuple[str, ...]) -> tuple[str, ...]:
    chosen: list[str] = st.multiselect(label, options, key=key, placeholder="All", persist_state="session")
    return tuple(chosen)
