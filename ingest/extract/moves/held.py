"""Ratings and tones that a holder has on something: "is neutral on Acme", "rates Acme a buy", "turns bearish on it"."""

from __future__ import annotations

import re

from ingest.extract.moves.closing import house_of
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, holder_at, holder_before, subject_before, subjects_at
from ingest.extract.moves.slots import Slots, slots_in, target_behind
from ingest.extract.moves.stance import rated_draft, rating_way, tone
from ingest.extract.ratings import change, level_of, stance_of
from rag.types import Action, Stance

_IMPACT = re.compile(r"(?:positive|negative)$", re.IGNORECASE)
_FALLS = re.compile(r"(?:fall|fell|slip|drop|sink|sank)", re.IGNORECASE)
_PERSONS = re.compile(r"(?:I|we|he|she|who)\b", re.IGNORECASE)


def rating_on(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Acme Capital 'Underweight' on Zeta", "is bullish on Zeta", "has a buy rating on Zeta"."""
    at = match.start("value")
    subjects = [s for s in subjects_at(line, match.end(), right) if s.named or s.market]
    if not subjects and not re.match(r"a?S", line.codes[match.end() :]):
        return None
    if line.items[at].text == "hold" and "G" not in match.group() and not (subjects and subjects[0].named):
        return None  # "its hold on the market"
    holder = holder_before(line, match.start("head"), left) if match["head"] else holder_before(line, at, left)
    if holder.nobody:
        return None
    slots = slots_in(line, at, right)
    stance: Stance | None
    if "-" in line.codes[max(left, at - 4) : at]:
        return None  # "is not a positive for Acme" says neither the opposite nor anything sure
    if line.codes[at] == "Y":
        stance = tone(line.items[at].text)
        slots.to_rating = None
    else:
        stance = stance_of(slots.to_rating or "")
        if _IMPACT.match(slots.to_rating or "") and match.group().endswith("F"):
            slots.to_rating = None  # "positive for Acme" is no rating
    last = subjects[-1].last if subjects else match.end()
    return Draft("none", stance, slots, at, max(last, slots.last), holder, subjects)


def at_rating(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Roe is at outperform", "Acme, on which she is at outperform", "on which Zeta Capital has a buy rating"."""
    relative = match["which"] is not None
    verb = match.start("verb")
    at = match.start("value")
    holder = holder_before(line, verb, match.start("who") if relative else left)
    if holder.nobody or not (holder.firm or holder.analyst or speaks(line, verb - 1)):
        return None
    subjects = _antecedent(line, match.start("which"), left) if relative else []
    slots = slots_in(line, at, right)
    tone_only = line.codes[at] == "Y"
    slots.to_rating = None if tone_only else slots.to_rating
    stance = tone(line.items[at].text) if tone_only else stance_of(slots.to_rating or "")
    return Draft("none", stance, slots, match.start(), max(at, slots.last), holder, subjects)


def _antecedent(line: Line, i: int, left: int) -> list[Subject]:
    """Return what "on which" at item i speaks of."""
    end = i - (line.codes[i - 1] == ",")
    if line.codes[end - 1 : end] == "N":
        return [Subject(line.span(end - 1, end - 1), True, False, end - 1)]
    found = subject_before(line, end, left)
    return [found] if found and found.market else []


def tied(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Buy-rated Acme", "Zeta Capital's Buy-rated Acme"."""
    del left
    subjects = [s for s in subjects_at(line, match.end(), right) if s.named or s.market]
    if not subjects:
        return None
    at = match.start("value")
    rating = line.words(at, at)
    holder = Holder()
    if match["owner"]:
        k = match.start("owner")
        holder = Holder(firm=line.span(k, k), start=line.items[k].start)
    return Draft("none", stance_of(rating), Slots(to_rating=rating), match.start(), subjects[-1].last, holder, subjects)


def goes_to(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "has gone to underperform from hold on Acme", "goes to buy on Acme"."""
    holder = holder_before(line, match.start(), left)
    slots = slots_in(line, match.start(), right)
    if holder.nobody or not slots.to_rating or not (holder.firm or holder.analyst or speaks(line, match.start() - 1)):
        return None
    if line.items[match.start()].form == "g" and not slots.from_rating:
        return None  # "are going to sell"
    subjects = [s for s in subjects_at(line, match.end(), right) if s.named or s.market] if match["on"] else []
    way = change(slots.from_rating, slots.to_rating) or level_of(slots.to_rating) or 0
    draft = rated_draft("upgrade" if way > 0 else "downgrade" if way < 0 else "none", slots, subjects, match.start())
    draft.holder = holder
    draft.last = max(slots.last, *(s.last for s in subjects), match.end() - 1)
    return draft


def rating_goes(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "our rating goes to Hold from Buy", "Zeta Capital's rating on Acme moves to neutral"."""
    slots = slots_in(line, match.start("noun"), right)
    if not slots.to_rating:
        return None
    owner = re.search(r"N(?='[nR]{0,2}$)", line.codes[left : match.start("noun")])
    holder = Holder()
    if owner:
        k = left + owner.start()
        holder = Holder(firm=line.span(k, k), start=line.items[k].start)
    subjects = subjects_at(line, match.start("what"), match.end("what")) if match["what"] else []
    verb = match.start("verb")
    way = {"u": 1, "d": -1}.get(line.codes[verb], -1 if _FALLS.match(line.items[verb].text) else 0)
    draft = rated_draft(rating_way(line, verb, way, slots), slots, subjects, match.start("noun"))
    draft.holder = holder
    draft.last = max(slots.last, draft.last)
    return draft


def speaks(line: Line, i: int) -> bool:
    """Return True if item i is a person's pronoun."""
    return i >= 0 and bool(_PERSONS.match(line.items[i].text))


def weighted(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Acme Capital overweight Zeta"."""
    weighted = line.items[match.start("value")].text.endswith(("weight", "neutral"))
    return rating_on(line, match, left, right) if weighted else None


def turned(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "turns bullish on Acme", "moves to the sidelines on Acme"."""
    subjects = [s for s in subjects_at(line, match.end(), right) if s.named or s.market]
    holder = holder_before(line, match.start(), left)
    aside = "sideline" in line.items[match.start()].text.lower()
    if holder.nobody or not (
        subjects or (aside and (holder.firm or holder.analyst or speaks_before(line, match.start())))
    ):
        return None
    slots = slots_in(line, match.end(), right)
    group = "value" if match["value"] else "flat"
    if match["flat"] and not line.items[match.start("flat")].text.endswith(("weight", "neutral")):
        return None
    if match[group]:
        item = line.items[match.start(group)]
        rating = item.text if item.code == "R" else None
        stance = stance_of(rating) if rating else tone(item.text)
        slots.to_rating = line.text[item.start : item.end] if rating else slots.to_rating
    else:
        verb = line.items[match.start()].text.lower()
        stance = "bullish" if verb.startswith("warm") else "bearish" if verb.startswith(("cool", "sour")) else "neutral"
        if (stance == "neutral" and "sideline" not in verb) or (match.group().endswith("t") and stance != "bullish"):
            return None
    # "moves to the sidelines" comes down to neutral
    action: Action = "upgrade" if stance == "bullish" else "downgrade" if stance == "bearish" or aside else "none"
    last = subjects[-1].last if subjects else match.start()
    return Draft(action, stance, slots, match.start(), last, holder, subjects)


def speaks_before(line: Line, i: int) -> bool:
    """Return True if item i is the verb of a person's pronoun."""
    return speaks(line, i - 1 - (i > 0 and line.codes[i - 1] in "BH"))


def rates(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "rates Acme a buy", "calls the stock a buy", "whom he rates as neutral"."""
    subjects = [] if match["what"] == "h" else subjects_at(line, match.start("what"), match.end("what"))
    holder = holder_before(line, match.start(), left)
    if holder.nobody or (match.start() == left and not match["what"]):
        return None
    slots = slots_in(line, match.end() - 1, right)
    return Draft("none", stance_of(slots.to_rating or ""), slots, match.start(), match.end() - 1, holder, subjects)


def is_a(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "says Acme shares are a buy"."""
    subject = subject_before(line, match.start("be"), left)
    slots = slots_in(line, match.start("value"), match.start("value") + 1)
    slots.target_to = target_behind(line, match.end(), right)
    if subject is None and not re.search(r"S$", line.codes[left : match.start("be")]):
        return None
    holder = house_of(line, match, left, right, match.start("be"))
    if not match["be"]:  # "Acme a buy on weakness", not "find the purchase"
        article = line.items[match.start("be") + line.codes[match.start("be") :].startswith("-")].text.lower()
        if article not in {"a", "an"} or not (holder.firm or holder.analyst):
            return None
    if subject and holder.firm == subject.span:
        holder = Holder()
    subjects = [subject] if subject else []
    return Draft("none", stance_of(slots.to_rating or ""), slots, match.start("be"), match.end() - 1, holder, subjects)


def new_fan(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Acme gets a new bull at Zeta Capital"."""
    word = line.items[match.start("fan")].text.lower()
    subject, found = subject_before(line, match.start(), left), holder_at(line, match.end(), right)
    if word not in {"bull", "bear", "fan", "believer", "skeptic"} or subject is None or found is None:
        return None
    stance: Stance = "bearish" if word in {"bear", "skeptic"} else "bullish"
    return Draft("none", stance, Slots(), match.start(), found[1], found[0], [subject])
