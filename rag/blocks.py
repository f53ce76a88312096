"""What the parts of an article's text are: headings, paragraphs, items of lists and tables, by their offsets.

The canonical text keeps lines, and tables as rows between bars, but nothing else of a layout; this reads the rest back
for whoever shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.sentences import Span, heading_spans, paragraph_spans

_ITEM = re.compile(r"[-*•–]\s|\d{1,2}[.)]\s")
_RULE = re.compile(r"[|\s:-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row of a table as spans of the text; those of its `heading` name the columns below."""

    cells: tuple[Span, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text, `text[start:end]`; `rows` holds the cells of a table, each without its bars and blanks."""

    kind: Literal["heading", "paragraph", "item", "table"]
    start: int
    end: int
    rows: tuple[Row, ...] = ()


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the blocks of `text` in order; every character but white space and a table's ruling lies in exactly one."""
    headings = set(heading_spans(text))
    table: list[Span] = []
    for start, end in paragraph_spans(text):
        is_row = text[start] == "|" == text[end - 1] and end - start > 1
        if table and not (is_row and text.count("\n", table[-1][1], start) == 1):
            yield _table(text, table)
            table = []
        if is_row:
            table.append((start, end))
        elif (start, end) in headings:
            yield Block("heading", start, end)
        else:
            yield Block("item" if _ITEM.match(text, start, end) else "paragraph", start, end)
    if table:
        yield _table(text, table)


def _table(text: str, lines: list[Span]) -> Block:
    rows: list[Row] = []
    for start, end in lines:
        if not _RULE.fullmatch(text, start, end):
            rows.append(Row(tuple(_cells(text, start, end))))
        elif "-" in text[start:end] and rows:
            rows[-1] = Row(rows[-1].cells, heading=True)
    return Block("table", lines[0][0], lines[-1][1], tuple(rows))


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span of each cell between the bars of a line, an empty one where there is nothing in it."""
    bar = start
    while (next_bar := text.find("|", bar + 1, end)) != -1:
        cell = text[bar + 1 : next_bar]
        first = bar + 1 + len(cell) - len(cell.lstrip())
        yield first, max(first, next_bar - (len(cell) - len(cell.rstrip())))
        bar = next_bar
