"""Copies and updates in a library: linked, counted and told once, found by either address, freed with an original."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from making import day, make_article, make_record, make_view

from rag import Scope
from rag.catalogue import Alike
from rag.retrieve import search

TEXT = "Tin rallied on Friday as the smelter at Gull Point closed.\nTraders see 18,000 tonnes leave the market."
QUOTE = "Traders see 18,000 tonnes leave the market."


@pytest.fixture
def shelve(library, embedder):
    """Store articles, each given as its name and text, with likenesses given as (name, original, kind)."""

    def store(texts, *links, views=(), **dates):
        articles = {
            name: make_article(name, text, published=day(dates.get(name, "2026-03-04")), title=f"Tin {name}")
            for name, text in texts.items()
        }
        found = [Alike(articles[a].id, _id(b), kind, 0.5) for a, b, kind in links]
        records = [
            make_record(article, embedder, [make_view(article, QUOTE, stance="bullish")] if name in views else [])
            for name, article in articles.items()
        ]
        records[0] = _with(records[0], found)
        library.put(records)
        return articles

    return store


def _id(name):
    return make_article(name, "").id


def _with(record, found):
    return replace(record, likenesses=tuple(found))


def links(library):
    return sorted((each.article.source, each.original.source, each.kind) for each in library.likenesses())


def test_a_copy_of_a_copy_leads_to_the_original(library, shelve) -> None:
    shelve({"a": TEXT, "b": TEXT, "c": TEXT}, ("b", "a", "copy"), ("c", "b", "copy"))
    assert links(library) == [("b", "a", "copy"), ("c", "a", "copy")]


def test_an_article_that_turns_out_a_copy_takes_its_own_copies_along(library, shelve) -> None:
    shelve({"a": TEXT, "b": TEXT, "c": TEXT}, ("c", "b", "copy"), ("b", "a", "copy"))
    assert links(library) == [("b", "a", "copy"), ("c", "a", "copy")]


def test_two_articles_never_lead_to_each_other(library, shelve) -> None:
    shelve({"a": TEXT, "b": TEXT}, ("b", "a", "copy"), ("a", "b", "update"))
    assert links(library) == [("b", "a", "copy")]


def test_a_likeness_to_what_is_not_stored_is_left_out(library, shelve) -> None:
    shelve({"a": TEXT}, ("a", "gone", "copy"))
    assert links(library) == []


def test_when_an_original_goes_its_oldest_copy_takes_its_place(library, shelve) -> None:
    held = shelve(
        {"a": TEXT, "b": TEXT, "c": TEXT, "d": TEXT},
        ("b", "a", "copy"), ("c", "a", "copy"), ("d", "a", "update"),
        a="2026-03-04", b="2026-03-06", c="2026-03-05", d="2026-03-07",
    )  # fmt: skip
    library.remove([held["a"].id])
    assert links(library) == [("b", "c", "copy"), ("d", "c", "update")]


def test_when_an_update_between_two_goes_the_newer_supersedes_the_oldest(library, shelve) -> None:
    held = shelve({"a": TEXT, "b": TEXT, "c": TEXT}, ("b", "a", "update"), ("c", "b", "update"))
    library.remove([held["b"].id])
    assert links(library) == [("c", "a", "update")]


def test_a_copy_that_takes_a_place_takes_on_what_its_original_updated(library, shelve) -> None:
    held = shelve({"a": TEXT, "b": TEXT, "c": TEXT}, ("b", "a", "update"), ("c", "b", "copy"))
    library.remove([held["b"].id])
    assert links(library) == [("c", "a", "update")]


@pytest.mark.parametrize("gone", ["a", "ab", "bc", "abc"])
def test_whatever_goes_no_likeness_leads_nowhere(library, shelve, gone) -> None:
    held = shelve({"a": TEXT, "b": TEXT, "c": TEXT}, ("b", "a", "update"), ("c", "b", "copy"))
    library.remove([held[name].id for name in gone])
    stored = {ref.source for ref in library.articles()}
    assert all({one, other} <= stored for one, other, _ in links(library))
    assert library.verify() == []


def test_each_story_is_counted_once_and_every_article_is_found(library, shelve) -> None:
    shelve({"a": TEXT, "b": TEXT, "c": TEXT}, ("b", "a", "copy"), ("c", "a", "update"))
    stats = library.stats()
    assert (stats.articles, stats.copies, stats.superseded, library.count()) == (3, 1, 1, 1)
    assert [library.find(name).source for name in "abc"] == ["a", "b", "c"]


def test_seen_from_a_day_before_the_update_the_older_article_counts(library, shelve) -> None:
    shelve({"a": TEXT, "c": TEXT}, ("c", "a", "update"), views="ac", a="2026-03-04", c="2026-03-08")
    before = Scope(as_of=date(2026, 3, 5))
    assert [view.article.source for view in library.views(scope=before)] == ["a"]
    assert [view.article.source for view in library.views()] == ["c"]
    assert library.count(before) == 1


def test_a_view_of_a_copy_is_told_by_its_original_only(library, shelve) -> None:
    held = shelve({"a": TEXT, "b": TEXT}, ("b", "a", "copy"), views="ab")
    assert [view.article.source for view in library.views()] == ["a"]
    assert [view.article.source for view in library.views(scope=Scope(article_ids=(held["b"].id,)))] == ["b"]


def test_a_view_that_only_the_copy_states_is_told(library, shelve) -> None:
    shelve({"a": TEXT, "b": TEXT}, ("b", "a", "copy"), views="b")
    assert [view.article.source for view in library.views()] == ["b"]


def test_a_search_shows_the_original_of_a_copy_whose_sentences_are_split_otherwise(library, shelve) -> None:
    shelve({"a": TEXT, "b": "The Gazette reports. " + TEXT.replace("\n", " ")}, ("b", "a", "copy"))
    assert {passage.article.source for passage in search(library, "tin smelter Gull Point", 8, Scope())} == {
        "a",
        "b",
    } - {"b"}


def test_a_search_shows_what_only_the_copy_says(library, shelve) -> None:
    own = "Dockers at Hale will vote on a strike."
    shelve({"a": TEXT, "b": f"{TEXT}\n{own}"}, ("b", "a", "copy"))
    assert search(library, "dockers vote on a strike", 8, Scope())[0].article.source == "b"


def test_a_search_shows_the_update_of_what_it_superseded(library, shelve) -> None:
    shelve({"a": TEXT, "b": TEXT.replace("18,000", "21,000")}, ("b", "a", "update"))
    assert {passage.article.source for passage in search(library, "tonnes leave the market", 8, Scope())} == {"b"}


def test_an_answer_cites_the_update(library, shelve) -> None:
    changed = TEXT.replace("18,000", "21,000")
    held = shelve({"a": TEXT, "b": changed}, ("b", "a", "update"), a="2026-03-04", b="2026-03-05")
    answer = library.ask("How many tonnes do traders see leave the market?")
    assert {citation.article.id for citation in answer.citations} == {held["b"].id}
    assert answer.coverage.startswith("1 article in scope")
