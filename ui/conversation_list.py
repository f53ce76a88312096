"""The conversations that the reader has had, beside the one on the page: found, opened, named, taken along, deleted."""

from __future__ import annotations

import streamlit as st

from rag import Conversation, Conversations, HouseviewError
from ui import conversation, notice, scope_state
from ui.copying import copy_link
from ui.escape import escape_markdown
from ui.readers import reader
from ui.session import explain, turns
from ui.turn_tools import downloads
from ui.view_wording import count

_SHOWN = 15  # more of them are found by searching
_FIND = "find-conversation"
_NAME = "conversation-name"
_DELETING = "conversation-to-delete"


def draw(conversations: Conversations) -> None:
    """Draw the list in whatever container is open, newest first.

    Raises:
        HouseviewError: the list cannot be read.
    """
    st.button("New conversation", key="new", icon=":material/add:", on_click=conversation.new, width="stretch")
    owner = reader().owner
    search = str(st.session_state.get(_FIND) or "").strip()
    found = conversations.all(owner, search)
    if search or len(found) > _SHOWN:
        st.text_input("Find a conversation", key=_FIND, placeholder="Words of a title, question or answer")
    if search and not found:
        st.caption("None of your conversations holds these words.")
    with st.container(key="conversations", gap="xxsmall"):
        for each in found[:_SHOWN]:
            _row(conversations, owner, each)
    if len(found) > _SHOWN:
        st.caption(f"{count(len(found) - _SHOWN, 'older one')}, found by their words.")


def open_kept(conversations: Conversations, conversation_id: str) -> str | None:
    """Put a kept conversation on the page, with the scope of its last question; return why not if it cannot be."""
    try:
        _, kept = conversations.open(reader().owner, conversation_id)
    except HouseviewError as error:
        return explain(error)
    conversation.show(conversation_id, kept)
    if kept:
        scope_state.give(kept[-1].given)
    return None


def _open(conversations: Conversations, conversation_id: str) -> None:
    if problem := open_kept(conversations, conversation_id):
        notice.leave(problem)


def _row(conversations: Conversations, owner: str, each: Conversation) -> None:
    here = each.id == conversation.kept_as()
    with st.container(key=f"conversation-{each.id}", horizontal=True, wrap=False, gap="xxsmall"):
        st.button(
            escape_markdown(each.title),
            key=f"open-{each.id}",
            type="secondary" if here else "tertiary",
            help=f"{each.turns} asked, last on {each.changed_at:%-d %B %Y}",
            on_click=_open,
            args=(conversations, each.id),
            width="stretch",
        )
        if here:
            tip = "Rename, take along or delete"
            with st.popover("More", type="tertiary", help=tip, key="this-one"):
                _tools(conversations, owner, each)


def _tools(conversations: Conversations, owner: str, each: Conversation) -> None:
    with st.form("rename-conversation", border=False):
        st.text_input("Name", each.title, key=f"{_NAME}-{each.id}", max_chars=80)
        st.form_submit_button("Rename", on_click=_rename, args=(conversations, owner, each.id))
    if turns():
        downloads(turns(), each.title, "conversation")
    copy_link("Copy a link to it", "link-conversation", conversation=each.id)
    if st.session_state.get(_DELETING) != each.id:
        st.button("Delete…", key="delete-conversation", icon=":material/delete:", on_click=_doubt, args=(each.id,))
        return
    # Not a dialog, which would open behind the menu.
    st.write("Delete its questions, answers and feedback? The articles stay.")
    with st.container(horizontal=True, gap="small"):
        here = (conversations, owner, each.id)
        st.button("Delete", type="primary", key="delete-now", on_click=_remove, args=here)
        st.button("Keep it", key="keep-conversation", on_click=_doubt, args=(None,))


def _doubt(conversation_id: str | None) -> None:
    st.session_state[_DELETING] = conversation_id


def _rename(conversations: Conversations, owner: str, conversation_id: str) -> None:
    try:
        conversations.rename(owner, conversation_id, st.session_state[f"{_NAME}-{conversation_id}"])
    except HouseviewError as error:
        notice.leave(explain(error))


def _remove(conversations: Conversations, owner: str, conversation_id: str) -> None:
    try:
        conversations.remove(owner, conversation_id)
    except HouseviewError as error:
        notice.leave(explain(error))
        return
    conversation.new()
