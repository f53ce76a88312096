"""Advice and favourites: "recommends Acme", "tells clients to sell Acme", "Acme is a top pick at Zeta Capital"."""

from __future__ import annotations

import re

from ingest.extract.moves.closing import closing, sayer
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.held import speaks
from ingest.extract.moves.lexicon import MARKET
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, holder_at, holder_before, is_house, subject_before, subjects_at
from ingest.extract.moves.passive import lead
from ingest.extract.moves.slots import Slots, slots_in, target_behind
from ingest.extract.ratings import stance_of
from rag.types import Stance

_ADVICE = re.compile(r"^(?:buy|purchas|accumul)|^(?P<hold>hold)|^(?P<sell>sell|avoid|short)", re.IGNORECASE)
_HELD = re.compile(rf"(?:{MARKET.pattern})$", re.IGNORECASE)  # "gold miners", not "bank power freeze"
_POLICY = re.compile(
    r"(?:weaker|stronger|lower|higher|tighter|looser|easier|firmer|further|more|less|free)\b", re.IGNORECASE
)
_CLIENTS = re.compile(
    r"\b(?:clients?|investors?|customers?|holders|shareholders|people|accounts|institutions|readers|traders)\b",
    re.IGNORECASE,
)


def recommends(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "recommends Acme and Zeta", "recommended the stock", "recommends selling Acme"."""
    holder = holder_before(line, match.start(), left)
    if holder.nobody:
        return None
    start, advice = match.end(), "recommended"
    stance: Stance = "bullish"
    slots = slots_in(line, match.start(), right)
    if match["how"]:
        item = line.items[match.end("how") - 1]
        advice, stance = _advised(item.text)
        if item.code == "R":
            advice, stance = line.text[item.start : item.end], stance_of(item.text) or stance
    subjects = subjects_at(line, start, right)
    if subjects and (not (subjects[0].named or subjects[0].market) or (subjects[-1].trailing and not match["how"])):
        return None
    if not match["how"] and line.words(match.start() + 1, match.start() + 1).lower() == "that":
        return None
    if (
        not subjects
        and line.codes[start : start + 2] not in {"aS", "S", "pS"}
        and not re.match(r"aS", line.codes[start:])
    ):
        return None
    after = subjects[-1].last + 1 if subjects else start + 2
    liked = line.items[match.start()].text.lower().startswith(("like", "prefer", "favo"))
    if liked and not _is_liking(line, match, holder, subjects):
        return None
    if not match["how"] and re.match(r"[nxRVBH]|F[ap]" if liked else r"[nxRVBHt]|F[ap]", line.codes[after : after + 2]):
        return None
    negated = line.codes[match.start() - 1 : match.start()] == "-"
    slots.to_rating = None if negated or liked else advice
    return Draft("none", "neutral" if negated else stance, slots, match.start(), after - 1, holder, subjects)


def _is_liking(line: Line, match: re.Match[str], holder: Holder, subjects: list[Subject]) -> bool:
    """Return True if what is liked or favoured is something to hold, not a policy, and whoever likes it is somebody."""
    before = line.codes[max(0, match.start() - 2) : match.start()]
    if "V" in before or before.endswith("i") or not subjects:
        return False
    verb = line.items[match.start()].text
    if _POLICY.match(line.words_of(subjects[0].span)) or (verb == "Like" and not match.start() and not closing(line)):
        return False  # "would favour a weaker dollar", "Like other chipmakers, Acme …"
    house = is_house(line.words_of(holder.firm))
    plural = (
        line.items[match.start()].form == "b"
        and not holder.also
        and line.codes[match.start() - 1 : match.start()] == "N"
    )
    if plural and not house:
        return False  # "Shoppers prefer Acme"
    if verb.isupper() and not house:
        return False
    held = subjects[0].named or bool(_HELD.search(line.words_of(subjects[0].span)))
    return held and (
        verb.lower().startswith("like") or bool(holder.firm or holder.analyst) or speaks(line, match.start() - 1)
    )


def _advised(word: str) -> tuple[str, Stance]:
    """Return the rating and the stance of an advice ("buying", "hold", "avoid")."""
    match = _ADVICE.match(word)
    if match and match["hold"]:
        return "hold", "neutral"
    if match and match["sell"]:
        return "sell", "bearish"
    return "buy", "bullish"


def telling(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "is telling clients to hold Acme shares"."""
    between = line.words(match.start() + 1, match.end() - 2)
    if between and not _CLIENTS.search(between):
        return None
    holder = holder_before(line, match.start(), left)
    rating, stance = _advised(line.items[match.end() - 1].text)
    subjects = [s for s in subjects_at(line, match.end(), right) if s.named or s.market]
    return (
        None
        if holder.nobody
        else Draft("none", stance, Slots(None, rating), match.start(), match.end() - 1, holder, subjects)
    )


def against(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "advises against buying Acme"."""
    holder = holder_before(line, match.start(), left)
    subjects = [s for s in subjects_at(line, match.end(), right) if s.named or s.market]
    _, stance = _advised(line.items[match.start("how")].text)
    if holder.nobody or not subjects or stance != "bullish":
        return None
    return Draft("none", "bearish", Slots(), match.start(), subjects[-1].last, holder, subjects)


def can_buy(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "One can buy Acme, says N", "Investors should avoid Acme: N"."""
    holder = closing(line) or sayer(line, match.start(), left)
    subjects = subjects_at(line, match.end(), right)
    if not (holder.firm or holder.analyst) or not subjects or not subjects[0].named:
        return None
    rating, stance = _advised(line.items[match.start("how")].text)
    return Draft(
        "none",
        stance,
        Slots(None, rating, None, target_behind(line, match.end(), right)),
        match.start(),
        match.end(),
        holder,
        subjects,
    )


def recommended(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Acme recommended by Zeta Capital"."""
    subject, found = subject_before(line, match.start(), left), holder_at(line, match.end(), right)
    if subject is None or not subject.named or found is None or found[0].nobody:
        return None
    return Draft("none", "bullish", Slots(None, "recommended"), match.start(), found[1], found[0], [subject])


def recommended_by(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Acme rose after a recommendation from Zeta Brothers"."""
    del left
    rated = line.words(match.start("value"), match.start("value")) if match["value"] else "recommended"
    if not match["value"] and not line.items[match.start("noun")].text.lower().startswith("recommend"):
        return None
    found = holder_at(line, match.end() + (line.codes[match.end()] == "a"), right)
    if found is None or found[0].nobody:
        return None
    subjects = [s for s in lead(line, match.start()) if s.span != found[0].firm]
    if not subjects:
        return None
    return Draft("none", stance_of(rated), Slots(None, rated), match.start(), found[1], found[0], subjects)


def picks(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Top picks: Acme, Zeta", "Acme Capital's top pick is Zeta", "names Zeta its top pick"."""
    subjects = [s for s in subjects_at(line, match.end(), right) if s.named]
    owner = holder_before(
        line, match.start("pick") - (1 if line.codes[match.start("pick") - 1 : match.start("pick")] == "'" else 0), left
    )
    holder = owner if owner.firm or owner.analyst else closing(line) or Holder()
    ours = line.codes[match.start() - 1 : match.start()] == "p"
    if not subjects or owner.nobody or not (ours or holder.firm or holder.analyst):
        return None
    return Draft("none", "bullish", Slots(), match.start(), subjects[-1].last, holder, subjects)


def a_pick(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Acme a top pick, says Zeta Capital", "Acme is top pick at Zeta Capital"."""
    subject = subject_before(line, match.start(), left)
    at = re.compile(r"[@Ff]").match(line.codes, match.end(), right)
    found = holder_at(line, at.end(), right) if at else None
    holder = found[0] if found else closing(line) or sayer(line, match.start(), left)
    if match["owner"]:
        holder = Holder(
            firm=line.span(match.start("owner"), match.start("owner")), start=line.items[match.start("owner")].start
        )
    if subject is None or not subject.named or not (holder.firm or holder.analyst) or holder.firm == subject.span:
        return None
    return Draft("none", "bullish", Slots(), match.start(), match.end() - 1, holder, [subject])
