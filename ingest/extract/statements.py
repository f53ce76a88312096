"""What kind of statement a sentence makes: an opinion, a caveat, a view given up, a rating under review."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.extract.moves import Move
from rag.types import Stance

# A sentence that only tells what is, was or was done states no view; one of these does.
_OPINES = re.compile(
    r"\b(?:will|would|should|could|may|might|must|can|won[’']t|likely|unlikely|probabl[ey]|possibl[ey]|expect\w*|see[sn]?|believ\w+|thinks?|"
    r"predict\w*|forecast\w*|project\w*|estimat\w*|anticipat\w*|reckon\w*|outlook|prospects?|going\sto|poised|set\sto|look(?:s|ing)?\b|"
    r"seems?|appears?|view\w*|opinion|recommend\w*|prefer\w*|lik(?:e|es)|favou?r\w*|bullish|bearish|positive|negative|optimis\w+|"
    r"pessimis\w+|cautious|worr\w+|concern\w*|risks?|attractive|cheap|expensive|undervalued|overvalued|worth|potential|need\w*|"
    r"has\sto|have\sto|too\s\w+|feels?|hopes?|doubts?|fears?|warn\w*|remain\w*)\b",
    re.IGNORECASE,
)
# "NEW YORK, March 4 - "
_DATELINE = re.compile(
    r"^[A-Z][A-Za-z.,/ -]{2,50}?,?\s(?:[A-Z][a-z]{2,8}|[A-Z]{3,9})\.?\s\d{1,2}\s?(?:\([A-Z][a-z]+\))?\s?[-–—]+\s"
)
_GIVES_UP = r"\b(?:abandon\w*|drop(?:s|ped)?|scrap\w*|ditch\w*|g[ai]ves?\sup)\b[^.]{0,25}\b"
_GIVEN_UP: dict[Stance, re.Pattern[str]] = {
    "bullish": re.compile(rf"{_GIVES_UP}(?:bullish|positive|optimistic|overweight|buy)\b", re.IGNORECASE),
    "bearish": re.compile(rf"{_GIVES_UP}(?:bearish|negative|pessimistic|underweight|sell)\b", re.IGNORECASE),
}
# What would have to happen is no view that it will.
_CAVEAT = re.compile(
    r"\bwould\b[^.]{0,80}\b(?:if|unless|were|until)\b|^[\"“]?(?:If|Were|Unless|Should)\b.*\b(?:would|could|might)\b|"
    r"\bassuming\b|\bnot\s(?:turning|becoming|getting|calling)\b",
)
# Who waits for proof is for it no more than against it.
_WAITS = re.compile(
    r"\b(?:needs?|wants?|would\slike|waiting|waits?|awaits?|looking)\s(?:for\s|to\ssee\s|to\sbe\s|to\sget\s)?(?:(?:more|some|clear(?:er)?|further|"
    r"better|stronger|the|a)\s){0,2}(?:signs?|signals?|evidence|proof|confirmation|clarity|momentum|catalysts?)\b|"
    r"\bwait(?:s|ing)?[- ]and[- ]see\b|\bon\sthe\ssidelines\b|\btoo\s(?:early|soon)\sto\s(?:say|tell|judge|call)\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"\b(?:may|might|could|possible|for|potential|with)\b.{0,40}?\b(?:(?P<up>upgrade|positive implications|raise)|"
    r"downgrade|negative implications|lower|cut)\b",
    re.IGNORECASE,
)


_DENIES = re.compile(r"(?:\bnot|n[’']t)(?:\s(?:that|so|all|very|too|yet|really))*\s$")
_STAYS = re.compile(
    r"\b(?:stay|stays|stayed|staying|remain|remains|remained|keep|keeps|kept|stick|sticks|stuck)(?:\swith|\sat)?\s$",
    re.IGNORECASE,
)


def opines(sentence: str) -> bool:
    """Return True if the sentence foretells or judges, rather than only tell what is, was or was done."""
    return bool(_OPINES.search(sentence))


def is_caveat(sentence: str) -> bool:
    """Return True if the sentence says what would have to happen, which is no view that it will."""
    return bool(_CAVEAT.search(sentence))


def waits(sentence: str) -> bool:
    """Return True if the sentence waits for proof: "it still needs signs of growth", "too early to say"."""
    return bool(_WAITS.search(sentence))


def side_of_review(sentence: str) -> Stance | None:
    """Return which way a rating may change; None if the sentence speaks of no review."""
    review = _REVIEW.search(sentence)
    return None if review is None else "bullish" if review["up"] else "bearish"


def without_dateline(sentence: str) -> str:
    """Return the sentence with blanks in place of "NEW YORK, March 4 - ", so that offsets stay."""
    return _DATELINE.sub(lambda dateline: " " * len(dateline.group()), sentence)


def as_meant(move: Move, sentence: str) -> Move | None:
    """Return the move as its sentence means it: a view given up, kept, or denied; None if it is denied.

    A bullish view abandoned is a downgrade to none; "stay underweight" keeps a rating.
    """
    rating = move.to_rating and re.search(rf"[\"'“‘]?{re.escape(move.to_rating)}", sentence)
    before = sentence[: rating.start()] if rating else ""
    if move.action == "none" and _DENIES.search(before):
        return None
    if move.action in ("upgrade", "downgrade") and _STAYS.search(before):
        return replace(move, action="reiterate")
    if move.action != "none" or move.stance not in _GIVEN_UP or not _GIVEN_UP[move.stance].search(sentence):
        return move
    return replace(move, action="downgrade" if move.stance == "bullish" else "upgrade", stance="neutral")
