"""Views for a terminal: a table where there is room, else a few lines each. Text from articles is data throughout."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rag.terminal import shown

_ROOM_FOR_A_TABLE = 90
_ROOM_FOR_QUOTES = 140

Row = Mapping[str, Any]


def print_views(rows: Sequence[Row]) -> None:
    """Print rows as `rag.records` gives them, as wide as the terminal is."""
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    if console.width < _ROOM_FOR_A_TABLE:
        for row in rows:
            console.print(_heading(row), Padding(_details(row), (0, 0, 1, 2)), sep="\n")
        return
    quotes = console.width >= _ROOM_FOR_QUOTES
    console.print(_table(rows, quotes=quotes))


def _table(rows: Sequence[Row], *, quotes: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("date", no_wrap=True)
    for name, share in (("holder", 3), ("subject", 2), ("view", 3)):
        table.add_column(name, ratio=share, overflow="fold")
    if quotes:
        table.add_column("in the article's words", ratio=6, overflow="fold")
    for row in rows:
        cells = [_line(row["date"]), _holder(row), _line(row["subject"]), _view(row)]
        cells += [_line(row["quote"])] if quotes else []
        table.add_row(*cells, style="dim" if row["superseded_on"] else None)
    return table


def _heading(row: Row) -> Text:
    return Text("  ").join([_line(row["date"]), _holder(row)])


def _details(row: Row) -> Text:
    """Return subject, view and quote on lines of their own, for a narrow terminal."""
    view = Text(f"{shown(row['subject'])}: ").append_text(_view(row))
    return Text("\n").join([view, Text(f"“{shown(row['quote'])}”")])


def _holder(row: Row) -> Text:
    named = f"{row['analyst']} ({row['firm']})" if row["analyst"] and row["firm"] else row["analyst"] or row["firm"]
    return _line(named or row["publisher"] or "not named")


def _view(row: Row) -> Text:
    """Return what a view says and whether it still stands: "raise target, buy, target $80 → $95, bullish"."""
    action = "" if row["action"] == "none" else row["action"].replace("_", " ")
    rating = _change(row["from_rating"], row["to_rating"])
    target = _change(row["target_from"], row["target_to"])
    said = (action, rating, f"target {target}" if target else "", row["stance"])
    text = _line(", ".join(dict.fromkeys(part for part in said if part)))
    return text.append(f" (superseded {row['superseded_on']})") if row["superseded_on"] else text


def _change(before: str | None, after: str | None) -> str:
    return " → ".join((before, after)) if before and after else after or (f"from {before}" if before else "")


def _line(value: object) -> Text:
    return Text(shown(value))
