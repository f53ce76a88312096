"""What an article's sentences can be about: its companies, and markets, sectors, rates and goods in free words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ingest.extract.companies import (
    LEGAL,
    NAME,
    NO_COMPANY,
    OPENERS,
    SUFFIXES,
    TICKER,
    WORD,
    cleaned,
    key,
    plain,
    short_forms,
    with_legal_ending,
    with_ticker,
)
from ingest.extract.markets import market_name, market_phrases, owned_market, owns_market
from ingest.extract.nlp import parse
from ingest.extract.ratings import GRADE
from rag.name_kinds import could_be_person, is_known_house
from rag.subjects import same_things
from rag.tickers import company_names
from rag.types import Article
from rag.wording import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KIND = re.compile(
    r"\b(?:the|its|this|that|their)\s(?:compan(?:y|ies)|stocks?|shares?|firm|carmaker|automaker|retailer|chipmaker|airline|carrier|"
    r"drugmaker|maker|issuer|bank|lender|miner|group|conglomerate|brand|giant|issue|business|earnings|offer|bid|deal)\b",
    re.IGNORECASE,
)
_MARKET_KIND = re.compile(
    r"\b(?:the|this|that|these|those|its|their)\s(?:group|space|sector|segment|industry|index|market|rally|asset\sclass|metal|currency|"
    r"commodity|pair|stocks|shares|companies|bonds|prices|unit|sell-?off|class|names|end\sof\sthe\smarket)\b|\b(?:valuations?|prices)\b",
    re.IGNORECASE,
)
_SELF = re.compile(rf"{_KIND.pattern}|\b(?:it|its|they|their)\b", re.IGNORECASE)


_SENTENCE_WORDS = frozenset("is it are was were why how what will can does did has have".split())  # no name holds them
_TERM = re.compile(r"^(?:\d+-month|(?:one|two|three|five)-year|year-end|end-\d{4}|(?:19|20)\d\d)\s", re.IGNORECASE)
_AGENCY = re.compile(r"\b(?:Poor[’']s|Moody[’']s|Fitch|Duff and Phelps)")
_BETWEEN_LISTED = re.compile(
    rf"[\s.>)]*(?:{LEGAL}\.?\s?)?(?:<[A-Z.]+>|\([^)]{{1,20}}\))?(?:,?\s?(?:which\s)?(?:up|down|off|rose|fell|at|unchanged|and|or|to|by|a|of|"
    r"one|two|three|four|five|six|[\d/.-]+|pct|dlrs|points|as\swell\sas|along\swith|plus)\b)*[,\s]*(?:and|or|&)?\s*"
)


@dataclass(slots=True, eq=False)
class Thing:
    """A company or a market by its fullest name in the article, with the folded names that mean it."""

    name: str
    aliases: set[str] = field(default_factory=set)
    is_company: bool = True
    has_ticker: bool = False
    is_sure: bool = False  # a company by its ticker, its ending or an index; else a name that may be anything's
    count: int = 1  # how often the article names it


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a sentence names a thing; offsets in the sentence."""

    start: int
    end: int
    thing: Thing


