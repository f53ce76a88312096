"""The scope as chips above the input: what was set by hand, and what the last answer took from its question's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from rag import Library, Scope, Stats, Turn
from ui import conversation, filters, keys, scope_state
from ui.escape import escape_markdown
from ui.session import turns
from ui.view_filters import Names, names

_DAYS = {"since": "Since", "until": "Until", "as_of": "As of"}
_NAMES = {
    "publishers": "Publisher",
    "authors": "Author",
    "firms": "House",
    "analysts": "Analyst",
    "subjects": "Subject",
    "tickers": "Ticker",
    "kinds": "Kind",
}
_EDITOR = "scope-editor"


@dataclass(frozen=True, slots=True)
class Restriction:
    """One thing that a scope asks for: its field, the value in it (None where it has but one), and how it reads."""

    field: str
    value: str | None
    label: str


def restrictions(scope: Scope) -> Iterator[Restriction]:
    """Yield what a scope asks for, one by one."""
    for field, label in _DAYS.items():
        if isinstance(day := getattr(scope, field), date):
            yield Restriction(field, None, f"{label} {day:%-d %B %Y}")
    for field, label in _NAMES.items():
        for value in getattr(scope, field):
            yield Restriction(field, value, f"{label}: {value}")
    if count := len(scope.article_ids):
        yield Restriction("article_ids", None, f"{count} article{'' if count == 1 else 's'} only")


def without(scope: Scope, gone: Restriction) -> Scope:
    """Return a scope that no longer asks for one thing."""
    left: Any = getattr(Scope(), gone.field)
    if gone.value is not None:
        left = tuple(name for name in getattr(scope, gone.field) if name != gone.value)
    return replace(scope, **{gone.field: left})


def inferred(turn: Turn) -> list[Restriction]:
    """Return what the answer of a turn searched less than was given, for what its question says."""
    if turn.answer is None:
        return []
    given = set(restrictions(turn.given))
    return [each for each in restrictions(turn.answer.scope) if each not in given]


def draw(library: Library, stats: Stats) -> None:
    """Draw the chips, and the inputs behind "Scope"."""
    with st.container(key="scope-bar", horizontal=True, gap="xsmall", vertical_alignment="center"):
        with st.popover("Scope", icon=":material/tune:", key=_EDITOR, on_change="rerun") as editor:
            filters.draw(stats, names(library) if editor.open else Names((), (), ()))
        given = list(restrictions(scope_state.given()))
        for place, each in enumerate(given):
            _chip(f"chip-{place}", each.label, "Search without it from now on.", _drop, each)
        last = turns()[-1] if turns() and conversation.answering() is None else None
        read = [each for each in (inferred(last) if last else ()) if each not in given]
        for place, each in enumerate(read):
            said = "cited before" if each.field == "article_ids" else "from the question"
            _chip(f"inferred-{place}", f"{each.label} · {said}", "Ask again without it.", _ask_without, each)
        if read:
            st.button(
                "Keep",
                key="keep-inferred",
                icon=":material/keep:",
                type="tertiary",
                help="Search only this in what follows, too.",
                on_click=_keep_inferred,
            )
        if not given and not read:
            st.caption("All articles", width="content")
        keys.listen()  # here, where what has no size takes no room


def _chip(key: str, label: str, tip: str, act: object, each: Restriction) -> None:
    st.button(
        escape_markdown(label),
        key=key,
        icon=":material/close:",
        icon_position="right",
        help=tip,
        on_click=act,  # type: ignore[arg-type]
        args=(each,),
    )


def _drop(each: Restriction) -> None:
    scope_state.give(without(scope_state.given(), each))


def _ask_without(each: Restriction) -> None:
    """Ask the last question again without one thing that its words say; what else they say is set by hand from now."""
    last = turns()[-1]
    assert last.answer is not None  # noqa: S101 - something was inferred for it
    scope = replace(without(last.answer.scope, each), article_ids=last.given.article_ids)
    scope_state.give(scope)
    conversation.ask_again(len(turns()) - 1, scope=scope, inferring=False)


def _keep_inferred() -> None:
    last = turns()[-1]
    if last.answer is not None:
        scope_state.give(last.answer.scope)
