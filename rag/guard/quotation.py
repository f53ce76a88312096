"""Quotation marks: what stands between them is verbatim in one of the quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.wording import fold

QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_GAP = re.compile(r"\s*(?:\[[^\]]*\]|\(?(?:\.\s?\.\s?\.|…)\)?)\s*")
_EDGES = " ,.;:!?"


def problems(statement: str, quotes: Sequence[str]) -> list[str]:
    """Return a line for each quotation that no cited text holds; "…" and "[the bank]" may stand for words left out."""
    folded = [fold(quote) for quote in quotes]
    return [f"not verbatim in any quote: “{each}”" for each in QUOTED.findall(statement) if not _is_held(each, folded)]


def without_whole(statement: str, quotes: Sequence[str]) -> tuple[str, bool]:
    """Return the statement without the quotes that it shows whole, and whether there are any."""
    whole = any(f"“{quote}”" in statement for quote in quotes)
    for quote in quotes:
        statement = statement.replace(f"“{quote}”", " ")
    return statement, whole


def _is_held(quotation: str, folded: Sequence[str]) -> bool:
    if any(fold(quotation) in text for text in folded):
        return True
    pieces = [piece for each in _GAP.split(quotation) if (piece := fold(each).strip(_EDGES))]
    return bool(pieces) and any(_in_order(pieces, text) for text in folded)


def _in_order(pieces: Sequence[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True
