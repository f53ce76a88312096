"""The page that asks: the conversation, its scope, and the source of whatever was cited."""

from __future__ import annotations

import streamlit as st

from rag import HouseviewError, Library, Stats
from ui import (
    conversation,
    conversation_list,
    follow_ups,
    keys,
    links,
    model_panel,
    notice,
    scope_bar,
    session,
    source_panel,
    turn_view,
)
from ui.escape import escape_markdown
from ui.ingest_view import offer_samples, show_job
from ui.session import Desk

_EXAMPLES = 4
_READING_WIDTH = 680


def page(desk: Desk) -> None:
    """Draw the conversation and answer what is asked."""
    problem = links.follow(desk.library)
    try:
        _begin(desk)  # before anything is drawn, so that the work goes on meanwhile
        stats = desk.library.stats()
        with st.sidebar:
            _sidebar(desk)
    except HouseviewError as error:
        st.error(escape_markdown(session.explain(error)))
        return
    with st.bottom:  # placed by hand, or Streamlit would scroll past the beginning of every longer answer
        above = st.container()
        scope_bar.draw(desk.library, stats)
        # By a callback, which runs before all else: what the page draws first may be cut short by another click.
        st.chat_input("Ask what the Street says", key="question", on_submit=_ask_typed)
        with above:
            notice.show()
    if problem:
        st.warning(escape_markdown(problem), icon=":material/link_off:")
    if not conversation.is_empty() or session.opened():
        _conversation(desk, stats)
    elif stats.articles == 0:
        _empty_library(desk)
    else:
        _welcome(desk.library, stats)
    conversation.name_in_address()


def _ask_typed() -> None:
    conversation.ask(st.session_state["question"])


def _begin(desk: Desk) -> None:
    """Start on the question that waits, if any, with the chat model of the session."""
    try:
        conversation.begin_answer(desk, lambda: model_panel.chosen(desk.library.settings))
    except HouseviewError as error:
        notice.leave(session.explain(error))


def _sidebar(desk: Desk) -> None:
    conversation_list.draw(desk.library.conversations)
    with st.container(key="sidebar-foot", horizontal=True, gap="xsmall"):
        model_panel.draw(desk.library.settings)
        keys.show_help()


def _empty_library(desk: Desk) -> None:
    st.title("Houseview", anchor=False)
    st.write("The library is empty. Add articles and notes on the Library page, or look around with the samples.")
    show_job(desk)
    offer_samples(desk)


def _welcome(library: Library, stats: Stats) -> None:
    with st.container(horizontal_alignment="center"), st.container(key="welcome", width=_READING_WIDTH):
        st.title("Houseview", anchor=False)
        st.write(
            f"Ask what the commentary in your library says: {stats.articles:,} articles and notes. "
            "Every statement of an answer cites the words it rests on."
        )
        for place, question in enumerate(library.examples(_EXAMPLES)):
            st.button(
                escape_markdown(question),
                key=f"example-{place}",
                on_click=conversation.ask,
                args=(question,),
                width="stretch",
            )


def _conversation(desk: Desk, stats: Stats) -> None:
    answers, beside = st.columns([3, 2], gap="medium")
    with beside:
        panel = st.container()
    with answers:
        for number, turn in enumerate(session.turns()):
            turn_view.draw(desk.library, number, turn)
        further = st.container()
        if conversation.is_empty():
            _welcome(desk.library, stats)
        # Drawn before the answer that is waited for, so that a click on it finds it.
        with panel:
            source_panel.show(desk.library, session.opened(), next(reversed(session.history()), None))
        if made := conversation.answering():
            conversation.answered(turn_view.draw_live(len(session.turns()), made))
            # Drawn anew as a whole: what came piece by piece is replaced by the answer, which is what counts.
            st.rerun()
    if session.turns() and (last := session.turns()[-1].answer) is not None:
        with further:  # looked for once all else is there
            follow_ups.draw(desk.library, last)
    if problem := conversation.not_kept():
        st.warning(escape_markdown(f"The last answer could not be kept: {problem}"))
