"""Lists of a morning's moves under one heading: "Upgrades: Acme to Buy at Zeta; Orion to Hold from Sell at Cetus"."""

from __future__ import annotations

import re

from ingest.extract.moves.draft import Draft
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, holder_at
from ingest.extract.moves.slots import slots_in
from ingest.extract.moves.stance import rated_draft
from rag.types import Action

_HEADING = re.compile(r"(?:[^;:|]{0,4}[;:|])?(?P<kind>[UDI])C?[:|](?=N)")
_ENTRY = re.compile(r"(?P<name>N)S?[,:]?[t@w]a?(?P<to>R)(?:f[ap]?R)?(?:[@bf](?P<house>N))?")
_ACTIONS: dict[str, Action] = {"U": "upgrade", "D": "downgrade", "I": "initiate"}


def entries_in(line: Line) -> list[Draft]:
    """Return one move for each entry of a list with a heading; nothing for other sentences."""
    heading = _HEADING.match(line.codes)
    if not heading:
        return []
    action = _ACTIONS[heading["kind"]]
    return [_entry(line, match, action) for match in _ENTRY.finditer(line.codes, heading.end())]


def _entry(line: Line, match: re.Match[str], action: Action) -> Draft:
    """Return the move of one entry."""
    name = match.start("name")
    subject = Subject(line.span(name, name), True, False, name)
    end = re.compile(r"[;|]|,(?=N)|$").search(line.codes, match.end())
    slots = slots_in(line, match.start("to") - 1, end.start() if end else len(line.codes))
    draft = rated_draft(action, slots, [subject], name)
    found = holder_at(line, match.start("house"), len(line.codes)) if match["house"] else None
    draft.holder = found[0] if found else Holder()
    draft.last = match.end() - 1
    return draft
