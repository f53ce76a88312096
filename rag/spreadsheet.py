"""Rows as CSV that a spreadsheet can open without running anything in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from rag.terminal import shown_lines

_FORMULA = ("=", "+", "-", "@")


def as_csv(rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as CSV (RFC 4180) under a line of their columns' names; nothing where there are none.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; control characters are left out.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    names = list(rows[0]) if rows else []
    writer.writerows([names] if names else [])
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = shown_lines(value.replace("\t", " "))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
