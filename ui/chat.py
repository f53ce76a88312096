"""The page that asks: the conversation, its scope, and the source of whatever was cited."""

from __future__ import annotations

import streamlit as st

from rag import HouseviewError, Stats
from ui import conversation, conversation_list, scope_bar, session, source_panel, turn_view
from ui.escape import escape_markdown
from ui.ingest_view import offer_samples, show_job
from ui.session import Desk

EXAMPLES = (
    "Who upgraded small caps and why?",
    "What do strategists expect from the Fed?",
    "Which price targets were raised, and by how much?",
    "Who cut their oil forecast?",
)
# For the sample library, known by one of the houses that exist only there.
SAMPLE_HOUSE = "Gantlow Securities"
SAMPLE_EXAMPLES = (
    "Who upgraded small caps and why?",
    "Who disagrees about Tessermill?",
    "How has Dunnickvale's view on oil changed?",
    "What is Ottermere's price target on Tessermill?",
)
_READING_WIDTH = 680


def page(desk: Desk) -> None:
    """Draw the conversation and answer what is asked."""
    conversation.begin_answer(desk)  # first of all, so that the work goes on while the page is drawn
    try:
        stats = desk.library.stats()
        with st.sidebar:
            conversation_list.draw(desk.library.conversations)
    except HouseviewError as error:
        st.error(escape_markdown(session.explain(error)))
        return
    with st.bottom:  # placed by hand, or Streamlit would scroll past the beginning of every longer answer
        scope_bar.draw(desk.library, stats)
        if asked := st.chat_input("Ask what the Street says", key="question"):
            conversation.ask(asked)
            conversation.begin_answer(desk)
    if stats.articles == 0 and conversation.is_empty():
        _empty_library(desk)
    elif conversation.is_empty():
        _welcome(stats)
    else:
        _conversation(desk)


def _empty_library(desk: Desk) -> None:
    st.title("Houseview", anchor=False)
    st.write("The library is empty. Add articles and notes on the Library page, or look around with the samples.")
    show_job(desk)
    offer_samples(desk)


def _welcome(stats: Stats) -> None:
    with st.container(horizontal_alignment="center"), st.container(key="welcome", width=_READING_WIDTH):
        st.title("Houseview", anchor=False)
        st.write(
            f"Ask what the commentary in your library says: {stats.articles:,} articles and notes. "
            "Every statement of an answer cites the words it rests on."
        )
        examples = SAMPLE_EXAMPLES if SAMPLE_HOUSE in stats.publishers else EXAMPLES
        for place, question in enumerate(examples):
            st.button(question, key=f"example-{place}", on_click=conversation.ask, args=(question,), width="stretch")


def _conversation(desk: Desk) -> None:
    answers, beside = st.columns([3, 2], gap="medium")
    with beside:
        panel = st.container()
    with answers:
        for number, turn in enumerate(session.turns()):
            turn_view.draw(desk.library, number, turn)
        # Drawn before the answer that is waited for, so that a click on it finds it.
        with panel:
            source_panel.show(desk.library, session.opened(), next(reversed(session.history()), None))
        if made := conversation.answering():
            conversation.answered(turn_view.draw_live(len(session.turns()), made))
            # Drawn anew as a whole: what came piece by piece is replaced by the answer, which is what counts.
            st.rerun()
    if problem := conversation.not_kept():
        st.warning(escape_markdown(f"The last answer could not be kept: {problem}"))
