"""The terms of a question, found without a model: names, assets and plain words, with the weight of each.

Names are those that the library knows and other capitalised words; assets come from the table of synonyms. Whether a
name is a holder's or a subject's follows from what the library knows of it and from the question's grammar.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rag.subjects import assets_in, same_things
from rag.wording import STOP_WORDS, fold, near, phrase_in, stem, words

TermKind = Literal["name", "asset", "word"]

_ROLE_WORDS = frozenset(
    """mind minds make anything something analyst analysts strategist strategists economist economists broker
    brokers brokerage brokerages house houses street firm firms manager managers view views opinion opinions
    call calls think thinks stock stocks share shares company companies price prices piece market markets
    rating ratings name names position positive negative bullish bearish sounding explain describe happened
    hold holds held look looking want wants reckon reckoned compare versus agree disagree coverage covering
    cover library before previous previously change changed changes split day week month year first second
    third fourth last late early mid middle side long clients conflicting files line up stack direction
    thinking reasoning rationale keen happens happen happening outlook risk risks prospects""".split()
)
_BESIDE = r"(?:'s)?(?: \w+)?(?:,? and |,? or |, | vs\.? | versus )"
_RARE = 0.6
_CAPITALISED = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z][\w&.-]*[\w](?:'(?!s\b)\w+)?(?:(?:\s(?:of|and|&|the|de)\s(?=[A-Z])|\s)(?:[A-Z][\w&.-]*\w|[A-Z]\b|\d{3,4}\b))*|\b[A-Z]&[A-Z]\w*(?:\s\d+)?"
)
_NOT_NAMES = frozenset(
    """q1 q2 q3 q4 h1 h2 eps ceo cfo cio pe etf etfs gdp cpi ipo i street monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november december second
    first third american european british japanese chinese indian german canadian french asian wall western
    foreign domestic""".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """Something the question is about, by its folded names and stems; evidence must hold a required one."""

    label: str
    kind: TermKind
    forms: tuple[str, ...]
    stems: frozenset[str]
    weight: float
    required: bool
    beside: bool = False  # named in one breath with another name or subject: "X and Y", "X versus Y"
    role: bool = False  # a name of someone who speaks, or a word for one ("analyst")

    def stands_in(self, folded: str, stems: Collection[str]) -> bool:
        """Return True if the folded text, or its stems, hold the term."""
        if self.kind == "word":
            return not self.stems.isdisjoint(stems)
        return any(phrase_in(form, folded) for form in self.forms)


class Vocabulary:
    """What a library knows, as far as questions need it: names, publishers and how common words are."""

    def __init__(
        self,
        names: Sequence[tuple[str, str]],
        passages: int,
        document_frequency: Callable[[Sequence[str]], Mapping[str, int]],
        newest: date | None,
    ) -> None:
        """Index the (kind, name) pairs; `passages` is how many the frequencies are out of."""
        self.passages = passages
        self.newest = newest
        self._frequency = document_frequency
        self.kinds: dict[str, set[str]] = {}
        for kind, name in names:
            folded = fold(name)
            if len(folded) > 1 and folded not in STOP_WORDS:
                self.kinds.setdefault(folded, set()).add(kind)
                if kind in ("person", "author") and " " in folded:
                    self.kinds.setdefault(folded.split()[-1], set()).add("surname")
        self._heads: dict[str, set[str]] = {}
        for name, sorts in self.kinds.items():
            if "firm" in sorts or "publisher" in sorts:
                for place, word in enumerate(name.split()):
                    self._heads.setdefault(word, set()).add("first" if place == 0 else "later")
        self.longest = max((name.count(" ") + 1 for name in self.kinds), default=1)

    def is_holder(self, name: str) -> bool:
        """Return True if a folded name, or the longer one that it shortens, is a person's or a firm's that speaks."""
        speaks = {"person", "surname", "firm", "house", "author"}
        return bool(self.kinds.get(name, set()) & speaks) or self._heads.get(name) == {"first"}

    def is_subject(self, name: str) -> bool:
        """Return True if the library has views on what a folded name means."""
        return "subject" in self.kinds.get(name, ())

    def short_name(self, firm: str) -> str | None:
        """Return the first word of a firm's folded name if it alone means that firm in this library."""
        first, _, rest = firm.partition(" ")
        alone = self._heads.get(first) == {"first"} and len(first) > 3 and first not in STOP_WORDS | _ROLE_WORDS
        return first if rest and alone else None

    def weights(self, stems: Sequence[str]) -> dict[str, float]:
        """Return each stem's inverse document frequency scaled to 0 … 1."""
        total = math.log(self.passages + 2)
        frequency = self._frequency(stems)
        return {each: math.log((self.passages + 2) / (frequency.get(each, 0) + 1)) / total for each in stems}


