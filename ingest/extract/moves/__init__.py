"""The explicit moves of one sentence or headline: who upgrades, starts, keeps, cuts or pitches what, from what to what.

Prose, headlines, newswire in capitals and pitches are read alike: `moves_line` turns words into codes, `moves_changes`
and `moves_stances` read constructions over them, and this module joins clauses on the same holder and subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.extract.moves.changes import change_at
from ingest.extract.moves.closing import closing
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.line import Line, read
from ingest.extract.moves.listing import entries_in
from ingest.extract.moves.passive import lead
from ingest.extract.moves.positions import positions_in
from ingest.extract.moves.slots import horizon_in
from ingest.extract.moves.stance import retargeted
from ingest.extract.moves.stances import stances_in
from rag.types import Action, Stance

Span = tuple[int, int]

_CUE = re.compile(
    r"grad(?:e|ing|ation)|\brat(?:e[sd]?|ing)|-rated|recommend|\btargets?\b|\bpts?\b|\btp\b|objective|fair value|"
    r"estimate|forecast|projection|coverage|initiat|reiterat|maintain|affirm|\bbuy\b|\bsell\b|\bhold\b|neutral|weight|"
    r"perform|accumulate|bull|bear|cautio|upbeat|constructive|positive|negative|optimis|pessimis|upside|downside|"
    r"\blists?\b|outlook|review|watch|\bpicks?\b|best ideas?|sidelines|\bopinions?\b|\bavoid|\breduce\b|\bsee[sn]?\b|"
    r"\bstance|\bexpects?\b|\b(?:cut|raised|lifted|started|lowered) (?:at|by)\b|likely|\bmay\b|\bcould\b|\bmight\b|"
    r"\badd\b|wary|sceptic|skeptic|predict|\bcools?\b|\bsours?\b|\bwarms?\b|prefer|\blikes?\b|"
    r"\bto (?:hit|touch|test)\b|\bcan\b|confirm|\bjunk\b|\bbook profits?\b|stay invested|"
    r"\b(?:cuts?|raises|lowers) [A-Z]|\bvalues?\b|\bfavou?rs?\b|\bpegs?\b|\bputs?\b|\bha(?:s|ve) .{1,30}? at [$€£¥\d]|"
    r"\bexit|\blong\b|\bshort|\bbought\b|\bsold\b|buying|selling|goes to|averag|position|stakes?\b|"
    r"holdings?\b|exposure|\bfad(?:e|ing)|steer|stays? away|\b(?:buy|sell)ers?\b|adding|added|rotat|\blean|\btilt|"
    r"trim|halv|\bown\b|out of\b",
    re.IGNORECASE,
)
_LONGEST = 3000  # characters that are read at once; longer sentences are read in pieces
_RANK: dict[str, int] = {
    "upgrade": 6, "downgrade": 6, "initiate": 5, "raise_target": 4, "cut_target": 4, "reiterate": 3, "none": 1,
}  # fmt: skip
_ESTIMATES = {"raise_estimate", "cut_estimate"}
_DATELINE = re.compile(r"[NQ](?:,[Nn])?,k0\|")
_CLAUSE_END = re.compile(r"!|;(?!T[qt@:B]?[M0]|o[nRN])")


@dataclass(frozen=True, slots=True)
class Move:
    """What a clause says was done to a rating, target or estimate. Spans are offsets into the given text.

    `start` and `end` are those of the clause; `firm`, `analyst` and `subject` are given where the construction itself
    names them, without tickers, possessives and words like "shares of".
    """

    start: int
    end: int
    action: Action
    from_rating: str | None = None
    to_rating: str | None = None
    target_from: str | None = None
    target_to: str | None = None
    horizon: str | None = None
    stance: Stance | None = None
    firm: Span | None = None
    analyst: Span | None = None
    subject: Span | None = None


def moves_in(text: str) -> list[Move]:
    """Return the moves that one sentence or headline states, in order; one for each subject."""
    if text.rstrip(" \"'”’)").endswith("?"):
        return []
    return [shifted for start, piece in _pieces(text) for shifted in _moves_of(piece, start)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces of bounded length and where each begins, cut where a clause, a phrase or a word ends."""
    start = 0
    while len(text) - start > _LONGEST:
        cuts = (text.rfind(mark, start + 1, start + _LONGEST) + len(mark) for mark in ("; ", ", ", " "))
        end = next((cut for cut in cuts if cut > start + _LONGEST // 2), start + _LONGEST)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _moves_of(piece: str, start: int) -> list[Move]:
    """Return the moves of a piece of a sentence that begins at character `start`."""
    if not _CUE.search(piece):
        return []
    line = read(piece)
    moves = _moves(line, entries_in(line) or _joined(line, _drafts(line)))
    return [_shifted(move, start) for move in moves] if start else moves


def _shifted(move: Move, by: int) -> Move:
    """Return the move with its spans `by` characters further on."""

    def further(span: Span | None) -> Span | None:
        return (span[0] + by, span[1] + by) if span else None

    return replace(
        move,
        start=move.start + by,
        end=move.end + by,
        firm=further(move.firm),
        analyst=further(move.analyst),
        subject=further(move.subject),
    )


def _drafts(line: Line) -> list[Draft]:
    """Return what each verb makes, clause by clause; a clause without a move may state a stance."""
    verbs = [m.start() for m in re.finditer(r"[UDudIKAXmyr]", line.codes)]
    found: list[Draft] = []
    dateline = _DATELINE.match(line.codes)
    bounds = [dateline.end() if dateline else 0, *(m.end() for m in _CLAUSE_END.finditer(line.codes)), len(line.codes)]
    for left, right in pairwise(bounds):
        found += _clause(line, [v for v in verbs if left <= v < right], left, right)
    return found


def _clause(line: Line, verbs: list[int], left: int, right: int) -> list[Draft]:
    """Return the moves of the verbs of one clause, else its stance."""
    found: list[Draft] = []
    begin = left
    for k, verb in enumerate(verbs):
        if verb < begin:
            continue
        ends = [*verbs[k + 1 : k + 3], right]
        draft = change_at(line, verb, begin, ends[0]) or (
            change_at(line, verb, begin, ends[1]) if len(ends) > 1 else None
        )
        if draft:
            found += stances_in(line, begin, draft.first)
            found.append(draft)
            begin = max(begin, draft.last + 1)
    found += stances_in(line, begin, right)
    return sorted([*found, *_positions(line, found, left, right)], key=lambda draft: draft.first)


def _positions(line: Line, found: list[Draft], left: int, right: int) -> list[Draft]:
    """Return the positions of a clause that no other construction has read."""
    return [
        draft
        for draft in positions_in(line, left, right)
        if not any(other.first <= draft.last and draft.first <= other.last for other in found)
    ]


def _joined(line: Line, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with holders and subjects carried on, and clauses on one holder and subject made one."""
    joined: list[Draft] = []
    end = closing(line)
    for draft in drafts:
        last = joined[-1] if joined else None
        unheld = not (draft.holder.firm or draft.holder.analyst)
        if unheld and last:
            draft.holder = last.holder
        elif unheld and end and all(s.span != end.firm for s in draft.subjects):
            draft.holder = end
        if last and not (last.holder.firm or last.holder.analyst):
            last.holder = draft.holder
        same = last is not None and (not draft.subjects or _same(line, draft, last)) and draft.holder == last.holder
        same = same and not (last is not None and {draft.listed, last.listed} == {True, False} and _keeps(draft, last))
        if last and same and not ({draft.action, last.action} & _ESTIMATES):
            _merge(last, draft)
            continue
        if last and last.listed and not last.subjects and draft.holder == last.holder:
            last.subjects = draft.subjects  # "put it on his list and reaffirmed his recommendation of Acme"
        if not draft.subjects:
            named = [s for s in lead(line, draft.first) if s.span not in {draft.holder.firm, draft.holder.analyst}]
            draft.subjects = last.subjects if last else named if _shares_lead(line) else []
        joined.append(draft)
    return joined


def _keeps(*drafts: Draft) -> bool:
    """Return True if one of the moves keeps a rating, which joining a list besides is a move of its own."""
    return any(draft.action == "reiterate" for draft in drafts)


def _shares_lead(line: Line) -> bool:
    """Return True if the sentence opens with what moved in the market: "Acme shares fall; Zeta downgrades"."""
    return bool(re.match(r"[aS]?[qiF]?N'?S?[BVHn]{0,2}[ludXjUynP]|N'?S|N:", line.codes))


def _same(line: Line, draft: Draft, last: Draft) -> bool:
    """Return True if both drafts are on subjects of the same name."""
    names = [line.words_of(s.span) for s in draft.subjects]
    before = [line.words_of(s.span) for s in last.subjects]
    return names == before or (len(names) == 1 and len(names[0]) < 7 and bool(_ticker(names[0]).search(line.text)))


def _ticker(name: str) -> re.Pattern[str]:
    """Return a pattern for the name as a ticker in brackets."""
    return re.compile(rf"[(<:]\s?{re.escape(name)}[)> ]")


def _merge(into: Draft, other: Draft) -> None:
    """Put what the second clause says into the first: the stronger action stays, empty fields are filled."""
    if _RANK[other.action] > _RANK[into.action] and not (other.listed and into.action == "reiterate"):
        into.action = other.action
    slots, more = into.slots, other.slots
    slots.from_rating = slots.from_rating or more.from_rating
    slots.target_from = slots.target_from or more.target_from
    slots.target_to = slots.target_to or more.target_to
    if more.to_rating and (not slots.to_rating or other.action in {"upgrade", "downgrade"}):
        slots.to_rating, into.stance = more.to_rating, other.stance
    into.stance = into.stance or other.stance
    into.subjects = into.subjects or other.subjects
    into.last = max(into.last, other.last)


def _moves(line: Line, drafts: list[Draft]) -> list[Move]:
    """Return the moves of the drafts, one for each subject."""
    moves: list[Move] = []
    by_when = horizon_in(line.text)
    for draft in drafts:
        retargeted(draft)
        spans = [draft.holder.firm, draft.holder.analyst, *(s.span for s in draft.subjects)]
        start = min([line.items[draft.first].start, *(span[0] for span in spans if span)])
        end = max([line.items[min(draft.last, len(line.items) - 1)].end, *(span[1] for span in spans if span)])
        slots = draft.slots
        horizon = by_when if slots.target_to or draft.action == "none" else None
        houses: list[tuple[Span | None, Span | None]] = list(draft.holder.also)
        houses.append((draft.holder.firm, draft.holder.analyst))
        subjects: list[Span | None] = [s.span for s in draft.subjects] or [None]
        for firm, analyst in houses:
            for subject in subjects:
                moves.append(
                    Move(
                        start, end, draft.action, slots.from_rating, slots.to_rating, slots.target_from,
                        slots.target_to, horizon, draft.stance, firm, analyst, subject,
                    )
                )  # fmt: skip
    return moves
