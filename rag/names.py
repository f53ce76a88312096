"""Capitalised names in a sentence, cut where one name ends and the next begins, and what their words tell of them.

A name is a run of capitalised words with what joins them inside ("de", "&", "and Co"). Roles, weekdays and words that
merely open a sentence end a run; a corporate suffix ends it too, so that "Tern Inc Mara Lane" is two names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.name_kinds import could_be_person, is_known_house, is_place, looks_like_firm, plain_word
from rag.name_words import (
    AFTER_US,
    BREAKS,
    EDGES,
    FIRM_WORDS,
    OF_HEADS,
    PLACES,
    ROLE_ADJECTIVES,
    ROLE_NOUNS,
    SECTORS,
    SUFFIXES,
    TRAILING,
)

__all__ = ("Name", "could_be_person", "names_of")

_PARTICLE = r"(?:de|van|von|der|den|ten|ter|al|bin|la|le|du|del|della|di|da|dos|en|et|y|van der|van den|von der)"
_WORD = (
    r"(?:(?:[A-ZÀ-Þ]\.)+(?:[A-ZÀ-Þ](?!\w))?|(?:Moody|Poor|Lloyd|Barron|Macy|Wendy|McDonald|Sotheby|Christie|Kohl)[’']s\b|"
    r"(?:[dl][’'])?[A-ZÀ-Þ]\w*(?:(?:[-’'&/.]|\.(?=\w{2}))(?!s\b)\w+)*)"
)
_BETWEEN = (
    rf"(?:\s{_PARTICLE}\s|\s&\s|\s(?:St|Jr|Sr|Wm)\.\s|\s\([A-Z]\w+\)\s(?=(?:Ltd|Inc|Co|Corp|NA|Pte|LLC)\b)|\s|[’']s?\s(?=(?:"
    r"Association|Federation|Union|Institute|Council|Board|Bureau|Organi[sz]ation|Conference|Alliance|Guild)\b))"
)
_RUN = re.compile(rf"(?<![\w$€£]){_WORD}(?:{_BETWEEN}{_WORD})*")
_TOKEN = re.compile(_WORD)
_MONTH = r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)\w*\.?"
_TOWN = r"[A-Z][A-Z .,'/-]{2,40}"
_DATELINE = re.compile(
    rf"{_TOWN}(?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?,\s{_MONTH}\s\d{{1,2}}\s(?:\([^)]{{0,30}}\)\s)?[-–—]+\s|"
    rf"{_TOWN}(?:,\s[A-Z][\w.]+)?\s\([A-Z]\w+\)\s[-–—]+\s"
)
_SAID_IT = re.compile(r"\s(?:said|says)\sits?\b")
_OF_BEFORE = re.compile(r"\b(?:of|at|with|for)\s(?:[a-z]+\s){0,3}(?:[A-Z][\w.]+,\s){0,3}$")
_NO_NAMES = frozenset(
    ("third world", "wall street", "main street", "big board", "white house", "common market", "far east")
)
_PARTNERS = frozenset(("co", "company", "sons", "partners", "associates", "poor's", "poor’s"))
_INSTITUTE = re.compile(
    r"\b(?:Institute|Ministry|Department|Bureau|Organi[sz]ation|Council|Centre|Center|Association) (?:of|for)\b"
)
_ABBREVIATED = re.compile(r"\.(?=[’']s|,|\s[a-z])")  # the stop of "Oakmere Inc. analyst"
_LONGEST_NAME = 100
_LOWER = re.compile(r"(?:^|\s)([a-z][\w-]*)")
_FIRM_PLURALS = frozenset(("brokers", "dealers", "advisers", "consultants"))  # "City Brokers"
_NAMED_MONTHS = frozenset("april may june august march".split())  # first names too
_DATED = re.compile(
    r"(?i)\b(?:in|on|of|since|until|by|last|next|this|early|late|mid|end|to|from|and|for|through|as)\s$"
)
_CUTS_BEFORE_PERSON = frozenset(
    "markets securities brothers management research futures partners advisors advisers investments".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised name and where it stands in its sentence."""

    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        """The name without the ending that makes it an owner's."""
        return self.text.removesuffix("’s").removesuffix("'s")


