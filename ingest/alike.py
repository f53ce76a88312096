"""Whether two articles tell one story: what the shorter has in common with the longer, and where their facts differ.

Two notes cut from one template share nearly all their words and none of their facts; a trimmed copy holds few words of
the whole, and only facts that stand there. So a text is read twice: as runs of three words, and as windows of five in
which figures and names are blanked out, its moulds. Where a mould of the shorter text stands in the longer with another
figure or name in it, one that the longer text holds nowhere, the two tell different facts.

What is short is compared strictly, and what one publisher prints again a day later may be tomorrow's note on the same
form: the limits below were chosen on pairs made from a newswire (docs/decisions/0007-near-duplicates.md).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from rag.naming import firm_key
from rag.types import Article, LikenessKind
from rag.wording import STOP_WORDS

MOST_WORDS: Final = 20_000  # of an article are read: a bound on time and memory, far above what anybody prints
_WORD: Final = re.compile(r"[^\W_]+(?:[.,'’/-][^\W_]+)*")
_LONGEST_WORD: Final = 60
# A place and a date before the story. They differ between a story and its copy of the next day.
_DATELINE: Final = re.compile(
    r"\s*[^\W\d_][^\n]{1,60}?\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}\b[^\n]{0,20}?"
    r"\s[-–—]{1,2}\s",
    re.IGNORECASE,
)
_MARK: Final = re.compile(
    r"^\W{0,3}(?:UPDATE\b|UPDATED\b|CORRECT(?:ED|ION|S)\b|WRAPUP\b|REFILE\b)|\b(?:UPDATE|CORRECTED|CORRECTION)\b\W{0,3}\d?\W{0,3}$"
    r"|[(\[](?:adds|updates|updated|corrects|corrected|recasts|rewrites|new throughout)\b",
    re.IGNORECASE,
)
_MARK_WITHIN: Final = 200  # characters of the text
_FIGURE, _NAME = "0", "A"  # in a mould; words of the text are in lower case there
_NUMBERS: Final = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred half nil".split()
)
_SHINGLE, _WINDOW = 3, 5
_OPENING: Final = 40  # words
_LEAST_PLAIN: Final = 2  # words of a window that are neither figure nor name

Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What two texts must have in common. Shares are of the shorter text, counts are of different runs or words."""

    share: float = 0.75  # of its runs of three words that stand in the longer
    other_share: float = 0.5  # enough where another publisher prints much of it
    much: int = 40  # runs
    runs: int = 20  # at least, or
    running: int = 10  # at least that hold one of the words of running prose, as tables of figures do not
    one_fact_in: int = 200  # runs: one name may differ for each so many, as one may be spelt in two ways
    short: int = (
        100  # runs: what is shorter is printed again soon or not at all; of half that, one figure may be mended
    )
    hours: float = 18.0  # in which one publisher prints the same again, or with other figures
    other_hours: float = 96.0  # in which another one does
    marked_hours: float = 168.0  # in which a story that is marked as an update comes
    marked_share: float = 0.5  # of the older story that such an update holds, unless it is itself a part of that
    figures: float = 0.5  # of the windows that may hold other figures in an update
    new: int = 10  # runs that make an update of a copy
    opening: float = 1 / 3  # of the shorter text's opening; two notes over one long disclaimer share none of it
    own: float = 0.4  # of a longer, newer story that a copy holds; a digest of many stories is no copy of one of them


LIMITS: Final = Limits()


