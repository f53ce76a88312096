"""Headlines that give somebody's opinion: who speaks and which words are theirs.

"Tin has peaked: Lindmere", "Tin to slide, says Ekberg", "Lindmere's Ekberg sees tin sliding".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = r"(?:[A-Z][\w&’'.-]*|&)"
_NAME = rf"(?:{_WORD}(?:\s(?:(?:de|van|von|of|and)\s)?{_WORD}){{0,4}})"
_SAYS = (
    r"(?:says?|said|sees?|saw|expects?|thinks?|warns?|warned|believes?|predicts?|forecasts?|reckons?|argues?|notes?|cautions?|tells\sclients|"
    r"estimates?|projects?|anticipates?)"
)
_ROLE = r"(?:(?:chief|senior|top|head)\s)?(?:[a-z-]+\s){0,2}(?:analysts?|strategists?|economists?|CIO|chief|desk|team)"
_WHO = rf"(?P<who>{_NAME})(?:[’']s?\s(?:(?P<person>{_WORD}\s{_WORD}(?:\s{_WORD})?)|{_ROLE}))?"
_FORMS = (
    re.compile(rf"(?P<words>.{{8,}}?),\s{_SAYS}\s{_WHO}"),
    re.compile(rf"(?P<words>.{{8,}}?),\s{_WHO}\s{_SAYS}"),
    re.compile(rf"(?P<words>.{{8,}}):\s{_WHO}"),
    re.compile(rf"(?:Why\s)?{_WHO}\s{_SAYS}\s(?P<words>.{{8,}})"),
    re.compile(rf"{_WHO}:\s(?P<words>[‘’'\"“]?(?:[a-z]|{_WORD}\s[a-z]).{{8,}})"),
)
# What stands before a colon without speaking.
_LABEL = re.compile(
    r"\b(?:stocks?|pick|picks|trade|trades|call|calls|update|exclusive|analysis|opinion|column|commentary|factbox|breaking|watch|alert|view|"
    r"preview|review|interview|poll|survey|report|brief|live|market|markets|closing|opening|bell|outlook|news|today|budget|results|earnings|"
    r"analysts?|brokers?|brokerages?|economists?|strategists?|experts?|traders?|investors?|street|sources?|officials?|minister|government|report|"
    r"explainer|insight|focus|spotlight|corrected|refile|video|podcast|ipo|hot|top|best|chart|technical|week|day)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks in a headline, a firm, a person or both, and the span of the words that are theirs."""

    person: str | None
    firm: str
    start: int
    end: int


def spoken_in(headline: str) -> Spoken | None:
    """Return who gives an opinion in a headline; None if it names no speaker."""
    line = headline.rstrip(" .")
    for form in _FORMS:
        match = form.fullmatch(line)
        if match and not _LABEL.search(match["who"]):
            firm, _, person = re.sub(r"[’']s?\s(?=[A-Z])", "|", match["who"]).partition("|")
            return Spoken(match["person"] or person or None, firm, *match.span("words"))
    return None
