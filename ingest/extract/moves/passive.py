"""Moves in the passive, as a headline's participle or as a noun.

"Acme was cut to hold by Zeta Capital", "Acme cut to hold at Zeta Capital", "an upgrade by Zeta Capital".
"""

from __future__ import annotations

import re

from ingest.extract.moves.draft import Draft
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, holder_at, holder_before, is_house, subject_before, subjects_at
from ingest.extract.moves.slots import Slots, slots_in
from ingest.extract.moves.stance import DIRECTION, estimate_draft, given_target, rated_draft, rating_way, target_draft
from ingest.extract.ratings import stance_of

_ROOM = 60
_AFTER_PARTICIPLE = frozenset("t f @ b w v O ; , ) ~ s | P M ! & F i".split()) | {""}
_NOUN_BEFORE = re.compile(r"(?P<rating>R)?(?P<noun>[TEGCo])(?:0|k|[OqF][^;,~!|TEGCo]{1,6}?)?$")
_DOUBTED = re.compile(r"\b(?:possible|potential|further|any|no)\W*$", re.IGNORECASE)
_STAYING = re.compile(r"^(?:remain|stay|st[iu]ck|stand|stood|continu)", re.IGNORECASE)
_WAY = {"U": 1, "D": -1, "u": 1, "d": -1}


def is_nominal(line: Line, i: int, left: int) -> bool:
    """Return True if "upgrade" is a noun here ("an upgrade by Acme", "on Acme's downgrade")."""
    item, before = line.items[i], line.codes[i - 1] if i > left else ";"
    after = line.codes[i + 1 : i + 2]
    if i == left and after in {"F", "q"}:
        return True
    if item.form == "g":
        return before in "a'" or after == "q"
    if item.form not in "bs":
        return False
    if before in "apnmyxRO'~bfKw":
        return True
    return before == "N" and (after == "" or after in "@bfl,;qOi~F" or (after == "t" and item.form == "b"))


def is_passive(line: Line, i: int, left: int) -> bool:
    """Return True if the verb is a passive or a headline's participle: something is done to what stands before it."""
    item = line.items[i]
    if item.form not in "dc":
        return False
    before = line.codes[left:i].rstrip("-")
    after, beyond = line.codes[i + 1 : i + 2], line.codes[i + 2 : i + 3]
    if (
        item.text.lower() == "given"
        or before.endswith(("B", "y"))
        or after == "B"
        or (item.code == "m" and after == "Z")
    ):
        return True
    if item.code == "r":
        return after in {"R", "Q"}
    if item.code == "K" and after in {"@", "b"}:
        return not _STAYING.match(item.text)
    if item.code in "KI" and after and after in "RGTCYEo":
        return after == "R" and beyond in {"@", "b"} and before.endswith("N")
    if after in {"M", "P"} and re.compile(r"[ft][ap]?[nNS']{0,4}T").match(line.codes, i + 2):
        return False  # "knocked $6 off its target"
    return after in _AFTER_PARTICIPLE


def house_behind(line: Line, i: int, right: int) -> Holder:
    """Return the holder behind "at", "by" or "from" after item i."""
    for k in range(i + 1, min(right, i + _ROOM)):
        code = line.codes[k]
        if code in ";~!":
            break
        if code not in "@bf" or k + 1 >= len(line.codes):
            continue
        start = k + 1
        while start < len(line.codes) - 1 and line.codes[start] in "apxS":
            start += 1
        if code == "b" and line.codes[start] == "J" and line.codes[start + 1 : start + 2] not in {"@", "q", "N", "w"}:
            return Holder(nobody=True)  # "by two brokers"
        found = holder_at(line, start, len(line.codes))
        if found and (code != "f" or line.codes[i] in "myUDKI"):
            return found[0]
    reason = re.compile(r"[^;!]{0,12}?s(?=N[ezK])").match(line.codes, i + 1)
    if reason:  # "Acme upgraded as Zeta Capital sees a recovery"
        return Holder(firm=line.span(reason.end(), reason.end()), start=line.items[reason.end()].start)
    return Holder()


