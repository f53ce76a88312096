"""What a reader can do with a question and its answer: edit and ask again, ask again, judge, take along."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rag import REASONS, Feedback, FeedbackVerdict, HouseviewError, Library, Turn
from ui import conversation
from ui.escape import escape_markdown
from ui.readers import reader
from ui.session import explain, turns

_VERDICTS: tuple[FeedbackVerdict, FeedbackVerdict] = ("bad", "good")  # in the order of Streamlit's thumbs


def question_editor(number: int, question: str) -> None:
    """Draw the question of turn `number` as one that can be changed and asked again in its place."""
    with st.form(f"edit-{number}", border=False):
        text = st.text_area("Your question", question, key=f"edited-{number}")
        st.caption("What was said after it goes from this conversation." if number < len(turns()) - 1 else "")
        with st.container(horizontal=True, gap="small"):
            asked = st.form_submit_button("Ask again", type="primary")
            cancelled = st.form_submit_button("Cancel")
    if asked and text.strip():
        conversation.ask_again(number, text.strip())
        st.rerun()
    if cancelled:
        st.session_state["editing"] = None
        st.rerun()


def is_edited(number: int) -> bool:
    """Return whether the question of turn `number` is being changed."""
    return bool(st.session_state.get("editing") == number)


def _edit(number: int) -> None:
    st.session_state["editing"] = number


def tools(library: Library, number: int, turn: Turn) -> None:
    """Draw the row of tools under the reply of turn `number`."""
    with st.container(key=f"tools-{number}", horizontal=True, vertical_alignment="center", gap="small"):
        if turn.answer is not None and turn.position is not None:
            _thumbs(library, number, turn)
        st.button(
            "Ask again",
            key=f"again-{number}",
            icon=":material/refresh:",
            type="tertiary",
            help="Answer the same question anew"
            + (". What was said after it goes." if number < len(turns()) - 1 else ""),
            on_click=conversation.ask_again,
            args=(number,),
        )
        st.button(
            "Edit",
            key=f"edit-question-{number}",
            icon=":material/edit:",
            type="tertiary",
            help="Change the question and ask that",
            on_click=_edit,
            args=(number,),
        )
    if turn.feedback is not None:
        _why(library, number, turn.feedback)


def _thumbs(library: Library, number: int, turn: Turn) -> None:
    given = _VERDICTS.index(turn.feedback.verdict) if turn.feedback else None
    st.feedback(
        "thumbs",
        key=f"thumbs-{number}-{turn.position}",
        default=given,
        on_change=_judge,
        args=(library, number, f"thumbs-{number}-{turn.position}"),
    )


def _judge(library: Library, number: int, key: str) -> None:
    pressed: int | None = st.session_state[key]
    _keep(library, number, None if pressed is None else Feedback(_VERDICTS[pressed]))


def _why(library: Library, number: int, feedback: Feedback) -> None:
    with st.form(f"why-{number}", border=True):
        reasons = st.pills(
            "What was good?" if feedback.verdict == "good" else "What was wrong?",
            REASONS[feedback.verdict],
            selection_mode="multi",
            default=[each for each in (feedback.reason or "").split(", ") if each in REASONS[feedback.verdict]],
            key=f"reasons-{number}-{feedback.verdict}",
        )
        comment = st.text_input("Comment", feedback.comment or "", key=f"comment-{number}-{feedback.verdict}")
        if st.form_submit_button("Send"):
            sent = replace(feedback, reason=", ".join(reasons) or None, comment=comment.strip() or None)
            _keep(library, number, sent)
            st.toast("Thank you; your feedback is kept with the answer.")


def _keep(library: Library, number: int, feedback: Feedback | None) -> None:
    turn, kept_as = turns()[number], conversation.kept_as()
    if kept_as is None or turn.position is None:
        return
    try:
        library.conversations.judge(reader().owner, kept_as, turn.position, feedback)
    except HouseviewError as error:
        st.toast(escape_markdown(explain(error)), icon=":material/error:")
        return
    conversation.replace_turn(number, replace(turn, feedback=feedback))
