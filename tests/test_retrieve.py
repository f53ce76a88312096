"""Search: two legs fused, neighbours joined, copies collapsed, and nothing from outside the scope."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import day

from rag import InputError, Scope
from rag.retrieve import collapsed, fuse, rank

SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 50))
COSINES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 1))


def verbatim(library, passages):
    return [library.article(each.article.id).text[each.start : each.end] for each in passages]


# --- fusion


def test_each_leg_counts_by_its_weight_over_its_best_score():
    hits = fuse({"a": 8.0, "b": 4.0}, {"b": 0.6, "c": 0.3}, 0.25)
    assert [(hit.passage_id, round(hit.score, 3)) for hit in hits] == [("a", 0.75), ("b", 0.625), ("c", 0.125)]


@pytest.mark.parametrize(("weight", "first"), [(0.0, "words"), (1.0, "meaning")])
def test_the_weight_decides_between_the_legs(weight, first):
    assert fuse({"words": 3.0}, {"meaning": 0.9}, weight)[0].passage_id == first


def test_equal_scores_come_in_a_fixed_order():
    assert [hit.passage_id for hit in fuse({"b": 1.0, "a": 1.0}, {}, 0.3)] == ["a", "b"]


@settings(deadline=None)
@given(SCORES, COSINES, st.floats(0, 1))
def test_fusion_keeps_every_passage_once_in_order_and_within_bounds(keyword, cosine, weight):
    hits = fuse(keyword, cosine, weight)
    scores = [hit.score for hit in hits]
    assert sorted(hit.passage_id for hit in hits) == sorted({*keyword, *cosine})
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 + 1e-9 for score in scores)


def test_no_article_in_scope_gives_no_passage(library, put):
    put(library, "a", "Gold shines.")
    assert rank(library, "gold", ["gold"], set(), 10) == []


# --- search


def test_the_passage_with_the_rare_words_comes_first(library, put):
    put(library, "a", "Gold shines again.")
    put(library, "b", "Tungsten supply shrinks.")
    put(library, "c", "Oil slips.")
    assert library.search("who mentions tungsten supply?", k=1)[0].text == "Tungsten supply shrinks."


def test_passages_are_verbatim_scored_and_best_first(library, put):
    put(library, "a", "Gold shines in March.\nOil slips.\nBanks lag.")
    put(library, "b", "Gold falls.\nRates fall.")
    found = library.search("gold in March", k=5)
    assert [each.text for each in found] == verbatim(library, found)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_a_synonym_finds_what_the_text_calls_otherwise(library, put):
    put(library, "a", "The Russell 2000 rallied.")
    put(library, "b", "Banks lag the rest.")
    assert library.search("small caps", k=1)[0].text == "The Russell 2000 rallied."


def test_no_more_passages_come_than_asked_for(library, put):
    for number in range(6):
        put(library, f"s{number}", f"Gold note {number} {'xyzuvw'[number] * 5}.")
    assert len(library.search("gold", k=3)) == 3


def test_neighbouring_passages_of_one_article_come_as_one(library, put):
    put(library, "a", "Gold shines brightly.\nGold gains more.")
    (found,) = library.search("gold", k=5)
    assert found.text == "Gold shines brightly.\nGold gains more."


def test_a_syndicated_copy_is_not_found_twice(library, put):
    put(library, "a", "Tern Capital lifted its gold target to $40 on stronger demand from central banks.")
    put(library, "b", "Tern Capital lifted its gold target to $40 on stronger demand from central banks today.")
    assert len(library.search("gold target", k=5)) == 1


def test_a_passage_is_no_copy_of_its_own_articles(library, put):
    article = put(library, "a", "Gold up 1%.\nOil rose.\nGold up 1%.")
    passages = library.catalogue.passages([f"{article.id}:0", f"{article.id}:22"])
    assert collapsed(passages) == passages


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(since=day("2025-09-02").date()), {"b", "c"}),
        (Scope(until=day("2025-09-02").date()), {"a", "b"}),
        (Scope(as_of=day("2025-09-01").date()), {"a"}),
        (Scope(publishers=("Harbour Wire",)), {"a"}),
        (Scope(kinds=("note",)), {"b"}),
        (Scope(firms=("Tern Capital",)), {"b"}),
        (Scope(publishers=("Nobody",)), set()),
        (Scope(since=day("2025-09-02").date(), publishers=("Harbour Wire",)), set()),
    ],
)
def test_only_articles_in_scope_are_found(library, put, scope, expected):
    put(library, "a", "Gold shines.", publisher="Harbour Wire", published=day("2025-09-01"))
    put(library, "b", "Gold gains.", kind="note", published=day("2025-09-02"), names=[("firm", "Tern Capital")])
    put(library, "c", "Gold leads.", published=day("2025-09-03"))
    assert {passage.article.source for passage in library.search("gold", scope=scope)} == expected


def test_an_undated_article_is_outside_a_scope_with_dates(library, put):
    put(library, "a", "Gold shines.")
    assert library.search("gold", scope=Scope(until=day("2030-01-01").date())) == []


def test_a_removed_article_is_found_no_more(library, put):
    article = put(library, "a", "Gold shines.")
    library.search("gold")
    library.remove([article.id])
    assert library.search("gold") == []


def test_an_empty_library_finds_nothing(library):
    assert library.search("gold") == []


@pytest.mark.parametrize("query", ["", "  ", "?", "x" * 20_000])
def test_a_query_that_cannot_be_read_is_an_input_error(library, query):
    with pytest.raises(InputError):
        library.search(query)


@pytest.mark.parametrize(
    "query", ['"gold', "gold AND NOT (", "gold* OR NEAR(oil)", "col:gold", "-gold", "gold\x00oil", "<b>gold</b>", "'--"]
)
def test_the_index_languages_own_signs_are_only_words(library, put, query):
    put(library, "a", "Gold shines.")
    try:
        found = library.search(query)
    except InputError:
        return
    assert [each.text for each in found] in ([], ["Gold shines."])