def names_of(words: str) -> list[Name]:
    """Return the names of a sentence in order; places, roles, dates and opening words are none."""
    pieces = [piece for run in _RUN.finditer(words) for piece in _cut(run)]
    dateline = _DATELINE.match(words)
    text_from = dateline.end() if dateline else 0
    named = (name for name in _joined(words, pieces) if name.start >= text_from)
    return [name for name in named if not is_place(name.text) and not _is_general(words, name)]


def _is_general(words: str, name: Name) -> bool:
    """Return True for "the Bank" and "a U.S. Bank", which name no firm."""
    if " " not in name.text:
        return plain_word(name.text) in FIRM_WORDS
    place, _, rest = name.text.partition(" ")
    after_place = "." in place and is_place(place) and " " not in rest
    article = bool(re.search(r"\b(?:an?|one|another|some|most|major)\s$", words[max(0, name.start - 10) : name.start]))
    common = plain_word(rest) not in FIRM_WORDS and plain_word(rest) not in AFTER_US
    return name.text.lower() in _NO_NAMES or (after_place and (common or article))


def _cut(run: re.Match[str]) -> list[Name]:
    """Cut a run of capitalised words at roles, function words and corporate suffixes; strip opening words."""
    groups: list[list[re.Match[str]]] = [[]]
    tokens = list(_TOKEN.finditer(run.string, run.start(), run.end()))
    for index, token in enumerate(tokens):
        word = plain_word(token.group())
        ahead = [plain_word(each.group()) for each in tokens[index + 1 : index + 4]]
        ahead += _LOWER.findall(run.string[tokens[-1].end() : tokens[-1].end() + 40])[:2] if len(ahead) < 2 else []
        if (
            word in BREAKS
            or (word in ROLE_NOUNS and not (groups[-1] and word in _FIRM_PLURALS))
            or (_modifies_role(word, ahead) and not (groups[-1] and word in FIRM_WORDS))
            or _is_date(token)
        ):
            groups.append([])
            continue
        if word.endswith("-based"):
            groups[-1] = []
            continue
        groups[-1].append(token)
        if _ends_firm(word, [plain_word(each.group()) for each in tokens[index + 1 :]]):
            groups.append([])
    trimmed = (_trimmed(group) for group in groups)
    return [_name(run.string, group[0].start(), group[-1].end()) for group in trimmed if group]


def _ends_firm(word: str, rest: Sequence[str]) -> bool:
    """Return True after "Inc", and after "Securities" where the last two words could be a person's."""
    if word in SUFFIXES:
        return not (rest and rest[0] in SUFFIXES)
    plain = not any(each in FIRM_WORDS or each in PLACES or each in ROLE_NOUNS for each in rest)
    return word in _CUTS_BEFORE_PERSON and len(rest) == 2 and plain


def _is_date(token: re.Match[str]) -> bool:
    """Return True for a month that is no first name here ("in June Oakmere …", "June figures")."""
    word = plain_word(token.group())
    if word not in _NAMED_MONTHS:
        return False
    after = token.string[token.end() : token.end() + 2]
    return not re.match(r"\s[A-Z]", after) or bool(
        _DATED.search(token.string[max(0, token.start() - 8) : token.start()])
    )


def _modifies_role(word: str, ahead: Sequence[str]) -> bool:
    """Return True for "Chief" in "Chief Economist Mara Lane" and "Finance" in "Finance Minister": words of a role."""
    if word not in ROLE_ADJECTIVES and word not in SECTORS:
        return False
    for following in ahead:
        if following in ROLE_NOUNS:
            return True
        if following not in ROLE_ADJECTIVES and following not in SECTORS and following not in PLACES:
            return False
    return False


def _trimmed(group: list[re.Match[str]]) -> list[re.Match[str]]:
    while group and plain_word(group[0].group()) in EDGES and not _opens_known(group):
        group = group[1:]
    while len(group) > 1 and plain_word(group[-1].group()) in TRAILING:
        group = group[:-1]
    letters = [token for token in group if len(token.group()) > 1]
    if not letters or all(re.fullmatch(r"(?:[A-Z]\.)+", token.group()) for token in group):
        return []
    return group


def _opens_known(group: list[re.Match[str]]) -> bool:
    """Return True where "First" or "New" opens a name of two words or more ("First Boston") instead of a sentence."""
    opening = plain_word(group[0].group())
    at_start = not group[0].string[: group[0].start()].strip(" “\"‘'(")
    if len(group) == 2 and plain_word(group[1].group()) in FIRM_WORDS:
        return True  # "Short Brothers", "Net Capital"
    return (
        opening in ("first", "new", "second", "next", "best")
        and len(group) > 1
        and (not at_start or opening == "first")
    )


