"""Who said it: what one holder says is not told as another's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.grammar import ADVERB, SAYS, VERB
from rag.guard.evidence import Evidence, Source, other_names
from rag.guard.reading import read, sentences
from rag.names import names_of
from rag.wording import fold, stem, words

_PEOPLE = r"(?:analysts?|strategists?|economists?|team)"
_WORK = r"(?:estimates?|forecasts?|targets?|views?|calls?|ratings?|notes?|reports?)"
# What may stand between a name and its verb: a bracket, an apposition, the house, the people who work there.
_BESIDE = (
    rf"(?:\s?\([^()]{{1,60}}\))?(?:,\s[^,;”\"]{{1,100}},|,?\s(?:of|at|with|from)\s[^,;()]{{1,40}}?,?)?"
    rf"(?:[’']s?)?(?:\s(?:[\w-]+\s){{0,3}}?(?:{_PEOPLE}|{_WORK}))?"
)
_SPEAKS = re.compile(rf"{_BESIDE}{ADVERB}\s(?:{VERB})\b|\s?\([^()]{{1,60}}\):|:")
_SPOKEN = re.compile(
    rf"(?:\baccording to|[,”\"’]\s?(?:{SAYS})|\bby|\bat|\b{_PEOPLE}(?:\s(?:at|with|from|of))?)"
    r"\s(?:(?:the|an?)\s)?(?:[a-z-]+\s){0,3}$",
)
_SPLIT = re.compile(r";\s|,?\s(?:while|whereas|but|although|and)\s(?=(?:[A-Z][\w.&’'-]+\s){1,4}[a-z])")
_LEAST = 2  # words in common before a sentence is taken for the source of another


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of a source with who is named as speaking in it, and all names in it."""

    text: str
    holders: tuple[str, ...]
    names: tuple[str, ...]
    source: Source


def problems(statement: str, evidence: Evidence) -> list[str]:
    """Return a line for each holder to whom the statement gives what the quotes give to another."""
    told = [each for source in evidence.sources for each in _told(source)]
    found = []
    for part in _SPLIT.split(statement):
        for holder in holders_in(part):
            other = _rightful(part, holder, told, evidence)
            if other:
                found.append(f"said by {other}, not by {holder}")
    return found


@lru_cache(maxsize=4096)
def holders_in(sentence: str) -> tuple[str, ...]:
    """Return the names that a sentence gives as speaking or acting."""
    found = []
    for name in names_of(sentence):
        before, after = sentence[max(0, name.start - 60) : name.start], sentence[name.end : name.end + 160]
        if _SPEAKS.match(after) or _SPOKEN.search(before):
            found.append(re.sub(r"[’']s$", "", name.text))
    return tuple(found)


def _told(source: Source) -> Iterator[_Told]:
    carried: tuple[str, ...] = ()
    for sentence in sentences(source.text):
        here = holders_in(sentence)
        names = tuple(name.text for name in names_of(sentence))
        carried = here or (carried if not names else ())
        yield _Told(sentence, here or carried, names, source)


def _rightful(part: str, holder: str, told: Sequence[_Told], evidence: Evidence) -> str | None:
    """Return who says in the quotes what a part of the statement gives to a holder, None if nobody else does."""
    best = _closest(part, holder, told)
    if best is None or _same(holder, " ".join((*best.names, *best.holders, *best.source.said_by))):
        return None
    known = (*best.source.said_by, *best.holders)
    others = [each for each in known if not _same(each, holder)]
    if not others or _belong(holder, others, evidence):
        return None
    return others[0]


def _closest(part: str, holder: str, told: Sequence[_Told]) -> _Told | None:
    """Return the sentence of the sources that shares most words with a part of the statement, names aside."""
    own = {word.root for word in read(part).words if word.is_content} - set(map(stem, words(holder)))
    best, most = None, _LEAST - 1
    for each in told:
        shared = len(own & read(each.text).roots)
        if shared > most:
            best, most = each, shared
    return best


def _same(holder: str, text: str) -> bool:
    """Return True if a text names the holder, by any of its names."""
    held = set(words(text)) | set(words(other_names(text)))
    own = [word for word in words(holder) if word not in _GENERAL]
    return (bool(own) and own[-1] in held) or fold(holder) in fold(text)


def _belong(holder: str, others: Sequence[str], evidence: Evidence) -> bool:
    """Return True if one sentence or fact names the holder with the one who says it: an analyst and the house."""
    lines = [line for claim in evidence.claims for line in sentences(claim)]
    lines += [", ".join(source.said_by) for source in evidence.sources]
    return any(
        _same(holder, line) and any(_same(other, line) for other in others) for line in (*lines, *evidence.facts)
    )


_GENERAL = frozenset("inc corp co ltd and the of securities research capital markets group bank".split())