class Subjects:
    """The things that one article speaks of."""

    def __init__(self, article: Article, not_subjects: Sequence[str]) -> None:
        """Find the article's companies; `not_subjects` are names of holders, never companies spoken about."""
        self._things: dict[str, Thing] = {}
        self._markets: dict[str, Thing] = {}
        self._holders = {key(name) for name in not_subjects}
        people = sorted((name for name in not_subjects if could_be_person(name)), key=len, reverse=True)
        self._people = re.compile(rf"\b(?:{'|'.join(map(re.escape, people))})\b") if people else None
        self._words = set(re.findall(r"\b[a-z]{2,}\b", article.text))  # no name where the article writes them small
        title = article.title or ""
        for name, ticker in with_ticker(article.text):
            self._add(name, ticker)
        for name in with_legal_ending(article.text):
            self._add(name, None)
        if is_shouted(title):
            self._of_shouted(title, article.text)
        else:
            for name, ticker in with_ticker(title):  # every word of a headline may be capitalised
                self._add(name, ticker)
        self.focus = self._focus(article)
        self.most = 1  # how often the article names what it names most

    def named(self, name: str) -> Thing:
        """Return the thing that words in the article mean: one known, or a new one by that name."""
        name = _TERM.sub("", name)
        found = self._known(name)
        return found or self._things.setdefault(fold(name), Thing(name, {fold(name)}))

    def in_words(self, name: str) -> Thing:
        """Return the market, figure or policy that an article names in free words."""
        return self._known(name) or self._markets.setdefault(fold(name), Thing(name, {fold(name)}, is_company=False))

    def learn(self, article: Article, parsed: Sequence[Doc]) -> None:
        """Take up organisations that sentences name, and names that the title shares with the text's sentences."""
        for doc in parsed:
            for entity in doc.ents:
                is_dateline = entity.start == 0 and is_shouted(entity.text)
                if entity.label_ == "ORG" and not is_dateline and not NO_COMPANY.search(entity.text):
                    self._add(entity.text.removeprefix("the ").removeprefix("The "), None, is_sure=False)
        for match in re.finditer(rf"(?<=[a-z,]\s){NAME}", article.text):
            if key(match.group()) in _members() and match.group().lower() not in self._words:
                self._add(match.group(), None)
        title = article.title or ""
        if not is_shouted(title):
            body = article.text.removeprefix(title)
            for match in re.finditer(NAME, title):
                for word in re.findall(WORD, match.group()):
                    name = re.sub(r"[’']s?$", "", word)
                    elsewhere = re.search(rf"(?<=[a-z,]\s){re.escape(name)}\b(?!\s[A-Z])", body)
                    is_common = re.search(rf"\b{re.escape(name.lower())}\b", body) or name.casefold() in OPENERS
                    if elsewhere and not is_common and len(name) > 2 and not NO_COMPANY.search(name):
                        self._add(name, None)
        if self.focus is None:
            self.focus = self._focus(article)

    def _known(self, name: str) -> Thing | None:
        folded = key(name)
        if folded in self._things:
            return self._things[folded]
        return next((thing for thing in self._things.values() if folded in thing.aliases), None)

    def _add(self, raw: str, ticker: str | None, *, is_sure: bool = True) -> None:
        name = cleaned(raw)
        short = key(name)
        if not re.search(r"[A-Za-z]{2}", short) or short in SUFFIXES or re.search(r"^\d|\s[\d.,]+$", short):
            return
        if (
            re.fullmatch(GRADE, name)
            or _AGENCY.search(name)
            or _SENTENCE_WORDS & set(short.split())
            or is_known_house(name)
        ):
            return
        if any(short == holder or short.endswith((f" {holder}", f", {holder}")) for holder in self._holders):
            return
        thing = self._known(name) or self._known(ticker or "")
        if thing is None:
            thing = self._things[key(name)] = Thing(plain(name))
        elif thing.name.isupper() and not name.isupper():
            thing.name = plain(name)
        forms = {form for form in short_forms(name) if form not in self._words}
        thing.aliases |= forms | ({ticker.casefold()} if ticker else set())
        thing.has_ticker |= ticker is not None
        thing.is_sure |= is_sure

    def _of_shouted(self, title: str, text: str) -> None:
        """Join the tickers of an all-capitals headline with the companies that the text calls by name."""
        for match in re.finditer(rf"(?P<name>[\w&’'.\s/-]+?)\s?<(?P<ticker>{TICKER})>", title):
            words = match["name"].split()
            for first in range(len(words)):
                name = " ".join(words[first:])
                spelt = re.escape(name).replace("/", r"(?:/|\s(?:and|&)\s)")
                written = re.search(rf"\b{spelt}\b", text, re.IGNORECASE)
                thing = self._known(name) or self._known(match["ticker"])
                if thing is None and written and written.group()[0].isupper():
                    self._add(written.group(), match["ticker"])
                    break
                if thing:
                    thing.aliases |= {fold(name), match["ticker"].casefold()}
                    thing.has_ticker = True
                    break

    def _focus(self, article: Article) -> Thing | None:
        """Return what the title names first, None if it names nothing."""
        title = article.title or ""
        plain = re.split(r"/|\s-\s", title)[-1].strip().lower() if is_shouted(title) else title
        in_title = self.mentions(title, None) if plain == title else list(self._company_mentions(title))
        if not plain:
            return None
        parsed = next(parse([plain]))
        in_title = in_title or self.mentions(plain, parsed)
        if in_title:
            first, second = in_title[0], in_title[min(1, len(in_title) - 1)]
            # "Chip stock Ostrava" is about Ostrava.
            is_apposed = second.thing.is_company and 0 <= second.start - first.end <= 1
            return second.thing if is_apposed else first.thing
        names = (owned_market(chunk) for chunk in parsed.noun_chunks)
        name = next(filter(None, names), None)
        return self._markets.setdefault(fold(name), Thing(name, {fold(name)}, is_company=False)) if name else None

    def settle(self, text: str) -> None:
        """Count how often the text names each thing found so far, by any of its names.

        The most named is the focus if the title has none; a market that is the focus goes by its commonest name.
        """
        folded = fold(text)
        for thing in (*self._things.values(), *self._markets.values()):
            thing.count = _times(thing.aliases | _synonyms(thing), folded)
        counted = [*self._things.values(), *self._markets.values()]
        self.most = max([1, *(thing.count for thing in counted)])
        if self.focus is None and counted:
            self.focus = max(counted, key=lambda thing: (thing.count, thing.is_company))
        if self.focus is not None and not self.focus.is_company:
            alike = [each for name, each in self._markets.items() if name in _synonyms(self.focus)]
            self.focus = max([self.focus, *alike], key=lambda each: _times(each.aliases, folded))

    def is_listed(self, firm: str) -> bool:
        """Return True if the article gives the firm a ticker, as one it speaks about."""
        thing = self._known(firm)
        return thing is not None and thing.has_ticker

    def mentions(self, sentence: str, parsed: Doc | None) -> list[Mention]:
        """Return where a sentence names companies and, with its parse, markets, in order and not overlapping."""
        found = list(self._company_mentions(sentence))
        taken = [(each.start, each.end) for each in found]
        for match in market_phrases(sentence):
            found += self._market(match.start(), match.end(), match.group(), taken)
        for chunk in parsed.noun_chunks if parsed is not None else ():
            name = market_name(chunk)
            if name:
                at = max(0, chunk.text.find(name.split()[0]))
                found += self._market(chunk.start_char + at, chunk.end_char, name, taken)
        for token in parsed if parsed is not None else ():
            if owns_market(token):
                found += self._market(token.idx, token.idx + len(token), token.text, taken)
        return sorted(found, key=lambda each: each.start)

    def _market(self, start: int, end: int, name: str, taken: list[tuple[int, int]]) -> list[Mention]:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            return []
        taken.append((start, end))
        thing = self._markets.setdefault(fold(name), Thing(name, {fold(name)}, is_company=False))
        return [Mention(start, end, thing)]

    def _company_mentions(self, sentence: str) -> Iterator[Mention]:
        # "Stanley" of Stanley Fishman is no Morgan Stanley.
        masked = self._people.sub(lambda name: "_" * len(name.group()), sentence) if self._people else sentence
        for match in re.finditer(NAME, masked):
            words = list(re.finditer(WORD, match.group()))
            first = 0
            while first < len(words):
                last, thing = self._longest(match.group(), words, first)
                if thing is not None:
                    yield Mention(match.start() + words[first].start(), match.start() + words[last].end(), thing)
                first = last + 1

    def _longest(self, run: str, words: list[re.Match[str]], first: int) -> tuple[int, Thing | None]:
        """Return the last word of the longest known name that begins at a word, and what it names."""
        for last in range(len(words) - 1, first - 1, -1):
            thing = self._known(run[words[first].start() : words[last].end()])
            if thing:
                return last, thing
        return first, None


