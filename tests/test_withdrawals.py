"""Articles taken out of a library and put back: everything returns as it was, and nothing is embedded again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from making import day, make_article, make_record, make_view

from rag.catalogue import Alike, Record
from rag.catalogue.holdings import Holding
from rag.errors import InputError
from rag.library import Library
from rag.stores import CATALOGUE
from rag.types import Article

A, B, C = (f"https://x.test/{name}" for name in "abc")


class Mute:
    """An embedder that cannot be used."""

    def __init__(self, like) -> None:
        self.name, self.dimensions = like.name, like.dimensions

    def encode(self, texts):
        raise AssertionError(f"asked to embed {texts}")


@pytest.fixture
def article(library, embedder) -> Article:
    """An article with all that one can have."""
    article = make_article(
        A, "Small caps rally.\nRates fall.", publisher="Desk", authors=("Ann",), published=day("2025-10-01")
    )
    view = make_view(article, "Small caps rally.", analyst="Ann", firm="Desk", subject="small caps", stance="bullish")
    whole = replace(
        make_record(article, embedder, [view], [("person", "Ann Other")]),
        extractor="rules 1",
        signature=b"mark" + bytes(8),
    )
    library.put([whole])
    library.link("https://y.test/a", replace(article, title="Elsewhere"), "v1", article.id)
    library.sources.claim([(Holding("/notes", A), False)])
    return article


def likenesses(library) -> list[tuple[str, str, str]]:
    return sorted((each.article.source, each.original.source, each.kind) for each in library.likenesses())


def alike(library, embedder, *rows: tuple[str, str, str]) -> None:
    """Store articles that have likenesses: (source, original, kind)."""
    stored = [make_article(source, f"Words of {source}.") for source in (A, B, C)]
    ids = {article.source: article.id for article in stored}
    library.put([make_record(article, embedder) for article in stored[:2]])
    found = tuple(Alike(ids[one], ids[other], kind, 0.9) for one, other, kind in rows)  # type: ignore[arg-type]
    library.put([replace(make_record(stored[2], embedder), likenesses=found)])


def test_an_article_comes_back_with_its_views_words_and_vectors(library, article) -> None:
    views, found = library.views(), library.catalogue.keyword('"rates"', 5)
    (vector,) = library.catalogue.vectors.of_passages([f"{article.id}:18"]).values()
    assert library.restore(library.withdraw([article.id])) == 1
    assert library.article(article.id) == article
    assert (library.views(), library.catalogue.keyword('"rates"', 5)) == (views, found)
    assert np.array_equal(library.catalogue.vectors.of_passages([f"{article.id}:18"])[f"{article.id}:18"], vector)
    assert library.verify() == []


def test_nothing_is_embedded_again(open_library, embedder, library, article) -> None:
    mute = open_library(embedder=Mute(embedder))
    mute.restore(mute.withdraw([article.id]))
    assert [passage for passage, _ in mute.nearest(embedder.encode(["rates fall"])[0], 1)] == [f"{article.id}:18"]


def test_a_withdrawn_article_is_gone_until_it_is_restored(library, article) -> None:
    withdrawn = library.withdraw([article.id])
    assert (withdrawn.articles, library.articles(), library.views(), library.find("https://y.test/a")) == (
        1,
        [],
        [],
        None,
    )


def test_names_scopes_addresses_and_who_holds_it_come_back(library, article) -> None:
    before = (
        library.stats(),
        library.catalogue.known_names(),
        library.duplicates(),
        library.sources.held_under("/notes"),
    )
    library.restore(library.withdraw([article.id]))
    after = (
        library.stats(),
        library.catalogue.known_names(),
        library.duplicates(),
        library.sources.held_under("/notes"),
    )
    assert after == before
    assert library.unread_by("rules 1") == []


def test_an_ingest_finds_a_restored_article_unchanged(library, article) -> None:
    version = library.known(A)
    library.restore(library.withdraw([article.id]))
    assert library.known(A) == version


@pytest.mark.parametrize(
    "rows",
    [
        ((B, A, "copy"), (C, A, "copy")),
        ((B, A, "update"), (C, B, "update")),
        ((B, A, "update"), (C, B, "copy")),
    ],
    ids=["two copies", "a line of updates", "a copy of an update"],
)
@pytest.mark.parametrize("gone", [(A,), (B,), (A, C)], ids=["first", "second", "both ends"])
def test_likenesses_come_back_as_they_were(library, embedder, rows, gone) -> None:
    alike(library, embedder, *rows)
    before = likenesses(library)
    ids = [article.id for article in library.articles() if article.source in gone]
    library.restore(library.withdraw(ids))
    assert likenesses(library) == before


def test_a_likeness_to_what_has_changed_meanwhile_stays_away(library, embedder, put) -> None:
    alike(library, embedder, (B, A, "update"))
    withdrawn = library.withdraw([article.id for article in library.articles() if article.source == B])
    put(library, A, "Other words altogether.")
    library.restore(withdrawn)
    assert likenesses(library) == []


def test_what_was_stored_anew_meanwhile_stays(library, article, put) -> None:
    withdrawn = library.withdraw([article.id])
    put(library, A, "A later version.")
    assert library.restore(withdrawn) == 0
    assert library.article(article.id).text == "A later version."


def test_a_text_that_came_back_elsewhere_is_counted_once(library, article, put) -> None:
    withdrawn = library.withdraw([article.id])
    other = put(library, "https://z.test/a", article.text)
    library.restore(withdrawn)
    assert (library.stats().articles, library.find(A)) == (1, library.article(other.id).ref)


def test_restoring_twice_changes_nothing(library, article) -> None:
    withdrawn = library.withdraw([article.id])
    library.restore(withdrawn)
    before = library.stats()
    with pytest.raises(InputError, match="cannot be brought back"):
        library.restore(withdrawn)
    assert library.stats() == before


def test_a_removal_is_found_again_by_whoever_opens_the_library(library, article, open_library) -> None:
    removal = library.withdraw([article.id])
    library.close()
    again = open_library()
    assert again.removals() == [removal]
    assert again.restore(removal) == 1
    assert (again.article(article.id), again.removals()) == (article, [])


def test_removals_come_the_latest_first_with_the_title_of_one_article(library, embedder) -> None:
    stored = [make_article(source, f"Words of {source}.", title=f"Title of {source}") for source in (A, B, C)]
    library.put([make_record(article, embedder) for article in stored])
    library.withdraw([stored[0].id])
    library.withdraw([stored[1].id, stored[2].id])
    first, second = library.removals()
    assert (first.articles, second.articles, second.title) == (2, 1, f"Title of {A}")


def test_what_is_let_go_of_is_gone_for_good(library, article) -> None:
    removal = library.withdraw([article.id])
    library.let_go(removal)
    with pytest.raises(InputError, match="cannot be brought back"):
        library.restore(removal)
    assert library.removals() == []


def test_a_removal_is_kept_for_a_week_and_then_dropped_with_its_text(library, article, open_library) -> None:
    day = library.today()
    library.withdraw([article.id])
    assert len(open_library(today=lambda: day + timedelta(days=7)).removals()) == 1
    old = open_library(today=lambda: day + timedelta(days=8))
    assert old.removals() == []
    with sqlite3.connect(library.path / CATALOGUE) as connection:
        assert connection.execute("SELECT count(*) FROM removed_rows").fetchone() == (0,)


def test_removing_nothing_leaves_nothing_to_bring_back(library, article) -> None:
    assert (library.withdraw(["unknown"]), library.removals()) == (None, [])


def test_a_library_of_an_earlier_schema_can_undo_what_is_removed_from_it(library, article, open_library) -> None:
    library.close()
    with sqlite3.connect(library.path / CATALOGUE) as connection:
        connection.executescript(
            "DROP TABLE removed_rows; DROP TABLE removals; UPDATE meta SET value = '4' WHERE key = 'schema_version'"
        )
    brought = open_library()
    assert brought.restore(brought.withdraw([article.id])) == 1


def test_chroma_serves_restored_articles_of_a_larger_library(library: Library, embedder) -> None:
    records: list[Record] = [
        make_record(make_article(f"https://x.test/{n}", f"Small caps rally {n}.\nOil slips {n}."), embedder)
        for n in range(60)
    ]
    library.put(records)
    ids = [record.article.id for record in records[:20]]
    library.restore(library.withdraw(ids))
    assert (library.stats().vectors_pending, library.verify()) == (0, [])
    assert len(library.nearest(embedder.encode(["oil slips"])[0], 120)) == 120
