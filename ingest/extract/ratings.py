"""The Street's rating scales: brokers' words from sell to buy, agencies' letters and outlooks, favourites' lists.

Every word of a broker's scale has a level from -2 (strong sell) to 2 (strong buy), so that two ratings tell which way a
change went.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from rag.types import Stance
from rag.wording import fold

GradeKind = Literal["grade", "outlook"]

_SCALE: dict[int, str] = {
    2: """strong buy; aggressive buy; conviction buy; high conviction buy; top buy; table-pounding buy; strong
        overweight;
       strong outperform; top pick; best idea; focus buy; action list buy; strongly attractive; must own""",
    1: """buy; overweight; outperform; outperformer; accumulate; add; positive; attractive; above average; long-term
        buy;
       long term buy; short-term buy; near-term buy; speculative buy; spec buy; moderate buy; weak buy; trading buy;
       tactical buy;
       buy on dips; buy-on-dips; buy on declines; sector outperform; sector outperformer; market outperform; market
       outperformer;
       above market; overperform; o/w; ow; buy/hold; recommended; subscribe; long; bullish; favorable; favourable;
       bull; cheap;
       undervalued; core holding; purchase; o-plus; growth buy; income buy; outperform/buy; buy or accumulate; apply""",
    0: """hold; neutral; equal weight; equal-weight; equalweight; market perform; market performer; market-perform;
       marketperform; sector perform; sector performer; sector-perform; peer perform; peer performer; peer-perform;
       perform; in line;
       in-line; inline; market weight; marketweight; market-weight; sector weight; sector-weight; sectorweight;
       benchmark weight; fair
       value; fairly valued; fully valued; average; mixed; long-term hold; long term hold; short-term hold; weak hold;
       e/w; ew;
       neutral weight; neutralweight; market average; market outlook; hold/neutral; maintain position; no opinion;
       unattractive hold;
       stay invested; watch""",
    -1: """sell; underweight; underperform; underperformer; reduce; negative; trim; lighten; below average; avoid;
        cautious;
       sector underperform; sector underperformer; market underperform; market underperformer; weak sell; source of
       funds; swap;
       switch; u/w; uw; book profits; book profit; unattractive; take profits; bearish; unfavorable; unfavourable;
       moderate sell;
       overvalued; bear; short; exit; tender; below market; sell on rally; sell on rallies; sell on rise; reduce/sell;
       sell/reduce""",
    -2: "strong sell; conviction sell; aggressive sell; top short; least preferred; top sell; high conviction sell",
}
LEVELS: dict[str, int] = {
    word.strip(): level for level, line in _SCALE.items() for word in " ".join(line.split()).split(";")
}
# Words that rate only where the sentence plainly speaks of a rating ("outlook positive", "turned cautious").
LOOSE = frozenset(
    """positive negative attractive cautious bullish bearish short long average mixed recommended favorable favourable
        unfavorable
    unfavourable bull bear cheap undervalued overvalued swap switch tender trim lighten exit watch apply perform
    purchase subscribe
    average add reduce avoid""".split()
)
LISTS = (
    r"(?:(?:[\w&.'’-]+\s){0,3}?(?:recommended|recommendation|focus|conviction|buy|sell|best[\s-]ideas?|"
    r"top[\s-]picks?|priority|"
    r"action|favou?red|preferred|approved|purchase|conviction[\s-](?:buy|sell)|analyst|research|tactical|ideas?|"
    r"short|watch|"
    r"model|alpha|franchise|select|emphasis|alert|americas?)[\s-]list)"
)


def _pattern(entries: list[str]) -> str:
    """Return an alternation of the entries, longest first, blank and hyphen taken for one another."""
    ordered = sorted(entries, key=len, reverse=True)
    return "|".join(re.escape(entry).replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]?") for entry in ordered)


RATING = rf"\b(?:{_pattern(list(LEVELS))})(?![\w-])"
RATED = rf"\b(?:{_pattern(list(LEVELS))})(?=[-‑]rated\b)"  # "Buy-rated"

_S_AND_P = "D C CC CCC B BB BBB A AA AAA".split()
_MOODYS = "C Ca Caa B Ba Baa A Aa Aaa".split()
_SIGN = {"+": 1, "-": -1, "1": 1, "2": 0, "3": -1}
_OUTLOOKS: dict[str, int] = {
    "positive": 1, "favorable": 1, "favourable": 1, "improving": 1, "upward": 1, "upgrade": 1,
    "stable": 0, "developing": 0, "evolving": 0, "uncertain": 0, "neutral": 0,
    "negative": -1, "unfavorable": -1, "unfavourable": -1, "adverse": -1, "deteriorating": -1,
    "downward": -1, "downgrade": -1,
}  # fmt: skip
GRADE = (
    r"(?:\[?(?:ICRA|CARE|CRISIL|IND)\]?\s?)?"
    r"(?:\b(?:AAA|AA|A|BBB|BB|B|CCC|CC|C|D)(?:\s?\(?(?:[+]|-(?![\w])|-?(?:plus|minus|PLUS|MINUS)\b)\)?|(?![\w+]|"
    r"[.&/-]\w))|"
    r"\b(?:AAA|Aaa|AA|Aa|A|Baa|BAA|Ba|BA|B|Caa|CAA|Ca|CA)-?[123](?![\w])|"
    r"\b(?:Aaa|Aa|Baa|Ba|Caa|Ca|BAA|CAA)(?![\w])|"
    r"\b(?i:junk)\b(?!\s\w*bond)|\bDP-\d{1,2}\b|\b(?:PRIME|Prime|P|A|F)-[1-4](?![\w])|\bF[1-3]\+?(?![\w]))"
    r"(?:\s\((?:(?:sf|p|[Hh]igh|[Ll]ow|[Mm]iddle|P)\.?)?(?:\s?[ABCabc]{1,3})?\))?"
)
_GRADE = re.compile(GRADE)
_LIST = re.compile(rf"^{LISTS}$", re.IGNORECASE)


def stance_of(rating: str) -> Stance | None:
    """Return what a broker's rating or an agency's outlook says of the subject; None for words of no scale.

    An agency's letters alone ("Baa2") are no stance: only their change is one. A list of favourites is bullish.
    """
    level = level_of(rating)
    if level is None:
        outlook = _OUTLOOKS.get(fold(rating))
        level = outlook if outlook is not None else _list_level(rating)
    if level is None:
        return None
    return "bullish" if level > 0 else "bearish" if level < 0 else "neutral"


def level_of(rating: str) -> int | None:
    """Return a broker's rating as a level from -2 (strong sell) over 0 (hold) to 2 (strong buy), None if it is none."""
    return LEVELS.get(_plain(rating))


