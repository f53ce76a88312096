"""From claims, what single sentences hold, to views: one for each holder, subject and action in an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.extract.moves import Move
from ingest.extract.reasons import reasons_in
from ingest.extract.stance import stance_by
from ingest.extract.statements import side_of_review, waits
from ingest.extract.subjects import Thing
from rag.naming import firm_key
from rag.speakers import Sentence, Speaker
from rag.subjects import same_things
from rag.types import Action, Article, Quote, Stance, View
from rag.wording import fold

_LONGEST_QUOTE = 600
_MOST_REASONS = 5
_LEAST_LEANING = 0.5  # an opinion that leans less, on the whole, judges nothing
_SIDE_LEANING = 1.0  # so does what is said in passing of something other than the article's own subject
# A forecast with a figure is a view, though its words lean neither way.
_FIGURE = re.compile(
    r"\b(?:sees?|expect(?:s|ed|ing)?|estimat(?:es?|ed|ing)|forecasts?|project(?:s|ed|ing)?|predict(?:s|ed|ing)?|look(?:s|ing)?\sfor|puts?)\b"
    r"[^.]{0,80}?\d",
    re.IGNORECASE,
)
_HEDGED = re.compile(r"\b(?:not|would|if)\b|n[’']t\b")
_STRONGLY = 1.5  # leaning enough to be about the article's own subject, though no sentence says so
_LIKELY = 0.7  # the least probability that a sentence is about a subject which is not the article's own
_POSSIBLE = 0.15  # … which is
_OFTEN = 8  # times that an article names what it is thoroughly about
_OF_FIGURES: frozenset[Action] = frozenset(("raise_target", "cut_target", "raise_estimate", "cut_estimate"))
_NO_NAME = frozenset("and co inc corp the of ltd llc plc".split())


@dataclass(slots=True)
class Claim:
    """What one sentence holds of one subject: a move, or an opinion that leans for (> 0) or against it."""

    holder: Speaker
    thing: Thing
    sentence: Sentence
    move: Move | None = None
    leans: float = 0.0
    odds: float = 1.0  # the probability that the sentence is about the subject
    is_anchored: bool = True  # the sentence names the subject, or points at a company as "the stock", "its shares"

    @property
    def action(self) -> Action:
        """The move's action, "none" for an opinion."""
        return self.move.action if self.move else "none"


def views_from(article: Article, claims: Sequence[Claim], focus: Thing | None, author: Speaker | None) -> list[View]:
    """Return the views that claims amount to, in the order of their quotes."""
    _join_houses(claims)
    groups: dict[tuple[str, str], list[Claim]] = {}
    moved = {(key_of(claim.holder), subject_key(claim.thing)): claim.thing for claim in claims if claim.move}
    for claim in claims:
        holder = key_of(claim.holder)
        thing = claim.thing if claim.move else moved.get((holder, subject_key(claim.thing)), claim.thing)
        name = fold(thing.name) if (holder, subject_key(thing)) in moved else subject_key(thing)
        groups.setdefault((holder, name), []).append(claim)
    views = [view for group in groups.values() for view in _views_of(article, group, focus)]
    own = (author.person, author.firm) if author else None
    views = [replace(each, attribution="own") if (each.analyst, each.firm) == own else each for each in views]
    return sorted(views, key=lambda view: view.quote.start)


def _join_houses(claims: Sequence[Claim]) -> None:
    """Write each house by its fullest name, and give its claims to its analyst where the article names just one."""
    fullest: dict[str, str] = {}
    analysts: dict[str, dict[str, Speaker]] = {}
    for holder in {claim.holder: None for claim in claims}:
        if holder.firm:
            key = firm_key(holder.firm)
            fullest[key] = max(fullest.get(key, ""), holder.firm, key=len)
            if holder.person:
                analysts.setdefault(key, {})[key_of(holder)] = holder
    for claim in claims:
        if claim.holder.firm and claim.holder.person is None:
            key = firm_key(claim.holder.firm)
            own = list(analysts.get(key, {}).values())
            claim.holder = own[0] if len(own) == 1 else replace(claim.holder, firm=fullest[key])


def subject_key(thing: Thing) -> str:
    """Return one key for all names of a market, a company's own name."""
    return fold(thing.name) if thing.is_company else min(fold(thing.name), *same_things(thing.name))


