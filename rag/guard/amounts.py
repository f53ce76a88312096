"""The numbers of a text as amounts: value, unit, sign and scale, however they are written.

"130 basis points" and "1.3 percentage points" are one amount, and so are "$1.2bn" and "1,200 mln dlrs", "54-1/8" and
"54.125", "two thirds" and 66.7 %. Digits within dates and names are told apart by the modules that own those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_SCALES = {
    "thousand": 3, "k": 3, "lakh": 5, "million": 6, "mln": 6, "mn": 6, "mm": 6, "m": 6, "crore": 7,
    "billion": 9, "bln": 9, "bn": 9, "b": 9, "trillion": 12, "trn": 12, "tn": 12,
}  # fmt: skip
_UNITS = {
    "%": "% %pct percent per-cent pct",
    "pp": "percentage-points percentage-point pct-points pct-point pp ppt ppts %-points",
    "bp": "basis-points basis-point bps bp",
    "$": "dollars dollar dlrs dlr usd",
    "€": "euros euro eur",
    "£": "pounds-sterling sterling stg pounds pound gbp",
    "¥": "yen jpy",
    "₹": "rupees rupee inr",
    "DM": "marks mark dm", "FF": "francs franc", "C$": "canadian-dollars canadian-dlrs",
    "ct": "cents cent cts ct", "p": "pence",
    "year": "years year yr yrs", "month": "months month mths", "week": "weeks week", "day": "days day",
    "quarter": "quarters", "hour": "hours hour",
    "point": "points point pts",
    "x": "times x fold",
    "tonne": "tonnes tonne tons ton mt", "barrel": "barrels barrel bbl bpd", "bushel": "bushels bushel",
    "ounce": "ounces ounce oz", "share": "shares",
}  # fmt: skip
_UNIT_OF = {word.replace("-", " "): unit for unit, line in _UNITS.items() for word in line.split()}
_MONEY = {"us$": "$", "$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹", "rs": "₹", "rs.": "₹", "c$": "C$", "a$": "A$"}
CURRENCIES = frozenset((*_MONEY.values(), "DM", "FF"))
SOFT = frozenset(
    ("year", "month", "week", "day", "quarter", "hour", "point", "x", "tonne", "barrel", "bushel", "ounce")
)
"""Units that a text may leave to the words around a number."""

DURATIONS = frozenset(("year", "month", "week", "day", "quarter", "hour"))
"""Units of time: "over two years" is no rounding."""

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER_WORDS = {word: value for value, word in enumerate(_ONES)}
_NUMBER_WORDS |= {word: 10 * value for value, word in enumerate(_TENS, start=2)} | {"dozen": 12, "hundred": 100}
_MULTIPLES: dict[str, int | Decimal] = {
    "doubl": 2, "twice": 2, "twofold": 2, "tripl": 3, "trebl": 3, "threefold": 3, "quadrupl": 4, "halv": Decimal("0.5"),
}  # fmt: skip
_PARTS = {
    "half": Decimal(50), "a third": Decimal(100) / 3, "one third": Decimal(100) / 3, "two thirds": Decimal(200) / 3,
    "a quarter of": Decimal(25), "three quarters": Decimal(75), "a fifth": Decimal(20), "one fifth": Decimal(20),
}  # fmt: skip

_ONE = "|".join(_ONES)
_SPELLED = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{_ONE}))?|(?:{_ONE}|a)\s(?:hundred|dozen)|{_ONE}|hundred|dozen)"
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_UNIT = "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in sorted(_UNIT_OF, key=len, reverse=True))
_AMOUNT = re.compile(
    r"(?P<sign>(?<![\w)])[-+−](?=[$€£¥₹.\d])|\b(?:minus|negative)\s(?=[$€£¥₹\d]))?"
    r"(?:(?P<money>(?:\bUS|\b[CA])?\$|[€£¥₹]|\bRs\.?(?=\s?\d))\s?(?P<inner>[-+−])?)?"
    rf"(?:(?P<digits>(?<![\w.,])(?:\d{{1,15}}(?:,\d{{2,3}})*(?:\.\d{{1,9}})?|\.\d{{1,9}}))(?:(?P<over>[-\s]\d{{1,3}}/\d{{1,3}}"
    rf"|/\d{{1,3}}))?|\b(?P<spelled>{_SPELLED}))"
    rf"(?:(?:[-\s](?=[a-z])|(?<=\d))(?P<scale>{_SCALE})\b)?(?:[-\s]?(?P<unit>(?:{_UNIT}))(?!\w))?"
    r"(?!\w|\.\d)",
    re.IGNORECASE,
)
_THIRDS = r"half|a third|one[-\s]third|two[-\s]thirds|a quarter of|three[-\s]quarters|a fifth|one[-\s]fifth"
_TIMES = r"(?:(?:doubl|tripl|trebl|quadrupl|halv)(?:e[sd]?|ing)|twice|twofold|threefold)"
_PART_OF = re.compile(
    r"\b(?P<part>half|quarter)[-\s](?:of\s)?(?:an?\s)?(?:full\s)?(?:percentage[-\s])?(?:point|percent|pct)\b|"
    rf"\b(?P<share>{_THIRDS})\b(?![-\s](?:year|quarter|of\s(?:19|20|the\syear)))|\b(?P<multiple>{_TIMES})\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:to|-|–|—|and|or)\s?(?:about\s|around\s|a\s)?(?=[$€£¥₹.\d]|$)", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?P<near>about|around|roughly|approximately|some|circa|close to|near)\s$|~\s?$|"
    r"\b(?P<under>nearly|almost|just under|just below|not quite|up to)\s$|"
    r"\b(?P<over>more than|over|just over|just above|above|at least|upwards of|north of)\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit; `rounded` says how the text rounds it: "near", "under", "over" or not at all ("")."""

    value: Decimal
    unit: str
    start: int
    end: int
    written: str
    rounded: str = ""
    signed: bool = False


