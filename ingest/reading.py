"""What reading an article yields: the views in it, each checked against its text, and the names."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date
from typing import cast, get_args

from ingest.disclosures import start_of_disclosures
from ingest.extract import Extractor, PartlyRead
from ingest.fetch.address import masked
from ingest.process import Caught
from ingest.types import Failure
from rag.errors import HouseviewError
from rag.instructions import is_instruction
from rag.speakers import names_in
from rag.types import Action, Article, Attribution, Quote, Stance, View

_KNOWN = {"action": get_args(Action), "stance": get_args(Stance), "attribution": get_args(Attribution)}
_WORDS = ("analyst", "firm", "from_rating", "to_rating", "target_from", "target_to", "horizon")
_LONGEST_REASON = 200
_LONG = 200_000  # characters that double the time an extractor may take


@dataclass(frozen=True, slots=True)
class Reading:
    """The views and names of one article.

    `failure` says why no views could be read, `dropped` why each view that is not among `views` was left out.
    """

    views: tuple[View, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    failure: str | None = None


def read(article: Article, extractor: Extractor | None) -> Reading:
    """Return what an article holds; whatever the extractor raises or returns, nothing else is lost by it.

    Disclosures are not read: the ratings they explain are nobody's view.
    """
    article = replace(article, text=article.text[: start_of_disclosures(article.text)])
    names = tuple(names_in(article.text, article.title))
    kept: list[View] = []
    dropped: list[str] = []
    with Caught() as caught:
        for view in extractor(article) if extractor else ():
            _sort(view, article, kept, dropped)
    if isinstance(caught.error, PartlyRead):
        for view in caught.error.views:
            _sort(view, article, kept, dropped)
    elif caught.error:
        return Reading(names=names, failure=_said(caught.error))
    return Reading(tuple(kept), names, tuple(dropped), _said(caught.error) if caught.error else None)


def _sort(view: object, article: Article, kept: list[View], dropped: list[str]) -> None:
    flaw = flaw_in(view, article)
    if flaw:
        dropped.append(flaw)
        return
    found = cast("View", view)
    kept.append(replace(found, reasons=tuple(each for each in found.reasons if not is_instruction(each.text))))


def unread(article: Article, reason: str) -> Reading:
    """Return what is left of an article whose views could not be read."""
    return Reading(names=tuple(names_in(article.text, article.title)), failure=reason)


def allowed(article: Article, seconds: float) -> float:
    """Return how long an extractor may take for an article, given what it may take for one of the usual length."""
    return seconds * (1 + len(article.text) / _LONG)


def notes_on(article: Article, reading: Reading) -> list[Failure]:
    """Return what to tell of the views of an article that are not stored."""
    said = [f"a view was left out: {flaw}" for flaw in reading.dropped]
    if reading.failure:
        said.append(f"views not read: {reading.failure}; `python -m ingest views` tries again.")
    return [Failure(masked(article.source), line) for line in said]


def flaw_in(view: object, article: Article) -> str | None:
    """Return what keeps something from being stored as a view of an article, None if nothing does."""
    if not isinstance(view, View):
        return f"a {type(view).__name__} is no view"
    if view.article.id != article.id:
        return "it is another article's"
    if not all(_is_verbatim(quote, article) for quote in (view.quote, *view.reasons)):
        return "it quotes what the article does not say"
    for name, known in _KNOWN.items():
        if getattr(view, name) not in known:
            return f"{getattr(view, name)!r} is no {name}"
    if not _is_text(view.subject) or not view.subject.strip():
        return "it has no subject"
    values = {name: getattr(view, name) for name in _WORDS}
    if any(is_instruction(words) for words in (view.quote.text, view.subject, *filter(_is_text, values.values()))):
        return "its words are meant for a model that reads them"
    wrong = [name for name, value in values.items() if value is not None and not _is_text(value)]
    if not isinstance(view.said_on, date | None):
        wrong.append("said_on")
    return f"its {wrong[0]} cannot be stored" if wrong else None


def label(extractor: Extractor | None) -> str | None:
    """Return the name and version by which a library knows who read an article; None for no extractor.

    The version is `VERSION` in the module that defines the extractor, where there is one; an extractor may also have a
    `label` of its own.
    """
    if extractor is None:
        return None
    own = getattr(extractor, "label", None)
    if isinstance(own, str):
        return own
    kind = extractor if hasattr(extractor, "__qualname__") else type(extractor)
    version = getattr(sys.modules.get(kind.__module__), "VERSION", "")
    return f"{kind.__module__}:{kind.__qualname__} {version}".rstrip()


def _said(error: BaseException) -> str:
    said = str(error) if isinstance(error, HouseviewError) else f"{type(error).__name__}: {error}".removesuffix(": ")
    return " ".join(said.split())[:_LONGEST_REASON]


def _is_verbatim(quote: Quote, article: Article) -> bool:
    in_text = 0 <= quote.start < quote.end <= len(article.text)
    return in_text and quote.article_id == article.id and article.text[quote.start : quote.end] == quote.text


def _is_text(value: object) -> bool:
    """Return whether a value is a string that can be stored: half a surrogate pair cannot."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)