def _views_of(article: Article, group: Sequence[Claim], focus: Thing | None) -> Iterator[View]:
    """Yield the views of one holder on one subject: each action once, a bare opinion only where no move is stated."""
    total = sum(claim.leans for claim in group)
    moved = [claim for claim in group if claim.move]
    if not moved:
        is_aside = focus is None or subject_key(group[0].thing) != subject_key(focus)
        is_weak = not any(claim.odds >= (_LIKELY if is_aside else _POSSIBLE) for claim in group)
        is_weak |= is_aside and group[0].thing.is_company and not group[0].thing.is_sure and group[0].thing.count < 3
        leans = stance_by(total) != "neutral" and abs(total) >= (_SIDE_LEANING if is_aside else _LEAST_LEANING)
        waiting = any(waits(claim.sentence.text) for claim in group)
        figures = group[0].thing.is_company and any(_FIGURE.search(claim.sentence.text) for claim in group)
        is_anchored = any(claim.is_anchored for claim in group)
        is_anchored |= (
            not is_aside and abs(total) >= _STRONGLY and (group[0].thing.is_sure or group[0].thing.count >= _OFTEN)
        )
        if is_anchored and not is_weak and (leans or ((figures or waiting) and not is_aside)):
            best = max(group, key=lambda claim: abs(claim.leans))
            yield _view(article, best, group, stance_by(total))
        return
    first: dict[Action, Claim] = {}
    for claim in moved:
        if claim.action not in first or _detail(claim) > _detail(first[claim.action]):
            first[claim.action] = claim
    if len(first) > 1:
        first.pop("none", None)
    rated = next((claim.move.stance for claim in moved if claim.move and claim.move.to_rating), None)
    stances: set[Stance] = set()
    for claim in first.values():
        if claim.move:
            # Who cuts a target and keeps the rating thinks as the rating says.
            stance = rated if rated and claim.action in _OF_FIGURES else _stance(claim, claim.move, total)
            stances.add(stance)
            yield _view(article, claim, group, stance)
    opinions = [claim for claim in group if not claim.move and not _HEDGED.search(claim.sentence.text)]
    total = sum(claim.leans for claim in opinions)
    # A strategist at neutral may well say that the market will rise.
    if abs(total) >= _SIDE_LEANING and stances == {"neutral"}:
        best = max(opinions, key=lambda claim: abs(claim.leans))
        yield _view(article, best, opinions, stance_by(total))


def _stance(claim: Claim, move: Move, total: float) -> Stance:
    """Return a move's stance; an agency's grade kept or given without a direction is neither for nor against."""
    if move.stance:
        return move.stance
    if move.action == "none" and (side := side_of_review(claim.sentence.text)):
        return side
    is_plain = move.action == "reiterate" or (move.action == "none" and move.to_rating is not None)
    return "neutral" if is_plain else stance_by(total)


def _detail(claim: Claim) -> int:
    """Return how many ratings and targets a claim's move gives."""
    move = claim.move
    given = (move.from_rating, move.to_rating, move.target_from, move.target_to) if move else ()
    return sum(each is not None for each in given)


def _view(article: Article, claim: Claim, group: Sequence[Claim], stance: Stance) -> View:
    move, start = claim.move, claim.sentence.start
    reasons = [(start + first, start + last) for first, last in reasons_in(claim.sentence.text)]
    reasons += [(each.sentence.start, each.sentence.end) for each in group if each.sentence is not claim.sentence]
    return View(
        article=article.ref,
        analyst=claim.holder.person,
        firm=claim.holder.firm,
        subject=claim.thing.name,
        action=claim.action,
        from_rating=move.from_rating if move else None,
        to_rating=move.to_rating if move else None,
        target_from=move.target_from if move else None,
        target_to=move.target_to if move else None,
        horizon=move.horizon if move else None,
        stance=stance,
        quote=_quote(article, start, claim.sentence.end),
        reasons=tuple(_quote(article, *span) for span in dict.fromkeys(reasons))[:_MOST_REASONS],
        attribution="reported",
        said_on=article.published.date() if article.published else None,
    )


def _quote(article: Article, start: int, end: int) -> Quote:
    end = min(end, start + _LONGEST_QUOTE)
    return Quote(article.id, start, end, article.text[start:end])


def key_of(holder: Speaker) -> str:
    """Return what tells one holder from another within an article: the surname, else the house."""
    return fold(surname(holder.person)) if holder.person else firm_key(holder.firm or "")


def surname(person: str) -> str:
    """Return a name's last word."""
    return person.rsplit(maxsplit=1)[-1]


def alike(left: str, right: str) -> bool:
    """Return True if the telling words of one name all stand in the other: "Kidder" and "Kidder, Peabody and Co"."""
    one, other = (set(re.findall(r"[^\W_]+", fold(name))) - _NO_NAME for name in (left, right))
    return bool(one and other) and (one <= other or other <= one)


def is_holder(thing: Thing, holder: Speaker) -> bool:
    """Return True if the thing is the holder's own name."""
    return any(name is not None and alike(thing.name, name) for name in (holder.firm, holder.person))


@dataclass(slots=True)
class Before:
    """What the sentences before spoke of: each holder's last subject, the last list, a move on a group of stocks."""

    things: dict[str, Thing] = field(default_factory=dict)
    listed: list[Thing] = field(default_factory=list)
    group: Claim | None = None

    def note(self, claims: Sequence[Claim], companies: Sequence[Thing]) -> None:
        """Remember a sentence's claims and the companies it names."""
        for claim in claims:
            self.things[key_of(claim.holder)] = claim.thing
        self.listed = list({id(thing): thing for thing in companies}.values())
        self.group = next((each for each in claims if each.move and not each.thing.is_sure), None)
