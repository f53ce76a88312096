"""Questions to go on with, under the last answer."""

from __future__ import annotations

import streamlit as st

from rag import Answer, HouseviewError, Library, suggest
from ui import conversation
from ui.escape import escape_markdown

_HELD = "follow-ups"


def draw(library: Library, answer: Answer) -> None:
    """Draw a button for each question that this answer suggests."""
    questions = _suggested(library, answer)
    if not questions:
        return
    with st.container(key="follow-ups", horizontal=True, gap="xsmall"):
        for place, question in enumerate(questions):
            st.button(
                escape_markdown(question),
                key=f"follow-up-{place}",
                icon=":material/subdirectory_arrow_right:",
                on_click=conversation.ask,
                args=(question,),
                wrap=True,
            )


def _suggested(library: Library, answer: Answer) -> tuple[str, ...]:
    held: tuple[Answer, tuple[str, ...]] | None = st.session_state.get(_HELD)
    if held is None or held[0] is not answer:
        held = st.session_state[_HELD] = (answer, _found(library, answer))
    return held[1]


def _found(library: Library, answer: Answer) -> tuple[str, ...]:
    try:
        return answer.suggestions or suggest(library, answer)
    except HouseviewError:  # the answer stands without them
        return ()
