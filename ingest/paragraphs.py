"""Paragraphs out of lines broken at a fixed width, as a page's text layer gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_TERMINAL = re.compile(r"[.!?:…][\"”’')\]]*$")
_ITEM = re.compile(r"^(?:[-*•–▪●]|\d{1,2}[.)])\s")
_CUT_WORD = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"([^\W\d_]+)")
# First halves of words that finance hyphenates anyway: a hyphen after them at a line's end is the writer's.
_COMPOUND = frozenset(
    """small mid large mega micro long short high low year quarter month week day first second third fourth one
    two three non self well full half risk rate debt cash price near medium longer shorter higher lower best
    sell buy over under single double multi inter pre post anti ex co mark state world market fixed trade
    cost""".split()
)


def paragraphs(pages: Iterable[str]) -> str:
    """Return the pages as one text, a paragraph a line and blank lines between; printers' hyphens are undone."""
    pages = list(pages)
    vocabulary = {word.lower() for page in pages for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-\n)", page)}
    blocks = [block for page in pages for block in re.split(r"\n{2,}", page)]
    return "\n\n".join(joined for block in blocks if (joined := _joined(block.split("\n"), vocabulary)))


def _joined(lines: list[str], vocabulary: set[str]) -> str:
    width = max(map(len, lines))
    lines = [line.strip() for line in lines]
    text = lines[0]
    for above, line in pairwise(lines):
        if _ends(above, line, width):
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