def outlook_of(word: str) -> int | None:
    """Return 1, 0 or -1 for an outlook's word (positive, stable, negative), None for another word."""
    return _OUTLOOKS.get(fold(word))


@lru_cache(maxsize=4096)
def grade_of(rating: str) -> int | None:
    """Return an agency's letters as a rank on one ladder, higher for better credit, None if they are no grade."""
    letters = rating.strip(" '\"‘’“”[]").replace("plus", "+").replace("minus", "-").replace("PLUS", "+")
    letters = re.sub(r"\s|\((?!\+)[^)]*\)|(?<=[A-Za-z])-(?=[+123-])", "", letters.replace("MINUS", "-"))
    if match := re.fullmatch(r"DP-(\d+)", letters):
        return 40 - int(match[1])
    match = re.fullmatch(r"([A-Za-z]{1,3}?)([+\-123]?)", letters)
    if not match or not _GRADE.search(rating):
        return None
    ladder = _MOODYS if match[2].isdigit() or not match[1].isupper() else _S_AND_P
    word = match[1] if match[1] in ladder else match[1].capitalize()
    if word not in ladder:
        return None
    # "Baa" and "BBB" are the same step: both ladders end on the same rung.
    return 3 * (ladder.index(word) + len(_S_AND_P) - len(ladder)) + _SIGN.get(match[2], 0) + 1


def change(old: str | None, new: str | None) -> int:
    """Return 1 if the new rating is better than the old, -1 if worse, 0 if that cannot be told or nothing changed."""
    for rank in (level_of, grade_of, outlook_of):
        before, after = (rank(word) if word else None for word in (old, new))
        if before is not None and after is not None:
            return (after > before) - (after < before)
    return 0


def _plain(rating: str) -> str:
    """Return the rating folded, without quotation marks, article and the noun behind it."""
    words = fold(rating).strip(" '\".,")
    words = re.sub(r"^(?:an?|the|its|his|her)\s", "", words)
    words = re.sub(r"\s(?:ratings?|recommendations?|calls?|opinions?|stances?)$", "", words).strip(" '\"")
    return words if words in LEVELS else words.replace("-", " ")


def _list_level(rating: str) -> int | None:
    """Return 1 for a list of favourites, -1 for a list of stocks to sell."""
    if not _LIST.match(rating.strip(" '\"‘’“”")):
        return None
    return -1 if re.search(r"\b(?:sell|short)\b", rating, re.IGNORECASE) else 1
