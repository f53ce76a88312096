"""A library: all that scripts do with the articles in one folder. Its files and its lock are `rag.stores`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from rag.catalogue import Record, Wanted
from rag.catalogue.changes import Change
from rag.catalogue.holdings import BY_HAND, Holding
from rag.catalogue.rows import Vectors
from rag.errors import InputError
from rag.journal import asked
from rag.stores import Stores
from rag.types import (
    Action,
    Answer,
    Article,
    ArticleRef,
    ArticleState,
    Likeness,
    Listing,
    Order,
    Passage,
    Removal,
    Scope,
    Stance,
    Stats,
    Step,
    Told,
    View,
)

if TYPE_CHECKING:
    from rag.chain import Answering, HouseviewTool
    from rag.models.writer import Writer
    from rag.news import News
    from rag.retriever import HouseviewRetriever

__all__ = ["BY_HAND", "Holding", "Library", "Record"]


class Library(Stores):
    """An open library. Use it as a context manager, or call `close()`."""

    # --- writing

    def put(self, records: Sequence[Record]) -> list[Change]:
        """Store articles, each in place of what its source key held before: all of them, or none.

        Raises:
            InputError: a record does not fit together; nothing is stored.
            LibraryLocked: another process is writing.
        """
        width = self.catalogue.vectors.embedder()[1]
        for record in records:
            record.check(width)
        with self.writer():
            return self.catalogue.put(records)

    def link(self, source: str, article: Article, version: str, twin_id: str) -> None:
        """Record `source` as one more address of the article `twin_id`, to be counted once.

        Raises:
            InputError: there is no article `twin_id`.
            LibraryLocked: another process is writing.
        """
        with self.writer():
            self.catalogue.link(source, article, version, twin_id)

    def remove(self, ids: Iterable[str]) -> int:
        """Delete articles, with the duplicates linked to them; return how many articles there were.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self.writer():
            return self.catalogue.remove(ids)

    def withdraw(self, ids: Collection[str]) -> Removal | None:
        """Delete articles as `remove` does, in a way that can be undone for a week; return None if there are none.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self.writer():
            return self.catalogue.withdraw(ids, self.today())

    def removals(self) -> list[Removal]:
        """Return what `withdraw` took out and `restore` can bring back, the latest first."""
        return self.catalogue.removals(self.today())

    def restore(self, removal: Removal) -> int:
        """Bring back what `withdraw` took out, with its vectors and views; return how many articles are there again.

        Nothing is read or embedded. What was stored since under the same source stays as it is; an article whose text
        another one has by now comes back as one more address of that.

        Raises:
            InputError: it was brought back already, was let go, or is more than a week old.
            LibraryLocked: another process is writing.
        """
        with self.writer():
            number = self.catalogue.restore(removal.id)
        if number is None:
            raise InputError(f"“{removal.title}” cannot be brought back: it was already, or is gone for good.")
        return number

    def let_go(self, removal: Removal) -> None:
        """Make a removal final.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self.writer():
            self.catalogue.let_go(removal.id)

    def replace_views(self, views_by_article: Mapping[str, Sequence[View]], extractor: str | None = None) -> None:
        """Put new views in place of all that some articles (by id) held, all of them or none; nothing is embedded.

        An article given no views holds none afterwards. `extractor` is the name and version of what read them. Call it
        for a batch of articles at a time; several calls inside one `writer()` hold the library throughout.

        Raises:
            InputError: an article is not stored, or a quote is not its own words; nothing is changed.
            LibraryLocked: another process is writing.
        """
        with self.writer():
            self.catalogue.views.replace(views_by_article, extractor)

    # --- looking up

    def known(self, source: str) -> str | None:
        """Return the version held for a source key, of an article or of a linked duplicate; None if unknown."""
        return self.catalogue.known(source)

    def twin(self, text_hash: str) -> str | None:
        """Return the id of an article that holds this very text."""
        return self.catalogue.twin(text_hash)

    def article(self, article_id: str) -> Article:
        """Return a whole article.

        Raises:
            InputError: the library holds no such article.
        """
        found = self.catalogue.articles([article_id])
        if article_id not in found:
            raise InputError(
                f"{article_id}: no article with this id in {self.path}; `python -m ingest list` shows all."
            )
        return found[article_id]

    def articles(self, scope: Scope = Scope()) -> list[ArticleRef]:  # noqa: B008 - frozen
        """Return the articles in scope, newest first, undated ones last."""
        return self.catalogue.refs(scope)

    def browse(
        self,
        words: str = "",
        scope: Scope = Scope(),  # noqa: B008 - frozen
        *,
        state: ArticleState | None = None,
        order: Order = "newest",
        limit: int = 50,
        offset: int = 0,
    ) -> Listing:
        """Return a page of the articles in scope, and how many there are on all pages.

        Each of the `words` stands in the article, its title, or the name of its publisher, author or source; the last
        letters may be missing. Words in quotation marks stand there as a phrase.

        Raises:
            InputError: there are more than 20 words.
        """
        return self.catalogue.browse(words, scope, state, order, limit, offset)

    def articles_with_text(self) -> Iterator[Article]:
        """Yield every stored article whole, a few at a time; ones added or removed meanwhile may be missed."""
        return self.catalogue.all_articles()

    def unread_by(self, extractor: str | None, *, others: bool = False) -> list[str]:
        """Return the ids of the articles that an extractor, by name and version, has still to read; of all for None.

        What another extractor has read is among them only if `others` are not to count.
        """
        return self.catalogue.views.unread_by(extractor, others=others)

    def find(self, address: str) -> ArticleRef | None:
        """Return the article with this id, url or source, also when the address is a duplicate's."""
        return self.catalogue.find(address)

    def duplicates(self) -> list[tuple[str, str]]:
        """Return (source, id of the article it duplicates) for every linked duplicate."""
        return self.catalogue.duplicates()

    def likenesses(self) -> list[Likeness]:
        """Return every article that is a copy or an update of an older one, with that one; the newest first."""
        return self.catalogue.likenesses.all()

    def count(self, scope: Scope = Scope()) -> int:  # noqa: B008 - frozen
        """Return how many articles are in scope; a copy or a superseded one does not count beside what it doubles."""
        return self.catalogue.count(scope)

    def stats(self) -> Stats:
        """Return what the library holds."""
        pending = self.catalogue.vectors.backlog()[1]
        return Stats(path=str(self.path), vectors_pending=pending, **self.catalogue.figures())

    def news(self, since: datetime | None = None, most: int = 10) -> News:
        """Return what came in after a moment, or at any time: up to `most` articles, and the views that changed.

        Looked through are the 500 views said last of what came in.
        """
        from rag.news import news  # noqa: PLC0415 - builds on the library

        return news(self, since, most)

    # --- asking

    def examples(self, most: int = 4) -> tuple[str, ...]:
        """Return up to `most` questions that the library can answer, made of its views; none where there are none."""
        from rag.examples import examples  # noqa: PLC0415 - builds on the library

        return examples(self, most)

    def search(self, query: str, k: int = 8, scope: Scope = Scope()) -> list[Passage]:  # noqa: B008 - frozen
        """Return up to `k` passages that answer a query best, best first.

        Raises:
            InputError: the query is empty or too long.
        """
        from rag.retrieve import search  # noqa: PLC0415 - retrieval builds on the library

        return search(self, query, k, scope)

    def ask(
        self,
        question: str,
        history: Sequence[Answer] = (),
        scope: Scope = Scope(),  # noqa: B008 - frozen
        writer: Writer | Literal["extractive"] | None = None,
    ) -> Answer:
        """Answer a question with cited statements, or say that nothing in scope answers it.

        A chat model words the answer if there is one: the `writer`, else the one that the settings name; none does for
        "extractive". What it writes is told as far as the guard passes it.

        Raises:
            InputError: the question is empty or too long.
        """
        *_, answer = self.stream(question, history, scope, writer)
        return cast("Answer", answer)

    def stream(
        self,
        question: str,
        history: Sequence[Answer] = (),
        scope: Scope = Scope(),  # noqa: B008 - frozen
        writer: Writer | Literal["extractive"] | None = None,
        *,
        inferring: bool = True,
    ) -> Iterator[Step | Told | Answer]:
        """Return an iterator over the making of an answer: its stages, its statements as they stand, the answer last.

        The answer is what counts, and stands in place of what was told before it. Unless `inferring`, exactly `scope`
        is searched, whatever period or publisher the question names. Leaving early stops the work, and the request to
        a chat model.

        Raises:
            InputError: the question is empty or too long.
        """
        from rag.answer import answer  # noqa: PLC0415 - answering builds on the library

        def made() -> Iterator[Step | Told | Answer]:
            return answer(self, question, history, scope, writer, inferring=inferring)

        return asked(question, self.settings, made)

    def views(
        self,
        subject: str | None = None,
        firm: str | None = None,
        analyst: str | None = None,
        action: Action | None = None,
        stance: Stance | None = None,
        scope: Scope = Scope(),  # noqa: B008 - frozen
    ) -> list[View]:
        """Return the stored views that are what is wanted, newest first; what is not given does not restrict.

        Names match in any form and in part: `subject` with its synonyms ("small caps" finds the Russell 2000, "AMD"
        Advanced Micro Devices), `firm` and `analyst` as articles write them ("BofA", "Wilson"). The views returned name
        each of them in one form, the one used most in the library; quotes are untouched. The firms, analysts and
        subjects of `scope` are those of the view. `rag.current` and `rag.superseded` tell which views still stand.
        """
        wanted = Wanted(subject or None, firm or None, analyst or None, action, stance)
        return self.catalogue.views.find(scope, wanted)

    @cached_property
    def model(self) -> Writer | None:
        """The chat model that the settings name, None if they name none.

        Raises:
            SettingsError: it cannot be set up.
        """
        from rag.models.load import load_model  # noqa: PLC0415 - most libraries have none

        return load_model(self.settings)

    def as_retriever(self, k: int = 8, scope: Scope = Scope()) -> HouseviewRetriever:  # noqa: B008 - frozen
        """Return a LangChain retriever over this library."""
        from rag.retriever import HouseviewRetriever  # noqa: PLC0415 - imports LangChain

        return HouseviewRetriever(library=self, k=k, scope=scope)

    def as_runnable(self, writer: Writer | Literal["extractive"] | None = None) -> Answering:
        """Return a LangChain runnable that answers a question, or a mapping with `history` and `scope` beside it."""
        from rag.chain import runnable  # noqa: PLC0415 - imports LangChain

        return runnable(self, writer)

    def as_tool(
        self,
        scope: Scope = Scope(),  # noqa: B008 - frozen
        writer: Writer | Literal["extractive"] | None = None,
    ) -> HouseviewTool:
        """Return a LangChain tool with which an agent asks this library."""
        from rag.chain import HouseviewTool  # noqa: PLC0415 - imports LangChain

        return HouseviewTool(library=self, scope=scope, writer=writer)

    def nearest(self, vector: Vectors, k: int, articles: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return up to `k` (passage id, cosine) for a unit vector, best first, within some articles or all."""
        return self.vectors.nearest(vector, k, articles)

    def cosines(self, vector: Vectors, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of a unit vector with each of some passages; those no longer there are left out."""
        stored = self.catalogue.vectors.of_passages(passage_ids)
        return {passage_id: float(row @ vector) for passage_id, row in stored.items()}
