"""What stands at the head and foot of every page and belongs to none: the house's name, the page's number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.layout import Piece

_ZONE = 3  # lines from the top and from the bottom of a page
_NUMBER = re.compile(r"^[-–—|\s]*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—|.\s]*$", re.IGNORECASE)


def without_running_heads(pages: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Return the pages without page numbers and without what most pages repeat in their first or last lines.

    Digits are set aside, so that "Page 3" repeats "Page 2". A title is larger than the heads that repeat it, and stays.
    """
    for lines in (_ZONE, 1):
        kept = _without(pages, lines)
        # Short pages that all say the same are what the document says, not its frame.
        if 2 * _length(kept) >= _length(pages):
            return kept
    return [list(page) for page in pages]


def _without(pages: Sequence[Sequence[Piece]], lines: int) -> list[list[Piece]]:
    zones = [_zone(page, lines) for page in pages]
    seen = Counter(key for page, zone in zip(pages, zones, strict=True) for key in {_key(page[at]) for at in zone})
    written = sum(bool(page) for page in pages)
    shared = {key for key, count in seen.items() if count >= max(2, 0.4 * written)}
    return [
        [line for at, line in enumerate(page) if at not in zone or not _is_running(line, shared, written)]
        for page, zone in zip(pages, zones, strict=True)
    ]


def _length(pages: Sequence[Sequence[Piece]]) -> int:
    return sum(len(line.text) for page in pages for line in page)


def _zone(page: Sequence[Piece], lines: int) -> frozenset[int]:
    """Return the places, in reading order, of the highest and lowest lines."""
    by_height = sorted(range(len(page)), key=lambda at: -page[at].height)
    return frozenset(by_height[:lines] + by_height[-lines:])


def _is_running(line: Piece, shared: set[tuple[str, int]], pages: int) -> bool:
    return pages > 1 and (_key(line) in shared or bool(_NUMBER.match(line.text)))


def _key(line: Piece) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.size)
