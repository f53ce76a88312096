"""Warnings of rating agencies: issuers placed on watch, on review, reviewed for a possible downgrade."""

from __future__ import annotations

import re

from ingest.extract.moves.draft import Draft
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, holder_at, holder_before, subject_before, subjects_at
from ingest.extract.moves.slots import Slots
from rag.types import Stance

_SIGN = re.compile(
    r"(?P<down>downgrad\w*|negative|lower|\bcut|downward|reduc\w*)|(?P<up>upgrad\w*|positive|raise|upward)|developing",
    re.IGNORECASE,
)


def watched(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "places Acme on CreditWatch with negative implications", "Acme under review for downgrade by Moody's"."""
    at = match.start()
    words = line.words(at, min(len(line.items), match.end() + 14) - 1)
    sign = _SIGN.search(words)
    if sign is None:
        return None
    stance: Stance = "bearish" if sign["down"] else "bullish" if sign["up"] else "neutral"
    verb = re.search(r"[mAKuUdD](?=[^mAKuUdDr;]{0,14}$)", line.codes[left:at])
    active = verb is not None and not line.codes[left : left + verb.start()].endswith("B")
    subjects = subjects_at(line, left + verb.end(), at) if verb and active else []
    if verb and subjects:
        holder = holder_before(line, left + verb.start(), left)
    else:
        holder, subjects = _watcher(line, at, left, right, left + verb.start() if verb else at)
    subjects = [s for s in subjects if s.named or s.market]
    if holder.nobody or not (holder.firm or holder.analyst) or not subjects:
        return None
    return Draft("none", stance, Slots(), left + verb.start() if verb else at, at, holder, subjects)


def _watcher(line: Line, at: int, left: int, right: int, verb: int) -> tuple[Holder, list[Subject]]:
    """Return the agency and the subject of "Acme on S/P CreditWatch", "Acme placed on review by Moody's"."""
    owner = re.search(r"N(?='?$)", line.codes[left:at])
    if owner and owner.start() and line.codes[left + owner.start() - 1] in "Ob@":
        k = left + owner.start()
        found = subject_before(line, min(verb, k - 1), left)
        return Holder(firm=line.span(k, k), start=line.items[k].start), [found] if found else []
    by = re.compile(r"[@b]a?(?=N)").search(line.codes, at, right)
    house = holder_at(line, by.end(), right) if by else None
    begin = verb if verb < at else at
    begin -= len(line.codes[left:begin]) - len(line.codes[left:begin].rstrip("BHVO-"))
    found = subject_before(line, begin, left)
    return house[0] if house else Holder(), [found] if found else []


def reviewing(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "is reviewing Acme for a possible downgrade"."""
    del right
    holder = holder_before(line, match.start(), left)
    subjects = subjects_at(line, match.start("what"), match.end("what"))
    reviewing = line.items[match.start()].text.lower().startswith("review")
    if not reviewing or not subjects or not (holder.firm or holder.analyst):
        return None
    stance: Stance = "bullish" if match.group().endswith("U") else "bearish"
    return Draft("none", stance, Slots(), match.start(), match.end() - 1, holder, subjects)
