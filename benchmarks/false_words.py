# ruff: noqa: ARG001, E501 - every change has one signature; a table of patterns is read by its lines
"""Ratings, actions, directions, denials and doubts turned, so that a true sentence becomes a false one."""

from __future__ import annotations

import random
import re

from benchmarks.truths import Case
from benchmarks.world import World, all_known
from rag.wording import fold

_RATINGS = ("buy", "sell", "hold", "neutral", "overweight", "underweight", "outperform", "underperform")
_RATING = re.compile(
    r"(?<=to )(?:an? )?[\"'“‘]?(?P<a>buy|sell|hold|neutral|overweight|underweight|outperform|underperform)\b|"
    r"(?<=from )(?:an? )?[\"'“‘]?(?P<b>buy|sell|hold|neutral|overweight|underweight|outperform|underperform)\b|"
    r"\b(?P<c>buy|sell|hold|neutral|overweight|underweight|outperform|underperform)[\"'”’]? (?:rating|recommendation|on\b)",
    re.IGNORECASE,
)


def _rating(case: Case, around: World, draw: random.Random) -> str | None:
    """A rating by another that is nowhere in what is cited."""
    match = _RATING.search(case.text)
    if not match:
        return None
    group = next(name for name in "abc" if match[name])
    others = [each for each in _RATINGS if each not in fold(all_known(case))]
    if not others:
        return None
    return case.text[: match.start(group)] + draw.choice(others) + case.text[match.end(group) :]


_ACTIONS = (
    (r"\bupgraded\b", "downgraded"), (r"\bdowngraded\b", "upgraded"), (r"\bupgrades\b", "downgrades"), (r"\bdowngrades\b", "upgrades"),
    (r"\braised (?=its|his|her|the|their)", "cut "), (r"\bcut (?=its|his|her|the|their)", "raised "),
    (r"\blowered (?=its|his|her|the|their)", "raised "), (r"\blifted (?=its|his|her|the|their)", "lowered "),
    (r"\braises\b", "cuts"), (r"\bcuts\b(?! could| would| will)", "raises"), (r"\blifts\b", "lowers"), (r"\binitiated\b", "reiterated"),
    (r"\bstarted coverage\b", "suspended coverage"), (r"\binitiates\b", "reiterates"), (r"\breiterated\b", "withdrew"),
    (r"\breiterates\b", "suspends"), (r"\bmaintained\b", "suspended"), (r"\bmaintains\b", "withdraws"),
    (r"\bprice target\b", "earnings estimate"), (r"\bearnings estimate\b", "price target"), (r"\bestimate for\b", "price target for"),
    (r"\btarget raised\b", "target cut"), (r"\btarget cut\b", "target raised"), (r"\braised to\b", "cut to"), (r"\bcut to\b", "raised to"),
)  # fmt: skip


def _action(case: Case, around: World, draw: random.Random) -> str | None:
    """An action by another."""
    fitting = [(old, new) for old, new in _ACTIONS if re.search(old, case.text)]
    if not fitting:
        return None
    old, new = draw.choice(fitting)
    if new.strip() in fold(all_known(case)):
        return None
    return re.sub(old, new, case.text, count=1)


_WAYS = (
    ("rose", "fell"), ("rise", "fall"), ("rises", "falls"), ("rising", "falling"), ("gain", "drop"), ("gained", "lost"),
    ("gains", "losses"), ("higher", "lower"), ("above", "below"), ("increase", "decrease"), ("increased", "decreased"),
    ("improve", "worsen"), ("improved", "worsened"), ("improvement", "deterioration"), ("strong", "weak"), ("stronger", "weaker"),
    ("strength", "weakness"), ("bullish", "bearish"), ("positive", "negative"), ("climb", "slide"), ("surge", "slump"),
    ("undervalued", "overvalued"), ("cheap", "expensive"), ("upside", "downside"), ("outperform", "lag"), ("accelerate", "slow"),
    ("more", "less"), ("better", "worse"), ("favorable", "unfavorable"), ("optimistic", "pessimistic"), ("jumped", "tumbled"),
    ("benefit", "suffer"), ("beat", "miss"), ("wide", "narrow"), ("best", "worst"), ("attractive", "unattractive"), ("up", "down"),
)  # fmt: skip


def _direction(case: Case, around: World, draw: random.Random) -> str | None:
    """A word of direction by its opposite."""
    fitting = []
    for pair in _WAYS:
        for old, new in (pair, pair[::-1]):
            pattern = rf"\b{old}\b(?! to\b| \w+ to\b)" if old in ("up", "down") else rf"\b{old}\b(?!-)"
            if re.search(pattern, case.text) and not re.search(rf"\b{new}\b", all_known(case)):
                fitting.append((pattern, new))
    if not fitting:
        return None
    old, new = draw.choice(fitting)
    return re.sub(old, new, case.text, count=1)


