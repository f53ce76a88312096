"""Who acts and what is acted on: a house that upgrades a company is not upgraded by it."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.guard.evidence import Evidence
from rag.names import names_of
from rag.wording import fold, words

_DONE = (
    r"(?:upgraded|downgraded|raised|lifted|cut|lowered|trimmed|boosted|initiated|started|reiterated|maintained|rated|moved|"
    r"affirmed|reaffirmed|beat|acquired|bought|sold|sued|overtook|outperformed|underperformed|criticised|criticized|backed)"
)
_DOES = (
    r"(?:upgrades|downgrades|raises|lifts|cuts|lowers|trims|boosts|initiates|starts|reiterates|maintains|rates|moves|"
    r"affirms|beats|acquires|buys|sells|sues|overtakes|outperforms|underperforms|criticises|criticizes|backs)"
)
_ACTED_ON = re.compile(
    rf"(?:[’']s\s(?:[\w-]+\s){{1,3}}?)?\s(?:[\w-]+\s)?(?:is|was|were|are|been|being|gets?|got)\s(?:\w+ly\s)?{_DONE}\b|"
    rf"\s{_DONE}\s(?:to|from|at|by|with)\b"
)
_ACTS = re.compile(
    rf"(?:\s\([^()]{{1,40}}\))?\s(?:(?:has|have|had|also|recently|today)\s)?(?:{_DOES}|{_DONE}(?!\s(?:to|from|at|by|with)\b))\b"
)
_BY = re.compile(rf"\b{_DONE}\b[^.;]{{0,120}}\sby\s(?:the\s)?$")
_OBJECT = re.compile(
    rf"\b(?:{_DOES}|{_DONE})\s(?:(?:its|his|her|their|the|a|an|price|earnings|profit)\s|(?:target|rating|estimate|recommendation|opinion|coverage)s?\s|"
    r"(?:on|for|of)\s){0,5}$"
)


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line if two names have changed places: who acts in the quotes is acted on, and the other way round."""
    own = parts_in(statement)
    if len(own) < 2:
        return []
    theirs = frozenset().union(*(parts_in(claim) for claim in evidence.claims)) if evidence.claims else frozenset()
    turned = [name for name, part in own if (name, part) not in theirs and (name, _OTHER[part]) in theirs]
    return [f"acts and is acted on exchanged: {' and '.join(sorted(turned))}"] if len(turned) > 1 else []


_OTHER = {"acts": "acted on", "acted on": "acts"}


@lru_cache(maxsize=4096)
def parts_in(text: str) -> frozenset[tuple[str, str]]:
    """Return the names of a text that act or are acted on, each by its last word."""
    found = set()
    for name in names_of(text):
        before, after = text[max(0, name.start - 140) : name.start], text[name.end : name.end + 80]
        key = words(fold(name.text).removesuffix("'s"))[-1:]
        if not key:
            continue
        if _ACTED_ON.match(after) or _OBJECT.search(before):
            found.add((key[0], "acted on"))
        elif _BY.search(before) or _ACTS.match(after):
            found.add((key[0], "acts"))
    return frozenset(found)
