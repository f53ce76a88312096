"""The page of views: who holds what of which subject, since when, and the words that say so."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import streamlit as st

from rag import HouseviewError, Library, Stats, View, coverage, house_key
from ui import session, source_panel, timeline, view_charts, view_filters, view_table
from ui.escape import escape_markdown
from ui.found_views import Found, find
from ui.ingest_view import offer_reading, offer_samples, show_job
from ui.session import Desk
from ui.view_filters import Filters, Names
from ui.view_wording import count, house

_QUICK = 6


def page(desk: Desk) -> None:
    """Draw the page over what the filters leave."""
    st.title("Views", anchor=False)
    try:
        stats = desk.library.stats()
        if not stats.articles:
            st.write("Nothing here yet. Add articles and notes on the Library page, or look around with the samples.")
            show_job(desk)
            offer_samples(desk)
        elif not stats.views:
            _unread(desk, stats)
        else:
            _ledger(desk.library)
    except HouseviewError as error:
        st.error(escape_markdown(session.explain(error)))


def _unread(desk: Desk, stats: Stats) -> None:
    st.info(
        f"No view has been read out of the library's {count(stats.articles, 'article')}. Either none of them states "
        "one, or they were added before views were looked for. Reading them embeds nothing again:",
        icon=":material/info:",
    )
    offer_reading(desk)
    st.caption("The same from a shell:")
    st.code(f"python -m ingest views --library {shlex.quote(str(desk.library.path))}", language=None)


def _ledger(library: Library) -> None:
    offered = view_filters.names(library)
    filters = view_filters.choose(offered)
    with st.spinner("Reading the views…"):
        found = find(library, filters)
    with st.container(key="views-desk"):
        rows, beside = st.columns([3, 2], gap="medium")
    with rows:
        _summary(found, filters)
        if found.views:
            _charts(found, filters, offered)
            view_table.show(found, hash(filters))
    with beside:
        source_panel.show(library, session.opened(), None)


def _summary(found: Found, filters: Filters) -> None:
    st.text(_coverage(found, filters))
    if not found.views:
        st.info("No view passes these filters. Widen them, or clear them all.", icon=":material/search_off:")
        st.button("Clear the filters", on_click=view_filters.clear)


def _coverage(found: Found, filters: Filters) -> str:
    """Return what the page rests on; how the houses lean only on one subject, for there alone they can be added up."""
    houses = count(len({house_key(view) for view in found.views}), "house")
    shown = f"{count(len(found.views), 'view')} by {houses}."
    if filters.subject:
        about = f" on {filters.subject}" + (f" by {filters.firm}" if filters.firm else "")
        return f"{shown} {coverage(found.whole, found.articles, about)}"
    stating = len({view.article.id for view in found.views})
    return f"{shown} {count(found.articles, 'article')} in scope; {stating:,} of them state{'s' * (stating == 1)} one."


def _charts(found: Found, filters: Filters, offered: Names) -> None:
    if not (filters.subject or filters.firm):
        _pick(offered)
        return
    name, what = _series(found, filters)
    series = timeline.series(found.views, name)
    with st.container(key="view-charts"):
        left, right = st.columns([2, 3], gap="medium")
    with left:
        st.header("Where each house stands" if what == "house" else "Where the firm stands", anchor=False)
        view_charts.strip(timeline.standings(found.views, found.standing, name), what)
    with right:
        st.header("Ratings over time", anchor=False)
        marks = timeline.ratings(found.views, name)
        view_charts.ratings(marks, series, what)
        if undated := len(found.views) - len(marks):
            st.caption(f"{count(undated, 'view')} without a date cannot be placed in time; the table has them.")
    if panels := timeline.targets(found.views, name):
        st.header("Price targets over time", anchor=False)
        view_charts.targets(panels, series, what)


def _series(found: Found, filters: Filters) -> tuple[Callable[[View], str], str]:
    """Return what each view's line in a chart is called, and the word for such lines: house or subject.

    A subject has a line for each house, a firm one for each subject, with its name where the filter lets several pass.
    """
    if filters.subject:
        return house, "house"
    if len({house_key(view) for view in found.views}) > 1:
        return lambda view: f"{house(view)}: {view.subject}", "subject"
    return lambda view: view.subject, "subject"


def _pick(offered: Names) -> None:
    with st.container(key="view-picks", horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("For a timeline choose a subject or a firm:", width="content")
        for place, subject in enumerate(offered.subjects[:_QUICK]):
            st.button(
                escape_markdown(subject),
                key=f"view-pick-{place}",
                type="tertiary",
                on_click=view_filters.set_subject,
                args=(subject,),
            )