def passive_move(line: Line, i: int, left: int, right: int) -> Draft | None:
    """Return the move of "Acme stock price target raised to $60 from $55 at Zeta Capital" and its like."""
    noun = _NOUN_BEFORE.search(line.codes[max(left, i - 20) : i].rstrip("BHV-"))
    begin = max(left, i - 20)
    kind = noun["noun"] if noun else ""
    subjects = _moved_before(line, i, begin, noun)
    if not subjects and line.codes[i + 1 : i + 2] == "B":
        subjects = subjects_at(line, i + 2, right)
    slots = slots_in(line, i + 1, right, target=kind == "T")
    if noun and noun["rating"] and line.codes[i] == "K":
        slots.to_rating = line.words(begin + noun.start("rating"), begin + noun.start("rating"))
    house = house_behind(line, i, right)
    if house.nobody:
        return None
    if (
        subjects
        and not (house.firm or house.analyst)
        and is_house(line.words_of(subjects[0].span))
        and line.codes[i - 1] == "N"
    ):
        house, subjects = (
            Holder(firm=subjects[0].span, start=subjects[0].span[0]),
            [],
        )  # "S&P upgraded to A from BBB the notes of …"
    if not subjects and not (house.firm or house.analyst) and line.codes[i - 1] == "h" and slots.last > i:
        house = holder_before(line, i, left)  # "said it raised to AA from A the notes of Acme"
        subjects = _issuer(line, slots.last + 1, right)
    draft = _passive_draft(line, i, kind, slots, subjects, house, right)
    if draft:
        draft.holder, draft.last = house, max(draft.last, slots.last)
    return draft


def _issuer(line: Line, i: int, right: int) -> list[Subject]:
    """Return whose debt stands from item i on: "Acme Corp's notes", "350 mln dlrs of senior debt of Acme Corp"."""
    found = [s for s in subjects_at(line, i, right) if s.named]
    link = re.compile(r"[^;]{1,12}?[qO]a?(?=N)").match(line.codes, i, right)
    return found or ([s for s in subjects_at(line, link.end(), right) if s.named] if link else [])


def _moved_before(line: Line, i: int, left: int, noun: re.Match[str] | None) -> list[Subject]:
    """Return what is moved: the name before the verb, or around the noun before it."""
    if noun is None:
        # "Acme, rated overweight at Zeta Capital, fell", "Acme, upgraded to buy by Zeta Capital, rose"
        apart = line.codes[i - 1 : i] == "," and (line.codes[i] == "r" or line.codes[:i] == "N,")
        found = subject_before(line, i - apart, left)
        listed = re.compile(r"N(?:,N){0,8}(?:,?&|,)(?=N[SBHV]{0,3}$)").match(line.codes, 0, i)
        others = [k for k in range(listed.end()) if line.codes[k] == "N"] if listed and found and found.named else []
        return [Subject(line.span(k, k), True, False, k) for k in others] + ([found] if found else [])
    at = left + noun.start("noun")
    if at + 2 < i and line.codes[at + 1] in "OqF" and (behind := subjects_at(line, at + 2, i)):
        return behind
    at = left + noun.start("rating") if noun["rating"] else at
    if at > left and line.codes[at - 1] == ",":
        return []
    found = subject_before(line, at, left)
    return [found] if found else []


def _passive_draft(
    line: Line, i: int, kind: str, slots: Slots, subjects: list[Subject], house: Holder, right: int
) -> Draft | None:
    """Return the move of a passive by its verb and the kind of noun before it."""
    code, way = line.codes[i], _WAY.get(line.codes[i], 0)
    rated, held = bool(slots.to_rating or slots.from_rating), bool(house.firm or house.analyst)
    if code in "UD" and not rated and re.compile(r"t[^@b]{1,4}G").match(line.codes, i + 1):
        return None  # "upgraded to a five-star safety rating"
    if code in "UD" and (rated or held or (subjects and subjects[0].named and not subjects[0].trailing)):
        return rated_draft("upgrade" if way > 0 else "downgrade", slots, subjects, i)
    if kind == "o" and slots.to_rating:
        return Draft("none", stance_of(slots.to_rating), slots, i, i, subjects=subjects)
    if kind == "T" and way and (slots.target_to or held):
        return target_draft(way, slots, subjects, i)
    if kind == "E" and way and held:
        return estimate_draft(way, subjects, i, i)
    if code == "I" and (kind == "C" or slots.to_rating) and (slots.to_rating or held):
        return rated_draft("initiate", slots, subjects, i)
    if code == "K" and (rated or kind) and held:
        stance = stance_of(slots.to_rating) if slots.to_rating else None
        return Draft("reiterate", stance, slots, i, i, subjects=subjects)
    if code in "AX" and subjects:
        return _listed(line, i, subjects, right)
    plain = held and subjects and subjects[0].named and not kind and line.codes[i + 1 : i + 2] in {"@", "b", "t", "f"}
    if code in "ud" and kind not in {"T", "E"} and (rated or plain or (held and kind == "G")):
        return rated_draft(rating_way(line, i, way, slots), slots, subjects, i)
    if code == "m":
        return _set(line, i, slots, subjects, house, right)
    return _rated(i, slots, subjects, held=held) if code == "r" else None


