"""A move while it is being read: what a construction found, before neighbouring clauses are joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.extract.moves.names import Holder, Subject
from ingest.extract.moves.slots import Slots
from rag.types import Action, Stance


@dataclass(slots=True)
class Draft:
    """One predicate's move, from item `first` to `last`; `listed` if it joins or leaves a list of favourites."""

    action: Action
    stance: Stance | None
    slots: Slots
    first: int
    last: int
    holder: Holder = field(default_factory=Holder)
    subjects: list[Subject] = field(default_factory=list)
    listed: bool = False
