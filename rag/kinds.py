"""What sort of answer a question wants: one fact, a reason, many holders, two sides."""

from __future__ import annotations

import re
from typing import Literal

from rag.types import Action, Stance

Kind = Literal["who", "why", "when", "number", "list", "compare", "disagree", "what_changed", "coverage", "what"]

SEVERAL: frozenset[Kind] = frozenset(("list", "compare", "disagree", "coverage"))  # many holders, not one answer

_SOURCES = r"(?:stocks|shares|companies|names|brokers|houses|banks|analysts|strategists|economists|firms)"
_FIGURES = r"(?:target|level|number|price|percentage|share|gain|amount|figure|value|yield)s?"
_HOLDER = r"(?:analyst|broker|brokerage|house|strategist|firm|bank|economist|manager)"
_WHY = (
    r"\bwhy\b|\bwhat reasons?\b|\bwhat (?:was|is|were|lay) behind\b|\bwhat (?:made|drove|makes|drives)\b|\bexplain|"
    r"\bhow come\b|\b(?:thinking|reasoning|rationale|logic|argument|case) (?:behind|for)\b|\bon what grounds\b|"
    r"\bwhat (?:bother|worrie|concern|attract|appeal|prompt|persuade)\w*"
)
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("disagree", r"\b(?:dis)?agree|\bsplit\b|\bdiffer|\bwho (?:was|is) (?:for|against)\b|\bbulls? and bears?\b"),
    (
        "disagree",
        r"\bboth sides\b|\beye to eye\b|\bsame (?:page|side)\b|\bat odds\b|\bcontradict|\bon opposite sides\b",
    ),
    ("coverage", r"^(?:do|does|did|have|has|is|are|was|were) (?:we|the library|anyone|anybody|any \w+|you|there)\b"),
    ("coverage", r"\blibrary (?:hold|have|say)|\bany (?:views?|coverage)\b"),
    ("coverage", rf"^what (?:do|does|did|are|have) (?:the )?(?:[\w-]+ )?{_SOURCES}\b"),
    ("compare", r"\bcompare|\bversus\b|\bvs\.?\s|\bdifference between\b|\b(?:line|stack|measure)s? up\b"),
    ("list", r"^who(?: else)? (?:is|are|was|were|remains?|stays?|has been) (?!covering)"),
    ("list", r"^(?:list|name|give me)\b|\beveryone\b|\bwho all\b|\bwhose\b"),
    (
        "list",
        r"\ball (?:the )?(?:views|analysts|brokers|houses|strategists)\b|^what (?:opinions|views|ratings|targets)\b",
    ),
    ("list", rf"\bwhich (?:[\w-]+ ){{0,4}}{_SOURCES}\b"),
    ("list", rf"\bhow many (?:[\w-]+ ){{0,2}}(?:{_HOLDER}s|{_SOURCES}|people|bulls|bears|views)\b"),
    ("list", r"\bconsensus (?:view|opinion|stance|rating|among|on)\b|\bthe street(?:'s view| think| say| stand)"),
    ("what_changed", r"\bhow (?:has|have|did|does)\b.*\bchang|\bwhat (?:has )?(?:changed|happened|did .* change)\b"),
    ("what_changed", r"\bmove[ds]? from\b|\bprevious"),
    ("when", r"^(?:and )?(?:when|by when|since when|what date|on what day)\b"),
    ("why", _WHY),
    ("number", rf"\bhow (?:much|many|high|low|far|big|large)\b|\bwhat (?:[\w'-]+ ){{0,4}}{_FIGURES}\b"),
    ("number", r"\bto what\b|\bwhat .*\b(?:worth|looking for)\b"),
    ("who", rf"^(?:and )?who\b|\bwhich (?:[\w-]+ ){{0,2}}{_HOLDER}\b|\bby whom\b"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_JOINT = re.compile(
    r"(?:\?\s+(?:And\s+)?|[,;]?\s+and\s+|;\s+)"
    r"(?=(?:who|whom|whose|what|why|how|when|where|which|by (?:how|whom|when)|"
    r"(?:to|at|in|on|from|for) (?:what|which))\b)",
    re.IGNORECASE,
)
_REASON = re.compile(_WHY, re.IGNORECASE)
_HOLDERS = re.compile(
    rf"\bwho(?:se|m)?\b|\beveryone\b|\b{_HOLDER}s?\b|\bthe street\b|\bviews?\b|\bopinions?\b", re.IGNORECASE
)
_PERSON = re.compile(r"\b(?:which|what|who is the|whose) (?:[\w-]+ )?(?:analyst|strategist|economist)\b", re.IGNORECASE)
_THINGS = re.compile(
    r"\b(?:which|what|list|name)\b.{0,60}\b(?:stocks|shares|companies|names|sectors|issues)\b", re.IGNORECASE
)
_FIGURE = re.compile(r"\b(?:targets?|estimates?|forecasts?|how much)\b", re.IGNORECASE)
_POSITIVE = re.compile(
    r"\bpositive\b|\bbull|\bbacking\b|\bbehind\b|\blikes?\b|\bto own\b|\bupbeat|\brecommend|\bfavou?r", re.IGNORECASE
)
_NEGATIVE = re.compile(
    r"\bnegative\b|\bbear|\bcautio|\bsceptic|\bskeptic|\bagainst\b|\bavoid|\bworr|\bwary", re.IGNORECASE
)


def parts_of(question: str) -> list[str]:
    """Return the questions that a sentence puts one after the other ("who upgraded it, and why?"), in order."""
    if kind_of(question) == "disagree":
        return [question]
    pieces = [piece.strip(" ,;") for piece in _JOINT.split(question)]
    return [piece for piece in pieces if piece] or [question]


def kind_of(question: str) -> Kind:
    """Return the first kind whose wording the question has; "what" for none."""
    return next((kind for kind, pattern in _COMPILED if pattern.search(question)), "what")


def wants_reason(question: str) -> bool:
    """Return True if the question asks why, whatever else it asks."""
    return bool(_REASON.search(question))


def wants_holders(question: str) -> bool:
    """Return True if the question asks who holds a view."""
    return bool(_HOLDERS.search(question))


def wants_things(question: str) -> bool:
    """Return True if the question asks for the several things that a holder names ("which stocks …")."""
    return bool(_THINGS.search(question))


def wants_person(question: str) -> bool:
    """Return True if only a named person can answer ("which analyst at Benchmark …")."""
    return bool(_PERSON.search(question))


def wants_figure(question: str) -> bool:
    """Return True if only a figure can answer."""
    return kind_of(question) == "number" or bool(_FIGURE.search(question))


def wants_leaning(question: str) -> Literal["positive", "negative"] | None:
    """Return which way the views asked about lean, if the question says so."""
    if _NEGATIVE.search(question):
        return "negative"
    return "positive" if _POSITIVE.search(question) else None


_ALL_STANCES: tuple[Stance, ...] = ("bullish", "bearish", "neutral")
_UP = r"(?:rais|lift|boost|increas|hik|up(?:ped|s)\b)\w*"
_DOWN = r"(?:cut|lower|reduc|slash|trim|drop)\w*"
_ESTIMATE = r"(?:estimates?|forecasts?|projections?|numbers?|eps)\b"
_ACTIONS: dict[Action, re.Pattern[str]] = {
    "raise_target": re.compile(
        rf"\b{_UP}\b.{{0,40}}\btargets?\b|\btargets?\b.{{0,20}}\b(?:raised|lifted|increased|higher)\b", re.IGNORECASE
    ),
    "cut_target": re.compile(
        rf"\b{_DOWN}\b.{{0,40}}\btargets?\b|\btargets?\b.{{0,20}}\b(?:cut|lowered|reduced|lower)\b", re.IGNORECASE
    ),
    "raise_estimate": re.compile(
        rf"\b{_UP}\b.{{0,40}}\b{_ESTIMATE}|\b{_ESTIMATE}.{{0,30}}\b(?:raised|lifted|increased|higher)\b", re.IGNORECASE
    ),
    "cut_estimate": re.compile(
        rf"\b{_DOWN}\b.{{0,40}}\b{_ESTIMATE}|\b{_ESTIMATE}.{{0,30}}\b(?:cut|lowered|reduced|lower)\b", re.IGNORECASE
    ),
    "reiterate": re.compile(
        r"\breiterat|\breaffirm|\bmaintain|\b(?:stuck|sticks?|stay(?:s|ed)?|stood|stands?) (?:with|by)\b|"
        r"\b(?:kept|keeps?) (?:its|his|her|their|the|an?)\b",
        re.IGNORECASE,
    ),
}
_BULLISH = re.compile(
    r"\bbull(?:s|ish)?\b|\bpositive\b|\boptimis|\bupbeat\b|\bconstructive\b|\bkeen on\b|\bbacking\b|"
    r"\b(?:likes?|liked|favou?rs?|favou?red|recommend(?:s|ed|ing)?|fans? of|overweight|outperform)\b",
    re.IGNORECASE,
)
_BEARISH = re.compile(
    r"\bbear(?:s|ish)?\b|\bnegative\b|\bpessimis|\b(?:is|are|was|were) against\b|\bshun|\bavoid|"
    r"\b(?:underweight|underperform)\b",
    re.IGNORECASE,
)
_WARY = re.compile(r"\bcautio|\bs[ck]eptic|\bwary\b|\bworried\b|\bdoubt", re.IGNORECASE)
_UNDECIDED = re.compile(r"\bneutral\b|\bon the fence\b|\b(?:sit|sat) in the middle\b", re.IGNORECASE)


def actions_asked(question: str) -> frozenset[Action]:
    """Return the moves of targets and estimates, or the standing by a view, that a question asks for."""
    return frozenset(action for action, pattern in _ACTIONS.items() if pattern.search(question))


def is_leaning(word: str) -> bool:
    """Return True for a word that only says which way views lean ("likes", "cautious")."""
    return any(pattern.match(word) for pattern in (_BULLISH, _BEARISH, _WARY, _UNDECIDED))


def stances_asked(question: str) -> frozenset[Stance]:
    """Return the stances that can answer, empty for all: one that asks for both sides or for a change wants all."""
    if kind_of(question) in ("disagree", "compare", "what_changed"):
        return frozenset()
    wanted: set[Stance] = set()
    if _BULLISH.search(question):
        wanted.add("bullish")
    if _BEARISH.search(question):
        wanted.add("bearish")
    if _WARY.search(question):
        wanted |= {"bearish", "neutral"}
    if _UNDECIDED.search(question):
        wanted.add("neutral")
    return frozenset(wanted) if len(wanted) < len(_ALL_STANCES) else frozenset()
