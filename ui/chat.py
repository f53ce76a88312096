"""The page that asks: the conversation, the filters beside it and the source of whatever was cited."""

from __future__ import annotations

import streamlit as st

from rag import HouseviewError, Scope, Stats
from ui import filters, session, source_panel
from ui.answer_view import reply, show_question, show_reply
from ui.escape import escape_markdown
from ui.ingest_view import offer_samples, show_job
from ui.scroll import scroll_to
from ui.session import Desk, Turn

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
    try:
        stats = desk.library.stats()
    except HouseviewError as error:
        st.error(escape_markdown(session.explain(error)))
        return
    with st.sidebar:
        st.button("New conversation", icon=":material/add:", on_click=session.new_conversation, width="stretch")
        scope = filters.scope(stats)
    with st.bottom:  # placed by hand, or Streamlit would scroll past the beginning of every longer answer
        if asked := st.chat_input("Ask what the Street says", key="question", submit_mode="disable"):
            session.ask(asked)
    if stats.articles == 0 and not session.turns():
        _empty_library(desk)
    elif session.asked() or session.turns():
        _conversation(desk, scope)
    else:
        _welcome(stats)


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
            st.button(question, key=f"example-{place}", on_click=session.ask, args=(question,), width="stretch")


def _conversation(desk: Desk, scope: Scope) -> None:
    answers, beside = st.columns([3, 2], gap="medium")
    with answers:
        for number, turn in enumerate(session.turns()):
            with st.container(key=f"turn-{number}"):
                show_question(turn.question)
                with reply():
                    show_reply(number, turn)
        if question := session.asked():
            _next_turn(desk, question, scope)
    with beside:
        source_panel.show(desk.library, session.opened(), next(reversed(session.history()), None))


def _next_turn(desk: Desk, question: str, scope: Scope) -> None:
    number = len(session.turns())
    with st.container(key=f"turn-{number}"):
        show_question(question)
        scroll_to(f"turn-{number}", "asked")
        with reply():
            with st.spinner("Reading the library…"):
                turn = _answer(desk, question, scope)
            session.answered(turn)
            show_reply(number, turn, streaming=True)
    scroll_to(f"turn-{number}", "answered")


def _answer(desk: Desk, question: str, scope: Scope) -> Turn:
    try:
        desk.wait_for_model()
        return Turn(question, desk.library.ask(question, history=session.history(), scope=scope))
    except HouseviewError as error:
        return Turn(question, None, session.explain(error))
