"""The places that a reader steps through beside an answer: what it cites, else what the article's views rest on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag import Answer, View
from ui.marks import citation_mark
from ui.session import Opened, history, open_source, place_of

_MOST_MARKS, _MOST_SPANS = 12, 500


def citing(source: Opened, answer: Answer | None) -> Answer | None:
    """Return the answer that cites these words: the one given, else the latest of the conversation."""
    given = [answer] if answer else []
    return next((each for each in (*given, *reversed(history())) if _place(source, _cited(each)) is not None), None)


def stops(answer: Answer | None, views: Sequence[View]) -> list[Opened]:
    """Return the places to step through: by their numbers in the answer, or else in the order of the article's text."""
    if answer:
        return _cited(answer)
    return list(dict.fromkeys(place_of(view.quote) for view in views))


def spans(source: Opened, places: Sequence[Opened]) -> list[tuple[int, int]]:
    """Return the spans to mark in the open article, each once; the same ones whichever of them is open."""
    here = [each for each in places if each.article_id == source.article_id]
    return list(dict.fromkeys((each.start, each.end) for each in (*here[:_MOST_SPANS], source)))


def draw(source: Opened, places: Sequence[Opened], answer: Answer | None) -> None:
    """Draw the steps: back, where one is, on; then the marks of what else is cited in this article."""
    at = _place(source, places)
    if not places or (at is not None and len(places) == 1):
        return
    before, after = (at - 1, at + 1) if at is not None else (-1, 0)
    _step("previous-citation", "Previous", "arrow_upward", "Alt+Up", places[before] if before >= 0 else None)
    _step("next-citation", "Next", "arrow_downward", "Alt+Down", places[after] if after < len(places) else None)
    what = "" if answer else "view "
    st.caption(f"{what}{at + 1} of {len(places)}" if at is not None else f"{len(places)} views", width="content")
    here = [each for each in (answer.citations if answer else ()) if each.article.id == source.article_id]
    if 1 < len(here) <= _MOST_MARKS and len(here) < len(places):
        st.caption("· here", width="content")
        for citation in here:
            citation_mark(f"source-mark-{citation.marker}", citation)


def _step(key: str, label: str, icon: str, shortcut: str, to: Opened | None) -> None:
    st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        type="tertiary",
        help=f"{label} ({shortcut})",
        shortcut=shortcut,  # with a modifier, so that it works while a question is typed
        disabled=to is None,
        on_click=open_source,
        args=(to,),
    )


def _place(source: Opened, places: Sequence[Opened]) -> int | None:
    """Return where the opened words are among some places: with their number, or else whatever it is."""
    if source in places:
        return places.index(source)
    words = (source.article_id, source.start, source.end)
    return next((at for at, each in enumerate(places) if (each.article_id, each.start, each.end) == words), None)


def _cited(answer: Answer) -> list[Opened]:
    return [Opened(each.article.id, each.start, each.end, each.marker) for each in answer.citations]
