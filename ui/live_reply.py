"""A reply while it is being made: its stage, a way to stop it, and each statement as soon as it stands."""

from __future__ import annotations

import streamlit as st

from rag import Turn
from ui import conversation
from ui.answer_view import show_statement
from ui.answering import Answering, Progress
from ui.session import SLOW_START

# How long a click may wait to be noticed; what is told is drawn at once, however long this is.
_POLL = 0.1
_STAGES = {
    "load": SLOW_START,
    "understand": "Reading the question…",
    "retrieve": "Searching the library…",
    "compose": "Putting the statements together…",
    "write": "Writing the answer…",
    "restart": "The model failed; answering in the sources' own words…",
}


def follow(number: int, made: Answering) -> Turn:
    """Draw the answer of turn `number` as it comes and return the turn when it is done.

    A click ends the run, as it ends every run of a page, and the next run comes back here with nothing lost.
    """
    statements = st.container(key=f"statements-{number}")
    with st.container(key=f"stage-{number}", horizontal=True, vertical_alignment="center", gap="small"):
        line = st.empty()
        st.button("Stop", key="stop", icon=":material/stop_circle:", shortcut="Esc", on_click=conversation.stop)
    progress = None
    while True:
        known, progress = progress, made.wait(progress, _POLL)
        _ = "answering" in st.session_state  # where Streamlit looks whether to end the run
        if progress.turn is not None:
            return progress.turn
        if known and len(progress.told) < len(known.told):
            st.rerun()  # what was told was taken back
        if known is None or known.stage != progress.stage:
            line.caption(_STAGES.get(progress.stage, "Reading the library…"), width="content")
        with statements:
            _draw_new(number, known, progress)


def _draw_new(number: int, known: Progress | None, progress: Progress) -> None:
    cited = {citation.marker: citation for each in progress.told for citation in each.citations}
    for place in range(len(known.told) if known else 0, len(progress.told)):
        show_statement(number, place, progress.told[place].statement, cited)
