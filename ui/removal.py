"""Removing articles, and bringing back what was removed lately."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from rag import ArticleRef, HouseviewError, LibraryLocked, Removal
from ui.escape import escape_markdown
from ui.jobs import LOCKED
from ui.readers import reader
from ui.session import Desk, close_source, explain, opened
from ui.view_wording import count

_REMOVED, _DONE = "removed", "removal-done"
_MOST = 20


def remove(desk: Desk, chosen: Sequence[ArticleRef]) -> None:
    """Take articles out of the library, which keeps what brings them back."""
    ids = [article.id for article in chosen]

    def act() -> None:
        st.session_state[_REMOVED] = desk.library.withdraw(ids)
        reading = opened()
        if reading and reading.article_id in ids:
            close_source()
        desk.jobs.dismiss()

    _change(act)


def show(desk: Desk) -> None:
    """Draw what this session removed last, with the way back, until the reader puts it away."""
    if said := st.session_state.pop(_DONE, None):
        st.success(escape_markdown(said))
    removal: Removal | None = st.session_state.get(_REMOVED)
    if removal is None:
        return
    with st.container(key="removed", border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(escape_markdown(f"Removed {_named(removal)}. Answers no longer draw on it."))
        undo = st.button("Undo", key="undo-removal", icon=":material/undo:", type="primary")
        st.button("Dismiss", key="dismiss-removal", type="tertiary", on_click=_put_away)
    if undo:
        _bring_back(desk, removal)


def show_lately(desk: Desk) -> None:
    """Draw what anybody removed in the last days, once the reader asks for it: to bring back, or to let go for good."""
    lately = desk.library.removals() if reader().may_delete else []
    if not lately:
        return
    label = f"Removed lately ({len(lately):,})"
    with st.expander(label, icon=":material/restore_from_trash:", key="removed-lately", on_change="rerun") as drawer:
        if not drawer.open:
            return
        st.caption("Kept for a week, then gone for good.")
        for removal in lately[:_MOST]:
            _row(desk, removal)
        if len(lately) > _MOST:
            st.caption(f"and {len(lately) - _MOST:,} earlier")


def _row(desk: Desk, removal: Removal) -> None:
    with st.container(key=f"removal-{removal.id}", horizontal=True, vertical_alignment="center"):
        when = f"{removal.removed_at.astimezone():%-d %B, %H:%M}"
        st.markdown(escape_markdown(f"{when} · {_named(removal)}"))
        back = st.button("Bring back", key=f"bring-back-{removal.id}", icon=":material/undo:", type="tertiary")
        let_go = st.button("Delete for good", key=f"let-go-{removal.id}", icon=":material/delete:", type="tertiary")
    if back:
        _bring_back(desk, removal)
    if let_go:
        _let_go(desk, removal)


def _named(removal: Removal) -> str:
    further = f" and {removal.articles - 1:,} more" if removal.articles > 1 else ""
    return f"“{removal.title}”{further}"


def _put_away() -> None:
    st.session_state.pop(_REMOVED, None)


def _bring_back(desk: Desk, removal: Removal) -> None:
    def act() -> None:
        number = desk.library.restore(removal)
        missing = removal.articles - number
        newer = f"; of {missing:,} a newer version had been added meanwhile" if missing else ""
        _over(removal, f"{count(number, 'article')} brought back{newer}.")

    _change(act)


def _let_go(desk: Desk, removal: Removal) -> None:
    def act() -> None:
        desk.library.let_go(removal)
        _over(removal, f"{_named(removal)} is gone for good.")

    _change(act)


def _over(removal: Removal, said: str) -> None:
    """Say what became of a removal, which can no longer be undone."""
    st.session_state[_DONE] = said
    if st.session_state.get(_REMOVED) == removal:
        _put_away()


def _change(act: Callable[[], None]) -> None:
    """Change the library and draw the page anew, or say why it cannot be done."""
    try:
        act()
    except LibraryLocked:
        st.error(LOCKED)
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
    else:
        st.rerun()
