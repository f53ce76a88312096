"""What an active verb raises, cuts, sets or upgrades: a rating, a target, an estimate, an outlook, or its subject."""

from __future__ import annotations

import re

from ingest.extract.moves.draft import Draft
from ingest.extract.moves.held import speaks
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, is_house, subjects_at
from ingest.extract.moves.slots import Slots, slots_in
from ingest.extract.moves.stance import (
    estimate_draft,
    given_target,
    level_stance,
    rated_draft,
    rating_way,
    target_draft,
)
from ingest.extract.ratings import level_of, outlook_of

_NOUN = re.compile(r"(?P<by>[MP][ft])?(?P<pre>[apxnN'S0&qPkRQYM]{0,9}?)(?P<noun>[TE](?![nN])|[GCoL])")
_LINK = re.compile(r"[TEGCo](?:[iqF]?[0kMP]){0,3}(?:[tf]a?(?:[RQ]|N(?=[tfOq]))){0,2}(?P<link>[OqFibt])")
_COMPANYS_TARGET = re.compile(
    r"\b(?:production|sales|revenues?|growth|profits?|earnings|output|inflation|deliver(?:y|ies)|emissions?|climate|"
    r"synerg\w+|savings|capacity|"
    r"dividends?|margins?|costs?|capex|spending|subscribers?|medium-term|deficit|budget|fund-?raising|membership|"
    r"loan|lending|ebitda|hiring|"
    r"rate|policy|volume|store|takeover|acquisition|merger|funds)\b",
    re.IGNORECASE,
)
BROKERS_TARGET = re.compile(r"\b(?:price|pts?|tps?|fair|stock|share)\b", re.IGNORECASE)
_PRODUCT = re.compile(
    r"\b(?:lines?|units?|refiner(?:y|ies)|plants?|systems?|networks?|facilit(?:y|ies)|fleets?|software|services?|"
    r"platforms?|app|apps|"
    r"servers?|models?|equipment|terminals?|airports?|hotels?|aircraft|jets|engines?|hardware|infrastructure|"
    r"security|membership|"
    r"operations|offering|store|stores|version|users|customers|passengers)$",
    re.IGNORECASE,
)
HIS = re.compile(r"\b(?:his|her)\b", re.IGNORECASE)
_LETTER = re.compile(r"[A-Z](?:-(?:plus|minus)|[+-])?")  # a house's own scale: "lowered its rating to M from O-plus"
_VALUING = re.compile(r"^(?:valu|peg)", re.IGNORECASE)
_CUT_FLAT = re.compile(r"$|O[na]|~|[;,](?!N)")
_SETTING = re.compile(
    r"^(?:mov|shift|chang|switch|revis|adjust|set|giv|gave|assign|slap|call|nam|pick|tag|valu|peg|slot|crown)",
    re.IGNORECASE,
)


def graded(line: Line, i: int, right: int, holder: Holder) -> Draft | None:
    """Read "upgrades its rating on Acme to buy", "downgraded Acme and Zeta to hold"."""
    del holder
    noun = _NOUN.match(line.codes, i + 1, right)
    grades = noun is not None and noun["noun"] == "G"
    slots = slots_in(line, i + 1, right)
    subjects = (
        _linked(line, noun, right, loose=True) or _owner(line, noun)
        if noun and grades
        else subjects_at(line, i + 1, right)
    )
    rated = bool(slots.to_rating or slots.from_rating)
    if subjects and not rated and not _is_issue(subjects[0], line, right):
        return None
    if (
        not subjects
        and not rated
        and (line.items[i].form == "b" or line.codes[i + 1 : i + 2] not in {"a", "h", "S", "~", "O", ";", ",", ""})
    ):
        return None
    return rated_draft("upgrade" if line.codes[i] == "U" else "downgrade", slots, subjects, i)


def _is_issue(subject: Subject, line: Line, right: int) -> bool:
    """Return True if what is upgraded without a rating is an issuer or a market, not a refinery or a fleet."""
    if _PRODUCT.search(line.words_of(subject.span)):
        return False
    if subject.named and not subject.trailing:
        return line.codes[subject.last + 1 : min(right, subject.last + 2)] not in {"n", "x", "g"} or subject.market
    return subject.market and (line.codes[subject.last] == "S" or line.text[subject.span[1] - 1] == "s")


