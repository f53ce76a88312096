"""What of a sentence stands inside quotation marks, across sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.sentences import Span

_MARK = re.compile(r"[“”\"]")
_SHORT = 20  # characters; a shorter quotation ("buy") is a word of the sentence around it
_SAID = re.compile(r",\s(?:said|says|added|according to)\s(?=[A-Z])")
_OPENING = '“"'


def unquoted(text: str, spans: Sequence[Span]) -> tuple[list[str], list[bool]]:
    """Return each sentence with what it quotes as underscores, and whether it leaves a quotation open.

    A quotation that a paragraph leaves open goes on in the next one only if that opens with a mark of its own.
    """
    masked: list[str] = []
    left_open: list[bool] = []
    inside = False
    for index, (start, end) in enumerate(spans):
        if index and "\n" in text[spans[index - 1][1] : start]:
            if inside and text[start] not in _OPENING:
                left_open[-1] = False
            inside = False
        words, inside = _masked(text[start:end], inside=inside)
        masked.append(words)
        left_open.append(inside)
    if left_open:
        left_open[-1] = False
    return masked, left_open


def _masked(words: str, *, inside: bool) -> tuple[str, bool]:
    marks = list(_MARK.finditer(words))
    if not marks:
        return ("_" * len(words) if inside else words), inside
    pieces: list[str] = []
    bounds = [0, *(at for mark in marks for at in mark.span()), len(words)]
    for turn, (start, end) in enumerate(pairwise(bounds)):
        if turn % 2:
            pieces.append(words[start:end])
            inside = _opens(words, marks[turn // 2], inside=inside)
            continue
        closed = start > 0 and end < len(words) and end - start < _SHORT
        hidden = inside and not closed
        unclosed = _SAID.search(words, start) if hidden and end == len(words) else None
        if unclosed:  # the closing mark is missing
            pieces += ["_" * (unclosed.start() - start), words[unclosed.start() : end]]
            inside = False
        else:
            pieces.append("_" * (end - start) if hidden else words[start:end])
    return "".join(pieces), inside


def _opens(words: str, mark: re.Match[str], *, inside: bool) -> bool:
    """Return True if a quotation is open after the mark; a straight one tells by the blanks around it."""
    if mark.group() != '"':
        return mark.group() == "“"
    before, after = words[: mark.start()][-1:], words[mark.end() :][:1]
    if (not before or before in " (") and after.strip():
        return True
    if before.strip() and (not after or after in " ,.;:)"):
        return False
    return not inside
