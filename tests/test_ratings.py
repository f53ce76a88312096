"""The Street's rating scales: levels, stances, agencies' grades, the direction of a change."""

from __future__ import annotations

import re

import pytest

from ingest.extract.ratings import GRADE, LISTS, RATING, change, grade_of, level_of, outlook_of, stance_of


@pytest.mark.parametrize(
    ("rating", "stance"),
    [
        ("buy", "bullish"),
        ("Strong-Buy", "bullish"),
        ("'Overweight'", "bullish"),
        ("sector outperform", "bullish"),
        ("accumulate", "bullish"),
        ("a hold rating", "neutral"),
        ("Equal-Weight", "neutral"),
        ("equal weight", "neutral"),
        ("Market Perform", "neutral"),
        ("in-line", "neutral"),
        ("sector weight", "neutral"),
        ("REDUCE", "bearish"),
        ("underperform", "bearish"),
        ("unattractive", "bearish"),
        ("strong sell", "bearish"),
        ("negative", "bearish"),
        ("stable", "neutral"),
        ("conviction list", "bullish"),
        ("sell list", "bearish"),
        ("Baa2", None),
        ("delicious", None),
    ],
)
def test_a_rating_has_the_stance_of_its_scale(rating: str, stance: str | None) -> None:
    assert stance_of(rating) == stance


def test_ratings_are_ordered_from_strong_sell_to_strong_buy() -> None:
    words = ["strong sell", "sell", "hold", "buy", "strong buy"]
    assert [level_of(word) for word in words] == [-2, -1, 0, 1, 2]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("AAA", "AA+"),
        ("Aa1", "Aa2"),
        ("A-minus", "BBB-plus"),
        ("A3", "Baa1"),
        ("Baa-3", "Ba-1"),
        ("BB-", "B+"),
        ("B-minus", "CCC-plus"),
        ("Caa", "Ca"),
        ("DP-4", "DP-5"),
    ],
)
def test_an_agencys_better_grade_ranks_higher(better: str, worse: str) -> None:
    assert (grade_of(better) or 0) > (grade_of(worse) or 0)


@pytest.mark.parametrize(("standard", "moodys"), [("AAA", "Aaa"), ("A-", "A3"), ("BBB", "Baa2"), ("BB+", "Ba1")])
def test_the_agencies_ladders_stand_on_one_another(standard: str, moodys: str) -> None:
    assert grade_of(standard) == grade_of(moodys)


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("hold", "buy", 1),
        ("strong buy", "buy", -1),
        ("A3", "Baa2", -1),
        ("negative", "stable", 1),
        ("buy", "outperform", 0),
        (None, "buy", 0),
        ("hold", "Baa2", 0),
    ],
)
def test_two_ratings_tell_which_way_a_change_went(old: str | None, new: str, way: int) -> None:
    assert change(old, new) == way


@pytest.mark.parametrize("text", ["rated market perform", "a Strong Buy", "'equal-weight'", "sector outperformer"])
def test_the_pattern_finds_a_rating(text: str) -> None:
    assert re.search(RATING, text, re.IGNORECASE)


@pytest.mark.parametrize("text", ["buyer", "holding", "buyback", "a weighty matter"])
def test_the_pattern_finds_no_rating_within_other_words(text: str) -> None:
    assert not re.search(RATING, text, re.IGNORECASE)


@pytest.mark.parametrize("text", ["AA-", "Baa2", "B-minus", "BBB (high)", "Prime-2", "DP-5 (high A)", "junk"])
def test_the_pattern_finds_a_grade_whole(text: str) -> None:
    match = re.search(GRADE, text)
    assert match and match.group() == text


@pytest.mark.parametrize("text", ["recommended list", "Focus List", "conviction buy list", "best ideas list"])
def test_lists_of_favourites_are_known(text: str) -> None:
    assert re.fullmatch(LISTS, text, re.IGNORECASE)


def test_an_outlook_is_positive_stable_or_negative() -> None:
    assert [outlook_of(word) for word in ("positive", "stable", "negative", "blue")] == [1, 0, -1, None]
