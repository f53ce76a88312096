"""A model's stream cut into sentences of plain text, each with the numbers of the sources that it cites.

What a model writes is data: markup, links, images, HTML, addresses and invisible characters are taken out, whatever
they were for. Every pattern here runs in time linear in the text, and what waits for its end is bounded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rag.sentences import is_heading, sentence_spans

LONGEST: Final = 700
"""Characters after which a sentence without an end is taken as it stands."""

_HIDES = re.compile(r"<(think|thinking|script|style)\b[^<>]{0,80}>|<!--", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_ADDRESS = re.compile(r"(?:\b(?:https?|ftp|file|data|javascript|vbscript|mailto):|\bwww\.)[^\s\[\]]*", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t][^\n]*$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*•–>]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)")
_NUMBERS = r"(?:sources?|refs?)?[ \t#:]*\d{1,4}(?:[ \t]*(?:,|;|-|–|and)[ \t]*\d{1,4}){0,20}"
_MARK = re.compile(rf"[ \t]*\[[ \t]*\^?{_NUMBERS}[ \t]*\]", re.IGNORECASE)
_MARKS_AFTER = re.compile(rf"([.!?…]+[\"”’)]*)((?:{_MARK.pattern})+)", re.IGNORECASE)
_OTHER_BRACKETS = str.maketrans("【】［］", "[][]")
_SEVERAL_BLANKS = re.compile(r"[^\S\n]+")
_RANGE = 20
_SLICE = 200
_LONGEST_TAG = 100
_NO_COMMAS = str.maketrans("", "", ",;:—–.")
_FEW = 3  # words that may be said twice on end: "day by day by"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a model in plain text, and the numbers that it cites, known or not."""

    text: str
    marks: tuple[int, ...]


def sentences(pieces: Iterable[str]) -> Generator[Sentence, None, None]:
    """Yield the sentences of a stream as soon as each has ended, with the marks that follow its full stop.

    Headings and lines that only announce others ("Here is what they said:") are left out.
    """
    waiting = ""
    for piece in _shown(pieces):
        ended, waiting = _ended(waiting + piece)
        yield from _read(ended)
    yield from _read(waiting)


def goes_round(text: str) -> bool:
    """Return True if a sentence says the same words over and over, as a small model does that finds no end.

    One to three words three times on end, or more words twice.
    """
    held = text.lower().translate(_NO_COMMAS).split()
    for size in range(1, len(held) // 2 + 1):
        times = 3 if size <= _FEW else 2
        same = 0  # words on end that are the word one round before
        for word, before in zip(held[size:], held, strict=False):
            same = same + 1 if word == before else 0
            if same == size * (times - 1):
                return True
    return False


def _shown(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a stream without what it hides (reasoning, comments, scripts), in slices of a few characters."""
    held, closing = "", ""
    for whole in pieces:
        for start in range(0, len(whole), _SLICE):
            held += whole[start : start + _SLICE]
            while held:
                if closing:
                    end = held.lower().find(closing)
                    # What may be the beginning of the closing tag is kept.
                    held = held[end + len(closing) :] if end >= 0 else held[1 - len(closing) :]
                    if end < 0:
                        break
                    closing = ""
                opening = _HIDES.search(held)
                if opening is None:
                    shown = held.rfind("<", max(0, len(held) - _LONGEST_TAG))
                    shown = len(held) if shown < 0 else shown
                    if shown:
                        yield held[:shown]
                    held = held[shown:]
                    break
                yield held[: opening.start()] + " "
                closing = f"</{opening[1].lower()}>" if opening[1] else "-->"
                held = held[opening.end() :]
    if not closing:
        yield held


def _ended(text: str) -> tuple[str, str]:
    """Return the part of a text whose sentences have ended, and the part that is still growing."""
    if not re.search(r"[.!?…\n]", text) and len(text) <= LONGEST:
        return "", text
    tidy = _MARKS_AFTER.sub(r"\2\1", text)
    spans = sentence_spans(tidy)
    # A mark after the full stop belongs to the sentence before: nothing has ended until words follow.
    while spans and not _opens_sentence(tidy[slice(*spans[-1])]):
        spans.pop()
    if len(spans) > 1:
        return tidy[: spans[-2][1]], tidy[spans[-2][1] :]
    if spans and tidy[spans[-1][1] :].startswith("\n\n"):
        return tidy[: spans[-1][1]], tidy[spans[-1][1] :]
    return (tidy, "") if len(tidy) > LONGEST else ("", tidy)


def _opens_sentence(text: str) -> bool:
    is_unfinished_mark = text.startswith(("[", "【", "［")) and not re.search(r"[\]】］]", text)
    return bool(re.search(r"[^\W\d_]", text)) and not is_unfinished_mark


def _read(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a finished piece of text, plain."""
    cleaned = _MARKS_AFTER.sub(r"\2\1", plain(text))
    for start, end in sentence_spans(cleaned):
        sentence = cleaned[start:end]
        marks = tuple(dict.fromkeys(number for match in _MARK.finditer(sentence) for number in _numbers(match.group())))
        words = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(_MARK.sub(" ", sentence).split()))
        if re.search(r"[^\W\d_]", words) and (marks or not _announces(words)):
            yield Sentence(words, marks)


def plain(text: str) -> str:
    """Return a text without markup, links, images, HTML, addresses and characters that do not show; lines stay."""
    text = html.unescape(text).translate(_OTHER_BRACKETS)
    text = "".join(c if c.isprintable() or c == "\n" else " " if c.isspace() else "" for c in text)
    text = _LINK.sub(_linked, _IMAGE.sub(" ", text))
    text = _TAG.sub(" ", text)
    text = _ADDRESS.sub(" ", text)
    text = _HEADING.sub("", _FENCE.sub("", text))
    return _SEVERAL_BLANKS.sub(" ", _EMPHASIS.sub("", _ITEM.sub("", text)))


def _linked(link: re.Match[str]) -> str:
    """Return what a link shows; a mark that was made a link stays a mark."""
    return f"[{link[1]}]" if _MARK.fullmatch(f"[{link[1]}]") else link[1]


def _numbers(mark: str) -> Iterator[int]:
    """Yield the numbers of a mark: "[1, 3-5]" are 1, 3, 4 and 5."""
    for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", mark):
        start, end = int(first), int(last or first)
        yield from range(start, min(end, start + _RANGE) + 1)


def _announces(words: str) -> bool:
    return words.endswith(":") or is_heading(words)
