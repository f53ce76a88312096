"""How far it goes: what the quotes say of some is not told of most or of everything, nor of others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.guard.evidence import Evidence
from rag.guard.reading import Reading, read

_WHOLE = frozenset(
    """everything everyone everybody every all entirely completely totally wholly unanimous unanimously most
    majority""".split()
)
_BEARS_OUT = _WHOLE | frozenset(
    "each both any anything anyone whole entire full fully across always nothing nobody none no never only".split()
)
_CROWD = frozenset(
    """houses analysts strategists economists brokers brokerages firms banks investors traders managers forecasters
    observers experts peers rivals others""".split()
)
_OF_MANY = frozenset("most many several few other all some numerous".split())
# What speaks of many without their name.
_CROWDS = _CROWD | frozenset("street consensus market sell-side buy-side they survey poll respondents people".split())
_SHARE = re.compile(r"\b(?:\d+|\w+) (?:out )?of the \d|\d ?%|\bper ?cent\b|\bpct\b|\bhalf\b|\bthirds\b", re.IGNORECASE)
_PARTLY = ("most", "majority")  # what a share may bear out: "58 of the 84 managers"
_REACH = 3  # words from "most other" to whom it counts
_SAME = {"all": frozenset(("at", "after", "above", "first")), "most": frozenset(("the", "at", "its", "their", "our"))}


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each "all" that no quote bears out, and for many others of whom no quote speaks."""
    held = {word.low for claim in evidence.claims for word in read(claim).words}
    own = read(statement)
    found = [f"further than the quotes: {word}" for word in _wholes(own) if held.isdisjoint(_BEARS_OUT)]
    if any(_SHARE.search(claim) for claim in evidence.claims):
        found = [each for each in found if not each.endswith(_PARTLY)]
    return found + [f"nobody such in the quotes: {who}" for who in _crowds(own) if held.isdisjoint(_CROWDS)]


def _wholes(own: Reading) -> Iterator[str]:
    for index, word in enumerate(own.words):
        before = own.words[index - 1].low if index else ""
        # "At all", "the most".
        if word.low in _WHOLE and before not in _SAME.get(word.low, ()):
            yield word.low


def _crowds(own: Reading) -> Iterator[str]:
    for index, word in enumerate(own.words):
        if word.low in _OF_MANY:
            who = next((each.low for each in own.words[index + 1 : index + 1 + _REACH] if each.low in _CROWD), None)
            if who:
                yield f"{word.low} {who}"
