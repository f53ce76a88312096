"""The charts of the Views page: where each house stands, and its ratings and price targets over time.

Names from articles are data of a chart, never part of its specification, and nothing is fetched to draw it. The table
under the charts has the same views in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

import altair as alt
import pandas as pd
import streamlit as st

from ui.escape import escape_markdown
from ui.timeline import LEVELS, Mark, Standing

# Stances are told apart by shape as well as by colour, and stand out on light and on dark paper.
STANCE_COLOURS = {"bearish": "#d0524a", "neutral": "#8b8b85", "bullish": "#2f9468"}
_STANCE_SHAPES = {"bearish": "triangle-down", "neutral": "circle", "bullish": "triangle-up"}
_COLOURS = (
    "#3f8f89",
    "#c9762b",
    "#7a6bc0",
    "#c0527f",
    "#6b9a3c",
    "#3c7fc0",
    "#b08d1e",
    "#a0604a",
    "#8a8f98",
    "#4fa3c7",
)
_SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "triangle-right", "triangle-left")
_MOST_ROWS, _MOST_LINES, _MOST_PANELS = 30, len(_COLOURS), 4
_ROW_HEIGHT, _LABEL_WIDTH = 26, 170
# What is drawn gets what the legend leaves of the height, so each of its rows adds to it.
_PLOT_HEIGHT, _LEGEND_ROW = 210, 27
_FAINT = 0.45
# Two columns of longer names would not fit the width of a phone.
_SHORT_NAME, _WIDEST_LABEL = 18, 280
_LEVEL_NAMES = "datum.value < 0 ? 'sell, bearish' : datum.value > 0 ? 'buy, bullish' : 'hold, neutral'"


def strip(standings: Sequence[Standing], what: str) -> None:
    """Draw a row for each series, the bulls first: its current stance, and fainter those it held before."""
    leading = {each.series: each for each in reversed(standings)}
    rows = sorted(leading, key=lambda series: (-LEVELS[leading[series].stance], series.casefold()))
    shown = rows[:_MOST_ROWS]
    data = pd.DataFrame(
        [(each.series, each.stance, each.current, each.tip) for each in standings if each.series in set(shown)],
        columns=["series", "stance", "current", "view"],
    )
    base = alt.Chart(data).encode(
        x=alt.X(
            "stance:N",
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0),
            scale=alt.Scale(domain=list(STANCE_COLOURS)),
        ),
        y=alt.Y(
            "series:N",
            title=None,
            axis=alt.Axis(labelLimit=_LABEL_WIDTH, domain=False, ticks=False),
            scale=alt.Scale(domain=shown),
        ),
    )
    path = base.mark_line(color="#8b8b85", opacity=0.5, strokeWidth=1.5).encode(detail="series:N")
    points = base.mark_point(filled=True, size=130).encode(
        color=alt.Color("stance:N", legend=None, scale=_domain(STANCE_COLOURS)),
        shape=alt.Shape("stance:N", legend=None, scale=_domain(_STANCE_SHAPES)),
        opacity=alt.condition("datum.current", alt.value(1.0), alt.value(_FAINT)),
        tooltip=[alt.Tooltip("view:N", title="View")],
    )
    chart = (path + points).properties(height=alt.Step(_ROW_HEIGHT))
    st.altair_chart(chart, key="stance-strip", alt=f"Current stance of each {what}, earlier ones fainter")
    _left_out(len(rows) - _MOST_ROWS, what)


def ratings(marks: Sequence[Mark], series: Sequence[str], what: str) -> None:
    """Draw a step line for each series over the levels from sell to buy; those first in `series`, if there are many."""
    if not marks:
        return
    lines = _present(marks, series)[:_MOST_LINES]
    # Lines at the same level would hide one another.
    apart = min(0.07, 0.5 / max(len(lines), 1))
    shift = {name: ((len(lines) - 1) / 2 - place) * apart for place, name in enumerate(lines)}
    drawn = [replace(mark, value=mark.value + shift[mark.series]) for mark in marks if mark.series in shift]
    axis = alt.Axis(values=[-1, 0, 1], labelExpr=_LEVEL_NAMES)
    levels = alt.Y("value:Q", title=None, axis=axis, scale=alt.Scale(domain=[-1.4, 1.4], nice=False))
    _draw_lines(drawn, levels, lines, key="ratings", description=f"Rating by {what} over time")
    _left_out(len(_present(marks, series)) - _MOST_LINES, what)


def targets(panels: Mapping[tuple[str, str], Sequence[Mark]], series: Sequence[str], what: str) -> None:
    """Draw the price targets, a chart for each (subject, unit): what cannot be compared shares no scale."""
    places = st.columns(2, gap="medium") if len(panels) > 1 else [st.container()]
    for number, ((subject, unit), marks) in enumerate(list(panels.items())[:_MOST_PANELS]):
        lines = _present(marks, series)[:_MOST_LINES]
        amounts = alt.Y(
            "value:Q", title=None, axis=alt.Axis(tickCount=5, format=",~f"), scale=alt.Scale(zero=False, padding=12)
        )
        drawn = [mark for mark in marks if mark.series in lines]
        with places[number % len(places)]:
            st.caption(escape_markdown(f"{subject}, {unit}" if unit else subject))
            _draw_lines(drawn, amounts, lines, key=f"targets-{number}", description=f"Price target by {what} over time")
    _left_out(len(panels) - _MOST_PANELS, "subject")


def _draw_lines(marks: Sequence[Mark], y: alt.Y, lines: Sequence[str], *, key: str, description: str) -> None:
    columns = 2 if max(map(len, lines)) <= _SHORT_NAME else 1
    legend = alt.Legend(orient="bottom", columns=columns, labelLimit=_WIDEST_LABEL, title=None)
    shapes = list(islice(cycle(_SHAPES), len(lines)))
    base = alt.Chart(_frame(marks)).encode(
        x=_days(marks),
        y=y,
        color=alt.Color("series:N", legend=legend, scale=alt.Scale(domain=list(lines), range=list(_COLOURS))),
    )
    steps = base.mark_line(interpolate="step-after", strokeWidth=2, opacity=0.8).encode(order="place:Q")
    points = base.transform_filter("datum.kind != 'since'").mark_point(filled=True, size=80)
    points = points.encode(
        shape=alt.Shape("series:N", legend=legend, scale=alt.Scale(domain=list(lines), range=shapes)),
        opacity=alt.condition("datum.kind == 'stated'", alt.value(1.0), alt.value(_FAINT)),
        tooltip=[alt.Tooltip("view:N", title="View")],
    )
    height = _PLOT_HEIGHT + _LEGEND_ROW * -(-len(lines) // columns)
    st.altair_chart((steps + points).properties(height=height), key=key, alt=description)


def _present(marks: Sequence[Mark], series: Sequence[str]) -> list[str]:
    """Return the series that have a mark, in their order."""
    having = {mark.series for mark in marks}
    return [name for name in series if name in having]


def _frame(marks: Sequence[Mark]) -> pd.DataFrame:
    """Return the marks as rows, each series drawn on to the last day of all: a rating stands until it is changed."""
    rows = [(mark.series, mark.day, mark.value, mark.tip, "stated" if mark.stated else "before") for mark in marks]
    last = max(mark.day for mark in marks)
    newest = {mark.series: mark for mark in marks}
    rows += [(mark.series, last, mark.value, mark.tip, "since") for mark in newest.values()]
    data = pd.DataFrame(rows, columns=["series", "day", "value", "view", "kind"])
    data["day"] = [_milliseconds(day) for day in data["day"]]
    data["place"] = range(len(data))
    return data


def _days(marks: Sequence[Mark]) -> alt.X:
    first, last = min(mark.day for mark in marks), max(mark.day for mark in marks)
    room = max(timedelta(days=2), (last - first) / 30)
    # Written out as dates: Streamlit's interpreter of Vega misreads an end given as a number.
    ends = [alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True) for day in (first - room, last + room)]
    axis = alt.Axis(format="%-d %b %Y", labelOverlap="greedy", labelBound=True, tickCount=5, grid=False)
    return alt.X("day:T", title=None, axis=axis, scale=alt.Scale(type="utc", domain=ends))


def _milliseconds(day: date) -> float:
    """Return a day as a browser counts time, from its beginning in UTC."""
    return 1_000 * datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def _domain(of_stance: Mapping[str, str]) -> alt.Scale:
    return alt.Scale(domain=list(of_stance), range=list(of_stance.values()))


def _left_out(count: int, what: str) -> None:
    if count > 0:
        st.caption(f"Not drawn: {count:,} more {what}{'' if count == 1 else 's'}; the table below has them all.")
