"""What the list of articles is narrowed down to, and in which order it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

import streamlit as st

from rag import ArticleState, Order, Scope, Stats
from ui.filters import day_input

STATES: tuple[ArticleState, ...] = get_args(ArticleState)
ORDERS: dict[Order, str] = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "added": "Last added first",
    "title": "By title",
    "publisher": "By publisher",
}
_KEYS = ("list-words", "list-publisher", "list-kind", "list-state", "list-since", "list-until")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; empty or None where nothing."""

    words: str
    scope: Scope
    state: ArticleState | None
    order: Order

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.scope or self.state)


def choose(stats: Stats) -> Filters:
    """Draw the filters over what the library holds and return what they say."""
    with st.container(key="article-filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        words = st.text_input(
            "Search",
            key="list-words",
            max_chars=200,
            placeholder="Title, author, words of the text",
            icon=":material/search:",
            help="All of the words, or their beginnings; words in quotation marks as a phrase.",
            persist_state="session",
        )
        publisher = _one_of("Publisher", "list-publisher", stats.publishers)
        kind = _one_of("Kind", "list-kind", stats.kinds)
        state = cast("ArticleState | None", _one_of("State", "list-state", STATES))
        order = st.selectbox(
            "Order", tuple(ORDERS), key="list-order", format_func=ORDERS.__getitem__, persist_state="session"
        )
        with st.popover("Dates", icon=":material/date_range:"):
            since, until = day_input("Published from", "list-since"), day_input("Published to", "list-until")
            if since and until and since > until:
                st.warning("The first date is after the last: no article can match. Change one of them.")
    scope = Scope(
        since=since,
        until=until,
        publishers=(publisher,) if publisher else (),
        kinds=(kind,) if kind else (),
    )
    return Filters((words or "").strip(), scope, state, order)


def clear() -> None:
    """Empty all filters; for callbacks."""
    for key in _KEYS:
        st.session_state[key] = "" if key == "list-words" else None


def _one_of(label: str, key: str, options: tuple[str, ...]) -> str | None:
    chosen: str | None = st.selectbox(
        label, options, index=None, key=key, placeholder="All", filter_mode="contains", persist_state="session"
    )
    return chosen
