"""Reading order on a page: columns one after the other, the rows of a table as lines of cells, the rest as it was set.

A PDF says where each piece of text stands and nothing of how they belong together. Most producers set the columns of
a page one after the other, so the order of the pieces is kept but where they jump to and fro on one height: there
either a table is set row by row, or columns are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median_low

CELLS = " | "
# Advance widths as Helvetica has them, in parts of the size: near enough to tell a gap from a word space.
_NARROW, _WIDE = frozenset("ijltfrI.,;:'’!|()[]- "), frozenset("mwMWG%@—")
_GAP = 1.2  # of the type's size, between cells
_DOUBT = 0.08  # of a cell's width: what the widths above may be wrong by
_EDGE = 2.0  # points within which left edges are one
_FEW_ROWS = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line: where it begins along the line, how high the line is, both in points, and its size."""

    text: str
    left: float
    height: float
    size: float

    @property
    def right(self) -> float:
        """About where it ends."""
        widths = (0.3 if c in _NARROW else 0.85 if c in _WIDE else 0.67 if c.isupper() else 0.54 for c in self.text)
        return self.left + self.size * sum(widths)


Row = list[Piece]


def reading_order(pieces: Iterable[Piece]) -> list[Piece]:
    """Return a page's lines in the order they are read; a table's row is one line, its cells divided by " | "."""
    return _ordered(_rows([each for each in pieces if each.text.strip()]))


def text_of(lines: Sequence[Piece]) -> str:
    """Return lines as text, with an empty line where space, another size of type or a new column sets them apart."""
    drops = [above.height - below.height for above, below in pairwise(lines) if above.height > below.height]
    usual = median_low(drops) if drops else 0.0
    parts = [lines[0].text] if lines else []
    for above, below in pairwise(lines):
        drop = above.height - below.height
        larger, smaller = max(above.size, below.size), min(above.size, below.size)
        apart = drop > 1.4 * max(usual, below.size) or drop < -usual or larger > 1.15 * smaller
        parts.append(("\n\n" if apart else "\n") + below.text)
    return "".join(parts)


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Return the pieces by row: those that follow each other at one height, left to right, grown into cells."""
    rows: list[Row] = []
    for piece in pieces:
        last = rows[-1][-1] if rows else None
        if last and abs(last.height - piece.height) <= 0.45 * max(last.size, piece.size) and piece.left > last.left:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    inner = Counter(round(piece.left / _EDGE) for row in rows for piece in row[1:])
    return [_cells(row, inner) for row in rows]


def _cells(row: Row, inner: Counter[int]) -> Row:
    """Return a row with the pieces of each cell joined; a left edge that other rows share begins a cell."""
    cells = [[row[0]]]
    for last, piece in pairwise(row):
        right = last.right
        gap = piece.left - right
        shared = inner[round(piece.left / _EDGE)] >= _FEW_ROWS
        if gap > max(_GAP * piece.size, _DOUBT * (right - last.left)) or (shared and gap > 0):
            cells.append([piece])
        else:
            cells[-1].append(piece)
    return [_whole(cell) for cell in cells]


def _whole(cell: Row) -> Piece:
    text = " ".join("".join(piece.text for piece in cell).split())
    return Piece(text, cell[0].left, cell[0].height, max(piece.size for piece in cell))


def _ordered(rows: Sequence[Row]) -> list[Piece]:
    lines: list[Piece] = []
    start = 0
    while start < len(rows):
        if len(rows[start]) == 1:
            lines += rows[start]
            start += 1
            continue
        end = _end_of_run(rows, start)
        run = rows[start:end]
        edge = _second_edge(run)
        lines += _columns(run, edge) if _are_columns(run, edge) else [_as_line(row) for row in run]
        start = end
    return lines


def _end_of_run(rows: Sequence[Row], start: int) -> int:
    """Return where the rows end that are set side by side: they share a left edge beyond the first.

    A row of one cell is among them if it stays in a column. A table whose cells end flush and begin anywhere may so
    fall apart, which changes nothing of the order it is read in.
    """
    edges, inner = _edges(rows[start]), _edges(rows[start][1:])
    second, size = rows[start][1].left, rows[start][0].size
    end = start + 1
    while end < len(rows):
        row = rows[end]
        if len(row) > 1:
            beside = _near(inner, row[1:])
        else:
            in_column = row[0].left >= second - _EDGE or row[0].right < second
            falls = row[0].height < rows[end - 1][0].height
            beside = _near(edges, row) and in_column and falls and abs(row[0].size - size) < 0.1 * size
        if not beside:
            break
        edges |= _edges(row)
        inner |= _edges(row[1:])
        end += 1
    return end


def _edges(row: Row) -> set[int]:
    return {round(cell.left / _EDGE) for cell in row}


def _near(edges: set[int], row: Row) -> bool:
    """Return True if a cell of the row begins where one of the edges is, or right beside it."""
    return any(not edges.isdisjoint((edge - 1, edge, edge + 1)) for edge in _edges(row))


def _second_edge(run: Sequence[Row]) -> float:
    """Return the left edge of the second column: the leftmost at which cells often begin."""
    counts = Counter(round(cell.left / _EDGE) for row in run for cell in row[1:])
    often = 0.6 * max(counts.values())
    return min(edge for edge, count in counts.items() if count >= often) * _EDGE - _EDGE


def _are_columns(run: Sequence[Row], edge: float) -> bool:
    """Return True if prose runs down the left of the edge, beside prose or, where its lines are long, anything."""
    left = [cell.text for row in run for cell in row if cell.left < edge]
    right = [" ".join(cell.text for cell in row if cell.left >= edge) for row in run]
    return _is_prose(left, 4.0) and (_is_prose([text for text in right if text], 3.0) or _is_prose(left, 7.0))


def _is_prose(lines: Sequence[str], words: float) -> bool:
    """Return True if the lines are of so many words and often go on in the middle of a sentence."""
    if len(lines) < _FEW_ROWS or fmean(len(line.split()) for line in lines) < words:
        return False
    return sum(bool(re.match(r"[a-z\d(]", line)) for line in lines) >= 0.4 * len(lines)


def _columns(run: Sequence[Row], edge: float) -> list[Piece]:
    left = [[cell for cell in row if cell.left < edge] for row in run]
    right = [[cell for cell in row if cell.left >= edge] for row in run]
    return _ordered([row for row in left if row]) + _ordered([row for row in right if row])


def _as_line(row: Row) -> Piece:
    return Piece(CELLS.join(cell.text for cell in row), row[0].left, row[0].height, row[0].size)