@cache
def _members() -> frozenset[str]:
    """Return the keys of the companies in the larger indices, which need no ticker or ending to be known as such."""
    return frozenset(key(name) for name in company_names())


def _times(names: set[str], folded: str) -> int:
    """Return how often any of the names stands in a folded text."""
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 1)
    return sum(1 for _ in re.finditer(rf"\b(?:{pattern})\b", folded)) if pattern else 0


def _synonyms(thing: Thing) -> set[str]:
    return set() if thing.is_company else set(same_things(thing.name))


def is_shouted(title: str) -> bool:
    """Return True if a headline stands in capitals, as the older newswires wrote them."""
    letters = [letter for letter in title if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.8 * len(letters) > 4


def points_at(thing: Thing, sentence: str) -> bool:
    """Return True if the sentence speaks of the thing by its kind: "the stock", "its shares", "the rally"."""
    return bool((_KIND if thing.is_company else _MARKET_KIND).search(sentence))


def refers_back(sentence: str) -> bool:
    """Return True if the sentence speaks of something named before: "the company", "the stock", "it"."""
    return bool(_SELF.search(sentence))


def listed(sentence: str, first: Mention, mentions: Sequence[Mention]) -> list[Thing]:
    """Return the thing of a mention with those that follow it in the same list of companies, prices between or not."""
    things, end = [first.thing], first.end
    for each in sorted(mentions, key=lambda mention: mention.start):
        if each.start < end or not (first.thing.is_company and each.thing.is_company):
            continue
        between = sentence[end : each.start]
        if each.thing is things[-1]:
            end = each.end
            continue
        if not re.search(r",|\b(?:and|or)\b|&", between) or not _BETWEEN_LISTED.fullmatch(between):
            break
        if each.thing not in things:
            things.append(each.thing)
        end = each.end
    return things
