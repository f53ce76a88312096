"""Where sentences begin and end, and which lines are headings: rules over canonical text, offsets kept.

Financial prose breaks the usual splitters on "Inc.", "U.S.", "vs.", "Rs. 380", on tables, and on scraped text that
has lost the blank between two sentences. An abbreviation ends a sentence only before a word that commonly opens one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

_TITLES = frozenset("mr mrs ms dr prof st gen sen rep gov lt col sr jr messrs".split())
_ABBREVIATIONS = frozenset(
    """inc corp co cos ltd plc llc lp bros vs no nos est approx fig dept div assn intl mfg rs bn mn mln bln pct ave
    blvd etc e.g i.e u.s u.k u.n e.u u.s.a a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_OPENERS = frozenset(
    """the a an he she it they we i you this that these those there in on at as but and so if while when after
    before for from to however still meanwhile analysts investors shares its his her their our with by last
    since although though despite""".split()
)
_SPEECH = r"(?:said|says|wrote|writes|asked|asks|added|adds|told|noted|notes)"
_MARK = r"(?P<mark>[.!?…]+)(?P<close>[\"”’'»)\]]*)"
_BULLET = r"(?P<bullet>\s+)(?=[-•–*]\s)"
_END = re.compile(
    rf"{_MARK}(?:(?P<gap>\s+)(?=[\"“‘'(\[]*[A-Z0-9$€£¥])|(?=[A-Z][a-z]+[ ,’'])|{_BULLET})",
)
_END_WITHOUT_CAPITALS = re.compile(rf"{_MARK}(?:(?P<gap>\s+)(?=\S)|{_BULLET})")
_WORD_BEFORE = re.compile(r"([\w.&'’-]+)$")
_WORD_AFTER = re.compile(r"\s*[\"“‘'(\[]*([\w’'-]+)")
_SAID_AFTER = re.compile(rf"\s*(?:[A-Z][\w.’'-]*\s+){{1,4}}{_SPEECH}\b")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s")
_TERMINAL = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_WRAP_WIDTH = 100
_LONGEST_WORD = 60  # before a full stop
_HEADING_CHARS, _HEADING_WORDS = 90, 14


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of `text` as ordered, disjoint (start, end) offsets without surrounding white space.

    A table row, list item or heading is a sentence of its own. Every character but white space lies in one span.
    """
    return [span for unit in paragraph_spans(text) for span in _split_unit(text, unit)]


def heading_spans(text: str) -> list[Span]:
    """Return the lines of `text` that head a section: heading-like, before a longer line or another such heading."""
    lines = _lines(text)
    found: list[Span] = []
    for (start, end), following in reversed(list(pairwise(lines))):
        body = text[following[0] : following[1]]
        heads_body = len(body) > end - start and (len(body) > 60 or bool(_TERMINAL.search(body)))
        if is_heading(text[start:end]) and (heads_body or (found and found[-1] == following)):
            found.append((start, end))
    return found[::-1]


def paragraph_spans(text: str) -> Iterator[Span]:
    """Yield the paragraphs of `text`, a hard-wrapped one as a whole, any other line by itself; the blank ones not."""
    for block in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text):
        lines = [(block.start() + a, block.start() + b) for a, b in _lines(block.group())]
        if _is_wrapped([text[a:b] for a, b in lines]):
            yield lines[0][0], lines[-1][1]
        else:
            yield from lines


def is_heading(line: str) -> bool:
    """Return True if the line alone looks like a heading: short, opened by a capital, with no closing punctuation."""
    line = line.strip()
    words = line.split()
    return (
        0 < len(line) <= _HEADING_CHARS
        and len(words) <= _HEADING_WORDS
        and (line[0].isupper() or line[0].isdigit())
        and any(c.isalpha() for c in line)
        and "|" not in line
        and not _TERMINAL.search(line.rstrip("?"))
    )


def _lines(text: str) -> list[Span]:
    """Return the non-blank lines, stripped."""
    return [_stripped(text, m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]


def _is_wrapped(lines: list[str]) -> bool:
    """Return True if the lines of a block are one paragraph broken at a fixed width."""
    width = max(map(len, lines))
    if len(lines) < 2 or not 45 <= width <= _WRAP_WIDTH or any("|" in line or _LIST_ITEM.match(line) for line in lines):
        return False
    # Headlines one under another: each opens with a capital and none closes as prose does.
    if all(line[0].isupper() or line[0].isdigit() for line in lines) and not any(map(_TERMINAL.search, lines)):
        return False
    # A wrapped line is broken only because the next word would not have fitted.
    fits = [len(a) + 1 + len(b.split()[0]) <= width - 8 for a, b in pairwise(lines)]
    return not any(fits)


def _split_unit(text: str, unit: Span) -> Iterator[Span]:
    start, end = unit
    # Text that was folded to lower case gives no capital to go by.
    ends = _END if re.search(r"[A-Z]", text[start:end]) else _END_WITHOUT_CAPITALS
    for match in ends.finditer(text, start, end):
        cut = match.end("close")
        if cut < end and not _is_inside(text, start, match):
            yield _stripped(text, start, cut)
            start = cut
    if text[start:end].strip():
        yield _stripped(text, start, end)


def _is_inside(text: str, start: int, match: re.Match[str]) -> bool:
    """Return True if the punctuation does not end the sentence that began at `start`."""
    before = _WORD_BEFORE.search(text, max(start, match.start() - _LONGEST_WORD), match.start())
    after = _WORD_AFTER.match(text, match.end("close"))
    word = before.group(1).lower() if before else ""
    following = after.group(1).lower() if after else ""
    if match["gap"] is None and match["bullet"] is None:
        # Glued text ("Tuesday.Baidu"): only after a plain word or number, never in "J.P.Morgan" or "Zacks.com".
        return not re.search(r"[a-z0-9%)]{2}$", text[start : match.start()]) or "." in word
    if match["close"] and "." not in match["mark"] and _SAID_AFTER.match(text, match.end("close")):
        return True
    if match["mark"] != ".":
        return False
    if word in _TITLES or re.fullmatch(r"[a-z]", word):
        return True
    if word in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return following not in _OPENERS
    return False


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
