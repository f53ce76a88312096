"""How a turn of the conversation looks: the question, the answer, and what can be done with both."""

from __future__ import annotations

import streamlit as st

from rag import Library, Turn
from ui import turn_tools
from ui.answer_view import asking, reply, show_answer, show_question
from ui.answering import STOPPED, Answering
from ui.escape import escape_markdown
from ui.live_reply import follow
from ui.scroll import scroll_to

_FRESH = "fresh-turn"  # the turn answered last in this session, which is read from its beginning


def draw(library: Library, number: int, turn: Turn) -> None:
    """Draw turn `number` of the conversation."""
    with st.container(key=f"turn-{number}"):
        with asking():
            if turn_tools.is_edited(number):
                turn_tools.question_editor(number, turn.question)
            else:
                _question(number, turn.question, "answered" if st.session_state.get(_FRESH) == number else None)
        with reply():
            if turn.answer is not None:
                show_answer(number, turn.answer)
            elif turn.problem == STOPPED:
                st.info(STOPPED, icon=":material/stop_circle:")
            else:
                st.error(escape_markdown(turn.problem or ""))
            turn_tools.tools(library, number, turn)


def draw_live(number: int, made: Answering) -> Turn:
    """Draw a turn while it is being answered, and return it when it is done."""
    with st.container(key=f"turn-{number}"):
        with asking():
            _question(number, made.question, "asked")
        with reply():
            turn = follow(number, made)
    st.session_state[_FRESH] = number
    return turn


def _question(number: int, question: str, occasion: str | None) -> None:
    with st.container(horizontal=True, wrap=False, gap=None):
        show_question(question)
        if occasion:
            scroll_to(f"turn-{number}", occasion)