_AUXILIARY = re.compile(
    r"\b(?:will|would|could|should|may|might|can|is|are|was|were|has|have|had)\b(?! not|n['’]t| no\b| never)"
)
_VERBS = (
    (r"\bexpects\b", "does not expect"), (r"\bsees\b", "does not see"), (r"\bupgraded\b", "did not upgrade"),
    (r"\bdowngraded\b", "did not downgrade"), (r"\braised (?=its|his|her|the)", "did not raise "), (r"\brecommended\b", "did not recommend"),
    (r"\bupgrades\b", "does not upgrade"), (r"\bdowngrades\b", "does not downgrade"), (r"\bbelieves\b", "does not believe"),
    (r"\bestimates (?=\w)", "does not estimate "), (r"\breiterated\b", "did not reiterate"), (r"\brose\b", "did not rise"),
)  # fmt: skip


def _denied(case: Case, around: World, draw: random.Random) -> str | None:
    """A "not" put in."""
    places = [m for m in _AUXILIARY.finditer(case.text) if not _quoted(case.text, m.start())]
    if places and (len(places) > 1 or draw.random() < 0.8):
        match = draw.choice(places)
        return case.text[: match.end()] + " not" + case.text[match.end() :]
    for old, new in _VERBS:
        if re.search(old, case.text) and "estimates of" not in case.text:
            return re.sub(old, new, case.text, count=1)
    return None


def _quoted(text: str, at: int) -> bool:
    return text[:at].count("“") > text[:at].count("”") or text[:at].count('"') % 2 == 1


_NOT = (
    (r"\b(is|are|was|were|will|would|could|should|can|may|might|has|have|had) not\b(?! only)", r"\1"),
    (r"\b(is|are|was|were|would|could|should|has|have|had|did|do|does)n['’]t\b", r"\1"), (r"\bwon['’]t\b", "will"), (r"\bcan['’]t\b", "can"),
    (r"\bcannot\b", "can"), (r"\bdoes not (?=\w)", "does "), (r"\bdo not (?=\w)", "do "), (r"\bdid not (?=\w)", "did "),
    (r"\bno longer\b", "still"), (r"\bnever\b", "always"), (r"\bunlikely\b", "likely"), (r"\bnot yet\b", "already"), (r"\bnot\b (?!only)", ""),
    (r"\bwithout\b", "with"), (r"\bno (?=\w+ (?:in|of|for|that|to)\b)", "some "),
)  # fmt: skip


def _undenied(case: Case, around: World, draw: random.Random) -> str | None:
    """A "not" left out."""
    for old, new in _NOT:
        match = re.search(old, case.text)
        if match and not _quoted(case.text, match.start()):
            return re.sub(old, new, case.text, count=1)
    return None


_HEDGES = (
    (r"\bcould\b", "will"), (r"\bmay\b", "will"), (r"\bmight\b", "will"), (r"\blikely to\b", "certain to"), (r"\bprobably\b", "certainly"),
    (r"(?<!investors )\bshould\b", "will definitely"), (r"\bpossibly\b", "definitely"), (r"\bpossible\b", "certain"), (r"\bperhaps\b", "certainly"),
    (r"\bis likely\b", "is certain"), (r"\bexpects (?=\w+ \w+ to)", "guarantees "), (r"\bwould likely\b", "will"), (r"\bpotential\b", "guaranteed"),
    (r"\bwill\b", "will definitely"), (r"\bappears to be\b", "is"), (r"\bseems to be\b", "is"), (r"\bexpected to\b", "certain to"),
)  # fmt: skip


def _certain(case: Case, around: World, draw: random.Random) -> str | None:
    """What may be told as what will be."""
    fitting = [
        (old, new) for old, new in _HEDGES if (m := re.search(old, case.text)) and not _quoted(case.text, m.start())
    ]
    if not fitting:
        return None
    old, new = draw.choice(fitting)
    return re.sub(old, new, case.text, count=1)


_DONE = (
    ("rise", "rose"), ("fall", "fell"), ("gain", "gained"), ("grow", "grew"), ("drop", "dropped"), ("decline", "declined"), ("reach", "reached"),
    ("improve", "improved"), ("outperform", "outperformed"), ("underperform", "underperformed"), ("cut", "cut"), ("raise", "raised"),
    ("continue", "continued"), ("accelerate", "accelerated"), ("benefit", "benefited"), ("report", "reported"), ("increase", "increased"),
    ("remain", "remained"), ("be", "was"), ("buy", "bought"), ("sell", "sold"), ("help", "helped"), ("come", "came"), ("lead", "led"),
    ("drive", "drove"), ("support", "supported"), ("pay", "paid"), ("climb", "climbed"), ("leap", "leapt"), ("recover", "recovered"),
)  # fmt: skip


def _done(case: Case, around: World, draw: random.Random) -> str | None:
    """What will be told as what was."""
    for base, past in _DONE:
        match = re.search(rf"\b(?:will|would|is expected to|are expected to|is likely to) {base}\b", case.text)
        if match and not _quoted(case.text, match.start()):
            return f"{case.text[: match.start()]}{past}{case.text[match.end() :]}"
    return None


CHANGES = {
    "rating": _rating, "action": _action, "direction": _direction, "negation added": _denied, "negation removed": _undenied,
    "certainty": _certain, "forecast as fact": _done,
}  # fmt: skip
