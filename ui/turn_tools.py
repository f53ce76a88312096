"""What a reader can do with a question and its answer: edit and ask again, ask again, judge, take along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from rag import (
    MEDIA_TYPES,
    REASONS,
    ExportFormat,
    Feedback,
    FeedbackVerdict,
    HouseviewError,
    Library,
    Turn,
    as_terminal_text,
    export,
)
from ui import conversation, notice
from ui.copying import copy_button, copy_link
from ui.readers import reader
from ui.session import explain, turns

_THANKED = "feedback-sent"
_VERDICTS: tuple[FeedbackVerdict, FeedbackVerdict] = ("bad", "good")  # in the order of Streamlit's thumbs
_FORMS: Mapping[ExportFormat, str] = {"md": "Markdown", "html": "HTML", "pdf": "PDF"}


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
    with st.container(key=f"tools-{number}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        if turn.answer is not None and turn.position is not None:
            _thumbs(library, number, turn)
        if turn.answer is not None:
            copy_button("Copy", as_terminal_text(turn.answer), f"copy-{number}")
        goes = ". What was said after it goes." if number < len(turns()) - 1 else ""
        _button(f"again-{number}", "Ask again", "refresh", f"Answer it anew{goes}", conversation.ask_again, number)
        _button(f"edit-question-{number}", "Edit", "edit", "Change the question and ask that", _edit, number)
        with st.popover("Share", icon=":material/ios_share:", type="tertiary", key=f"share-{number}"):
            downloads([turn], turn.question, f"answer-{number}")
            copy_link("Copy a link that asks this", f"link-{number}", q=turn.question)
    if turn.feedback is not None:
        _why(library, number, turn.feedback)


def downloads(given: Sequence[Turn], title: str, key: str) -> None:
    """Draw a button for each form in which turns can be taken along; a document is made when it is asked for."""
    for form, label in _FORMS.items():
        st.download_button(
            label,
            partial(export, given, title, form),
            file_name=f"houseview.{form}",
            mime=MEDIA_TYPES[form],
            key=f"{key}-{form}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def _button(key: str, label: str, icon: str, tip: str, act: Callable[[int], None], number: int) -> None:
    st.button(label, key=key, icon=f":material/{icon}:", type="tertiary", help=tip, on_click=act, args=(number,))


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
    keys = f"reasons-{number}-{feedback.verdict}", f"comment-{number}-{feedback.verdict}"
    with st.form(f"why-{number}", border=True):
        st.pills(
            "What was good?" if feedback.verdict == "good" else "What was wrong?",
            REASONS[feedback.verdict],
            selection_mode="multi",
            default=[each for each in (feedback.reason or "").split(", ") if each in REASONS[feedback.verdict]],
            key=keys[0],
        )
        st.text_input("Comment", feedback.comment or "", key=keys[1])
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.form_submit_button("Send", on_click=_send, args=(library, number, feedback, *keys))
            if st.session_state.pop(_THANKED, None) == number:
                st.caption("Thank you; your feedback is kept with the answer.", width="content")


def _send(library: Library, number: int, feedback: Feedback, reasons: str, comment: str) -> None:
    reason = ", ".join(st.session_state[reasons]) or None
    if _keep(library, number, replace(feedback, reason=reason, comment=st.session_state[comment].strip() or None)):
        st.session_state[_THANKED] = number


def _keep(library: Library, number: int, feedback: Feedback | None) -> bool:
    """Keep what the reader thinks of an answer; return whether it is kept."""
    turn, kept_as = turns()[number], conversation.kept_as()
    if kept_as is None or turn.position is None:
        return False
    try:
        library.conversations.judge(reader().owner, kept_as, turn.position, feedback)
    except HouseviewError as error:
        notice.leave(explain(error))
        return False
    conversation.replace_turn(number, replace(turn, feedback=feedback))
    return True
