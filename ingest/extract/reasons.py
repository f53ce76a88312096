"""Why a holder holds a view: the clauses that give the reason, and the sentences that explain it."""

from __future__ import annotations

import re

# Where a clause of reason begins; what follows it, to the end of the sentence or the next clause, is the reason.
_BECAUSE = re.compile(
    r"(?:\bbecause(?:\sof)?\b|\bcit(?:ing|es|ed)\b|\bdue\sto\b|\bon\sthe\s(?:back|strength)\sof\b|\bin\sview\sof\b|\bgiven\b(?!\s(?:up|that\sit\sis))|"
    r"\bthanks\sto\b|\bowing\sto\b|\bon\saccount\sof\b|\bbased\son\b|\bnoting\b|\bpointing\sto\b|\bas\sa\sresult\sof\b|\bamid\b|"
    r",\s(?:saying|since|arguing|reflecting)\b|\b(?:on|over|after)\s(?=(?:[\w’'-]+\s){0,3}(?:valuations?|concerns?|worries|hopes?|expectations?|"
    r"prospects|growth|demand|outlook|weakness|strength|earnings|results|profit|sales|loss))|\bto\sreflect\b|,\sas\s(?!of\b|well\b|much\b|a\b))",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:[;]|[.!?][”\"’']?\s*$|,\s(?:[\w.’'-]+\s){0,3}(?:said|says|added|wrote|told)\b|,\s(?:according|traders|but)\b)"
)
_SHORTEST = 8


def reasons_in(sentence: str) -> list[tuple[int, int]]:
    """Return the spans of the clauses that give a reason, from "because", "citing", "due to" to the clause's end."""
    found: list[tuple[int, int]] = []
    for match in _BECAUSE.finditer(sentence):
        start = match.start() + (2 if match.group().startswith(", ") else 0)
        ends = _ENDS.search(sentence, match.end())
        end = ends.start() if ends else len(sentence)
        if end - match.end() >= _SHORTEST and not any(first <= start < last for first, last in found):
            found.append((start, end))
    return found
