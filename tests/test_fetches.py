"""What the catalogue remembers of fetched addresses, and when it says nothing."""

from __future__ import annotations

import pytest

from rag.types import Fetch

A, B = "https://desk.example/a", "https://desk.example/b"


def fetch(url: str = A, etag: str | None = '"1"', sources: tuple[str, ...] = (A,)) -> Fetch:
    return Fetch(url, url, etag, None, sources)


def test_what_was_kept_is_returned(library, put) -> None:
    put(library, A, "Small caps rally.")
    library.sources.remember_fetches([fetch()])
    assert library.sources.last_fetch(A) == fetch()


def test_the_last_word_counts(library, put) -> None:
    put(library, A, "Small caps rally.")
    library.sources.remember_fetches([fetch()])
    library.sources.remember_fetches([fetch(etag='"2"')])
    assert library.sources.last_fetch(A).etag == '"2"'


def test_keeping_nothing_changes_nothing(library) -> None:
    before = library.catalogue.vectors.data_version()
    library.sources.remember_fetches([])
    assert library.catalogue.vectors.data_version() == before


@pytest.mark.parametrize("sources", [(), (B,), (A, B)], ids=["nothing", "another", "one missing"])
def test_nothing_is_said_while_an_article_is_missing(library, put, sources) -> None:
    put(library, A, "Small caps rally.")
    library.sources.remember_fetches([fetch(sources=sources)])
    assert library.sources.last_fetch(A) is None


def test_nothing_is_said_of_a_duplicate(library, put) -> None:
    article = put(library, A, "Small caps rally.")
    library.link(B, article, "version", article.id)
    library.sources.remember_fetches([fetch(B, sources=(B,))])
    assert library.sources.last_fetch(B) is None


def test_an_address_may_bring_more_articles_than_a_query_takes_values(library, put) -> None:
    put(library, A, "Small caps rally.")
    library.sources.remember_fetches([fetch(sources=tuple(f"{A}?{n}" for n in range(50_000)))])
    assert library.sources.last_fetch(A) is None
