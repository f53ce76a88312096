"""The inputs that set the scope by hand: dates, publishers, houses, analysts, subjects and kinds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Literal

import streamlit as st

from rag import Stats
from ui.scope_state import key

if TYPE_CHECKING:
    from ui.view_filters import Names

_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)


def draw(stats: Stats, offered: Names) -> None:
    """Draw the inputs; what they say is `scope_state.given()`. The options are what the library holds."""
    with st.container(horizontal=True, gap="small"):
        since = day_input("From", key("since"))
        until = day_input("To", key("until"))
        day_input("As of", key("as_of"), "Answer as on this day; what was published later stays out.")
    if since and until and since > until:
        st.warning("The first date is after the last: no article can match. Change one of them.")
    for label, field, options in (
        ("Publishers", "publishers", stats.publishers),
        ("Houses", "firms", offered.firms),
        ("Analysts", "analysts", offered.analysts),
        ("Subjects", "subjects", offered.subjects),
        ("Kinds", "kinds", stats.kinds),
    ):
        _choice(label, key(field), options)
    if stats.first_published and stats.last_published:
        st.caption(f"The library runs from {stats.first_published:%-d %B %Y} to {stats.last_published:%-d %B %Y}.")


def day_input(
    label: str, key: str, tip: str | None = None, *, bind: Literal["query-params"] | None = None
) -> date | None:
    """Draw an input for one day, empty at first, and return the day; bound, it is kept in the address as `key`."""
    return st.date_input(
        label, value=None, min_value=_EARLIEST, max_value=_LATEST, key=key, help=tip, persist_state="session", bind=bind
    )


def _choice(label: str, key: str, options: Iterable[str]) -> None:
    # What is chosen stays an option, though the library may no longer hold it or has not been asked what it holds.
    chosen: list[str] = st.session_state.get(key) or []
    st.multiselect(
        label,
        list(dict.fromkeys((*options, *chosen))),
        key=key,
        placeholder="All",
        accept_new_options=True,
        persist_state="session",
    )
