"""The move of one verb, active, passive or a noun, with its holder.

Active verbs ("Acme Capital cuts Zeta to hold") are read by `moves_changed` and `moves_kept`, passives, headline
participles ("Zeta cut to hold at Acme Capital") and nouns ("an upgrade by Acme Capital") by `moves_passive`.
"""

from __future__ import annotations

import re

from ingest.extract.moves.changed import graded, moved
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.kept import initiated, kept, listed, received
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, holder_before, is_agency
from ingest.extract.moves.passive import is_nominal, is_passive, noun_move, passive_move
from ingest.extract.moves.slots import Slots

_ROOM = 60  # items to either side of a verb that can belong to its move


def change_at(line: Line, i: int, left: int, right: int) -> Draft | None:
    """Return the move that the verb at item i makes between items `left` and `right`, None if it makes none."""
    left, right = max(left, i - _ROOM), min(right, i + _ROOM)
    code = line.codes[i]
    if i > left and line.codes[i - 1] == "-":  # "isn't changing its rating" keeps it; "has not cut" says nothing
        unchanged = code == "m" and re.match(r"chang|alter|revis|adjust", line.items[i].text, re.IGNORECASE)
        return _held(line, i, left, right) if unchanged else None
    possible = _only_possible(line, i, left)
    if code in "UD" and is_nominal(line, i, left):
        return noun_move(line, i, left, right)
    if is_passive(line, i, left):
        draft = passive_move(line, i, left, right)
    elif possible is None or (i > left and line.codes[i - 1] == "t") or code not in _READERS:
        return None
    else:
        draft = _active(line, i, left, right)
    if draft and possible is not False:
        if possible is None or not (code in "UD" or is_agency(line.words_of(draft.holder.firm))):
            return None
        draft.action, draft.slots = "none", Slots()
    return draft


def _held(line: Line, i: int, left: int, right: int) -> Draft | None:
    """Return the rating or target that is not changed."""
    holder = holder_before(line, i, left)
    draft = None if holder.nobody else kept(line, i, right, holder)
    if draft and "E" in line.codes[i : draft.last + 1]:
        return None  # an estimate left alone says nothing
    if draft:
        draft.holder = holder
        draft.last = max(draft.last, draft.slots.last, *(s.last for s in draft.subjects), i)
    return draft


def _active(line: Line, i: int, left: int, right: int) -> Draft | None:
    """Return the move of an active verb with its holder."""
    holder = holder_before(line, i, left)
    if line.items[i].form == "g" and not (holder.firm or holder.analyst or holder.nobody):
        holder = _opener(line, i, left)
    if holder.nobody:
        return None
    draft = _READERS[line.codes[i]](line, i, right, holder)
    if draft:
        draft.holder = draft.holder if line.codes[i] == "y" else holder
        draft.last = max(draft.last, draft.slots.last, i, *(s.last for s in draft.subjects))
    return draft


def _only_possible(line: Line, i: int, left: int) -> bool | None:
    """Return True if the move may come ("may downgrade"), None if it is to come ("will cut"), False if it came."""
    before = line.codes[max(left, i - 3) : i]
    at = before.rfind("V")
    if at < 0 or re.search(r"[^VBHc-]", before[at:]):
        return False
    return True if line.items[i - len(before) + at].text.lower() in {"may", "might", "could"} else None


def _opener(line: Line, i: int, left: int) -> Holder:
    """Return the name that opens the clause: the holder in "Acme Capital joins rivals in cutting …"."""
    if not re.compile(r"N(?=[^N,]{1,6}$)").match(line.codes, left, i):
        return Holder()
    return Holder(firm=line.span(left, left), start=line.items[left].start)


_READERS = {
    "U": graded, "D": graded, "u": moved, "d": moved, "m": moved, "I": initiated, "K": kept, "A": listed, "X": listed,
    "y": received,
}  # fmt: skip
