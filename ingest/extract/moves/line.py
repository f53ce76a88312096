"""A sentence as the grammar of moves sees it: items with one-letter codes (see `moves_words`), offsets kept.

Tickers in brackets, quotation marks, adverbs and days are left out: no construction depends on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.extract.moves.words import ABBREVIATIONS, CODES, NAME_JOINERS, NAME_TAILS, PHRASES, SKIPPED, form_of
from ingest.extract.ratings import GRADE, LEVELS, LOOSE, RATED

_CURRENCY = (
    r"(?:(?:US|CA|C|A|AU|HK|NZ|S|R|NT)?\$|[€£¥₹]|\b(?:Rs|RS|INR|USD|EUR|GBP|HKD|CAD|AUD|CHF|SEK|JPY|SGD|NOK|DKK)\b\.?)"
)
_DIGITS = r"\d+(?:,\d+)*(?:\.\d+)?(?:-\d{1,2}/\d{1,2}|/\d{1,2}(?!\d))?"
_NUMERAL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = (
    r"(?:rupees?|dollars?|euros?|pounds?|pence|dlrs?|cts|cents?|yen|yuan|francs?|crowns?|kronor|kroner|marks|rand|"
    r"lira|stg|pesos|baht|won|"
    r"ringgit|points?)"
)
_SCALE = r"(?:\s?(?:k|K|bn|mn|mln|bln|lakh|crore|trillion|billion|million|[bmBM])\b)?"
_EACH = r"(?:\s(?:an?|per)\s(?:share|ounce|barrel|tonne|oz)\b|/share\b|/-|\sapiece\b)?"
_PAIR = r"(?i:\s(?:to|per|a)\s(?:the\s)?(?:U\.?S\.?\s)?(?:dollar|greenback|euro|pound|yen)\b)"
_BETWEEN = (
    rf"(?i:between)\s(?:{_CURRENCY}\s?{_DIGITS}\sand\s{_CURRENCY}?\s?{_DIGITS}|"
    rf"{_DIGITS}\sand\s{_DIGITS}\s?(?i:{_UNIT})\b)"
)
_GROUPS = [chr(ord("a") + k) for k in range(len(PHRASES))]
_TOKEN = re.compile(
    rf"""
    (?P<gap>(?<=\w)[ ]{{2,}}(?=\w))
  | (?P<slug>\A(?:(?:RPT|BRIEF|UPDATE\s\d|RESEARCH\sALERTS?|CORRECTED|REFILE|HOT\sSTOCKS|WRAPUP\s\d)\s?[-–—:]\s?)+)
  | (?P<skip>\s+ | (?<=\w)[-‑]rated\b
      | \((?:[A-Z][\w.&]{{0,9}}(?:\s[A-Z]{{2,7}})?\s?:\s?)?[A-Z][\w.\-]{{0,11}}(?:\s[A-Z]{{2,6}})?
        (?:,?\s?[+-]?\d[\d.]*\s?%)?\)
      | <[A-Z][\w.\-]{{0,9}}[>)] | \((?:CMP|cmp)[^()]{{0,24}}\) | \([^()]{{0,24}}%[^()]{{0,24}}\))
  | {"|".join(f"(?P<{name}_>(?i:{pattern}))" for name, (_, pattern) in zip(_GROUPS, PHRASES, strict=True))}
  | (?P<money>{_BETWEEN} | {_DIGITS}{_PAIR}
      | {_CURRENCY}\s?{_DIGITS}{_SCALE}(?:\s?[-–]\s?{_CURRENCY}?\s?{_DIGITS})?{_EACH}
      | {_DIGITS}\s?(?i:{_UNIT})\b(?i:{_EACH}) | {_DIGITS}[kKpP]\b | (?i:{_NUMERAL}\s(?:dlrs?|dollars?)\b{_EACH}))
  | (?P<percent>{_DIGITS}[\s-]?(?:%|pct\b|PCT\b|percent\b|per\scent\b))
  | (?P<rated>(?i:{RATED}))
  | (?P<initial>(?<![\w.])(?<!to\s)(?<!at\s)(?<!of\s)(?<!from\s)[A-Z]\.(?=\s?[A-Z][a-z]))
  | (?P<grade>{GRADE})
  | (?P<number>{_DIGITS}(?!\w|-[A-Za-z])|['’]\d\d\b)
  | (?P<genitive>(?<=\w)['’][sS]\b|(?<=[sS])['’](?=\s\w))
  | (?P<word>(?:[^\W\d_]\.){{2,}}|[A-Z]\.(?=\s?[A-Z])|vs\.
      |[^\W_]+(?:(?:['’](?![sS]\b)|[.+/\-]|(?<=\w)&)(?=[^\W_])[^\W_]+)*)
  | (?P<mark>--|[,;:|()\[\].!?–—•/&-])
    """,
    re.VERBOSE,
)  # fmt: skip
_CODE_OF_KIND = {
    "rated": "=", "initial": "N",
    "money": "M", "percent": "P", "grade": "Q", "number": "0", "genitive": "'", "gap": ",",
}  # fmt: skip
_CODE_OF_MARK = {
    ",": ",",
    ":": ":",
    "|": "|",
    "–": "|",
    "—": "|",
    "--": "|",
    "-": "|",
    "(": "(",
    "[": "(",
    ")": ")",
    "]": ")",
    "/": "&",
    "&": "&",
}
_STOPS = re.compile(r"\W*$|\s+[\"“‘'(]*[A-Z]")
_WORD_BEFORE = re.compile(r"[\w.]*$")
# Bullish and cautious are a tone, a top pick a pick, with codes of their own; the rest are too common as plain words.
_RATINGS = {word.replace("-", " ") for word in LEVELS} - {
    "bullish", "bearish", "bull", "bear", "cautious", "top pick", "best idea", "top buy", "long", "short", "average",
    "perform", "cheap", "watch", "mixed", "apply", "tender",
}  # fmt: skip
_LOOSE = {word.replace("-", " ") for word in LOOSE}
_ADVICE = frozenset("buy sell hold".split())
_IN_NAMES = frozenset("securities paper equities equity group target common".split())
_INDEX_NUMBERS = frozenset("100 500 2000 225 50 250 600 30 40 1000 200 300 400 35".split())
_FORECASTS = frozenset("forecast forecasts estimates".split())
_VERB_CODES = frozenset("UDudIKAXrcmyjezl")


@dataclass(frozen=True, slots=True)
class Item:
    """A word or group of words with its code; `form` tells a verb's form (see `form_of`)."""

    code: str
    start: int
    end: int
    text: str
    form: str = ""


@dataclass(frozen=True)
class Line:
    """A sentence as items; `codes[i]` is the code of `items[i]`."""

    text: str
    items: tuple[Item, ...]

    @cached_property
    def codes(self) -> str:
        """The codes of all items, one letter each."""
        return "".join(item.code for item in self.items)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters from item `first` to item `last`, both included."""
        return self.items[first].start, self.items[last].end

    def words(self, first: int, last: int) -> str:
        """Return the text from item `first` to item `last`, both included; empty if there are none."""
        return self.text[self.items[first].start : self.items[last].end] if first <= last else ""

    def words_of(self, span: tuple[int, int] | None) -> str:
        """Return the text of a span of characters, empty for None."""
        return self.text[span[0] : span[1]] if span else ""


def read(text: str) -> Line:
    """Return the sentence as items."""
    letters = sum(map(str.isalpha, text))
    shouted = sum(map(str.isupper, text)) >= 0.8 * letters
    items = list(_with_ratings(list(_tokens(text, shouted=shouted))))
    return Line(text, tuple(_grouped(_settled(items, titled=shouted or _titled(items)))))


def _titled(items: list[Item]) -> bool:
    """Return True if the long words begin with capitals, as in a headline in title case."""
    long = [item.text for item in items if len(item.text) > 3 and item.text[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.75 * len(long)


def _tokens(text: str, *, shouted: bool) -> Iterator[Item]:
    """Yield the words, phrases, amounts and marks; what no construction needs is passed over."""
    for match in _TOKEN.finditer(text):
        kind, word = str(match.lastgroup), match.group()
        start, end = match.span()
        if kind.endswith("_"):
            code = PHRASES[_GROUPS.index(kind[0])][0]
            yield Item(code, start, end, word, form_of(word.split()[0].lower()) if code in _VERB_CODES else "")
        elif kind == "mark":
            if word != "." or _ends_sentence(text, start):
                yield Item(_CODE_OF_MARK.get(word, ";"), start, end, word)
        elif kind == "word":
            yield from _word(word, start, end, shouted=shouted)
        elif kind not in {"skip", "slug"}:
            yield Item(_CODE_OF_KIND[kind], start, end, word)


def _ends_sentence(text: str, at: int) -> bool:
    """Return True if the full stop closes a sentence rather than an abbreviation."""
    before = _WORD_BEFORE.search(text, max(0, at - 12), at)
    short = before is not None and before.group().lower() in ABBREVIATIONS
    return _STOPS.match(text, at + 1) is not None and not short


def _word(word: str, start: int, end: int, *, shouted: bool) -> Iterator[Item]:
    """Yield the item of one word, with the code it has by itself; nothing for an adverb."""
    low = word.lower().replace("’", "'").rstrip(".") if word.lower() == "vs." else word.lower().replace("’", "'")
    code = CODES.get(low) or CODES.get(low.split("'")[0] if "'" in low and low.split("'")[0] in _PRONOUNS else "")
    if not shouted and len(word) > 1 and word.isupper() and code in set("BhtsOi&a~@fF"):
        code = "N"  # "AM Best", "ON Semiconductor"
    if code is None and low in SKIPPED:
        return
    if word == "up":
        return
    code = code or ("N" if any(map(str.isupper, word)) else "n")
    yield Item(code, start, end, word, form_of(low) if code in _VERB_CODES else "")


_PRONOUNS = frozenset("i we they he she it you".split())


def _with_ratings(items: list[Item]) -> Iterator[Item]:
    """Yield the items, the words of a rating ("market perform") made one."""
    i = 0
    while i < len(items):
        for width in (3, 2, 1):
            group = items[i : i + width]
            words = " ".join(item.text.lower().replace("-", " ") for item in group)
            owned = items[i].code == "T" and i > 0 and items[i - 1].code in "p'"  # "its fair value"
            if len(group) == width and words in _RATINGS and group[0].code != "=" and not owned:
                yield Item("R", group[0].start, group[-1].end, words)
                i += width
                break
        else:
            yield items[i]
            i += 1


def _settled(items: list[Item], *, titled: bool) -> list[Item]:
    """Return the items with the codes that depend on their neighbours."""
    settled: list[Item] = []
    for i, item in enumerate(items):
        before = settled[-1].code if settled else "^"
        follows = items[i + 1].code if i + 1 < len(items) else ";"
        to_rating = "".join(each.code for each in settled[-3:]) == "fRt"  # "from hold to buy last week"
        settled.append(item if item.code == "R" and to_rating else _beside(item, before, follows, titled=titled))
    return settled


def _beside(item: Item, before: str, follows: str, *, titled: bool) -> Item:
    """Return the item with the code it has between the codes `before` and `follows`."""
    if item.code == "R" and not _is_rating(item, before, follows):
        code = "g" if item.text in _ADVICE else CODES.get(item.text, "n")
        return replace(item, code=code, form=form_of(item.text) if code in _VERB_CODES else "")
    if item.code == "Q" and len(item.text) == 1 and (before not in "tf@q" or follows in "nN"):
        return replace(item, code="a" if item.text in "Aa" else "N")
    if item.text[0].isupper():
        low = item.text.lower()
        if before == "N" and item.code in "STxl" and (low in _IN_NAMES or (item.code in "Sl" and not titled)):
            return replace(item, code="N")
        if item.code == "V" and (follows == "N" or before == "N") and not titled:
            return replace(item, code="N")
    if item.code in "umd" and item.form == "d" and before in "ap" and follows in "TEG":
        return replace(item, code="n", form="")  # "a revised target", "its lowered estimate"
    if item.text.lower() in _FORECASTS and item.code == "E" and before in "NJhV" and follows in "aNn0":
        return replace(item, code="e", form=form_of(item.text.lower()))
    if item.text == "like" and before == "h":
        return item  # "we like Acme"
    if item.text == "like" or (item.text == "Like" and before != "^"):
        return replace(item, code="~", form="")
    return item


def _is_rating(item: Item, before: str, follows: str) -> bool:
    """Return True if a rating's words are one here, not a verb ("agreed to buy Acme") or an ordinary adjective."""
    plain = " " not in item.text and not item.text.endswith(("weight", "perform", "neutral", "performer"))
    if plain and before == "t" and follows in "NanpMSxgKi0":
        return False
    if item.text in _ADVICE and (
        before in "hV-" or (before in "nNSJ&" and follows in "apxM0h") or (item.text == "hold" and follows == "q")
    ):
        return False
    if item.text == "in line" and follows == "w":
        return False  # "in line with the pact"
    if item.text not in _LOOSE:
        return True
    if before == "^" and follows in "NS":
        return True  # "Reduce Acme, target Rs 300: N"
    return (before in "tfaws@:'GK" or follows in "OGo") and follows not in "nNS0MPgx"


def _grouped(items: list[Item]) -> Iterator[Item]:
    """Yield the items, the words of a name made one ("Bank of America", "Kidder Peabody and Co")."""
    i = 0
    while i < len(items):
        j = i + 1
        if items[i].code == "N":
            while (end := _name_goes_on(items, j)) > j:
                j = end
        if j - i > 1:
            yield Item("N", items[i].start, items[j - 1].end, " ".join(item.text for item in items[i:j]))
        else:
            yield items[i]
        i = j


def _name_goes_on(items: list[Item], j: int) -> int:
    """Return where the name that reaches to item j goes on to, j if it ends there."""
    if j >= len(items):
        return j
    word, last = items[j].text.lower(), items[j - 1].text.lower()
    if items[j].start - items[j - 1].end > 2:
        return j  # a ticker stood between
    if items[j].code == "N" or (items[j].code == "0" and word in _INDEX_NUMBERS):
        return j + 1
    following = items[j + 1] if j + 1 < len(items) else None
    if following is None or following.code != "N":
        return j
    tied = (
        (word == "&" and items[j].start - items[j - 1].end <= 1)
        or (word == "of" and last in NAME_JOINERS)
        or (word == "and" and following.text.lower().rstrip(".") in NAME_TAILS)
        or word in {"de", "del", "la", "van", "von", "y", "e"}
    )
    return j + 2 if tied else j
