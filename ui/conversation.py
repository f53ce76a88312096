"""The conversation on the page: what was asked, what is being answered, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal

import streamlit as st

from rag import Answer, HouseviewError, Library, Scope, Step, Told, Turn, Writer
from ui import scope_state
from ui.answering import Answering
from ui.readers import reader
from ui.session import Desk, close_source, turns

Wording = Writer | Literal["extractive"] | None
IN_ADDRESS: Final = "conversation"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for its answer; `place` counts the turns before it, and those after it go.

    `scope` is what to search; only if `inferring` do the question's own words narrow it further.
    """

    question: str
    place: int
    scope: Scope
    inferring: bool = True


class Place:
    """Where a conversation is kept: nowhere until its first turn is. Shared with the thread that keeps it."""

    def __init__(self, conversation_id: str | None = None, problem: str | None = None) -> None:
        self.conversation_id = conversation_id
        self.problem = problem  # why the last turn could not be kept


def ask(question: str) -> None:
    """Put a question at the end of the conversation. Stops what is being answered; what that told so far is kept."""
    stop()
    _put(Asked(question, len(turns()), scope_state.given()))


def ask_again(place: int, question: str | None = None, scope: Scope | None = None, *, inferring: bool = True) -> None:
    """Ask a turn's question anew, or another in its place, also in another scope; the turns after it go."""
    stop()
    turn = turns()[place]
    _put(Asked(question or turn.question, place, turn.given if scope is None else scope, inferring))


def _put(asked: Asked) -> None:
    st.session_state["asked"] = asked
    st.session_state["editing"] = None
    st.session_state["fresh-turn"] = None
    close_source()


def is_empty() -> bool:
    """Return whether nothing has been asked."""
    return not turns() and answering() is None and not is_waiting()


def is_waiting() -> bool:
    """Return whether a question waits for its answer to be begun."""
    return st.session_state.get("asked") is not None


def begin_answer(desk: Desk, chosen: Callable[[], Wording]) -> None:
    """Start on the question that waits, if any does; its turn and those after it leave the conversation.

    `chosen` tells what words the answer; only if a question waits is it asked.

    Raises:
        HouseviewError: what is chosen cannot be set up; the question does not wait any longer.
    """
    asked: Asked | None = st.session_state.get("asked")
    if asked is None:
        return
    st.session_state["asked"] = None
    wording = chosen()
    before = turns()[: asked.place]
    replaced = turns()[asked.place :]
    st.session_state["turns"] = before
    at = replaced[0].position if replaced else None
    history = tuple(turn.answer for turn in before if turn.answer is not None)
    keeping = partial(_keep, desk.library, reader().owner, _place(), at)
    making = partial(_make, desk, asked, history, wording)
    st.session_state["answering"] = Answering(asked.question, asked.scope, making, keeping)


def answering() -> Answering | None:
    """Return the answer that is being made, if any."""
    made: Answering | None = st.session_state.get("answering")
    return made


def answered(turn: Turn) -> None:
    """Add a finished turn to the conversation."""
    turns().append(turn)
    st.session_state["answering"] = None


def stop() -> None:
    """Stop what is being answered, keeping what was told."""
    if (made := answering()) is not None:
        answered(made.stop())


def new() -> None:
    """Begin anew. What is being answered goes on, and is kept where it belongs."""
    show(None, [])


def show(conversation_id: str | None, kept: list[Turn]) -> None:
    """Put a conversation on the page."""
    st.session_state["turns"] = kept
    st.session_state["place"] = Place(conversation_id)
    for key in ("asked", "answering", "editing", "fresh-turn"):
        st.session_state[key] = None
    name_in_address()
    close_source()


def name_in_address() -> None:
    """Let the address of the page name the conversation, so that a reload finds it and a link can be taken from it."""
    here = kept_as()
    if here is None:
        st.query_params.pop(IN_ADDRESS, None)
    elif st.query_params.get(IN_ADDRESS) != here:
        st.query_params[IN_ADDRESS] = here


def kept_as() -> str | None:
    """Return the id of the conversation, None as long as none of it is kept."""
    return _place().conversation_id


def not_kept() -> str | None:
    """Return why the last turn could not be kept, None if it was."""
    return _place().problem


def replace_turn(number: int, turn: Turn) -> None:
    """Put a turn that changed, by its feedback say, in place of the one of that number."""
    turns()[number] = turn


def _place() -> Place:
    place: Place = st.session_state.setdefault("place", Place())
    return place


def _make(desk: Desk, asked: Asked, history: tuple[Answer, ...], wording: Wording) -> Iterable[Step | Told | Answer]:
    if not desk.model.done():
        yield Step("load")
    desk.model.result()
    yield from desk.library.stream(asked.question, history, asked.scope, wording, inferring=asked.inferring)


def _keep(library: Library, owner: str, place: Place, at: int | None, turn: Turn) -> Turn:
    """Keep a turn and return it as kept; if that fails, as it was, with the reason left in the place."""
    conversations = library.conversations
    try:
        if place.conversation_id is None:
            place.conversation_id = conversations.begin(owner, turn.question)
        kept = conversations.keep(owner, place.conversation_id, turn, at)
    except HouseviewError as error:
        place.problem = str(error)
        return replace(turn, position=None)
    place.problem = None
    return kept
