"""Each part of a sentence for itself: a long true part does not pay for a short one that somebody made up."""

from __future__ import annotations

import re

from rag.guard.evidence import Evidence, other_names
from rag.wording import content_words, near, stem, words

_PARTS = re.compile(
    r"[,;:()—–]|\s-{1,2}\s|\b(?:because|since|after|before|as|due\sto|owing\sto|thanks\sto|amid|following|while|although|"
    r"though|but|and|when|where|once|so|given|despite|unless|until|if|who|which|that|with|by|on)\b",
    re.IGNORECASE,
)
_CAUSES = re.compile(r"\b(?:because(?:\sof)?|due\sto|owing\sto|thanks\sto)\b([^,;:()]+)", re.IGNORECASE)
_LEAST_WORDS = 2
_BEGINNING = 4  # letters that two kindred words share at least
# What an answer says of any source without its words.
_TELLING = frozenset(
    map(
        stem,
        """say said saying says tell told note notes noted write wrote writes think thinks thought believe believes
        argue argues view views report reports reported according analyst strategist economist source
        article author headline earlier later previously previous now still also meanwhile however time
        day week month year date undated quote reason cite citing expect expects expected""".split(),
    )
)


def problems(sentence: str, evidence: Evidence) -> list[str]:
    """Return a line for each part of a sentence of which no word is the sources', unless it only tells who speaks."""
    # Not the titles: what a quote does not say itself is not said by a word that it shares with some headline.
    said = " . ".join((*evidence.claims, *(name for each in evidence.sources for name in each.said_by)))
    known = f"{said} {other_names(said)}"
    held = {stem(word) for word in words(known)}
    found = []
    for part in _PARTS.split(sentence):
        own = _content(part)
        if len(own) >= _LEAST_WORDS and not any(_is_held(word, held) for word in own):
            found.append(f"nothing in the quotes says: {' '.join(part.split())}")
    for cause in _CAUSES.findall(sentence):
        own = _content(cause)
        # One word that fits by chance makes no reason: "a war broke out" beside "the price war".
        if len(own) >= _LEAST_WORDS and 2 * sum(_is_kin(word, held) for word in own) <= len(own):
            found.append(f"no such reason in the quotes: {' '.join(cause.split())}")
    return found


def _content(part: str) -> list[str]:
    return [word for word in content_words(part) if not word.isnumeric() and stem(word) not in _TELLING]


def _is_held(word: str, held: set[str]) -> bool:
    return stem(word) in held or bool(near(stem(word)) & held)


def _is_kin(word: str, held: set[str]) -> bool:
    """Return True if a word or one that begins as it does is held: "weakened" for "weak"."""
    root = stem(word)
    return _is_held(word, held) or any(
        len(min(root, other, key=len)) >= _BEGINNING and (root.startswith(other) or other.startswith(root))
        for other in held
    )