def _joined(words: str, pieces: list[Name]) -> list[Name]:
    """Join the parts of one firm: "Hale and Co", "Hale, Moor and Co", "Bank of Aldmere", "of Duff and Moor,"."""
    result: list[Name] = []
    for piece in pieces:
        whole = piece
        while result and _belong_together(words, result[-1], whole):
            whole = _name(words, result.pop().start, whole.end)
        result.append(whole)
    return result


def _belong_together(words: str, left: Name, right: Name) -> bool:
    """Return True if two names, apart by "of", "and" or a comma, are parts of one."""
    gap = words[left.end : right.start]
    if right.end - left.start > _LONGEST_NAME:
        return False
    if gap in (" of ", " of the "):
        return _last(left) in OF_HEADS
    if gap not in (" and ", " & ", ", "):
        return False
    if is_known_house(words[left.start : right.end]):
        return True
    return _listed(words, left, right) if gap == ", " else _paired(words, left, right)


def _paired(words: str, left: Name, right: Name) -> bool:
    """Return True for "Hale and Co", "of Duff and Moor," and "Institute of Tin and Lead", apart by "and" or "&"."""
    core = [word for word in right.text.split() if plain_word(word) not in SUFFIXES]
    if _last(left) in SUFFIXES:
        return _last(right) in ("co", "company", "sons") and " " not in right.text
    if any(char.isdigit() for char in left.text) or is_known_house(right.text):
        return False
    if _INSTITUTE.search(left.text) or "&" in words[left.end : right.start]:
        return True
    if _SAID_IT.match(words, right.end) and " " not in left.text:  # one speaker, so one firm
        return " " not in right.text or _last(right) in SUFFIXES
    general = len(core) <= 1 and (len(left.text.split()) <= 2 or all(plain_word(word) in FIRM_WORDS for word in core))
    return _last(right) in _PARTNERS or (_last(right) in SUFFIXES and general) or _after_of(words, left, right)


def _listed(words: str, left: Name, right: Name) -> bool:
    """Return True for "Hale, Moor and Co", "of Hale, Moor, Duff Inc" and "Oakmere, Inc", apart by a comma."""
    tokens = right.text.split()
    if len(tokens) == 1 and _last(right) in SUFFIXES:
        return True
    if _last(left) in SUFFIXES:
        return False
    core = [word for word in tokens if plain_word(word) not in SUFFIXES]
    partners = _last(right) in SUFFIXES and (len(core) == 1 or "," in right.text)
    if partners and " " not in left.text and _follows_of(words, left):
        return True
    joined = re.search(r"\s(?:and|&|en)\s", right.text) is not None or right.text == "Harris Upham"
    return joined and len(left.text.split()) <= 2 and not looks_like_firm(left.text)


def _last(name: Name) -> str:
    return plain_word(name.text.rsplit(maxsplit=1)[-1])


def _after_of(words: str, left: Name, right: Name) -> bool:
    """Return True for "of Duff and Moor," and "Duff and Moor analyst": one word after "and", in the place of a firm."""
    tokens = right.text.split()
    alone = len(tokens) == 1 or (
        len(tokens) <= 3 and plain_word(tokens[-1]) in FIRM_WORDS and not looks_like_firm(left.text)
    )
    if not alone or words[right.end : right.end + 2] in ("’s", "'s"):
        return False
    after = words[right.end :]
    follows_role = re.match(r"\s(?:[a-z-]+\s){0,2}(?:analyst|economist|strategist|trader|dealer)\b", after)
    return bool(
        follows_role or (_follows_of(words, left) and re.match(r"[,.;]|$|\s(?:said|says|told|expects?|sees?)\b", after))
    )


def _follows_of(words: str, name: Name) -> bool:
    """Return True if "of", "at", "with" or "for" stands before the name, or before the list of names that it ends."""
    return bool(_OF_BEFORE.search(words[max(0, name.start - 50) : name.start]))


def _name(words: str, start: int, end: int) -> Name:
    if _ABBREVIATED.match(words, end) and plain_word(words[start:end].rsplit(maxsplit=1)[-1]) in SUFFIXES:
        end += 1
    return Name(start, end, words[start:end])