class Story:
    """An article as it is compared."""

    def __init__(self, article: Article) -> None:
        """Read what of an article is compared."""
        self.id = article.id
        self.house = _house(article)
        self.time = _time(article.published)
        self.is_marked = bool(_MARK.search(article.title or "") or _MARK.search(article.text[:_MARK_WITHIN]))
        dateline = _DATELINE.match(article.text) if article.published else None
        found = _WORD.finditer(article.text, dateline.end() if dateline else 0)
        self._words = [match.group()[:_LONGEST_WORD] for match in islice(found, MOST_WORDS)]
        self._plain = [word.lower() for word in self._words]

    @cached_property
    def runs(self) -> frozenset[Shingle]:
        """The runs of three words; a shorter text is one run."""
        return frozenset(_windows(self._plain, min(_SHINGLE, len(self._plain)))) if self._plain else frozenset()

    @cached_property
    def opening(self) -> frozenset[Shingle]:
        """The runs in the first words, where a story tells what is its own."""
        return frozenset(_windows(self._plain[:_OPENING], _SHINGLE))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words."""
        return frozenset(self._plain)

    @cached_property
    def moulds(self) -> dict[Shingle, Shingle]:
        """The windows around figures or names, each with its mould."""
        blanked = [_blanked(word, plain) for word, plain in zip(self._words, self._plain, strict=True)]
        pairs = zip(_windows(self._plain, _WINDOW), _windows(blanked, _WINDOW), strict=True)
        return {window: mould for window, mould in pairs if _LEAST_PLAIN <= _plain_words(mould) < _WINDOW}


@dataclass(frozen=True, slots=True)
class _Shared:
    """What two stories share, the shorter seen against the longer."""

    runs: int
    share: float
    figures: int  # of the shorter in a mould that the longer fills otherwise
    names: int
    figure_windows: float  # their share of the windows compared


def in_order(one: Story, other: Story) -> tuple[Story, Story]:
    """Return two stories with the older first; what tells no time keeps its place, a marked update comes later."""
    if one.time is not None and other.time is not None and one.time != other.time:
        return (one, other) if one.time < other.time else (other, one)
    return (other, one) if one.is_marked and not other.is_marked else (one, other)


def likeness(older: Story, newer: Story, limits: Limits = LIMITS) -> LikenessKind | None:
    """Return whether the newer story is a copy or an update of the older one, None if it is neither."""
    part, whole = (older, newer) if len(older.runs) <= len(newer.runs) else (newer, older)
    common = part.runs & whole.runs
    if not _is_enough(common, len(part.runs), limits) or not _opens_alike(part, whole, limits):
        return None
    shared = _shared(part, whole, common)
    if shared.names > shared.runs // limits.one_fact_in:
        return None
    if _is_update(older, newer, shared, limits):
        return "update"
    same_house = older.house is not None and older.house == newer.house
    hours = _hours(older, newer)
    is_soon = hours is not None and hours <= (limits.hours if same_house else limits.other_hours)
    slips = shared.runs // limits.short if is_soon else 0
    if shared.figures > slips or (shared.runs < limits.short and hours and not is_soon):
        return None
    if newer is whole and shared.runs < limits.own * len(newer.runs):
        return None
    quoted = shared.share >= limits.other_share and shared.runs >= limits.much and not same_house
    return "copy" if quoted or shared.share >= limits.share else None


def _is_enough(common: Collection[Shingle], of: int, limits: Limits) -> bool:
    """Return True if what is shared is enough to be judged: in a table of figures more than in running prose."""
    if len(common) < min(limits.share, limits.other_share) * of:
        return False
    running = sum(any(word in STOP_WORDS for word in run) for run in common)
    return len(common) >= limits.runs or running >= limits.running


def _opens_alike(part: Story, whole: Story, limits: Limits) -> bool:
    return len(part.opening & whole.runs) >= limits.opening * len(part.opening)


def _shared(part: Story, whole: Story, common: Collection[Shingle]) -> _Shared:
    fillings = set(whole.moulds.values())
    compared = differing = 0
    figures: set[str] = set()
    names: set[str] = set()
    for window, mould in part.moulds.items():
        if mould not in fillings:
            continue
        compared += 1
        if window not in whole.moulds:
            foreign = [(word, blank) for word, blank in zip(window, mould, strict=True) if word not in whole.vocabulary]
            figures |= {word for word, blank in foreign if blank == _FIGURE}
            names |= {word for word, blank in foreign if blank == _NAME}
            differing += any(blank == _FIGURE for _, blank in foreign)
    share = len(common) / max(1, len(part.runs))
    return _Shared(len(common), share, len(figures), len(names), differing / max(1, compared))


def _is_update(older: Story, newer: Story, shared: _Shared, limits: Limits) -> bool:
    """Return True if one publisher tells the story again, later, with the older one in it and something new."""
    hours = _hours(older, newer)
    marked = newer.is_marked and not older.is_marked  # the "market update" of every morning marks none of them
    if marked:
        by_house = None in (older.house, newer.house) or older.house == newer.house
        within, least = limits.marked_hours, limits.marked_share
    else:
        by_house = older.house is not None and older.house == newer.house and bool(hours)
        within, least = limits.hours, limits.share
    if not by_house or (hours or 0) > within or shared.figure_windows > limits.figures:
        return False
    held = shared.runs / max(1, len(older.runs))
    added = len(newer.runs) - shared.runs
    if marked and shared.runs >= limits.share * len(newer.runs):
        return True
    return held >= least and (added >= limits.new or shared.figures > 0)


def _hours(older: Story, newer: Story) -> float | None:
    """Return how much later the newer story is, None if either tells no time."""
    return (newer.time - older.time) / 3600 if older.time is not None and newer.time is not None else None


def _windows(words: list[str], length: int) -> Iterator[Shingle]:
    return zip(*(words[first:] for first in range(length)), strict=False)


def _plain_words(mould: Shingle) -> int:
    return sum(word not in (_FIGURE, _NAME) for word in mould)


def _blanked(word: str, plain: str) -> str:
    """Return a word as it stands in a mould; what begins with a capital is taken for a name, stop words excepted."""
    if plain in _NUMBERS or any(map(str.isdigit, plain)):
        return _FIGURE
    return _NAME if word[0].isupper() and plain not in STOP_WORDS else plain


def _house(article: Article) -> str | None:
    """Return who printed an article: its publisher, else the host it was fetched from."""
    if article.publisher:
        return firm_key(article.publisher)
    try:
        return urlsplit(article.url or "").hostname
    except ValueError:  # a malformed address names no host
        return None


def _time(published: datetime | None) -> float | None:
    """Return seconds since the epoch; a time without a zone is taken as UTC, as all of one source are."""
    if published is None:
        return None
    return (published if published.tzinfo else published.replace(tzinfo=UTC)).timestamp()
