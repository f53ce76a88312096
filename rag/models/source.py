"""The evidence as a model is shown it: numbered sources, each with who, when and where, and the statement it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.compose import Draft
from rag.naming import firm_key
from rag.render import EARLIER, dated
from rag.types import ArticleRef, Citation, Sourced, View
from rag.wording import fold, words


@dataclass(frozen=True, slots=True)
class Source:
    """One numbered source: its quotes, what is known of them, and `told`, what our own statement on it says.

    The first of its `citations` is the quote itself; the others name who speaks or what is spoken of. `is_earlier`
    marks a view that a newer one replaced.
    """

    number: int
    told: str
    citations: tuple[Citation, ...]
    person: str | None
    firm: str | None
    views: tuple[View, ...]
    is_earlier: bool

    @property
    def article(self) -> ArticleRef:
        """The article that all its quotes come from."""
        return self.citations[0].article

    @property
    def label(self) -> str:
        """Who says it, as an answer writes it: "Person (Firm)", else the publisher or title."""
        if self.person and self.firm:
            return f"{self.person} ({self.firm})"
        return self.person or self.firm or self.article.publisher or self.article.title or self.article.source

    @property
    def said_by(self) -> tuple[str, ...]:
        """The names of the person and the house that say it, as far as known."""
        return tuple(name for name in (self.person, self.firm) if name)

    @property
    def when(self) -> str:
        """The article's date in words."""
        return dated(self.article)

    def is_named_in(self, text: str) -> bool:
        """Return True if a sentence calls who says it by a word of their name: the surname, the house."""
        held = set(words(text))
        person, firm = self.person, self.firm
        called = {person.split()[-1].lower()} if person else set()
        called |= set(firm_key(firm).split()) if firm else set()
        return bool(held & called) if called else fold(self.label) in fold(text)

    def sourced(self) -> tuple[Sourced, ...]:
        """Return its quotes with what is known of each, as the guard takes them."""
        return tuple(Sourced(each.quote, each.article, self.said_by, self.views) for each in self.citations)


def source_of(number: int, draft: Draft) -> Source:
    """Return a draft of the extractive answer as a numbered source."""
    speaker = draft.run.speaker
    return Source(
        number=number,
        told=draft.text,
        citations=tuple(replace(each, marker=0) for each in draft.citations),
        person=speaker.person if speaker else None,
        firm=speaker.firm if speaker else None,
        views=draft.views,
        is_earlier=draft.text.startswith(EARLIER),
    )
