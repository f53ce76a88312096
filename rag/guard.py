"""The guard: is everything that a statement says in the quotes that it cites?

Checked without a model, each by its own rule: words in quotation marks are verbatim; numbers agree in value and unit;
names, ratings and directions stand in the quotes; negation and certainty are not turned round; the rest is mostly the
quotes' words. A statement that passes may still mislead by what it leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from rag.aliases import COMPANIES
from rag.street import STREET
from rag.subjects import RATING
from rag.types import Quote, Verdict
from rag.wording import STOP_WORDS, content_words, fold, phrase_in, stem, words

_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pct": "%",
    "basis points": "bp", "basis point": "bp", "bps": "bp", "bp": "bp",
    "percentage points": "pp", "percentage point": "pp",
    "thousand": "e3", "k": "e3", "million": "e6", "mln": "e6", "mn": "e6", "m": "e6",
    "billion": "e9", "bln": "e9", "bn": "e9", "b": "e9", "trillion": "e12", "trn": "e12",
    "cents": "ct", "cent": "ct", "cts": "ct", "ct": "ct",
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<sign>[-−+])?(?P<money>[$€£¥]|\bRs\.?\s|\bC\$)?(?P<value>\d[\d,]*(?:\.\d+)?)(?:(?P<over>-\d+/\d+))?\s?-?"
    rf"(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})?(?![\w])",
    re.IGNORECASE,
)
_LEVEL = rf"(?:an? |the )?[‘'\"“]?([$€£¥]?\d[\d.,]*\d|[$€£¥]?\d|{RATING})\b[%’'\"”]?"
_FROM_TO = re.compile(rf"\bfrom {_LEVEL} to {_LEVEL}", re.IGNORECASE)
_TO_FROM = re.compile(rf"\bto {_LEVEL},? from {_LEVEL}", re.IGNORECASE)
_SMALL = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True))
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|without|none|cannot|nothing)\b|n't\b|\bfail(?:s|ed)? to\b", re.IGNORECASE
)
_CERTAIN = re.compile(r"\b(?:will|shall|certain(?:ly)?|definitely|guarantee[sd]?|is going to)\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:may|might|could|would|should|likely|probably|possibly|expect\w*|sees?|potential\w*|if)\b", re.IGNORECASE
)
_RATING_WORD = re.compile(rf"\b{RATING}\b", re.IGNORECASE)
_DIRECTIONS: dict[str, tuple[str, ...]] = {
    "upgrade": ("upgrad",),
    "downgrade": ("downgrad",),
    "up": ("rais", "lift", "boost", "increas", "hike", "rise", "rose", "gain", "jump", "climb", "surg", "higher"),
    "down": ("cut", "lower", "reduc", "slash", "trim", "fall", "fell", "drop", "declin", "slump", "slid"),
    "bullish": ("bullish", "posit", "optimist"),
    "bearish": ("bearish", "neg", "pessimist", "cautiou"),
}  # fmt: skip
_CURRENCIES = frozenset(("$", "€", "£", "¥", "Rs.", "C$"))
_WORDS = re.compile(r"[^\W\d_]+")
_MIN_SHARED = 0.5
_ABBREVIATION = 3


def verify(statement: str, quotes: Iterable[Quote | str], metadata: Sequence[str] = ()) -> Verdict:
    """Return whether the quotes support the statement, with one line for each thing that they do not.

    `metadata` are further texts that may support names and dates: the articles' titles, publishers, authors, dates.
    """
    sources = [quote.text if isinstance(quote, Quote) else quote for quote in quotes]
    if not any(source.strip() for source in sources):
        return Verdict(supported=False, problems=("no quote is cited",))
    said = " ".join(sources)
    quotes_whole = any(f"“{source}”" in statement for source in sources)
    for source in sources:
        statement = statement.replace(f"“{source}”", " ")
    problems = [f"not verbatim in any quote: “{q}”" for q in _QUOTED.findall(statement) if fold(q) not in fold(said)]
    rest = _QUOTED.sub(" ", statement)
    for text in sorted(metadata, key=len, reverse=True):
        rest = rest.replace(text, " ") if len(text) > 3 else rest
    if words(rest):
        known = " ".join((said, *metadata))
        problems += [f"number not in the quotes: {number}" for number in _missing_numbers(rest, known)]
        missing = _missing_names(rest, known)
        if missing:
            missing = _missing_names(rest, f"{known} {_other_names(known)}")
        problems += [f"name not in the quotes: {name}" for name in missing]
        problems += [f"rating not in the quotes: {rating}" for rating in _missing_ratings(rest, said)]
        problems += [f"direction not in the quotes: {which}" for which in __missing_directions(rest, said)]
        problems += _swapped(rest, said)
        # A whole quote carries its own negation and hedges; words beside it may only not add one.
        if quotes_whole or not _claims(rest):
            problems += _denied(rest, said)
        else:
            problems += _turned(rest, sources)
        problems += _strange(rest, f"{known} {_other_names(known)}" if _strange(rest, known) else known)
    return Verdict(supported=not problems, problems=tuple(problems))


def _numbers(text: str) -> dict[tuple[Decimal, str], str]:
    """Return the numbers of a text as (value, unit), with how each was written."""
    found: dict[tuple[Decimal, str], str] = {}
    for match in _NUMBER.finditer(text):
        try:
            value = Decimal(match["value"].replace(",", ""))
        except InvalidOperation:
            continue
        unit = _UNITS.get((match["unit"] or "").lower(), "")
        if unit.startswith("e"):
            value, unit = value.scaleb(int(unit[1:])), ""
        if unit == "bp":
            value, unit = value / 100, "pp"
        if match["sign"] in ("-", "−") and (match.start() == 0 or text[match.start() - 1].isspace()):
            value = -value
        if match["over"]:
            numerator, denominator = match["over"].lstrip("-").split("/")
            value += Decimal(numerator) / Decimal(max(int(denominator), 1))
        money = (match["money"] or "").strip()
        found[value.normalize(), money if money and unit in ("", "ct") else unit] = match.group().strip()
    for word in words(text):
        if word in _SMALL:
            found.setdefault((Decimal(_SMALL[word]), ""), word)
    return found


def _missing_numbers(statement: str, known: str) -> list[str]:
    held = _numbers(known)
    bare = {value for value, unit in held if unit == ""}
    any_money = {value for value, unit in held if unit in _CURRENCIES}
    missing = []
    for (value, unit), written in _numbers(statement).items():
        # A currency sign may be left out, on either side, but not exchanged for another.
        known_bare = (unit in _CURRENCIES and value in bare) or (unit == "" and value in any_money)
        if (value, unit) not in held and not known_bare:
            missing.append(written)
    return missing


def _missing_names(statement: str, known: str) -> list[str]:
    held = set(words(known))
    held_stems = {stem(word) for word in held}
    missing = []
    for match in re.finditer(r"\b[A-Z][\w&’'-]*", statement):
        plain = [word for word in words(match.group()) if word not in ("s", "t")]
        opens = (
            not statement[: match.start()].rstrip(" ([").strip() or statement[: match.start()].rstrip()[-1:] in ".:!?"
        )
        if opens and all(word in STOP_WORDS or stem(word) in _COMMON_OPENERS for word in plain):
            continue
        if not all(word in held or stem(word) in held_stems or word in STOP_WORDS for word in plain):
            missing.append(match.group())
    return missing


_COMMON_OPENERS = frozenset(
    map(stem, "analysts strategists sources earlier undated headline disagree view reason author".split())
)


@lru_cache(maxsize=256)
def _other_names(text: str) -> str:
    """Return the other names of the houses and companies that a text names: "BofA" is Bank of America."""
    folded = fold(text)
    called: list[str] = []
    for group in (*STREET, *COMPANIES):
        # Two or three letters are a name in capitals only: "GS" is a house, "Ms" and "cs" are none.
        if any(phrase_in(name, folded) and (len(name) > _ABBREVIATION or name.upper() in text) for name in group):
            called += group
    return " ".join(called)


def _missing_ratings(statement: str, said: str) -> list[str]:
    held = {_plain_rating(match.group()) for match in _RATING_WORD.finditer(said)}
    found = [match.group() for match in _RATING_WORD.finditer(statement)]
    return [rating for rating in found if _plain_rating(rating) not in held]


def _plain_rating(rating: str) -> str:
    return re.sub(r"[^a-z]", "", rating.lower())


def __missing_directions(statement: str, said: str) -> list[str]:
    own, theirs = directions(statement), directions(said)
    return sorted(own - theirs)


@lru_cache(maxsize=4096)
def directions(text: str) -> frozenset[str]:
    """Return which ways a text says something moved or leans, by `_DIRECTIONS`."""
    roots = [stem(word) for word in words(text)]
    return frozenset(name for name, starts in _DIRECTIONS.items() if any(root.startswith(starts) for root in roots))


def _turned(statement: str, sources: Sequence[str]) -> list[str]:
    """Return problems with negation and certainty, against the source sentence that shares most words."""
    roots = {stem(word) for word in content_words(statement)}
    nearest = max(sources, key=lambda source: len(roots & {stem(word) for word in words(source)}))
    problems = []
    if _is_negated(statement) != _is_negated(nearest):
        problems.append("negation differs from the quote")
    if _CERTAIN.search(statement) and not _CERTAIN.search(nearest) and _HEDGE.search(nearest):
        problems.append("more certain than the quote")
    return problems


def _claims(statement: str) -> bool:
    """Return False if only names are left of a statement, as where what it says of them is known from elsewhere."""
    plain = [word for word in _WORDS.findall(statement) if word[0].islower() and word not in STOP_WORDS]
    return any(stem(word) not in _COMMON_OPENERS for word in plain)


def _denied(statement: str, said: str) -> list[str]:
    return ["negation differs from the quote"] if _is_negated(statement) and not _is_negated(said) else []


def _is_negated(text: str) -> bool:
    return bool(_NEGATION.search(text.replace("’", "'")))


def _swapped(statement: str, said: str) -> list[str]:
    """Return a problem for each change that the quotes tell the other way round ("to sell from buy")."""
    held = _changes(said)
    return [
        f"from and to are swapped: {old} to {new}"
        for old, new in _changes(statement)
        if (new, old) in held - {(old, new)}
    ]


def _changes(text: str) -> set[tuple[str, str]]:
    """Return the (from, to) pairs of figures and ratings that a text names."""
    found = {(m[1], m[2]) for m in _FROM_TO.finditer(text)} | {(m[2], m[1]) for m in _TO_FROM.finditer(text)}
    return {(fold(old), fold(new)) for old, new in found}


def _strange(statement: str, known: str) -> list[str]:
    """Return a problem if most of the statement's words are not the sources'."""
    held = {stem(word) for word in words(known)}
    own = [word for word in content_words(statement) if stem(word) not in _COMMON_OPENERS]
    shared = sum(stem(word) in held for word in own)
    if own and shared < _MIN_SHARED * len(own):
        return ["most words are not in the quotes: " + ", ".join(w for w in own if stem(w) not in held)]
    return []
