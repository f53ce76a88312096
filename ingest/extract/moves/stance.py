"""The stance of a move: that of the rating after it, else of its direction; and the drafts that follow from it."""

from __future__ import annotations

import re

from ingest.extract.moves.draft import Draft
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Subject
from ingest.extract.moves.slots import Slots, target_change
from ingest.extract.ratings import change, level_of, outlook_of, stance_of
from rag.types import Action, Stance

DIRECTION: dict[int, Stance] = {1: "bullish", 0: "neutral", -1: "bearish"}
_BY_ACTION: dict[str, Stance] = {"upgrade": "bullish", "downgrade": "bearish"}
_OUTLOOK = re.compile(r"(?P<before>[nRN])?o(?:[Bs:]?(?P<after>[nRN]))?")
_BULLISH = re.compile(r"bull|upbeat|\boptim|construct|posit", re.IGNORECASE)
_MOVING = re.compile(r"^(?:mov|shift|switch|chang)", re.IGNORECASE)


def level_stance(level: int) -> Stance:
    """Return the stance of a level's sign."""
    return DIRECTION[(level > 0) - (level < 0)]


def tone(word: str) -> Stance:
    """Return the stance of bullish, cautious and the like."""
    return "bullish" if _BULLISH.search(word) else "bearish"


def rated_draft(action: Action, slots: Slots, subjects: list[Subject], i: int) -> Draft:
    """Return a move of a rating; its stance is the new rating's, else the direction's.

    A buy that was a strong buy is bearish: there the move tells more than the word.
    """
    stance = stance_of(slots.to_rating) if slots.to_rating else None
    if stance is None or (action == "downgrade" and stance == "bullish"):
        stance = _BY_ACTION.get(action, stance)
    return Draft(action, stance, slots, i, i, subjects=subjects)


def rating_way(line: Line, i: int, way: int, slots: Slots) -> Action:
    """Return whether a rating went up or down: by the two ratings, else by the verb, else by the new rating."""
    way = change(slots.from_rating, slots.to_rating) or way
    if not way and _MOVING.match(line.items[i].text) and slots.to_rating:
        way = level_of(slots.to_rating) or 0
    return "upgrade" if way > 0 else "downgrade" if way < 0 else "none"


def target_draft(way: int, slots: Slots, subjects: list[Subject], i: int) -> Draft:
    """Return the move of a target; a rating said with it sets the stance."""
    stance = (stance_of(slots.to_rating) if slots.to_rating else None) or DIRECTION[way]
    return Draft("raise_target" if way > 0 else "cut_target", stance, slots, i, i, subjects=subjects)


def retargeted(draft: Draft) -> None:
    """Make a kept or bare rating that is told with a target and the one before ("Rs 840, earlier Rs 760") its move."""
    way = target_change(draft.slots)
    if draft.action in {"none", "reiterate"} and way:
        draft.action = "raise_target" if way > 0 else "cut_target"
        if not draft.slots.to_rating:
            draft.stance = DIRECTION[way]


def given_target(slots: Slots, subjects: list[Subject], i: int) -> Draft:
    """Return a target given without saying what it was before."""
    stance = (stance_of(slots.to_rating) if slots.to_rating else None) or "bullish"
    return Draft("none", stance, slots, i, i, subjects=subjects)


def estimate_draft(way: int, subjects: list[Subject], i: int, last: int) -> Draft:
    """Return the move of an estimate; its amounts are no targets."""
    return Draft("raise_estimate" if way > 0 else "cut_estimate", DIRECTION[way], Slots(), i, last, subjects=subjects)


def outlook_stance(line: Line, i: int, right: int) -> Stance | None:
    """Return what an outlook said with a rating adds: "affirms at AA-, outlook negative", "with a stable outlook"."""
    for match in _OUTLOOK.finditer(line.codes, i, right):
        for name in ("before", "after"):
            level = outlook_of(line.items[match.start(name)].text) if match[name] else None
            if level is not None:
                return level_stance(level)
    return None
