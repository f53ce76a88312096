"""Who holds a headline's stance where no verb says so: the name behind a colon, before one, or behind "says"."""

from __future__ import annotations

import re

from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, holder_at, holder_before, is_person


def closing(line: Line) -> Holder | None:
    """Return the holder that closes a headline: ": N", ", says N", "| N", "- N"."""
    for match in re.finditer(r"(?:[:|]|,?z[a]?|;?s?b?(?<=[,]))(?=[^:|z,]{1,12}(?:,N)?;*$)", line.codes[-16:]):
        at = max(0, len(line.codes) - 16) + match.end()
        codes = line.codes[at:].rstrip(";")
        if not codes or match.group() == ",":
            continue
        found = holder_at(line, at, len(line.codes))
        if found and found[1] >= at + len(codes) - 1 and not found[0].nobody:
            return _as_person(line, found[0], codes)
    said = re.search(r"(?<=,)[^,;:|]{1,8}z[;,]*$", line.codes[-12:])
    if said:  # "…, Acme Capital said"
        at = len(line.codes) - len(line.codes[-12:]) + said.start()
        found = holder_at(line, at, len(line.codes))
        if found and line.codes[found[1] + 1 : found[1] + 2] == "z" and not found[0].nobody:
            return found[0]
    return None


def _as_person(line: Line, holder: Holder, codes: str) -> Holder:
    """Return the closing name as an analyst where it is two plain words, as the press signs a person's view."""
    if holder.firm and not holder.analyst and codes == "N":
        name = line.text[slice(*holder.firm)]
        if is_person(name, signed=True):
            return Holder(None, holder.firm, False, holder.start)
    return holder


def opening(line: Line, i: int) -> Holder:
    """Return the holder that opens a pitch: "Acme Capital: Buy Zeta"."""
    found = holder_at(line, 0, i) if i > 1 and line.codes[i - 1] == ":" else None
    return found[0] if found else Holder()


def house_of(line: Line, match: re.Match[str], left: int, right: int, said: int) -> Holder:
    """Return who holds a stance: behind "at", behind the headline, before its colon, or who says it."""
    at = re.compile(r"[^;:]{0,6}?@(?=N)").match(line.codes, match.end(), right)
    found = holder_at(line, at.end(), right) if at else None
    if found and not found[0].nobody:
        return found[0]
    colon = re.match(r"N:(?=N)", line.codes)
    opening = holder_at(line, 0, 1) if colon else None
    return closing(line) or (opening[0] if opening else sayer(line, said, left))


def sayer(line: Line, i: int, left: int) -> Holder:
    """Return who says what item i stands in, where the verb of saying stands before it."""
    said = line.codes.rfind("z", left, i)
    return holder_before(line, said, left) if said > left else Holder()