def terms_of(text: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Return names, then assets, then the remaining words of a question, each once."""
    found: list[Term] = []
    rest = " " + text + " "
    for label in _names(text, vocabulary):
        found.append(_name_term(label, vocabulary))
        rest = re.sub(rf"(?<!\w){re.escape(label)}(?:['’]s)?(?!\w)", " ", rest)
    taken = {form for term in found for form in term.forms}
    for group in assets_in(rest):
        if taken.isdisjoint(group):
            found.append(Term(group[0], "asset", group, frozenset(), 1.0, required=True))
            taken.update(group)
            for name in group:
                rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest, flags=re.IGNORECASE)
    left = [word for word in dict.fromkeys(words(rest)) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]
    weights = vocabulary.weights([stem(word) for word in left])
    for word in left:
        root = stem(word)
        role = word in _ROLE_WORDS
        weight = weights[root] * (0.25 if role else 1.0)
        found.append(Term(word, "word", (word,), near(root), weight, required=False, role=role))
    return tuple(
        replace(term, beside=_is_beside(term, found, text, vocabulary), role=term.role or _holds(term, text))
        for term in found
    )


def _holds(term: Term, text: str) -> bool:
    """Return True if a question makes a name the holder of a view ("who at X", "X's analyst", "did X say")."""
    if term.kind != "name":
        return False
    name = re.escape(fold(term.label))
    return bool(
        re.search(rf"\b(?:who|analysts?|strategists?|economists?|report) (?:at|of|from|with) {name}\b", fold(text))
        or re.search(
            rf"\b{name}(?:'s?)? (?:[\w-]+ )?(?:analyst|strategist|economist|target|rating|view|forecast)s?\b",
            fold(text),
        )
        or re.search(
            rf"\b(?:do|does|did) {name} (?:say|think|see|expect|forecast|predict|recommend|rate|have|do)\b", fold(text)
        )
    )


def _is_beside(term: Term, others: Sequence[Term], text: str, vocabulary: Vocabulary) -> bool:
    """Return True if the question names the term and another required one side by side."""
    if not term.required:
        return False
    folded = fold(text)
    for other in others:
        if other.required and other is not term:
            for one, two in ((term, other), (other, term)):
                first, second = ("|".join(map(re.escape, each.forms)) for each in (one, two))
                link = re.search(f"(?:{first})({_BESIDE})(?:{second})", folded)
                if link and not (link[1] == ", " and _are_holder_and_subject((one, two), vocabulary)):
                    return True
    return False


def _are_holder_and_subject(terms: tuple[Term, Term], vocabulary: Vocabulary) -> bool:
    """Return True if one of two terms speaks in the library, and only the other is spoken of: "Tern Capital, tin"."""
    spoken_of = [each.kind == "asset" or vocabulary.is_subject(each.forms[0]) for each in terms]
    speaker = terms[1] if spoken_of[0] else terms[0]
    return spoken_of[0] != spoken_of[1] and vocabulary.is_holder(speaker.forms[0])


def _names(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names in a question as it writes them: those the library knows, then other capitalised words."""
    plain = re.sub(r"[’']s\b", "  ", text.replace("’", "'"))
    tokens = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[\w&.'/-]*[\w&]", plain)]
    taken: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        for size in range(min(vocabulary.longest, len(tokens) - index), 0, -1):
            start, end = tokens[index][1], tokens[index + size - 1][2]
            if _is_known(plain[start:end], vocabulary, opens=index == 0):
                taken.append((start, end))
                index += size - 1
                break
        index += 1
    for match in _CAPITALISED.finditer(plain):
        start, end = match.span()
        if not any(a < end and start < b for a, b in taken):
            taken.extend(_trimmed(plain, start, end))
    return list(dict.fromkeys(plain[start:end] for start, end in sorted(taken)))


def _is_known(name: str, vocabulary: Vocabulary, *, opens: bool) -> bool:
    """Return True for a name of the library; a single word must be capitalised, not only for opening the question."""
    folded = fold(name)
    kinds = vocabulary.kinds.get(folded)
    if not kinds or folded in _NOT_NAMES or kinds <= {"subject", "kind"} or assets_in(name):
        return False
    if " " in folded:
        return any(part[0].isupper() for part in name.split()) or len(folded) > 6
    if opens and folded in STOP_WORDS | _ROLE_WORDS:
        return False
    if name[0].isupper() or same_things(folded):
        return True
    # In a question all in lower case, a rare surname is a name; "computer" is none though a Mr Computer is known.
    return "surname" in kinds and len(folded) > 4 and vocabulary.weights([stem(folded)])[stem(folded)] > _RARE


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Drop leading words that are capitalised for opening the question; nothing if no name is left."""
    pieces = [(m.group(), start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
    while pieces and (
        pieces[0][0].lower() in STOP_WORDS | _NOT_NAMES | _ROLE_WORDS or (start == 0 and len(pieces) == 1)
    ):
        if start == 0 and len(pieces) == 1 and pieces[0][0].lower() not in STOP_WORDS | _NOT_NAMES | _ROLE_WORDS:
            break
        pieces = pieces[1:]
    if not pieces or assets_in(text[pieces[0][1] : pieces[-1][2]]):
        return []
    return [(pieces[0][1], pieces[-1][2])]


def _name_term(label: str, vocabulary: Vocabulary) -> Term:
    folded = fold(label)
    forms = [folded, *same_things(folded)]
    if vocabulary.kinds.get(folded, set()) & {"person", "author"} or (
        "surname" in vocabulary.kinds.get(folded.split()[-1], ()) and " " in folded
    ):
        forms.append(folded.split()[-1])
    short = vocabulary.short_name(folded)
    forms += [short] if short else []
    if "-" in folded:
        forms.append(folded.replace("-", " "))
    roots = frozenset(map(stem, words(folded)))
    speaks = bool({"person", "surname", "house", "author"} & vocabulary.kinds.get(folded, set()))
    return Term(label, "name", tuple(dict.fromkeys(forms)), roots, 1.0, required=True, role=speaks)
