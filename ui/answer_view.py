"""How a turn of the conversation looks: statements with their citation marks, an abstention, what was searched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag import DISAGREE, Answer, Citation, Passage, Statement, View, superseded
from ui.escape import escape_markdown
from ui.marks import byline, citation_mark, name
from ui.model_panel import spent
from ui.scope_bar import restrictions
from ui.session import open_passage, open_source, place_of
from ui.view_wording import line

_LONG_QUESTION = 500
_MOST_VIEWS = 30
# `Answer.text` is Markdown; this takes its escapes back before the stricter ones of this page go on.
_BACKSLASH = re.compile(r"\\(?=[^\w\s])")


def show_question(question: str) -> None:
    """Draw what the reader asked; of a very long question its beginning."""
    st.text(question if len(question) <= _LONG_QUESTION else f"{question[:_LONG_QUESTION]} …")


def asking() -> DeltaGenerator:
    """Return the frame that a question goes into."""
    return st.chat_message("user", avatar=":material/person:")


def reply() -> DeltaGenerator:
    """Return the frame that a reply goes into."""
    return st.chat_message("assistant", avatar=":material/format_quote:")


def show_answer(number: int, answer: Answer) -> None:
    """Draw the answer of turn `number`; article text goes through `st.text`, which reads no markup."""
    if answer.abstained:
        _abstention(number, answer)
    cited = {citation.marker: citation for citation in answer.citations}
    with st.container(key=f"statements-{number}"):
        for place, statement in enumerate(answer.statements):
            show_statement(number, place, statement, cited)
    if answer.statements and answer.statements[0].text != answer.coverage:  # a list says it first
        st.caption(escape_markdown(answer.coverage))
    if answer.usage:
        st.caption(escape_markdown(f"{answer.model or 'The model asked, not used'}: {spent(answer.usage)}"))
    if answer.views:
        _views_behind(number, answer.views)
    _searched(answer)


def show_statement(number: int, place: int, statement: Statement, cited: Mapping[int, Citation]) -> None:
    """Draw a statement with the marks of what it cites."""
    said = " ".join(statement.text.split())
    with st.container(key=f"statement-{number}-{place}", gap=None):
        if said == DISAGREE:
            st.markdown(":material/balance:", width="content")
        st.text(said)
        for marker in statement.markers:
            if marker in cited:
                citation_mark(f"cite-{number}-{place}-{marker}", cited[marker])


def _abstention(number: int, answer: Answer) -> None:
    reason = _BACKSLASH.sub("", answer.text.partition("\n\n")[0])
    st.info(escape_markdown(reason), icon=":material/search_off:")
    if answer.nearest:
        st.caption("The nearest passages, which do not answer the question:")
    for place, passage in enumerate(answer.nearest):
        _nearest(f"near-{number}-{place}", passage)


def _nearest(key: str, passage: Passage) -> None:
    with st.container(key=f"nearest-{key}", border=True, gap="xxsmall"):
        st.text(passage.text)
        st.button(
            escape_markdown(" · ".join(part for part in (name(passage.article), byline(passage.article)) if part)),
            key=key,
            type="tertiary",
            on_click=open_passage,
            args=(passage,),
        )


def _views_behind(number: int, views: Sequence[View]) -> None:
    # The app is told of the opening, so that it stays open through the run that a click inside it starts.
    key = f"views-behind-{number}"
    with st.expander(
        f"Views behind this answer ({len(views):,})", icon=":material/table_view:", key=key, on_change="rerun"
    ) as drawer:
        if drawer.open:
            with st.container(key=f"views-behind-{number}-lines", gap="xxsmall"):
                _view_lines(number, views)


def _view_lines(number: int, views: Sequence[View]) -> None:
    replaced = superseded(views)
    for place, view in enumerate(views[:_MOST_VIEWS]):
        st.button(
            escape_markdown(line(view) + (" · superseded" if place in replaced else "")),
            key=f"behind-{number}-{place}",
            type="tertiary",
            on_click=open_source,
            args=(place_of(view.quote),),
        )
    if len(views) > _MOST_VIEWS:
        st.caption(f"and {len(views) - _MOST_VIEWS:,} more, which the Views page lists")


def _searched(answer: Answer) -> None:
    with st.expander("What was searched", icon=":material/manage_search:"):
        searched = [each.label for each in restrictions(answer.scope)] or ["All articles"]
        for said in (answer.coverage, *searched, *answer.notes):
            st.text(said)
        if answer.timings_ms:
            stages = ", ".join(f"{stage} {spent:,.0f} ms" for stage, spent in answer.timings_ms.items())
            st.caption(escape_markdown(f"{stages}; written by {answer.model or 'quotation alone, no chat model'}"))
