"""Paragraphs out of lines broken at a fixed width, as a page's text layer gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ingest.layout import CELLS

_TERMINAL = re.compile(r"[.!?:…][\"”’')\]]*$")
_ITEM = re.compile(r"^(?:[-*•–▪●]|\d{1,2}[.)])\s")
_CUT_WORD = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"([^\W\d_]+)")
_LONGEST = 20_000  # characters of one paragraph: more is no prose, and joining it again and again would take long
# First halves of words that finance hyphenates anyway: a hyphen after them at a line's end is the writer's.
_COMPOUND = frozenset(
    """small mid large mega micro long short high low year quarter month week day first second third fourth one
    two three non self well full half risk rate debt cash price near medium longer shorter higher lower best
    sell buy over under single double multi inter pre post anti ex co mark state world market fixed trade
    cost""".split()
)


def paragraphs(pages: Iterable[str]) -> str:
    """Return the pages as one text, a paragraph a line and blank lines between; printers' hyphens are undone."""
    return joined_pages(pages)[0]


def joined_pages(pages: Iterable[str]) -> tuple[str, list[int]]:
    """Return the pages as `paragraphs` does, and where each page begins in that text.

    A paragraph or word that goes on in the next column or on the next page is put together again.
    """
    pages = list(pages)
    vocabulary = {word.lower() for page in pages for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-\n)", page)}
    parts: list[str] = []  # what stands before the last paragraph is settled, so it is not joined again and again
    last, settled = "", 0
    starts: list[int | None] = []
    for page in pages:
        starts.append(None)
        for block in re.split(r"\n{2,}", page):
            joined = _joined(block.split("\n"), vocabulary)
            if not joined:
                continue
            if last and _goes_on(last, joined):
                whole = _hyphen_undone(last, joined, vocabulary)
                begin = settled + len(whole) - len(joined)
                last = whole
            else:
                if last:
                    parts.append(last + "\n\n")
                    settled += len(parts[-1])
                begin, last = settled, joined
            starts[-1] = begin if starts[-1] is None else starts[-1]
    text = "".join([*parts, last])
    return text, _filled(starts, len(text))


def _filled(starts: list[int | None], end: int) -> list[int]:
    """Return the starts with a page without text beginning where the next one does."""
    filled = []
    for start in reversed(starts):
        end = end if start is None else start
        filled.append(end)
    return filled[::-1]


def _goes_on(above: str, below: str) -> bool:
    """Return True if a block is the rest of the sentence that the one above it breaks off."""
    is_prose = (
        "\n" not in above and 40 < len(above) < _LONGEST and CELLS not in above and CELLS not in below.split("\n", 1)[0]
    )
    return is_prose and below[:1].islower() and not _TERMINAL.search(above) and not _ITEM.match(below)


def _joined(lines: list[str], vocabulary: set[str]) -> str:
    width = max(map(len, lines))
    lines = [line.strip() for line in lines]
    text = lines[0]
    for above, line in pairwise(lines):
        if CELLS in above or CELLS in line or _ends(above, line, width):
            text += "\n" + line
        else:
            text = _hyphen_undone(text, line, vocabulary)
    return text


def _ends(above: str, below: str, width: int) -> bool:
    """Return True if a paragraph ends between the lines: the next word would have fitted, or a list goes on."""
    if _ITEM.match(below) or _CUT_WORD.search(above):
        return bool(_ITEM.match(below))
    fits = len(above) + 1 + len(below.split(" ", 1)[0]) < width * 0.85
    return fits and (bool(_TERMINAL.search(above)) or not below[:1].islower())


def _hyphen_undone(text: str, line: str, vocabulary: set[str]) -> str:
    cut, rest = _CUT_WORD.search(text), _FIRST_WORD.match(line)
    if not cut or not rest or not rest[1][0].islower():
        return f"{text}{'' if cut else ' '}{line}"
    first, second = cut[1].lower(), rest[1].lower()
    is_compound = f"{first}-{second}" in vocabulary or (first + second not in vocabulary and first in _COMPOUND)
    return text + line if is_compound else text[:-1] + line
