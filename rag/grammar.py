"""What prose about opinions is made of: verbs of saying and thinking, roles, and sentences with their names tagged.

In a tagged sentence each name is one character of the Unicode private use area, so that a pattern over it is short and
cannot backtrack through a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.names import Name, names_of

_SINGULAR = (
    r"(?:analyst|strategist|economist|manager|director|president|head|chief|officer|partner|principal|chairman|chairwoman|"
    r"chairperson|founder|co-founder|trader|dealer|broker|researcher|adviser|advisor|consultant|specialist|commentator|"
    r"columnist|editor|publisher|author|CIO|CEO|CFO|COO|spokes\w+|technician|chartist|forecaster|watcher|secretary|minister|"
    r"governor|commissioner|senator|congress\w+|representative|official|executive|treasurer|controller|professor|"
    r"lawyer|attorney|counsel|farmer|leader|expert|investor|underwriter|salesman|scientist|meteorologist|chancellor|"
    r"premier|ambassador|member|arbitrageur|banker)"
)
HEAD = rf"(?i:(?:vice[- ])?{_SINGULAR}(?:-elect)?)"
HEADS = rf"(?i:(?:vice-)?{_SINGULAR}s?(?:-elect)?)"
SAYS = (
    r"said|says?|told|tells?|wrote|writes?|adds|added|notes|noted|argues?|argued|explains?|explained|commented|comments|"
    r"remarked|contends?|contended|asserts?|asserted|acknowledge[sd]?|observed|stated|concluded|concludes?|telling|"
    r"caution(?:s|ed)|warns?|warned|predicts?|predicted|suggests?|suggested|insist(?:s|ed)|concede[sd]?|speculate[sd]?"
)
VERB = (
    rf"(?:{SAYS}|believes?|believed|thinks?|"
    r"expects?|expected|sees?|forecasts?|projects?|projected|estimates?|estimated|recommends?|recommended|"
    r"likes?|prefers?|reiterate[sd]?|maintain(?:s|ed)?|keeps?|kept|upgrade[sd]?|downgrade[sd]?|raise[sd]?|cuts?|lower(?:s|ed)|"
    r"lift(?:s|ed)|initiate[sd]?|rate[sd]?|remains?|advise[sd]?|call(?:s|ed)|"
    r"anticipates?|favou?rs?|moves?|moved|trim(?:s|med)|reckons?|points?|pointed|describe[sd]?|enthuses?|"
    r"retain(?:s|ed)|abandon(?:s|ed)|scrap(?:s|ped)|ditch(?:es|ed)|sticks|stuck|resume[sd]?|start(?:s|ed)|joins?|sets|"
    r"boost(?:s|ed)|slash(?:es|ed)|wants?|turned|doubts?|agrees?|agreed|disagrees?|issued|removed|pulls?|put|placed|"
    r"repeat(?:s|ed)|took|looks?|cites?|cited|feels?|felt|figures|figured|credits|foresees?|foresaw|thought|saw|values|pegs|"
    r"fears?|feared|hopes|hoped|assigns?|assigned|(?:re)?affirm(?:s|ed)|revise[sd]|withdraws|withdrew|hikes?|hiked)"
)
ADVERB = (
    r"(?:\s(?:also|still|now|then|recently|today|yesterday|has|have|had|later|previously|already|just|even|"
    r"this\sweek|last\sweek|on\s\w+day|who|however|meanwhile|[a-z]+ly|(?:is|are|was|were|been)(?=(?:\s(?:also|still|now))?\s[a-z]+ing\b)))*"
)
SAYING = re.compile(rf"\b(?:{SAYS})\b")
SPEAKING = re.compile(rf"\b{VERB}\b")
_OTHERS_SAY = re.compile(
    r"^\W*(?:(?:however|but|and|still|yet|meanwhile|nevertheless|nonetheless|overall|generally|separately|elsewhere),?\s)?"
    r"(?P<who>(?:(?:some|other|many|several|most|few|a\sfew|a\snumber\sof|the|these|those|wall\sstreet|industry|market|"
    r"currency|oil|grain|bond|securities|financial)\s){0,3}(?:analysts|economists|strategists|traders|dealers|brokers|"
    rf"investors|observers|critics|sources|officials|others))\s(?:(?:also|still|now)\s)?(?:{VERB}|worr(?:y|ied)|"
    r"question(?:ed)?)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)


_FIRST, _LAST = 0xE001, 0xF8FF
N = "[\ue001-\uf8ff]"
_TAG = re.compile(N)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HEADLINE_VERB = re.compile(
    r"\b(?:Says|Sees|Raises|Cuts|Lifts|Lowers|Upgrade[sd]|Downgrade[sd]|Initiates|Reiterates|Maintains|Keeps|Rates|Expects|"
    r"Warns|Recommends|Resumes|Boosts|Trims|Slashes|Hikes|Revise[sd]|Affirm(?:s|ed)|Assigns|Withdraws|Reaffirms|Predicts|"
    r"Forecasts|Believes|Thinks|Likes|Prefers|Remains|Argues|Estimates)\b"
)
ANALYSTS = r"(?:analysts?|strategists?|economists?|researchers?|team|desk|traders?|technicians?)"
POSSESSIVE = r"(?:[’']s|(?<=s)[’'])"


def others_speaking(sentence: str) -> str:
    """Return those who speak in a sentence that begins with nobody's name ("However, some analysts worry"), or "".

    What they say of somebody by pronoun ("Traders said he raised …") goes with what that one says.
    """
    others = _OTHERS_SAY.match(sentence)
    return others["who"] if others and not _SOMEBODY.search(sentence) else ""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence in which each name is one private character; `names[i]` is what the i-th stands for."""

    text: str
    names: tuple[Name, ...]

    def name(self, tag: str | None) -> str | None:
        """Return the name that a private character stands for."""
        return self.names[ord(tag) - _FIRST].text if tag else None

    def tag(self, index: int) -> str:
        """Return the private character that stands for a name."""
        return chr(_FIRST + index)

    def words(self, piece: str) -> str:
        """Return a piece of the tagged text with its names written out."""
        return _TAG.sub(lambda match: self.names[ord(match.group()) - _FIRST].text, piece)


def tagged(words: str, names: Sequence[Name] | None = None) -> Tagged:
    """Return the sentence with its names (or those given) as private characters."""
    words = _PRIVATE.sub(" ", words)
    kept = tuple(names_of(words) if names is None else names)[: _LAST - _FIRST]
    pieces, end = [], 0
    for index, name in enumerate(kept):
        pieces += [words[end : name.start], chr(_FIRST + index)]
        end = name.end
    return Tagged(_HEADLINE_VERB.sub(lambda verb: verb.group().lower(), "".join((*pieces, words[end:]))), kept)