def moved(line: Line, i: int, right: int, holder: Holder) -> Draft | None:
    """Read what is raised, cut, set or changed: a target, an estimate, a rating, an outlook, or the subject itself."""
    if line.codes[i] == "m" and re.search(r"G(?:[OFq]a?[Nn]{1,3})?$", line.codes[max(0, i - 6) : i]):
        return None  # "our rating on Acme moves to hold": nobody moves it but its owner
    noun = _NOUN.match(line.codes, i + 1, right)
    way = {"u": 1, "d": -1}.get(line.codes[i], {"A": 1, "X": -1}.get(line.codes[i], 0) if noun and noun["by"] else 0)
    if noun and noun["noun"] in _OBJECTS:
        return _OBJECTS[noun["noun"]](line, i, noun, right, way, holder)
    return _placed(line, i, right, way, holder)


def _placed(line: Line, i: int, right: int, way: int, holder: Holder) -> Draft | None:
    """Read "lifts Acme to outperform", "moves Acme to neutral from sell", "names Acme its top pick", "cuts to sell"."""
    start = i + 1 + (line.codes[i + 1 : i + 2] == "i")
    subjects = subjects_at(line, start, right)
    following = line.codes[start : start + 1]
    absent = following == "t" and line.items[i].form == "s"
    if not (way or _SETTING.match(line.items[i].text)) or (subjects and not (subjects[0].named or subjects[0].market)):
        return None
    stock = re.compile(r"h|[ap]?(?:n')?[nS]{1,2}").match(line.codes, start, right)
    if not subjects and not absent and not stock:
        return None
    after = subjects[-1].last + 1 if subjects else stock.end() if stock and not absent else start
    after += line.codes[after : after + 1] == "S"
    if (
        way
        and subjects
        and is_house(line.words_of(holder.firm))
        and _CUT_FLAT.match(line.codes, after, right)
        and not subjects[0].trailing
    ):
        return rated_draft(
            "upgrade" if way > 0 else "downgrade", Slots(), subjects, i
        )  # "Cowen cuts Acme on valuation"
    value = re.compile(r"(?:f[ap]?R)?[tsw@]?[ap]?[nN'RQG]{0,3}?(?=[RQTZ])").match(line.codes, after, right)
    if _VALUING.match(line.items[i].text) and line.codes[after : after + 2] in {"@M", "@0"}:
        if i and line.codes[i - 1] not in "NJh,":
            return None  # "the bid values Acme at $40 a share"
        if not (holder.firm or holder.analyst or speaks(line, i - 1)):
            return None
        slots = slots_in(line, i + 1, right, target=True)
        return given_target(slots, subjects, i) if slots.target_to else None
    if not value:
        return None
    slots = slots_in(line, i + 1, right)
    if line.codes[value.end()] == "Z":
        return Draft("none", "bullish", slots, i, value.end(), subjects=subjects)
    if slots.to_rating:
        return rated_draft(rating_way(line, i, way, slots), slots, subjects, i)
    return given_target(slots, subjects, i) if slots.target_to else None


def _linked(line: Line, noun: re.Match[str], right: int, *, loose: bool = False) -> list[Subject]:
    """Return the subjects behind the noun ("target on Acme") or, as a name, before it ("its Acme target").

    Free words that name no market ("linerboard") are taken only where the clause is surely a rating's (`loose`).
    """
    pre, at = noun.start("pre"), noun.start("noun")
    named = re.search(r"N(?:'N)?(?='?[anS0kPM]{0,4}$)", noun["pre"])
    link = _LINK.match(line.codes, at, right)
    if link and (link["link"] != "t" or (re.search("[RQ]", noun["pre"]) and not named)):
        found = subjects_at(line, link.end("link"), right)
        if found and (found[0].named or found[0].market or loose):
            return found
    if named:
        return subjects_at(line, pre + named.start(), at)
    plain = re.search(r"n+$", noun["pre"])
    return [s for s in subjects_at(line, pre + plain.start(), at) if s.market] if plain else []


