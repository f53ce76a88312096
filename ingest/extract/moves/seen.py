"""Targets seen and pitches: "sees Acme hitting $40", "Acme may touch Rs 500: N", "Buy Acme, target Rs 500: N"."""

from __future__ import annotations

import re

from ingest.extract.moves.changed import BROKERS_TARGET
from ingest.extract.moves.closing import closing, opening, sayer
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.held import speaks
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, holder_before, is_house, subject_before, subjects_at
from ingest.extract.moves.passive import lead
from ingest.extract.moves.slots import Slots, slots_in, target_behind
from ingest.extract.moves.stance import estimate_draft, tone
from ingest.extract.ratings import stance_of
from rag.types import Stance

_HIGHER = re.compile(r"\b(?:up|higher|raised|above)\b", re.IGNORECASE)
_LOWER = re.compile(r"\b(?:down|lower|lowered|cut|below)\b", re.IGNORECASE)
_SUM = re.compile(r"\d\s?(?:bn|mn|billion|million|trillion|crore|mln|bln)\b", re.IGNORECASE)
_DATED = re.compile(r"month|year", re.IGNORECASE)
_OWNING = re.compile(r"(?P<has>H)[apn]{0,2}$|(?P<owner>N)'(?:k?(?P<thing>N))?[n0]{0,2}$|(?P<our>p)[n0]{0,2}$")
_PAIR = re.compile(r"\d\s(?:to|per|a)\s(?:the\s)?(?:[\w.]+\s)?(?:dollar|greenback|euro|pound|yen)\b", re.IGNORECASE)
_MONEYS = re.compile(
    r"\b(?:[a-z]{3}/[a-z]{3}|dollar|greenback|euro|pound|sterling|yen|rupee|yuan|renminbi|peso|real|rand|won|ringgit|baht|lira|franc|krona|krone|zloty|forint|rouble|ruble|rupiah|loonie|aussie|kiwi)s?\b",
    re.IGNORECASE,
)
_DOWN = re.compile(r"^(?:fall|slip|slid|slump|tumbl|sink|plung|declin|drop|weaken|dip|dive|skid|halve)", re.IGNORECASE)


