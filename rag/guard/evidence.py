"""What a statement is held against: the words that it cites, the ledger's reading of them, and what is known beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from rag.aliases import COMPANIES
from rag.guard.days import days_in
from rag.guard.reading import Reading, read
from rag.instructions import is_planted_name
from rag.ledger import holder_of
from rag.render import dated, day
from rag.street import STREET
from rag.types import Action, ArticleRef, Quote, Sourced, View
from rag.wording import fold, phrase_in

_ABBREVIATION = 3
_LONGEST_NAME = 80  # characters; what is longer names nobody, and its words support none
_LONGEST_DAY = 40  # characters of a fact that is nothing but a day
_DID: dict[Action, str] = {
    "upgrade": "upgraded, raised the rating on",
    "downgrade": "downgraded, cut, lowered the rating on",
    "initiate": "initiated, started coverage of",
    "reiterate": "reiterated, maintained, kept the rating on",
    "raise_target": "raised the price target on",
    "cut_target": "cut, lowered the price target on",
    "raise_estimate": "raised the estimate for",
    "cut_estimate": "cut, lowered the estimate for",
    "none": "on",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One cited text with who is known to say it, and what the ledger read from it in words."""

    text: str
    said_by: tuple[str, ...] = ()
    ledger: tuple[str, ...] = ()
    published_by: tuple[str, ...] = ()

    @property
    def reading(self) -> Reading:
        """The text's words."""
        return read(self.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All sources of a statement, with further facts that may support its names and dates."""

    sources: tuple[Source, ...]
    facts: tuple[str, ...] = ()
    written_on: tuple[date, ...] = ()

    @property
    def quotes(self) -> list[str]:
        """The cited texts."""
        return [source.text for source in self.sources]

    @property
    def claims(self) -> list[str]:
        """All that says what happened: the cited texts and the ledger's words."""
        return [*self.quotes, *(line for source in self.sources for line in source.ledger)]

    @property
    def known(self) -> str:
        """Everything in one text."""
        return " . ".join((*self.claims, *self.facts, *(name for each in self.sources for name in each.said_by)))


def gather(quotes: Iterable[Quote | str | Sourced], metadata: Sequence[str]) -> Evidence:
    """Return the evidence that quotes and metadata make."""
    sources: list[Source] = []
    facts = list(metadata)
    days: list[date] = []
    for each in quotes:
        if isinstance(each, Sourced):
            articles = [each.article] if each.article else [view.article for view in each.views[:1]]
            own = tuple(name for one in articles for name in (one.publisher, one.title, *one.authors) if name)
            sources.append(Source(each.text, each.said_by, tuple(map(told, each.views)), own))
            for article in articles:
                facts += facts_of(article)
                days += [article.published.date()] if article.published else []
            days += [view.said_on for view in each.views if view.said_on]
            facts += [day_in_words for view in each.views if (day_in_words := _said_on(view))]
        else:
            sources.append(Source(each.text if isinstance(each, Quote) else each, published_by=tuple(metadata)))
    kept = tuple(source for source in sources if source.text.strip())
    return Evidence(kept, tuple(dict.fromkeys(facts)), tuple(dict.fromkeys([*days, *_dates_among(metadata)])))


def facts_of(article: ArticleRef) -> Iterator[str]:
    """Yield what an article says about itself beside its text, each as an answer writes it; no planted instruction."""
    names = (article.publisher, *article.authors, " ".join(article.authors))
    known = (article.title, *(name for name in names if name and len(name) <= _LONGEST_NAME), dated(article))
    yield from (fact for fact in (*known, *article.tickers, article.source) if fact and not is_planted_name(fact))


def told(view: View) -> str:
    """Return a view in words: who did what on which subject, with ratings, targets and stance."""
    did = [f"{holder_of(view)} {_DID[view.action]} {view.subject}"]
    did += [f"to {view.to_rating}"] if view.to_rating else []
    did += [f"from {view.from_rating}"] if view.from_rating else []
    if view.target_to:
        did.append(f"target to {view.target_to}" + (f" from {view.target_from}" if view.target_from else ""))
    return f"{' '.join(did)}; {view.stance} on {view.subject}" + (f", {view.horizon}" if view.horizon else "")


@lru_cache(maxsize=2048)
def other_names(text: str) -> str:
    """Return the other names of the houses and companies that a text names: "BofA" is Bank of America."""
    folded = fold(text)
    called: list[str] = []
    for group in (*STREET, *COMPANIES):
        # Two or three letters are a name in capitals only: "GS" is a house, "Ms" and "cs" are none.
        if any(phrase_in(name, folded) and (len(name) > _ABBREVIATION or name.upper() in text) for name in group):
            called += group
    return " ".join(called)


def _said_on(view: View) -> str:
    return day(datetime.combine(view.said_on, time())) if view.said_on else ""


def _dates_among(metadata: Sequence[str]) -> Iterator[date]:
    """Yield the whole dates that the metadata name: the articles' days."""
    for text in metadata:
        for when in days_in(text):
            parts = dict(when.parts)
            if {"year", "month", "day"} <= parts.keys() and len(text) < _LONGEST_DAY:
                yield date(parts["year"], parts["month"], min(parts["day"], 28)) + timedelta(max(parts["day"] - 28, 0))
