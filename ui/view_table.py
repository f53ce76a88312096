"""The table of views: one row each, which opens its words in the source, and the rows as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from rag import View, as_csv, day_of, records
from ui.found_views import Found
from ui.session import open_source, opened, place_of
from ui.view_wording import action_in_words, day_in_words, move

_CLICK = "open-view"
_FITTED = ("Firm", "Analyst", "Subject", "Action", "Rating", "Target", "Standing", "Publisher")
_WIDEST = 240
_FAINT = {"light": "#6b6b65", "dark": "#9a9a93"}
# Darker than in the charts, for the letters on them are white.
_STANCES = {"bearish": "#c2443c", "neutral": "#70706a", "bullish": "#1f7f56"}
# As many as are coloured and sent afresh at each click without a wait to notice.
ROWS = 500


def show(found: Found, occasion: int) -> None:
    """Draw the table, newest first and a page at a time, and the button that downloads all of it.

    The button in a row is there to be seen; the keyboard, for which it does not work, selects a cell of the row. What
    is selected is forgotten on another `occasion`.
    """
    pages = -(-len(found.views) // ROWS)
    page = min(int(st.session_state.get(f"view-pages-{occasion}", 1)), pages)
    views = tuple(found.views[(page - 1) * ROWS : page * ROWS])
    columns = _columns(views, found)
    key = f"views-{occasion}-{page}"
    st.dataframe(
        _rows(columns, views, found),
        hide_index=True,
        key=key,
        on_select=partial(_select, key, views),
        selection_mode="single-cell",
        row_height=36,
        placeholder="",
        lazy=False,
        alt="Views, newest first",
        column_config={
            "Source": st.column_config.ButtonColumn(
                type="tertiary", pinned=True, on_click=partial(_click, views), key=_CLICK
            ),
            "Date": st.column_config.DateColumn(format="D MMM YYYY"),
            "Stance": st.column_config.MultiselectColumn(
                options=list(_STANCES), color=list(_STANCES.values()), width=100
            ),
            "Words": st.column_config.TextColumn(width="large"),
            **{name: st.column_config.TextColumn(width=_width(name, columns[name])) for name in _FITTED},
        },
    )
    if pages > 1:
        st.pagination(pages, key=f"view-pages-{occasion}")
        first = (page - 1) * ROWS + 1
        st.caption(f"Views {first:,} to {first + len(views) - 1:,} of {len(found.views):,}; the download has all.")
    st.download_button(
        "Download as CSV",
        data=lambda: csv_of(found),
        file_name="views.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _click(views: Sequence[View]) -> None:
    open_source(place_of(views[st.session_state[_CLICK].row].quote))


def _select(key: str, views: Sequence[View]) -> None:
    for row, _ in st.session_state[key].selection.cells:
        open_source(place_of(views[row].quote))


def _columns(views: Sequence[View], found: Found) -> dict[str, list[object]]:
    reading = opened()
    return {
        "Source": ["Reading" if place_of(view.quote) == reading else "Read" for view in views],
        "Date": [day_of(view) for view in views],
        "Firm": [view.firm for view in views],
        "Analyst": [view.analyst for view in views],
        "Subject": [view.subject for view in views],
        "Action": [action_in_words(view.action) for view in views],
        "Stance": [[view.stance] for view in views],
        "Rating": [move(view.from_rating, view.to_rating) for view in views],
        "Target": [move(view.target_from, view.target_to) for view in views],
        "Standing": [_standing(view, found) for view in views],
        "Publisher": [view.article.publisher for view in views],
        "Words": [" ".join(view.quote.text.split()) for view in views],
    }


def _width(name: str, values: Sequence[object]) -> int:
    """Return the pixels that a column of text needs, within reason: the browser itself looks at the first rows only."""
    longest = max(len(text) for text in (name, *(str(value or "") for value in values)))
    return min(20 + 7 * longest, _WIDEST)


def _rows(columns: Mapping[str, Sequence[object]], views: Sequence[View], found: Found) -> Styler:
    """Return the rows, those of views that no longer stand in a fainter ink."""
    faint = _FAINT["dark" if st.context.theme.type == "dark" else "light"]
    inks = ["" if view in found.standing else f"color: {faint}" for view in views]
    return pd.DataFrame(columns).style.apply(lambda _: inks, axis=0)


def _standing(view: View, found: Found) -> str:
    if newer := found.newer.get(view):
        return f"superseded {day_in_words(day_of(newer))}".strip()
    return "current" if view in found.standing else "copy"


def csv_of(found: Found) -> str:
    """Return the rows as the command line gives them, safe to open in a spreadsheet."""
    return as_csv(records(found.views, among=found.whole))
