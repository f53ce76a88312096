"""Words as the keyword index sees them: folding, tokens, stems, and which words of a question carry meaning."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

_FOLD = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_WORD = re.compile(r"[^\W_]+(?:\.\d+)?", re.UNICODE)
_STEMMER = snowballstemmer.stemmer("porter")
_STEMMING = Lock()  # it keeps the word it works on in itself
_SHORTEST = 3  # letters of a word that is stemmed at all
# Endings that Porter gave his own program after the paper, as SQLite's has them: "technology", "possibly".
_LATER = re.compile(r"(?<=[aeiouy][^aeiouy])(\w*(?:log|bl))i$")

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any anyone anybody are as at be because been before
    being below between both but by can could did do does doing done down during each else ever few for from
    further get give gives given had has have having he her here hers him his how i if in into is it its
    itself just let library list made make many may me might more most much my name named new no nor not now
    of off on once only or other our out over own please put really s said same say saying says see she
    should show so some someone such t take tell than that the their them then there these they thing things
    think this those through to too under until up us very was we were what whatever when where whether
    which while who whom whose why will with would you your yours still yet even article articles note notes
    piece pieces according currently ve ll re d m does doesn didn isn wasn""".split()
)


def fold(text: str) -> str:
    """Return the text in lower case with typographic quotation marks, dashes and white space made plain."""
    return " ".join(text.translate(_FOLD).lower().split())


def words(text: str) -> list[str]:
    """Return the folded words and numbers of the text in order ("4.25%" gives "4.25")."""
    return _WORD.findall(text.translate(_FOLD).lower())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the word's stem by Porter's algorithm (1980), as the keyword index's tokenizer has it."""
    plain = word.removesuffix("'s")
    if len(plain) < _SHORTEST:
        return plain
    with _STEMMING:
        return _LATER.sub(r"\1", str(_STEMMER.stemWord(plain)))


def stems(text: str) -> list[str]:
    """Return the stems of all words of the text in order."""
    return [stem(word) for word in words(text)]


def content_words(text: str) -> list[str]:
    """Return the words of the text that are not stop words, without repeats, in order."""
    return list(dict.fromkeys(word for word in words(text) if word not in STOP_WORDS))


def phrase_in(phrase: str, folded: str) -> bool:
    """Return True if the folded phrase stands in the folded text between word boundaries."""
    at = folded.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if (at == 0 or not folded[at - 1].isalnum()) and (end == len(folded) or not folded[end].isalnum()):
            return True
        at = folded.find(phrase, at + 1)
    return False


_NEAR = (
    "raise raises raised lift lifts lifted boost boosts boosted increase increased hike hiked higher",
    "cut cuts lower lowers lowered reduce reduced slash slashed trim trimmed",
    "rise rises rose risen gain gains gained jump jumps jumped climb climbs climbed leap surge surged advance added",
    "fall falls fell drop drops dropped decline declined slide slid slump slumped lost",
    "profit profits earnings income",
    "sales revenue revenues",
    "avoid avoids avoiding shun",
    "cheap valuation valuations undervalued inexpensive discount",
    "expensive overpriced overvalued stretched rich",
    "inflation prices cpi",
    "hedge hedging protection protect",
    "reason reasons because citing due",
    "yield yields",
    "buyback buybacks repurchase repurchases",
    "cautious caution warning warns warned wary",
    "jobs payrolls employment labor labour",
    "recommend recommends recommended recommending recommendation buy",
)
_NEAR_STEMS: dict[str, frozenset[str]] = {}
for _line in _NEAR:
    _group = frozenset(stem(word) for word in _line.split())
    _NEAR_STEMS |= {each: _group | _NEAR_STEMS.get(each, frozenset()) for each in _group}


def near(root: str) -> frozenset[str]:
    """Return the stem with those of words that market prose uses in its place ("cut", "lowered", "trimmed")."""
    return _NEAR_STEMS.get(root, frozenset()) | {root}


def groups(table: str) -> tuple[tuple[str, ...], ...]:
    """Return a table of names, a thing a line, its names apart by "|", as tuples of names."""
    return tuple(tuple(name.strip() for name in line.split("|")) for line in table.strip().splitlines())