@lru_cache(maxsize=8192)
def amounts_in(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a text in order; members of a range ("3 to 5 %") share their unit."""
    parts = list(_parts(text))
    found = [each for each in _plain(text) if not any(one.start <= each.start < one.end for one in parts)] + parts
    found.sort(key=lambda each: each.start)
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        if _RANGE.fullmatch(text, left.end, right.start):
            found[index], found[index + 1] = _alike(left, right)
    return tuple(found)


def counted(word: str) -> Decimal | None:
    """Return the whole number that a folded word writes, in digits or letters; None for other words."""
    if word.isascii() and word.isdigit():
        return Decimal(word)
    return Decimal(_NUMBER_WORDS[word]) if word in _NUMBER_WORDS else None


def same(one: Amount, other: Amount) -> bool:
    """Return True if two amounts are equal in value and unit, or the first rounds the second and says so."""
    value, unit = _normal(one)
    held, held_unit = _normal(other)
    if unit != held_unit and not _may_stand_for(unit, held_unit):
        return False
    return value == held or (_is_part(one) and abs(value - held) < 1) or _rounds(one, value, held)


def _rounds(one: Amount, value: Decimal, held: Decimal) -> bool:
    """Return True if `value` is what "about", "nearly" or "more than" may make of `held`."""
    if not one.rounded or not held or (value < 0) != (held < 0):
        return False
    if one.rounded == "under" and abs(held) > abs(value):
        return False
    if one.rounded == "over" and abs(held) < abs(value):
        return False
    digits = max(1, len(value.normalize().as_tuple().digits))
    coarser = digits < len(held.normalize().as_tuple().digits)
    return coarser and abs(value - held) <= Decimal("0.06") * abs(held)


def _is_part(one: Amount) -> bool:
    return one.unit == "%" and not one.written[:1].isdigit()


def _normal(one: Amount) -> tuple[Decimal, str]:
    """Return value and unit with basis points as percentage points and cents as money."""
    if one.unit == "bp":
        return one.value / 100, "pp"
    return (one.value / 100, "money") if one.unit in ("ct", "p") else (one.value, one.unit)


def _may_stand_for(one: str, other: str) -> bool:
    """Return True if a currency's sign or a plain unit is only left out on one side."""
    for left, right in ((one, other), (other, one)):
        if left == "" and (right in CURRENCIES or right in SOFT or right == "share"):
            return True
        if left == "money" and right in CURRENCIES:
            return True
    return False


def _plain(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        if match["spelled"] and match["spelled"].lower() == "one" and not (match["scale"] or match["unit"]):
            continue  # "one of the few"
        value = _value(match)
        if value is None:
            continue
        unit = _UNIT_OF.get(re.sub(r"[\s-]", " ", (match["unit"] or "").lower()), "")
        money = _MONEY.get((match["money"] or "").lower(), "")
        if money and unit in ("", "$", "share", *SOFT):
            unit = money
        signed = bool(match["sign"] or match["inner"])
        rounded = _ABOUT.search(text, max(0, match.start() - 16), match.start())
        how = (rounded.lastgroup or "near") if rounded else ""
        yield Amount(value, unit, match.start(), match.end(), match.group().strip(), how, signed)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["spelled"]:
        value = _spelled(match["spelled"].lower())
    else:
        try:
            value = Decimal(match["digits"].replace(",", ""))
        except InvalidOperation:
            return None
        if match["over"]:
            numerator, _, denominator = match["over"].strip("- ").rpartition("/")
            below = max(int(denominator), 1)
            value = value + Decimal(int(numerator)) / below if numerator else value / below
    if match["scale"]:
        value = value.scaleb(_SCALES[match["scale"].lower()])
    sign = (match["sign"] or match["inner"] or "").strip().lower()
    return -value if sign in ("-", "−", "minus", "negative") else value


def _spelled(words: str) -> Decimal:
    parts = re.split(r"[-\s]", words)
    if parts[-1] in ("hundred", "dozen") and len(parts) > 1:
        return Decimal(_NUMBER_WORDS.get(parts[0], 1) * _NUMBER_WORDS[parts[-1]])
    return Decimal(sum(_NUMBER_WORDS[part] for part in parts))


def _parts(text: str) -> Iterator[Amount]:
    """Yield halves, thirds, half points and what doubled."""
    for match in _PART_OF.finditer(text):
        written = match.group()
        if match["part"]:
            value, unit = Decimal("0.5" if match["part"].lower() == "half" else "0.25"), "pp"
        elif match["share"]:
            value, unit = _PARTS[match["share"].lower().replace("-", " ")], "%"
        else:
            root = next(start for start in _MULTIPLES if written.lower().startswith(start))
            value, unit = Decimal(_MULTIPLES[root]), "x"
        rounded = _ABOUT.search(text, max(0, match.start() - 16), match.start())
        how = (rounded.lastgroup or "near") if rounded else ""
        yield Amount(value, unit, match.start(), match.end(), written, how)


def _alike(left: Amount, right: Amount) -> tuple[Amount, Amount]:
    """Return both ends of a range with the unit and scale that only one of them carries."""
    if left.unit == right.unit:
        if left.unit == "" or left.value >= right.value:
            return left, right
    elif left.unit and right.unit:
        return left, right
    scale = _scale(right)
    value = left.value.scaleb(scale) if scale and not _scale(left) and left.value < right.value else left.value
    unit = left.unit or right.unit
    return replace(left, value=value, unit=unit), replace(right, unit=unit)


def _scale(one: Amount) -> int:
    match = re.search(rf"\d\s?-?({_SCALE})\b", one.written, re.IGNORECASE)
    return _SCALES[match[1].lower()] if match else 0
