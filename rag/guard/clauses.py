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
_LEAST_WORDS = 2
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
        own = [word for word in content_words(part) if not word.isnumeric()]
        own = [word for word in own if stem(word) not in _TELLING]
        if len(own) >= _LEAST_WORDS and not any(stem(word) in held or near(stem(word)) & held for word in own):
            found.append(f"nothing in the quotes says: {' '.join(part.split())}")
    return found
