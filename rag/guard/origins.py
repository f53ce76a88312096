"""Words of one source keep that source's figures, ratings and speaker, whatever else is cited beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.guard.evidence import Evidence, Source
from rag.guard.reading import sentences
from rag.render import EARLIER, REASON_GIVEN
from rag.subjects import RATING
from rag.wording import content_words, fold, stem, words

_OF_ONE = 0.8  # of a sentence's words stand in one source: it is that one's sentence
_LEAST_WORDS = 4
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")
_RATING = re.compile(rf"\b{RATING}\b", re.IGNORECASE)
_LABEL = re.compile(r"^(?P<name>[A-Z][^:“”\"\d(]{2,70}?)(?:\s\([^()]{1,60}\))?(?:,\s(?:about\s)?[^:“”]{4,30})?:\s")
_PLAIN = frozenset("the a an and of for in at".split())


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for what a sentence of one source takes from another: a figure, a rating, who speaks."""
    found: list[str] = []
    speakers = any(source.said_by for source in evidence.sources)
    for sentence in sentences(statement.removeprefix(EARLIER).replace(REASON_GIVEN, "")):
        label = _LABEL.match(sentence)
        said = sentence[label.end() :] if label else sentence
        own = _origin(said, evidence.sources)
        if not own:
            continue
        if label and speakers and not _may_say(label["name"], own):
            rightful = sorted({name for source in own for name in source.said_by}) or ["nobody named"]
            found.append(f"said by {' and '.join(rightful)}, not by {label['name'].strip(' ,')}")
        others = [source for source in evidence.sources if source not in own]
        # A date in brackets is nobody's figure.
        days = [f"{day.day} {day.year}" for day in evidence.written_on]
        found += [f"of another source: {each}" for each in _taken(said, own, others, days)]
    return found


def _origin(said: str, sources: Sequence[Source]) -> list[Source]:
    """Return the source that holds nearly all of what is said, with those that hold as much; none if none does."""
    roots = [stem(word) for word in content_words(_RATING.sub(" ", said)) if not word[0].isdigit()]
    if len(roots) < _LEAST_WORDS:
        return []
    held = [(sum(root in _roots(source) for root in roots), source) for source in sources]
    most = max(count for count, _ in held)
    return [source for count, source in held if count == most] if most >= _OF_ONE * len(roots) else []


def _taken(said: str, own: Sequence[Source], others: Sequence[Source], days: Sequence[str]) -> list[str]:
    """Return the figures and ratings that stand in another source and not in the sentence's own."""
    found = []
    for pattern in (_NUMBER, _RATING):
        here = _all(pattern, " . ".join((*map(_text, own), *days)))
        found += sorted(_all(pattern, said) & set().union(*(_all(pattern, _text(each)) for each in others)) - here)
    return found


def _may_say(name: str, own: Sequence[Source]) -> bool:
    """Return whether a source knows the last word of a speaker's name."""
    last = [word for word in words(fold(name)) if word not in _PLAIN][-1:]
    known = " ".join(text for each in own for text in (_text(each), *each.said_by, *each.published_by))
    return not last or stem(last[0]) in {stem(word) for word in words(fold(known))}


def _all(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match.group().replace(",", "").rstrip(".").lower() for match in pattern.finditer(text)}


def _text(source: Source) -> str:
    return " . ".join((source.text, *source.ledger))


def _roots(source: Source) -> set[str]:
    return {stem(word) for word in words(_text(source))}
