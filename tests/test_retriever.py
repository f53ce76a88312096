"""The LangChain retriever: a library's passages as documents that lead back to the words."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from making import day

from rag import Scope


@pytest.fixture
def stored(library, put):
    fields = {"title": "On gold", "publisher": "Harbour Wire", "authors": ("Mara Lane",)}
    put(library, "http://e.test/gold", "Gold shines.", published=day("2025-09-01"), **fields)
    put(library, "b", "Gold falls on Friday.")
    put(library, "c", "Oil slips.")
    return library


def test_it_is_a_langchain_retriever(stored):
    assert isinstance(stored.as_retriever(), BaseRetriever)


def test_documents_are_the_passages_that_search_finds(stored):
    documents = stored.as_retriever(k=2).invoke("gold")
    assert [each.page_content for each in documents] == [each.text for each in stored.search("gold", k=2)]


def test_a_document_carries_what_leads_back_to_the_words(stored):
    (document,) = stored.as_retriever(scope=Scope(publishers=("Harbour Wire",))).invoke("gold")
    metadata = dict(document.metadata)
    article = stored.article(metadata.pop("article_id"))
    assert article.text[metadata.pop("start") : metadata.pop("end")] == document.page_content
    assert metadata.pop("score") > 0
    assert metadata == {
        "url": "http://e.test/gold",
        "title": "On gold",
        "publisher": "Harbour Wire",
        "authors": ["Mara Lane"],
        "published": "2025-09-01T00:00:00",
        "section": None,
    }


def test_an_undated_article_has_no_published(stored):
    documents = stored.as_retriever().invoke("Gold falls on Friday")
    assert documents[0].metadata["published"] is None


@pytest.mark.parametrize("k", [1, 2])
def test_k_limits_the_documents(stored, k):
    assert len(stored.as_retriever(k=k).invoke("gold")) == k


def test_it_joins_a_chain(stored):
    chain = stored.as_retriever(k=1) | RunnableLambda(lambda documents: documents[0].page_content)
    assert chain.invoke("oil") == "Oil slips."


def test_it_answers_in_batches(stored):
    found: list[list[Document]] = stored.as_retriever(k=1).batch(["gold shines", "oil"])
    assert [documents[0].page_content for documents in found] == ["Gold shines.", "Oil slips."]
