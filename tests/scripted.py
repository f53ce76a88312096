"""A library whose answers are written out, for the app's pages to show: what it was asked can be looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pages import ESCAPED
from streamlit.testing.v1 import AppTest

from rag import (
    Answer,
    Article,
    Citation,
    Conversations,
    FailedInput,
    InputError,
    Likeness,
    Passage,
    Scope,
    Settings,
    Statement,
    Stats,
    Step,
    Told,
    View,
)
from rag.catalogue import Catalogue

T = TypeVar("T")

NOTE = Article(
    id="note",
    url="https://example.com/note",
    title="Small caps to neutral",
    publisher="The Desk",
    authors=("Ann Other",),
    published=datetime(2025, 11, 14),
    kind="note",
    tickers=(),
    text="We open. Wilson moved small caps from underweight to neutral. We close.",
)
QUOTE = "Wilson moved small caps from underweight to neutral."


@dataclass
class ScriptedLibrary:
    """Answers what it was told to answer and remembers what it was asked."""

    path: Path
    answer: Answer | Exception
    held: dict[str, Article] = field(default_factory=lambda: {NOTE.id: NOTE})
    asked: list[tuple[str, tuple[Answer, ...], Scope]] = field(default_factory=list)
    alike: list[Likeness] = field(default_factory=list)

    def stats(self) -> Stats:
        return Stats(
            articles=len(self.held),
            passages=1,
            views=0,
            duplicates=0,
            vectors_pending=0,
            embedder="toy",
            dimensions=2,
            path=str(self.path),
            first_published=date(2025, 11, 1),
            last_published=date(2025, 11, 14),
            publishers=("The Desk", "The Post"),
            kinds=("note", "news"),
        )

    def articles(self, scope: Scope = Scope()) -> list:  # noqa: B008
        return [article.ref for article in self.held.values()]

    def likenesses(self) -> list[Likeness]:
        return self.alike

    def article(self, article_id: str) -> Article:
        if article_id not in self.held:
            raise InputError(f"No article {article_id}; it may have been removed.")
        return self.held[article_id]

    @cached_property
    def conversations(self) -> Conversations:
        catalogue = Catalogue(self.path / "catalogue.sqlite3")
        if catalogue.is_empty():
            catalogue.create("toy", 2)
        return Conversations(catalogue.conversations)

    def cached(self, key: str, make: Callable[[], T]) -> T:
        return make()

    @property
    def settings(self) -> Settings:
        return Settings(_env_file=None)  # type: ignore[call-arg]

    def examples(self, most: int) -> list[str]:
        return ["Who?", "What?", "Why?", "When?"][:most]

    def duplicates(self) -> list[tuple[str, str]]:
        return []

    def views(self, **_: object) -> list[View]:
        return []

    def stream(
        self,
        question: str,
        history: tuple[Answer, ...] = (),
        scope: Scope = Scope(),  # noqa: B008
        writer: object = None,
        *,
        inferring: bool = True,
    ) -> Iterator[Step | Told | Answer]:
        self.asked.append((question, history, scope))
        if isinstance(self.answer, Exception):
            raise self.answer
        yield Step("retrieve")
        for statement in self.answer.statements:
            yield Told(statement, self.answer.citations)
        yield replace(self.answer, question=question, scope=scope)

    def failures(self) -> list[FailedInput]:
        return []

    def remove(self, ids: list[str]) -> int:
        return len([self.held.pop(article_id) for article_id in ids])


def cited(article: Article = NOTE, quote: str = QUOTE) -> Answer:
    start = article.text.index(quote)
    return Answer(
        question="",
        text="",
        statements=(Statement(f"Wilson: “{quote}”", (1,)),),
        citations=(Citation(1, article.ref, start, start + len(quote), quote),),
        views=(),
        abstained=False,
        coverage="1 of 1 articles in scope",
        scope=Scope(),
        model=None,
        timings_ms={"retrieve": 12.3},
    )


def abstained() -> Answer:
    near = Passage("note:0", NOTE.ref, 0, 8, "We open.")
    said = "Nothing in the library answers that. It does not mention \\[Zorblatt\\].\n\nNearest: x"
    return replace(cited(), text=said, statements=(), citations=(), abstained=True, nearest=(near,))


def ask(app: AppTest, question: str = "who upgraded small caps") -> AppTest:
    return app.chat_input[0].set_value(question).run(timeout=20)


def captions(app: AppTest) -> str:
    return "\n".join(ESCAPED.sub(r"\1", caption.value) for caption in app.caption)
