"""Coverage begun, ratings kept, lists joined and left, ratings received."""

from __future__ import annotations

import re

from ingest.extract.moves.changed import BROKERS_TARGET, HIS, moved
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, subjects_at
from ingest.extract.moves.passive import house_behind
from ingest.extract.moves.slots import Slots, slots_in
from ingest.extract.moves.stance import DIRECTION, outlook_stance, rated_draft, tone
from ingest.extract.ratings import stance_of
from rag.types import Action

_KEPT = re.compile(r"(?P<pre>[apxnN'S0&qPkRYQM@s]{0,9}?)(?P<noun>[TE](?![nN])|Y(?=[GO,;]|$)|[GoRQ])")


def initiated(line: Line, i: int, right: int, holder: Holder) -> Draft | None:
    """Read "initiates coverage of Acme with a buy rating", "starts Acme at hold"."""
    del holder
    cover = re.compile(r"[anx]{0,3}(?P<name>N?)C[OqF]?|[ap]?(?P<rated>R)G?[OqF]").match(line.codes, i + 1, right)
    start = cover.end() if cover and not cover["name"] else cover.start("name") if cover else i + 1
    subjects = [s for s in subjects_at(line, start, right) if s.named or s.market]
    slots = slots_in(line, i + 1, right)
    stock = re.compile(r"(?:h|[ap]n?S)[@sw]").match(line.codes, i + 1, right)  # "resumed the stock at reduce"
    behind = subjects[0].last + 1 if subjects else i + 1
    placed = slots.to_rating and (stock or (subjects and re.search(r"[@sw][^;~!]{0,4}?R", line.codes[behind:right])))
    if not placed and not (cover and (subjects or slots.to_rating)):
        return None
    return rated_draft("initiate", slots, subjects, i)


def kept(line: Line, i: int, right: int, holder: Holder) -> Draft | None:
    """Read "reiterates buy on Acme", "affirms Acme at AA-", "kept its buy ratings on Acme and Zeta"."""
    del holder
    noun = _KEPT.match(line.codes, i + 1, right)
    if not noun:
        return None
    kind, words = noun["noun"], line.words(i + 1, noun.start("noun"))
    slots = slots_in(line, i + 1, right)
    subjects = _kept_subjects(line, i, noun, right)
    known = {
        "T": bool(subjects or BROKERS_TARGET.search(line.words(noun.start("noun"), noun.start("noun")))),
        "E": bool(HIS.search(words) or subjects),
        "G": bool(
            subjects or slots.to_rating or re.search(r"\b(?:his|her|its|our|my|that|this|recommendations?)\b", words)
        ),
        "o": bool(subjects or slots.to_rating),
        "R": bool(not subjects or subjects[0].named or subjects[0].market),
        "Y": bool(subjects),
        "Q": True,
    }
    if not known[kind] or (kind in "GR" and not subjects and not slots.to_rating and not words):
        return None
    if kind == "R" and not subjects and re.compile(r"[OF](?!a?S|h)").match(line.codes, noun.end()):
        return None  # "keeps hold on power"
    grip = kind == "R" and noun["pre"].endswith("p") and line.codes[noun.end() : noun.end() + 1] in {"O", "q"}
    if grip and not (subjects and subjects[0].named):
        return None  # "reaffirmed its hold on the market"
    draft = _kept_draft(line, i, noun, slots, subjects)
    draft.stance = draft.stance or outlook_stance(line, i, right)
    return draft


def _kept_subjects(line: Line, i: int, noun: re.Match[str], right: int) -> list[Subject]:
    """Return what the kept rating is on: behind it ("buy on Acme") or before it ("Acme at buy")."""
    at = noun.start("noun")
    behind = re.compile(r"(?:[RYQTGo&apMw,]|B(?=R)){0,8}?[GRYTQE](?P<link>[OqFi]s?)").match(line.codes, at, right)
    if behind and (found := subjects_at(line, behind.end(), right)) and (found[0].named or found[0].market):
        return found
    if re.search("[NnS]", noun["pre"]):
        return [s for s in subjects_at(line, i + 1, at + 1) if s.named or s.market]
    return []


def _kept_draft(line: Line, i: int, noun: re.Match[str], slots: Slots, subjects: list[Subject]) -> Draft:
    """Return the draft of a rating kept; "remains bullish" is a stance only."""
    stance = stance_of(slots.to_rating) if slots.to_rating else None
    action: Action = "reiterate"
    item = line.items[noun.start("noun")]
    if noun["noun"] == "Y":
        stance = tone(item.text)
        action = "none" if line.items[i].text.lower().startswith(("remain", "stay", "continu")) else action
    if noun["noun"] == "G" and slots.to_rating is None and item.text.lower().startswith("recomm"):
        slots.to_rating, stance = "recommended", "bullish"
    return Draft(action, stance, slots, i, noun.end() - 1, subjects=subjects)


def listed(line: Line, i: int, right: int, holder: Holder) -> Draft | None:
    """Read "adds Acme to its conviction list", "removed Acme from the firm's recommended list"."""
    if line.codes[i] == "X" and (rating := re.compile(r"[ap]?(?P<old>R)G[OF]?").match(line.codes, i + 1, right)):
        return _dropped(line, i, rating, right)
    noun = re.compile(r"[^;|~!L]{0,14}L").match(line.codes, i + 1, right)
    if not noun:
        # "puts a $50 target on Acme", "adds $5 to its target"
        sets = line.items[i].text.lower().startswith("put") or re.compile(r"[MP]t[ap]?[nNS']{0,4}T").match(
            line.codes, i + 1
        )
        return moved(line, i, right, holder) if line.codes[i] == "X" or sets else None
    at = noun.end() - 1
    subjects = subjects_at(line, i + 1, at)
    if not subjects and (link := re.compile(r"[OqFi]").match(line.codes, noun.end(), right)):
        subjects = subjects_at(line, link.end(), right)
    name, added = line.items[at].text, line.codes[i] == "A"
    way = 1 if added == (stance_of(name) != "bearish") else -1
    slots = Slots(None, name) if added else Slots(name, None)
    return Draft("upgrade" if way > 0 else "downgrade", DIRECTION[way], slots, i, at, subjects=subjects, listed=True)


def _dropped(line: Line, i: int, rating: re.Match[str], right: int) -> Draft:
    """Read "removed its buy rating on Acme": the rating is what it was before."""
    old = line.words(rating.start("old"), rating.start("old"))
    stance = stance_of(old)
    action: Action = "downgrade" if stance == "bullish" else "upgrade" if stance == "bearish" else "none"
    subjects = [s for s in subjects_at(line, rating.end(), right) if s.named or s.market]
    return rated_draft(action, Slots(from_rating=old), subjects, i)


def received(line: Line, i: int, right: int, holder: Holder) -> Draft | None:
    """Read "Acme receives buy rating from Zeta Capital": the one that gets it is the subject."""
    value = re.compile(r"[anxN]{0,2}(?:R|Z|[MT]{1,2})").match(line.codes, i + 1, right)
    house = house_behind(line, i, right)
    if not value or not (house.firm or house.analyst) or not holder.firm:
        return None
    slots = slots_in(line, i + 1, right)
    picked = line.codes[value.end() - 1] == "Z"
    if not (picked or slots.to_rating or slots.target_to):
        return None
    stance = "bullish" if picked or not slots.to_rating else stance_of(slots.to_rating)
    return Draft("none", stance, slots, i, value.end() - 1, house, [Subject(holder.firm, True, False, i - 1)])
