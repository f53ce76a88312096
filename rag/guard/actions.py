"""What houses do: start, resume, repeat or drop a rating; raise or cut a rating, a target or an estimate."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.guard.evidence import Evidence

_ACTS = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "initiate": r"\binitiat\w+|\b(?:start|began|begin|launch|open|assum|pick)\w*\b.{0,40}\bcoverage\b|"
        r"\b(?:start|launch)(?:s|ed|es)\b.{0,60}\b(?:at|with)\b",
        "resume": r"\b(?:resum|reinstat|restart)\w*",
        "reiterate": r"\b(?:reiterat|reaffirm|affirm|maintain|repeat|retain|restat|unchanged|stick|stuck|stay|remain|"
        r"continu|still|stand by|stood by|keep|kept|confirm)\w*",
        "drop": r"\b(?:suspend|withdr[ae]w|discontinu|terminat)\w*|"
        r"\b(?:drop|ceas|end|remov)\w*\b.{0,40}\b(?:coverage|list|rating)\b",
    }.items()
}
_SAID = {
    "initiate": re.compile(r"\binitiat\w+|\b(?:start|began|begin|launch)\w*\b.{0,40}\bcoverage\b", re.IGNORECASE),
    "resume": _ACTS["resume"],
    "reiterate": re.compile(r"\b(?:reiterat|reaffirm|affirm|maintain)(?:s|ed|es|ing)\b", re.IGNORECASE),
    "drop": re.compile(r"\b(?:suspend|withdr[ae]w|discontinu|terminat)\w*", re.IGNORECASE),
}
_OBJECTS = {
    "target": re.compile(r"\b(?:targets?|PTs?|(?:price )?objectives?)\b", re.IGNORECASE),
    "estimate": re.compile(
        r"\b(?:estimates?|forecasts?|projections?|eps|outlook|expectations?|earnings|numbers?)\b", re.IGNORECASE
    ),
    "rating": re.compile(r"\b(?:ratings?|recommendations?|opinions?|stance|views?)\b", re.IGNORECASE),
}
_NAMED = {
    "target": re.compile(
        r"\b(?:price targets?|target prices?|PTs?|price objectives?)\b|\btargets? (?:for|on|of|to|from)\b"
    ),
    "estimate": re.compile(r"\b(?:estimates?|forecasts?|projections?)\b(?! that)", re.IGNORECASE),
    "dividend": re.compile(r"\bdividends?\b", re.IGNORECASE),
}
_MEANT = {
    "target": _OBJECTS["target"],
    "estimate": re.compile(
        r"\b(?:estimat|forecast|project|predict|expect|outlook|eps\b|earn|see\b|sees\b|saw\b|seeing|put|reckon|look|"
        r"consensus|anticipat|call|guidance|view|think|believ|likely|will\b|would|could|may\b|might)",
        re.IGNORECASE,
    ),
    "dividend": re.compile(r"\b(?:dividend|payout|pay-out|distribut)", re.IGNORECASE),
}
_MOVED = {
    "up": re.compile(r"\b(?:rais|lift|boost|hik|increas)\w*", re.IGNORECASE),
    "down": re.compile(r"\b(?:cut|cuts|cutting|(?:lower|trim|slash|reduc)\w*)\b", re.IGNORECASE),
}
_FAR = 60
_OTHER = {"up": "down", "down": "up"}


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each action that the quotes do not tell, or tell of something else."""
    claims = evidence.claims
    found = [
        f"action not in the quotes: {match.group()}"
        for name, pattern in _SAID.items()
        if (match := pattern.search(statement)) and not any(_ACTS[name].search(claim) for claim in claims)
    ]
    theirs = frozenset().union(*(moves_in(claim) for claim in claims)) if claims else frozenset()
    for way, what in sorted(moves_in(statement)):
        if (way, what) not in theirs and (_OTHER[way], what) in theirs:
            found.append(f"action not in the quotes: {what} {'raised' if way == 'up' else 'cut'}")
    for what, named in _NAMED.items():
        if named.search(statement) and not any(_MEANT[what].search(claim) for claim in claims):
            found.append(f"not in the quotes: {what}")
    return found


@lru_cache(maxsize=4096)
def moves_in(text: str) -> frozenset[tuple[str, str]]:
    """Return what a text moves which way: ("up", "target"), each verb with the nearest thing that can be moved."""
    found = set()
    for way, pattern in _MOVED.items():
        for match in pattern.finditer(text):
            after = text[match.end() : match.end() + _FAR].split(". ", maxsplit=1)[0]
            before = text[max(0, match.start() - _FAR) : match.start()].rsplit(". ", 1)[-1]
            ahead = {name: hit.start() for name, each in _OBJECTS.items() if (hit := each.search(after))}
            behind = {
                name: len(before) - hits[-1].end()
                for name, each in _OBJECTS.items()
                if (hits := list(each.finditer(before)))
            }
            nearest = ahead or behind
            if nearest:
                found.add((way, min(nearest, key=lambda name: nearest[name])))
    return frozenset(found)
