"""Which way a sentence leans on its subject: words of judgement and direction, negation, contrast and concession."""

from __future__ import annotations

import re

from ingest.extract.stance_words import LEXICON, MILD
from rag.types import Stance

_NOT = re.compile(
    r"\b(?:not|no|never|neither|nor|hardly|barely|without|(?<!\ba )little|less|least|unlikely|far from|lack of|"
    r"rather than|instead of|(?<!the )few|fewer|fails? to|rul\w+ out|doubts?|no longer|despite|in spite of|"
    r"offset\w*|limit\w*|"
    r"abandon\w*|scrap\w*|ditch\w*|gave up|giv\w+ up|reduc\w+|curtail\w*|halt\w*|stop\w*|avert\w*|end(?:s|ed|"
    r"ing)? (?:the|of)|cannot|too (?:early|soon) to)\b|"
    r"n[’']t\b",
    re.IGNORECASE,
)
_NEGATED_WITHIN = 5  # words between a negation and what it negates
# What is bad when it rises and good when it falls, for whoever owns the subject.
_ADVERSE = re.compile(
    r"\b(?:costs?|expenses?|inflation|loss(?:es)?|debts?|unemployment|joblessness|inventor(?:y|ies)|stocks\sof|"
    r"stockpiles|taxes|tax\srates?|interest\srates?|rates|yields?|defaults?|risks?|competition|deficits?|arrears|"
    r"provisions?|supplies|supply|write[-\s]?offs?|pressures?|volatility|tariffs?|leverage|"
    r"concerns?|worries|fears|uncertainty|imports|oil\sprices?|wages?)\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"ris|rose|higher|increas|climb|grow|expan|jump|surg|soar|up\b|upward|fall|fell|declin|drop|lower|decreas|down|"
    r"reduc|eas|slow|shrink|slip|slid|improv|weak|narrow",
    re.IGNORECASE,
)
_CONCEDES = re.compile(
    r"\b(?:(?:which|whose|who|that)\s(?:has|have|had)|although|though|even\sthough|despite|in\sspite\sof|while|whereas|"
    r"notwithstanding|even\sif|except|compared\s(?:with|to)|after\s(?:a|an|the)\s)\b[^,;]*(?:[,;]|$)",
    re.IGNORECASE,
)
_TURNS = re.compile(r"[,;.]?\s(?:but|however|nevertheless|nonetheless)\b,?\s|[,;.]\s(?:yet|still)\b,?\s", re.IGNORECASE)
_FORETELLS = re.compile(
    r"\b(?:will|won[’']t|would|should|could|may|might|likely|expect\w*|see[sn]?|forecast\w*|predict\w*|project\w*|"
    r"anticipat\w*|going to|set to|"
    r"to (?=rise|fall|climb|slide|slip|drop|gain|jump|surge|rally|reach|hit|test|weaken|strengthen)|bound to|"
    r"headed|heading|outlook|estimat\w*)\b",
    re.IGNORECASE,
)
_FORETOLD = 0.8  # what a word of direction weighs where the sentence tells what is to come
_LEANING = 0.75  # the least sum that tells a side
_CONCEDED, _BEFORE_TURN = 0.3, 0.4
_WINDOW = 50  # characters before a word in which its negation or its adverse subject stands


def leaning(text: str, subject: str) -> float:
    """Return how far the words lean for (> 0) or against (< 0) the subject.

    Sums the weights of words of judgement and direction; a negated one counts for half against itself, what is
    conceded ("although …") or taken back by a later "but" counts less. A rise of costs, rates or supplies counts
    against a subject that is not itself one of them.
    """
    total = 0.0
    conceded = [match.span() for match in _CONCEDES.finditer(text)]
    turn = max((match.end() for match in _TURNS.finditer(text)), default=0)
    foretold = bool(_FORETELLS.search(text))
    own_adverse = bool(_ADVERSE.search(subject))
    seen: list[tuple[int, int]] = []
    for weight, pattern in LEXICON:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in seen):
                continue
            seen.append(match.span())
            before = text[max(0, match.start() - _WINDOW) : match.start()]
            value = weight if abs(weight) > MILD or not foretold else weight / MILD * _FORETOLD
            if _MOVES.match(match.group()) and not own_adverse:
                value = -value if _adverse_near(before, text[match.end() :]) else value
            if _negations(before) % 2:
                value *= -0.75
            if any(start <= match.start() < end for start, end in conceded):
                value *= _CONCEDED
            if match.start() < turn:
                value *= _BEFORE_TURN
            total += value
    return total


def _negations(before: str) -> int:
    """Return how many negations reach what follows the text, in its clause and within a few words."""
    clause = re.split(r"[,;:.]|\b(?:but|and)\b", before)[-1]
    return sum(1 for match in _NOT.finditer(clause) if len(clause[match.end() :].split()) <= _NEGATED_WITHIN)


def _adverse_near(before: str, after: str) -> bool:
    """Return True if what rises or falls, just before or just after the word, is something adverse."""
    clause = re.split(r"[,;.]|\b(?:and|but|as|because|if|when)\b", before)[-1]
    return bool(_ADVERSE.search(clause) or _ADVERSE.match(after.lstrip()))


def stance_by(total: float) -> Stance:
    """Return the side that a sum of leanings tells."""
    if total >= _LEANING:
        return "bullish"
    return "bearish" if total <= -_LEANING else "neutral"
