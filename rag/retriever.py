"""Houseview as a LangChain retriever: passages become documents whose metadata lead back to the very words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from rag.types import Passage, Scope

if TYPE_CHECKING:
    from rag.library import Library


class HouseviewRetriever(BaseRetriever):
    """Return a library's best passages for a query as LangChain documents, best first.

    Each document's `page_content` is verbatim; its metadata hold `article_id`, `start`, `end` (character offsets into
    the article's text), `url`, `title`, `publisher`, `authors`, `published` (ISO 8601), `section` and `score`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Any = Field(exclude=True)
    k: int = 8
    scope: Any = Field(default_factory=Scope)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002 - LangChain's signature
        library: Library = self.library
        return [document(passage) for passage in library.search(query, self.k, self.scope)]


def document(passage: Passage) -> Document:
    """Return a passage as a LangChain document."""
    article = passage.article
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "article_id": article.id,
            "start": passage.start,
            "end": passage.end,
            "url": article.url,
            "title": article.title,
            "publisher": article.publisher,
            "authors": list(article.authors),
            "published": article.published.isoformat() if article.published else None,
            "section": passage.section,
            "score": passage.score,
        },
    )
