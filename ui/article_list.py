"""The list of articles: a page of it at a time, from which articles are opened and removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from rag import ArticleRef, Listed, Listing, Stats
from ui import article_filters, removal, source_panel
from ui.article_filters import Filters
from ui.marks import name
from ui.readers import reader
from ui.session import Desk, Opened, open_source, opened
from ui.view_wording import count

ROWS = 50
_CLICK = "open-article"


def show(desk: Desk, stats: Stats) -> None:
    """Draw the filters, the page of the list that the reader is on, and the article that is open beside it."""
    st.header(count(stats.articles, "article"), anchor=False)
    filters = article_filters.choose(stats)
    listing = desk.library.browse(filters.words, filters.scope, state=filters.state, order=filters.order, limit=0)
    pages = max(1, -(-listing.total // ROWS))
    occasion = f"{hash(filters)}-{pages}"
    page = min(int(st.session_state.get(f"pages-{occasion}", 1)), pages)
    listing = desk.library.browse(
        filters.words, filters.scope, state=filters.state, order=filters.order, limit=ROWS, offset=(page - 1) * ROWS
    )
    with st.container(key="article-desk"):
        rows, beside = st.columns([3, 2], gap="medium")
    with rows:
        _summary(stats, filters, listing)
        if listing.rows:
            chosen = _table(listing.rows, f"articles-{occasion}-{page}")
            if pages > 1:
                st.pagination(pages, key=f"pages-{occasion}")
            _act(desk, chosen)
    with beside:
        source_panel.show(desk.library, opened(), None)


def _summary(stats: Stats, filters: Filters, listing: Listing) -> None:
    if filters and listing.total:
        st.text(f"{listing.total:,} of {count(stats.articles, 'article')}.")
    elif filters:
        st.info("No article passes these filters. Widen them, or clear them all.", icon=":material/search_off:")
        st.button("Clear the filters", on_click=article_filters.clear)
    doubles = [f"{stats.copies:,} {'is a copy' if stats.copies == 1 else 'are copies'} of another"] * bool(stats.copies)
    doubles += [f"{stats.superseded:,} superseded by an update"] * bool(stats.superseded)
    if doubles:
        st.caption(f"{' and '.join(doubles)}; answers and counts take each story once.")


def _table(rows: Sequence[Listed], key: str) -> list[ArticleRef]:
    """Draw the rows and return the articles that are selected.

    The button in a row is there to be seen; the keyboard, for which it does not work, selects the row.
    """
    picked = st.dataframe(
        _columns(rows),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
        row_height=36,
        height=36 * min(len(rows) + 1, 15) + 2,
        placeholder="",
        lazy=False,
        alt="Articles",
        column_config={
            "Open": st.column_config.ButtonColumn(
                type="tertiary", pinned=True, on_click=partial(_click, tuple(rows)), key=_CLICK
            ),
            "Title": st.column_config.TextColumn(width="large"),
            "Date": st.column_config.DateColumn(format="D MMM YYYY"),
            "Added": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm"),
        },
    )
    return [rows[row].article for row in picked.selection.rows if row < len(rows)]


def _columns(rows: Sequence[Listed]) -> dict[str, list[object]]:
    """Return the columns, leaving out those that would be empty throughout."""
    reading = opened()
    always: dict[str, list[object]] = {
        "Open": ["Reading" if reading and reading.article_id == row.article.id else "Read" for row in rows],
        "Title": [name(row.article) for row in rows],
        "Publisher": [row.article.publisher or "" for row in rows],
        "Date": [row.article.published.date() if row.article.published else None for row in rows],
    }
    where_any: dict[str, list[object]] = {
        "Date is": ["a guess" if row.article.date_is_guess else "" for row in rows],
        "Author": [", ".join(row.article.authors) for row in rows],
        "Kind": [row.article.kind or "" for row in rows],
        "Views": [row.views or None for row in rows],
        "Double": [_double(row) for row in rows],
    }
    last: dict[str, list[object]] = {
        "Added": [row.added_at for row in rows],
        "Source": [row.article.url or row.article.source for row in rows],
    }
    return always | {key: values for key, values in where_any.items() if any(values)} | last


def _double(row: Listed) -> str:
    other = name(row.stands_for_it) if row.stands_for_it else ""
    said = [f"{row.state} {'of' if row.state == 'a copy' else 'by'} {other}"] if row.state else []
    said += [f"at {count(row.addresses, 'further address')}{'es' * (row.addresses > 1)}"] if row.addresses else []
    return "; ".join(said)


def _click(rows: Sequence[Listed]) -> None:
    _open(rows[st.session_state[_CLICK].row].article)


def _open(article: ArticleRef) -> None:
    open_source(Opened(article.id, 0, 0))


def _act(desk: Desk, chosen: Sequence[ArticleRef]) -> None:
    """Draw what can be done with the selected articles."""
    with st.container(key="article-actions", horizontal=True, gap="small"):
        st.button(
            "Open selected",
            icon=":material/article:",
            disabled=len(chosen) != 1,
            on_click=lambda: _open(chosen[0]),
            help="Select one row to read it beside the list.",
        )
        if reader().may_delete:
            label = f"Remove {len(chosen):,} selected" if chosen else "Remove selected"
            if st.button(label, icon=":material/delete:", disabled=not chosen, help="Can be undone."):
                removal.remove(desk, chosen)
