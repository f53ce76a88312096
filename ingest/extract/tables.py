"""Tables of ratings: a header that names the columns, and a row for each view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.moves import Move
from ingest.extract.ratings import change, grade_of, stance_of
from rag.types import Action

_COLUMNS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\W*(?:{words})\W*", re.IGNORECASE)
    for name, words in {
        "subject": r"compan(?:y|ies)|stocks?|issuers?|names?|securit(?:y|ies)|subject|sector|asset|market|index",
        "firm": r"brokers?|brokerages?|broker[- ]dealer|firms?|houses?|research house|agency|bank",
        "analyst": r"analysts?|strategist|economist",
        "action": r"action|change|move|rating action|type|up/down(?:grade)?",
        "from_rating": r"(?:from|old|previous|prior|former|last)(?:\s(?:rating|recommendation|opinion))?",
        "to_rating": r"(?:to|new|current)?\s?(?:rating|recommendation|opinion|call|view|stance)|to|new|current",
        "target_from": r"(?:old|previous|prior|former)\s(?:price\s)?(?:target|pt|tp)",
        "target_to": r"(?:new\s|current\s|price\s|12m\s|12-month\s)*(?:target(?:\sprice)?|pt|tp)(?:\s\([^)]*\))?",
    }.items()
}
_ACTIONS: dict[Action, re.Pattern[str]] = {
    "upgrade": re.compile(r"\bupgrad|\bup\b", re.IGNORECASE),
    "downgrade": re.compile(r"\bdowngrad|\bdown\b|\bcut\b(?!.*target)", re.IGNORECASE),
    "initiate": re.compile(r"\binitiat|\bstart|\bresum|\bnew coverage", re.IGNORECASE),
    "reiterate": re.compile(r"\breiterat|\bmaintain|\b(?:re)?affirm|\bunchanged|\bretain|\bkept|\bkeep", re.IGNORECASE),
    "raise_target": re.compile(r"\b(?:rais|lift|hik|increas)\w*.*(?:target|pt\b|tp\b)", re.IGNORECASE),
    "cut_target": re.compile(r"\b(?:cut|lower|reduc|trim)\w*.*(?:target|pt\b|tp\b)", re.IGNORECASE),
}
_EMPTY = re.compile(r"[\s\-–—.n/a]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its span in the text, whom and what it names, and the move it tells; spans of the move in the row."""

    start: int
    end: int
    subject: str
    firm: str | None
    analyst: str | None
    move: Move


def rows_in(text: str) -> Iterator[Row]:
    """Yield the views that tables of "|"-separated cells state, in order."""
    columns: dict[str, int] = {}
    for line in re.finditer(r"[^\n]+", text):
        if line.group().count("|") < 1:
            columns = {}
            continue
        cells = [cell.strip(" *_") for cell in line.group().strip().strip("|").split("|")]
        header = _header(cells)
        if header:
            columns = header
        elif columns:
            row = _row(line, dict(zip(columns, _picked(cells, columns), strict=True)))
            if row:
                yield row


def _header(cells: list[str]) -> dict[str, int]:
    """Return the columns that a header names; empty if it is none of a table of ratings."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = next((name for name, words in _COLUMNS.items() if name not in found and words.fullmatch(cell)), None)
        if name:
            found[name] = index
    says = {"to_rating", "target_to", "action"} & found.keys()
    return found if "subject" in found and says else {}


def _picked(cells: list[str], columns: dict[str, int]) -> list[str | None]:
    return [
        cells[index] if index < len(cells) and not _EMPTY.fullmatch(cells[index]) else None
        for index in columns.values()
    ]


def _row(line: re.Match[str], cell: dict[str, str | None]) -> Row | None:
    subject, old, new = cell["subject"], cell.get("from_rating"), cell.get("to_rating")
    is_rating = new is not None and (stance_of(new) is not None or grade_of(new) is not None)
    if subject is None or not (is_rating or cell.get("target_to")):
        return None
    told = cell.get("action") or ""
    action: Action = next((action for action, words in _ACTIONS.items() if words.search(told)), "none")
    if action == "none" and old and new:
        direction = change(old, new)
        action = "upgrade" if direction > 0 else "downgrade" if direction < 0 else "none"
    move = Move(
        start=0,
        end=len(line.group()),
        action=action,
        from_rating=old,
        to_rating=new,
        target_from=cell.get("target_from"),
        target_to=cell.get("target_to"),
        horizon=None,
        stance=stance_of(new) if new else None,
        firm=None,
        analyst=None,
        subject=None,
    )
    return Row(line.start(), line.end(), subject, cell.get("firm"), cell.get("analyst"), move)
