"""Who says and rates: what the quotes only speak of, as a company that others rate, says and rates nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.grammar import ADVERB, SAYS
from rag.guard.evidence import Evidence
from rag.name_words import SUFFIXES
from rag.names import names_of
from rag.wording import words

_WORK = (
    r"(?:opinion|rating|recommendation|stance|coverage|targets?|estimates?|forecasts?|(?:stock|shares)\s(?:to|from))"
)
_DOES = re.compile(
    rf"\.?(?:\s\([^()]{{1,60}}\))?{ADVERB}\s(?:(?:{SAYS}|believes?|believed|thinks?|thought|expects|recommends?)\b(?!\sto\b)|"
    r"(?:raise[sd]|lift(?:s|ed)|cuts?|lower(?:s|ed)|trim(?:s|med)|upgrade[sd]|downgrade[sd]|reiterate[sd]|"
    r"reaffirm(?:s|ed)|initiate[sd])\s(?!(?:to|at|from|by|on|with|as)\b)"
    rf"(?:[\w’'-]+\s){{0,3}}?{_WORK}\b)"
)
_WORKS_THERE = re.compile(
    r"\b(?:analysts?|strategists?|economists?|managers?|people|teams?|notes?|reports?|research)\s(?:at|of|from|for|on|in)\s$"
)
_OBJECT_BEFORE = re.compile(
    r"\b(?:on|about|(?:coverage|views?|opinion|rating|targets?|estimates?|forecasts?|stock|shares?)\s(?:of|for|in)|"
    r"likes?|liked|prefers?|favou?rs?|rates?|rated|upgrade[sd]?|downgrade[sd]?|initiate[sd]?)\s(?:the\s)?$"
)
_OBJECT_AFTER = re.compile(r"(?:[’']s?)?\s(?:\([^()]{1,30}\)\s?)?(?:common\s|ordinary\s)?(?:stock|shares?)\b")
_ACTS_AFTER = re.compile(
    r"(?:\s\([^()]{1,60}\))?,\s(?:which|who|whose)\b|(?:[’']s?)?\s(?:[\w-]+\s){0,2}?(?:analysts?|note)\b"
)
_BEFORE = 60  # characters before a name that tell what it is there
_SUFFIX = "|".join(sorted(SUFFIXES))


def problems(sentence: str, evidence: Evidence) -> list[str]:
    """Return a line for each name that says or rates in a sentence, and is only spoken of in the quotes."""
    doers = _doers(sentence)
    if not doers:
        return []
    known = {_core(name) for each in evidence.sources for name in (*each.said_by, *each.published_by)}
    own = ((name, _core(name)) for name in doers)
    return [
        f"only spoken of in the quotes: {name}"
        for name, core in own
        if core not in known and _is_only_spoken_of(core, evidence)
    ]


@lru_cache(maxsize=4096)
def _doers(sentence: str) -> tuple[str, ...]:
    return tuple(name.bare for name in names_of(sentence) if _DOES.match(sentence, name.end))


def _is_only_spoken_of(core: tuple[str, ...], evidence: Evidence) -> bool:
    """Return True if a name stands in the quotes, and each time as that on which others have a view."""
    places = [place for quote in evidence.quotes for place in _places(core, quote)]
    return bool(places) and all(places)


def _places(core: tuple[str, ...], quote: str) -> Iterator[bool]:
    """Yield for each place of a name in a quote whether it is only spoken of there."""
    if not core:
        return
    written = r"\W+".join(map(re.escape, core))
    name = re.compile(rf"\b{written}\b(?:,?\s(?:{_SUFFIX})\b\.?)?", re.IGNORECASE)
    for match in name.finditer(quote):
        before = quote[max(0, match.start() - _BEFORE) : match.start()]
        if _WORKS_THERE.search(before) or _ACTS_AFTER.match(quote, match.end()):
            yield False
        else:
            yield bool(_OBJECT_BEFORE.search(before) or _OBJECT_AFTER.match(quote, match.end()))


def _core(name: str) -> tuple[str, ...]:
    """Return the words of a name without what every company has: "Oakmere Inc." is "oakmere"."""
    return tuple(word for word in words(name) if word not in SUFFIXES)
