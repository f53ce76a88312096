"""Where a quotation stands in a text, though it may be written with other quotation marks, dashes and blanks."""

from __future__ import annotations

from itertools import pairwise

from rag.sentences import sentence_spans

Span = tuple[int, int]

_ALIKE = str.maketrans("’‘‛′`“”„‟″«»–—‑−‐", "'''''" + '"' * 7 + "-----")
_LEAST = 12  # characters; less stands anywhere
_MOST = 600
_MOST_SENTENCES = 3


class Places:
    """A text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        """Make the text plain, remembering where each of its characters stood."""
        self.text = text
        self.sentences = sentence_spans(text)
        letters: list[str] = []
        self._offsets: list[int] = []
        for offset, letter in enumerate(text):
            for each in _plain(letter):
                if each == " " and letters[-1:] == [" "]:
                    continue
                letters.append(each)
                self._offsets.append(offset)
        self._letters = "".join(letters)

    def find(self, quotation: str) -> Span | None:
        """Return the whole sentences in which a quotation stands, at most three of them; None if it stands nowhere."""
        wanted = " ".join("".join(map(_plain, quotation)).split()).strip("\"' ")
        if not _LEAST <= len(wanted) <= _MOST:
            return None
        at = self._letters.find(wanted)
        if at < 0 or not (self._opens(at) and self._opens(at + len(wanted))):
            return None
        start, end = self._offsets[at], self._offsets[at + len(wanted) - 1] + 1
        spans = self.within(start, end)
        whole = (min(start, spans[0][0]), max(end, spans[-1][1])) if spans else (start, end)
        is_short = len(spans) <= _MOST_SENTENCES and whole[1] - whole[0] <= _MOST
        return whole if is_short else (start, end) if len(spans) <= _MOST_SENTENCES else None

    def within(self, start: int, end: int) -> list[Span]:
        """Return the sentences that a span touches."""
        return [span for span in self.sentences if span[0] < end and start < span[1]]

    def before(self, start: int, count: int) -> str:
        """Return up to so many sentences before an offset."""
        spans = [span for span in self.sentences if span[1] <= start][-count:]
        return self.text[spans[0][0] : spans[-1][1]] if spans else ""

    def _opens(self, at: int) -> bool:
        """Return whether no word goes on across a place: "sell" does not stand in "seller"."""
        around = self._letters[max(0, at - 1) : at + 1]
        return not any(left.isalnum() and right.isalnum() for left, right in pairwise(around))


def _plain(letter: str) -> str:
    if letter == "…":
        return "..."
    return " " if letter.isspace() else letter.translate(_ALIKE)