def pitch(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Buy Acme, target Rs 500: N", "Hold Acme: N"; only a closing name or a target makes it a view."""
    del left
    subjects = subjects_at(line, match.end(), right)
    if not subjects or not (subjects[0].named or subjects[0].market):
        return None
    slots = slots_in(line, match.start("value"), right)
    holder = closing(line)
    if not holder and not slots.target_to:
        return None
    stance = stance_of(slots.to_rating or "")
    return Draft(
        "none",
        stance,
        slots,
        match.start("value"),
        subjects[-1].last,
        holder or opening(line, match.start()),
        subjects,
    )


def pitch_by_colon(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Acme: Buy | CMP 120 | Target 150"."""
    del left
    subjects = subjects_at(line, match.start("name"), match.end("name"))
    slots = slots_in(line, match.start("value"), match.start("value") + 1)
    rest = target_behind(line, match.end(), right)
    slots.target_to = rest
    holder = closing(line) or Holder()
    if not rest and not holder.firm and not holder.analyst:
        return None
    return Draft("none", stance_of(slots.to_rating or ""), slots, match.start(), match.end() - 1, holder, subjects)


def toned_pitch(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Bullish on Acme: N"."""
    del left
    holder = closing(line)
    subjects = [s for s in subjects_at(line, match.end(), right) if s.named or s.market]
    if not holder or not subjects:
        return None
    item = line.items[match.start("value")]
    if item.code == "Y":
        return Draft("none", tone(item.text), _target_only(line, right), match.start(), match.end(), holder, subjects)
    slots = slots_in(line, match.start("value"), right)
    return Draft("none", stance_of(item.text), slots, match.start(), match.end(), holder, subjects)


def _target_only(line: Line, right: int) -> Slots:
    """Return slots with nothing but a target."""
    return Slots(target_to=target_behind(line, 0, right))


def target_of(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Looking at a target price of Rs 900 for Acme: N", "Acme target Rs 500: N", "has a $40 target on Acme"."""
    subjects = subjects_at(line, match.start("behind"), right) if match["behind"] is not None else []
    subjects = [s for s in subjects if s.named or s.market]
    if match["amount"] and line.codes[match.start("amount")] == "0" and _unit(line, match.start("amount") + 1):
        return None  # "a target of 400 stores"
    having = re.search(r"H[apn]{0,2}$", line.codes[left : match.start()])
    held = _held_target(line, match, left, subjects)
    if held:
        return held
    if not subjects:
        found = subject_before(line, match.start("noun"), left)
        subjects = [found] if found else lead(line, match.start("noun"))
    subjects = [s for s in subjects if s.named or s.market]
    holder = holder_before(line, left + having.start(), left) if having else closing(line)
    if not subjects or not holder or not (holder.firm or holder.analyst):
        return None
    target = line.text[slice(*line.span(match.start("amount"), match.start("amount")))]
    if _SUM.search(target) or any(s.span == holder.firm for s in subjects):
        return None
    return Draft("none", "bullish", Slots(target_to=target), match.start(), match.end() - 1, holder, subjects)


def _held_target(line: Line, match: re.Match[str], left: int, subjects: list[Subject]) -> Draft | None:
    """Read "has a $40 target", "our fair value of $37", "Acme Capital's target on Zeta is $50": whose a target is."""
    before = _OWNING.search(line.codes[left : match.start()])
    if not before:
        return None
    at = left + before.start()
    words = line.words(at, match.start() - 1).lower()
    dated = bool(_DATED.search(line.words(match.start("noun"), match.start("noun"))))
    thing = bool(before["thing"])
    if before["owner"] and not subjects and not dated and not thing and not is_house(line.words_of(line.span(at, at))):
        return None  # "Acme's target of $40" is the target on Acme
    if before["our"] and not words.startswith(("our", "my")):
        return None
    holder = Holder()
    if before["owner"]:
        holder = Holder(firm=line.span(at, at), start=line.items[at].start)
    elif before["has"]:
        holder = holder_before(line, at, left)
    amount = line.words(match.start("amount"), match.start("amount"))
    if holder.nobody or (before["has"] and not (holder.firm or holder.analyst or speaks(line, at - 1))):
        return None
    if _SUM.search(amount):
        return None
    brokers = dated or BROKERS_TARGET.search(line.words(match.start("noun"), match.start("noun")))
    if not brokers and not subjects and not thing and not amount.strip("0123456789,."):
        return None  # "has a target of 400" may be of anything
    if before["thing"]:
        k = left + before.start("thing")
        subjects = [Subject(line.span(k, k), True, False, k)]
    slots = Slots(target_to=amount)
    if earlier := re.compile(r",?[ud]?f[ap]?(?P<amount>[M0])").match(line.codes, match.end()):
        slots.target_from = line.words(earlier.start("amount"), earlier.start("amount"))
    return Draft("none", "bullish", slots, match.start(), match.end() - 1, holder, subjects)


def sees(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "sees Zeta hitting $40", "predicts gold may reach $4,000", "expects 20% upside in Zeta"."""
    holder = holder_before(line, match.start(), left)
    if not (holder.firm or holder.analyst):
        holder = closing(line) or holder
    if holder.nobody or not (holder.firm or holder.analyst or match.start() > left):
        return None
    subjects = [s for s in subjects_at(line, match.start("what"), right) if _priced(line, s)]
    if not subjects:
        return None
    groups = match.groupdict()
    amount = groups.get("amount")
    target = None
    if amount:
        at = match.start("amount")
        target = line.text[slice(*line.span(at, at))]
        if line.items[at].code == "0" and (len(target) < 3 or _unit(line, at + 1)):
            return None
    if _SUM.search(target or ""):
        return None
    stance = _seen_stance(line, match, subjects, target)
    return Draft("none", stance, Slots(target_to=target), match.start(), match.end() - 1, holder, subjects)


def _seen_stance(line: Line, match: re.Match[str], subjects: list[Subject], target: str | None) -> Stance | None:
    """Return which way a price is seen to go; None for a rate, a range or an average, which do not tell."""
    verb = line.items[match.start("verb")].text if match.groupdict().get("verb") else ""
    if _DOWN.match(verb) or "downside" in line.text[line.items[match.start()].start :]:
        return "bearish"
    level = not verb or verb.lower().startswith(("averag", "trad", "end", "clos"))
    rate = bool(_PAIR.search(target or "")) or bool(_MONEYS.search(line.words_of(subjects[0].span)))
    return None if level and (rate or "and" in (target or "") or verb.lower().startswith("averag")) else "bullish"


def sees_between(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "sees the dollar between 148 and 150 yen"."""
    amount = line.items[match.start("amount")].text
    return sees(line, match, left, right) if amount.lower().startswith("between") else None


def has_at(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "has the yen at 155 by December": a market's level that a house has in its forecasts."""
    subjects = subjects_at(line, match.start("what"), right)
    return sees(line, match, left, right) if subjects and subjects[0].market else None


def sees_revised(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "sees 1988 earnings of 3.10 dlrs a share, up from an earlier forecast of three dlrs"."""
    del right
    holder = holder_before(line, match.start(), left)
    between = line.text[line.items[match.start("amount")].end : line.items[match.end() - 1].start]
    way = -1 if _LOWER.search(between) else 1 if _HIGHER.search(between) else 0
    if not way or holder.nobody:
        return None
    subjects = subjects_at(line, match.start("what"), match.end("what")) if match["what"] else []
    subjects = [s for s in subjects if s.named or s.market]
    draft = estimate_draft(way, subjects, match.start(), match.end() - 1)
    draft.holder = holder
    return draft


def sees_doubling(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "sees Acme stock doubling"."""
    if not re.match(r"doubl|tripl", line.items[match.start("verb")].text, re.IGNORECASE):
        return None
    return sees(line, match, left, right)


def _priced(line: Line, subject: Subject) -> bool:
    """Return True if the subject has a price: a name or a market, not a company's sales or a country's output."""
    after = line.text[subject.span[1] : line.items[subject.last].end]
    if line.codes[subject.last + 1 : subject.last + 2] == "'":  # "Acme's earnings", but "Acme's shares"
        after = line.words(subject.last + 2, min(subject.last + 4, len(line.items) - 1))
        return bool(re.search(r"price|stock|share|index|futures|market", after, re.IGNORECASE))
    if subject.trailing and not re.search(r"price|stock|share|index|futures|market", after, re.IGNORECASE):
        return False
    return subject.named or subject.market


def _unit(line: Line, i: int) -> bool:
    """Return True if item i is a unit that makes the number before it no price ("109 mln tonnes")."""
    return line.codes[i : i + 1] in {"n", "N"} and not re.match(
        r"level|mark|point|zone|per$|against", line.items[i].text, re.IGNORECASE
    )


def may_hit(line: Line, match: re.Match[str], left: int, right: int) -> Draft | None:
    """Read "Acme may hit Rs 500: N", "Gold could climb to $3,000, says N"."""
    del right
    subject = subject_before(line, match.start("may"), left)
    holder = closing(line) or sayer(line, match.start("may"), left)
    if subject is None or not _priced(line, subject) or not (holder.firm or holder.analyst):
        return None
    at = match.start("amount")
    if holder.firm == subject.span or _unit(line, at + 1):
        return None
    if not match["verb"] and line.codes[match.start("may")] != "e":
        return None
    target = line.text[slice(*line.span(at, at))] if line.items[at].code != "P" else None
    stance = _seen_stance(line, match, [subject], target)
    return Draft("none", stance, Slots(target_to=target), match.start(), match.end() - 1, holder, [subject])
