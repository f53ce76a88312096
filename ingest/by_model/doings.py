"""Whether a quote says that a rating, target or estimate was changed as a model says it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.moves import Move
from ingest.extract.ratings import change
from rag.types import Action
from rag.wording import fold

Pair = tuple[str | None, str | None]

_UP = r"upgrad\w*|rais\w+|lift\w*|boost\w*|increas\w+|hik\w+|mov\w+|up(?:ped|s)?\b|rose|bump\w*|promot\w+"
_DOWN = r"downgrad\w*|cut\w*|lower\w*|reduc\w+|slash\w*|trim\w*|mov\w+|drop\w*|down\b|fell|demot\w+"
_FIGURE = {"target": r"target|price objective|\bpt\b|fair value", "estimate": r"estimat|forecast|projection|outlook"}
_SHOWN: dict[Action, tuple[str, ...]] = {
    "upgrade": (_UP,),
    "downgrade": (_DOWN,),
    "initiate": (r"initiat\w*|start\w*|began|begin\w*|launch\w*|assum\w+|resum\w+|pick\w*\sup|coverage",),
    "reiterate": (
        r"reiterat\w*|maintain\w*|ke(?:ep|pt)\w*|stay\w*|remain\w*|affirm\w*|repeat\w*|st(?:ick|uck)|h[eo]ld\w*|"
        r"retain\w*|still|stand\w*",
    ),
    "raise_target": (_UP, _FIGURE["target"]),
    "cut_target": (_DOWN, _FIGURE["target"]),
    "raise_estimate": (_UP, _FIGURE["estimate"]),
    "cut_estimate": (_DOWN, _FIGURE["estimate"]),
}  # fmt: skip
_PATTERNS = {
    action: tuple(re.compile(rf"(?<!\w)(?:{each})", re.IGNORECASE) for each in shown)
    for action, shown in _SHOWN.items()
}
_DENIED = re.compile(
    r"\b(?:not|never|no|without|rather than|instead of|denied|refus\w+|ruled out|stopped short of|yet to|may|"
    r"might|could|would|if|unless|until|should|consider\w*|ask\w*)\b(?:\s\S+){0,4}\s*$|n[’']t\b(?:\s\S+){0,4}\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BESIDE = 60  # characters


def agrees(action: Action, words: str, moves: Sequence[Move], ratings: Pair, targets: Pair) -> str | None:
    """Return what is wrong with an action and what it changed, None if the quote's words bear them out.

    Args:
        action: what a model says was done.
        words: the quote.
        moves: what the rules read in it.
        ratings: from and to, which stand in the quote.
        targets: the same of price targets.
    """
    if action == "none":
        return None if not (ratings[0] or targets[0]) else "a rating or target that changed is an action"
    read = [move for move in moves if move.action != "none"]
    if read:
        same = [move for move in read if move.action == action]
        if not same:
            return f"its quote is read as {read[0].action}, not {action}"
        return (
            None if any(_fits(move, ratings, targets) for move in same) else "its quote gives other ratings or targets"
        )
    if not all(_is_said(pattern, words) for pattern in _PATTERNS[action]):
        return f"its quote tells of no {action}"
    if action in ("upgrade", "downgrade") and not (ratings[0] or ratings[1]) and "grad" not in words.lower():
        return f"its quote tells of no {action}"
    return _turned(action, words, ratings, targets)


def _is_said(pattern: re.Pattern[str], words: str) -> bool:
    """Return whether what a pattern looks for stands in a quote and is not denied or only possible."""
    return any(
        not _DENIED.search(words[max(0, each.start() - _BESIDE) : each.start()]) for each in pattern.finditer(words)
    )


def _fits(move: Move, ratings: Pair, targets: Pair) -> bool:
    held = [*zip((move.from_rating, move.to_rating), ratings, strict=True)]
    held += zip((move.target_from, move.target_to), targets, strict=True)
    if not all(read is None or given is None or _same(read, given) for read, given in held):
        return False
    # What the rules read as the old one is not the new one.
    crossed = [*zip((move.from_rating, move.to_rating), reversed(ratings), strict=True)]
    crossed += zip((move.target_from, move.target_to), reversed(targets), strict=True)
    return not any(read and given and _same(read, given) for read, given in crossed)


def _same(read: str, given: str) -> bool:
    one, other = (_NUMBER.findall(each.replace(",", "")) for each in (read, given))
    return one == other if one or other else fold(read) == fold(given)


def _turned(action: Action, words: str, ratings: Pair, targets: Pair) -> str | None:
    """Return what is wrong if from and to are told the other way round."""
    up = action in ("upgrade", "raise_target")
    if ratings[0] and ratings[1] and action in ("upgrade", "downgrade"):
        step = change(*ratings)
        if step and (step > 0) != up:
            return f"from {ratings[0]} to {ratings[1]} is no {action}"
    if targets[0] and targets[1] and action in ("raise_target", "cut_target"):
        old, new = _value(targets[0]), _value(targets[1])
        if old is not None and new is not None and (new > old) != up:
            return f"from {targets[0]} to {targets[1]} is no {action}"
    for old_one, new_one in (ratings, targets):
        told = (
            re.search(rf"\bfrom\b.{{0,20}}{re.escape(new_one)}.{{0,20}}\bto\b", words, re.IGNORECASE)
            if new_one
            else None
        )
        if told and not (old_one and fold(old_one) in fold(told.group())):
            return "from and to are swapped"
    return None


def _value(target: str) -> float | None:
    found = _NUMBER.search(target.replace(",", ""))
    return float(found.group()) if found else None
