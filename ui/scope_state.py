"""The scope that the reader has set by hand, as the session keeps it: one entry for each field."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from rag import Scope

DAYS: Final = ("since", "until", "as_of")
NAMES: Final = ("publishers", "firms", "analysts", "subjects", "kinds")


def key(field: str) -> str:
    """Return the key of the widget that sets a field."""
    return f"filter-{field.replace('_', '-')}"


def given() -> Scope:
    """Return the scope that is set; it applies to the next question and those that follow."""
    fields: dict[str, Any] = {name: st.session_state.get(key(name)) for name in DAYS}
    fields |= {name: tuple(st.session_state.get(key(name)) or ()) for name in (*NAMES, "article_ids")}
    return Scope(**fields)


def give(scope: Scope) -> None:
    """Set the whole scope; for callbacks, and for what runs before the widgets are drawn."""
    for name in DAYS:
        st.session_state[key(name)] = getattr(scope, name)
    for name in (*NAMES, "article_ids"):
        st.session_state[key(name)] = list(getattr(scope, name))