def _target(line: Line, i: int, noun: re.Match[str], right: int, way: int, holder: Holder) -> Draft | None:
    """Read "lifts its Acme target by $5 to $60", "cuts price target on Acme", "sets a $50 target for Acme"."""
    del holder
    words = line.words(i + 1, noun.start("noun"))
    subjects = _linked(line, noun, right)
    slots = slots_in(line, i + 1, right)
    if _COMPANYS_TARGET.search(words) and not BROKERS_TARGET.search(words):
        return None
    brokers = bool(BROKERS_TARGET.search(words))
    on_stock = bool(re.compile(r"O[ap]S").match(line.codes, noun.end()))
    if not subjects and not (
        (brokers and (way or slots.target_to)) or (slots.target_to and (way or slots.target_from or on_stock))
    ):
        return None
    if way:
        return target_draft(way, slots, subjects, i)
    return given_target(slots, subjects, i) if slots.target_to else None


def _estimate(line: Line, i: int, noun: re.Match[str], right: int, way: int, holder: Holder) -> Draft | None:
    """Read "raised his 1987 earnings estimate for Acme"; a company's forecast of its own business is no view."""
    words = line.words(i + 1, noun.start("noun"))
    subjects = _linked(line, noun, right)
    own = not subjects and not HIS.search(words) and not holder.analyst
    if not way or own or (subjects and line.words_of(subjects[0].span) == line.words_of(holder.firm)):
        return None
    return estimate_draft(way, subjects, i, noun.end() - 1)


def _rating(line: Line, i: int, noun: re.Match[str], right: int, way: int, holder: Holder) -> Draft | None:
    """Read "raised its opinion on Acme to an aggressive buy from a hold", "issued a buy recommendation on Acme"."""
    del holder
    slots = slots_in(line, i + 1, right)
    slots.to_rating = slots.to_rating or _letter(line, noun.end() - 1, right, "t")
    slots.from_rating = slots.from_rating or _letter(line, noun.end() - 1, right, "f")
    subjects = _linked(line, noun, right, loose=bool(slots.to_rating)) or _owner(line, noun)
    if (not subjects and not slots.to_rating) or (not slots.to_rating and not way):
        return None
    if line.items[i].text.lower().startswith("issue"):
        way = level_of(slots.to_rating or "") or 0
    return rated_draft(rating_way(line, i, way, slots), slots, subjects, i)


def _letter(line: Line, i: int, right: int, link: str) -> str | None:
    """Return the letter of a house's own scale behind "to" or "from" after the noun at item i."""
    found = re.compile(rf"G[^;,~!]{{0,10}}?{link}(?=N)").match(line.codes, i, right)
    word = line.words(found.end(), found.end()) if found else ""
    return word if _LETTER.fullmatch(word) else None


def _owner(line: Line, noun: re.Match[str]) -> list[Subject]:
    """Return the name whose rating or outlook it is ("Acme's rating")."""
    at = noun["pre"].find("N")
    return subjects_at(line, noun.start("pre") + at, noun.start("noun")) if at >= 0 else []


def _outlook(line: Line, i: int, noun: re.Match[str], right: int, way: int, holder: Holder) -> Draft | None:
    """Read "revises outlook on Acme to negative from stable": a stance without an action."""
    del holder
    words = line.words(i + 1, min(right, i + 16) - 1)
    new = re.search(r"\b(?:to|at|as)\s['‘\"“]?(\w+)", words, re.IGNORECASE)
    old = re.search(r"\bfrom\s['‘\"“]?(\w+)", words, re.IGNORECASE)
    behind = re.compile(r"t[Rn][FOq]").match(line.codes, noun.end(), right)
    subjects = subjects_at(line, behind.end(), right) if behind else _linked(line, noun, right) or _owner(line, noun)
    level = outlook_of(new[1]) if new else way if way and subjects else None
    if level is None:
        return None
    slots = Slots(old[1] if old and outlook_of(old[1]) is not None else None, new[1] if new else None)
    return Draft("none", level_stance(level), slots, i, noun.end(), subjects=subjects)


_OBJECTS = {"T": _target, "E": _estimate, "G": _rating, "o": _outlook}
