"""How a turn of the conversation looks: statements with their citation marks, an abstention, what was searched."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag import Answer, Passage, Scope, View, superseded
from ui.escape import escape_markdown
from ui.marks import byline, citation_mark, name
from ui.session import Turn, open_passage, open_source, place_of
from ui.view_wording import line

# Long enough for the browser to draw one statement before the next comes, short enough not to be waited for.
_BEAT = 0.05
_LONG_QUESTION = 500
_MOST_VIEWS = 30
# `Answer.text` is Markdown; this takes its escapes back before the stricter ones of this page go on.
_BACKSLASH = re.compile(r"\\(?=[^\w\s])")


def show_question(question: str) -> None:
    """Draw what the reader asked; of a very long question its beginning."""
    with st.chat_message("user", avatar=":material/person:"):
        st.text(question if len(question) <= _LONG_QUESTION else f"{question[:_LONG_QUESTION]} …")


def reply() -> DeltaGenerator:
    """Return the frame that a reply goes into."""
    return st.chat_message("assistant", avatar=":material/format_quote:")


def show_reply(number: int, turn: Turn, *, streaming: bool = False) -> None:
    """Draw the answer of turn `number`; `streaming` lets its statements appear one after the other."""
    if turn.answer is None:
        st.error(escape_markdown(turn.problem or ""))
    else:
        show_answer(number, turn.answer, beat=_BEAT if streaming else 0.0)


def show_answer(number: int, answer: Answer, *, beat: float = 0.0) -> None:
    """Draw an answer; article text goes through `st.text`, which reads no markup."""
    if answer.abstained:
        _abstention(number, answer)
    cited = {citation.marker: citation for citation in answer.citations}
    for place, statement in enumerate(answer.statements):
        with st.container(key=f"statement-{number}-{place}", gap=None):
            st.text(" ".join(statement.text.split()))
            for marker in statement.markers:
                if marker in cited:
                    citation_mark(f"cite-{number}-{place}-{marker}", cited[marker])
        time.sleep(beat)
    if answer.views:
        _views_behind(number, answer.views)
    _searched(answer)


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
        for said in (answer.coverage, *_restrictions(answer.scope), *answer.notes):
            st.text(said)
        if answer.timings_ms:
            stages = ", ".join(f"{stage} {spent:,.0f} ms" for stage, spent in answer.timings_ms.items())
            st.caption(escape_markdown(f"{stages}; written by {answer.model or 'quotation alone, no chat model'}"))


def _restrictions(scope: Scope) -> Iterator[str]:
    for label, day in (("Since", scope.since), ("Until", scope.until), ("As of", scope.as_of)):
        if isinstance(day, date):
            yield f"{label}: {day:%-d %B %Y}"
    for field in ("publishers", "authors", "firms", "analysts", "subjects", "tickers", "kinds"):
        if values := getattr(scope, field):
            yield f"{field.capitalize()}: {', '.join(values)}"
    if scope.article_ids:
        yield f"Articles: {len(scope.article_ids)} picked"