def _rated(i: int, slots: Slots, subjects: list[Subject], *, held: bool) -> Draft | None:
    """Read "Acme, rated overweight at Zeta Capital"; an agency's letters on a new issue are plain data."""
    graded = slots.to_rating is not None and stance_of(slots.to_rating) is None
    if not slots.to_rating or (graded and not (held and subjects and subjects[0].named)):
        return None
    return Draft("none", stance_of(slots.to_rating), slots, i, i, subjects=subjects)


def _listed(line: Line, i: int, subjects: list[Subject], right: int) -> Draft | None:
    """Read "Acme added to Zeta's conviction list", "Acme removed from conviction list at Zeta"."""
    noun = re.compile(r"[^;|~!L]{0,10}L").match(line.codes, i + 1, right)
    if not noun:
        return None
    name, added = line.items[noun.end() - 1].text, line.codes[i] == "A"
    way = 1 if added == (stance_of(name) != "bearish") else -1
    slots = Slots(None, name) if added else Slots(name, None)
    return Draft(
        "upgrade" if way > 0 else "downgrade", DIRECTION[way], slots, i, noun.end() - 1, subjects=subjects, listed=True
    )


def _set(line: Line, i: int, slots: Slots, subjects: list[Subject], house: Holder, right: int) -> Draft | None:
    """Read "Acme named top pick at Zeta", "Acme moved to neutral at Zeta", "Acme given $50 price target by Zeta"."""
    if re.compile(r"[apNn'sx]{0,6}Z").match(line.codes, i + 1, right):
        return Draft("none", "bullish", slots, i, i, subjects=subjects)
    near = re.compile(r"[^;,~!]{0,4}[RQ]").match(line.codes, i + 1, right)
    if near and slots.to_rating and (house.firm or house.analyst) and subjects:
        return rated_draft(rating_way(line, i, 0, slots), slots, subjects, i)
    return given_target(slots, subjects, i) if slots.target_to and house.firm else None


def noun_move(line: Line, i: int, left: int, right: int) -> Draft | None:
    """Read "an upgrade by Acme Capital", "Acme Capital's downgrade of Zeta", "rises on Acme Capital upgrade"."""
    if _DOUBTED.search(line.text[: line.items[i].start][-14:]):
        return None
    house = house_behind(line, i, right)
    link = re.compile(r"[qF]").match(line.codes, i + 1, right)
    subjects = subjects_at(line, link.end(), right) if link else []
    owner = re.search(r"N(?='?[xnaR]{0,2}$)", line.codes[left:i])
    at = left + owner.start() if owner else i
    if owner and (subjects or not (house.firm or house.analyst)):
        house = house if house.firm else Holder(firm=line.span(at, at), start=line.items[at].start)
    elif owner and not subjects:
        subjects = [s for s in [subject_before(line, i, left)] if s]
    if not (house.firm or house.analyst):
        return None
    subjects = subjects or [s for s in lead(line, i) if s.span != house.firm]
    draft = rated_draft("upgrade" if line.codes[i] == "U" else "downgrade", slots_in(line, i + 1, right), subjects, i)
    draft.holder, draft.last = house, max(draft.last, draft.slots.last)
    return draft


def lead(line: Line, i: int) -> list[Subject]:
    """Return the name that opens the sentence before item i: "Acme jumps on upgrade from Zeta"."""
    match = re.match(r"(?:[NQ](?:,[Nn])?,k0\|)?[aS]?[qiF]?(?=N)", line.codes)
    return subjects_at(line, match.end(), i)[:1] if match else []
