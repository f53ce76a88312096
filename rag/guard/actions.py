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
_MOVED = {
    "up": re.compile(r"\b(?:rais|lift|boost|hik|increas|upgrad)\w*", re.IGNORECASE),
    "down": re.compile(r"\b(?:cut|cuts|cutting|(?:lower|trim|slash|reduc|downgrad)\w*)\b", re.IGNORECASE),
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
    objects = {name for name, pattern in _OBJECTS.items() if any(pattern.search(claim) for claim in claims)}
    for way, what in sorted(moves_in(statement)):
        turned = (way, what) not in theirs and (_OTHER[way], what) in theirs
        if turned or (what not in objects and what == "target" and objects):
            found.append(f"action not in the quotes: {what} {'raised' if way == 'up' else 'cut'}")
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
