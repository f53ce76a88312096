"""The doubles of a library: further addresses of a text, copies in other words, and what an update superseded."""

from __future__ import annotations

import streamlit as st

from rag import Library, Likeness, Scope, Stats
from ui.marks import name
from ui.view_wording import count

_MOST = 500


def show(library: Library, stats: Stats) -> None:
    """Draw what is a double of what, once the reader asks for it."""
    total = stats.duplicates + stats.copies + stats.superseded
    if not total:
        return
    label = f"{total:,} {'double' if total == 1 else 'doubles'}, which answers and counts take once"
    with st.expander(label, icon=":material/content_copy:", key="doubles", on_change="rerun") as drawer:
        if not drawer.open:
            return
        rows = [*_copies(library), *_addresses(library)]
        columns = zip(("Article", "Is", "Of", "Date of that"), zip(*rows[:_MOST], strict=True), strict=True)
        st.dataframe(
            {title: list(values) for title, values in columns},
            hide_index=True,
            placeholder="",
            alt="Doubles",
            column_config={"Date of that": st.column_config.DateColumn(format="D MMM YYYY")},
        )
        if len(rows) > _MOST:
            st.caption(f"The first {_MOST:,} of {count(len(rows), 'double')}.")


def _copies(library: Library) -> list[tuple[object, ...]]:
    return [_row(each) for each in library.likenesses()]


def _row(each: Likeness) -> tuple[object, ...]:
    share = f"{each.similarity:.0%} alike"
    if each.kind == "copy":
        return name(each.article), f"a copy, {share}", name(each.original), each.original.published
    return name(each.original), f"superseded by an update, {share}", name(each.article), each.article.published


def _addresses(library: Library) -> list[tuple[object, ...]]:
    links = library.duplicates()[:_MOST]
    linked = tuple({article_id for _, article_id in links})
    found = {article.id: article for article in library.articles(Scope(article_ids=linked))} if linked else {}
    return [
        (source, "the same text", name(found[article_id]), found[article_id].published)
        for source, article_id in links
        if article_id in found
    ]
