"""Where the pages of a document begin in its text, kept exact while lines are taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.types import Draft
from rag.pages import PAGES


def with_pages(draft: Draft, starts: Sequence[int]) -> Draft:
    """Return the draft with the starts of its pages among its metadata."""
    return replace(draft, metadata=(*draft.metadata, (PAGES, ",".join(map(str, starts)))))


def followed(starts: Sequence[int], before: str, after: str) -> list[int]:
    """Return where offsets of one text lie in another, which is the same with whole lines taken out.

    An offset in a line that is gone moves to the start of the next line that is left, or to the end.
    """
    moved = []
    lines = [match.span() for match in re.finditer(r"[^\n]+", before)]
    kept = _places(lines, before, after)
    at = 0
    for start in starts:
        while at < len(lines) and lines[at][1] <= start:
            at += 1
        begin, _ = lines[at] if at < len(lines) else (start, start)
        place, whole = kept[at] if at < len(lines) else (len(after), False)
        moved.append(place + (max(0, start - begin) if whole else 0))
    return moved


def _places(lines: Sequence[tuple[int, int]], before: str, after: str) -> list[tuple[int, bool]]:
    """Return for each line where it, or what follows it, begins in the other text, and whether it is there itself."""
    left = [match.span() for match in re.finditer(r"[^\n]+", after)]
    places = []
    at = 0
    for start, end in lines:
        same = at < len(left) and before[start:end].strip() == after[slice(*left[at])].strip()
        places.append((left[at][0] if at < len(left) else len(after), same))
        at += same
    return places
