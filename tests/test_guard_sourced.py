"""What a quote brings with it supports a statement: its article, who says it, and the ledger's views of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from rag import Quote, View, verify
from rag.types import ArticleRef, Sourced

ARTICLE = ArticleRef(
    "a", None, "Tin after the slide", "Harbour Wire", ("Ines Duarte",), datetime(2026, 9, 24), None, (), "en"
)
WORDS = "She moved it up from neutral on Tuesday, which surprised the market."
VIEW = View(
    ARTICLE, "Mara Lane", "Tern Capital", "Wexley Foods", "upgrade", "neutral", "overweight", None, "$48", None,
    "bullish", Quote("a", 0, len(WORDS), WORDS),
)  # fmt: skip
SOURCED = Sourced(WORDS, ARTICLE, ("Mara Lane", "Tern Capital"), (VIEW,))


@pytest.mark.parametrize(
    "statement",
    [
        "Mara Lane (Tern Capital) upgraded Wexley Foods to overweight from neutral.",
        "Tern Capital is bullish on Wexley Foods.",
        "On 22 September 2026, Mara Lane moved Wexley Foods up from neutral.",
        "Mara Lane of Tern Capital upgraded Wexley Foods, with a target of $48, Harbour Wire reported.",
    ],
)
def test_the_view_and_the_article_support_what_the_words_leave_out(statement):
    assert verify(statement, [SOURCED]).problems == ()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("Mara Lane (Tern Capital) upgraded Wexley Foods to buy from neutral.", "rating"),
        ("Tern Capital is bearish on Wexley Foods.", "direction"),
        ("On 21 September 2026, Mara Lane moved Wexley Foods up from neutral.", "date"),
        ("Mara Lane upgraded Wexley Foods, with a target of $58.", "number"),
        ("Hugo Brandt upgraded Wexley Foods to overweight.", "name"),
        ("Mara Lane downgraded Wexley Foods to overweight.", "direction"),
    ],
)
def test_what_neither_words_nor_view_say_is_a_problem(statement, problem):
    assert any(problem in each for each in verify(statement, [SOURCED]).problems)


def test_without_the_view_its_rating_is_not_known():
    assert not verify("Mara Lane upgraded Wexley Foods to overweight.", [replace(SOURCED, views=())]).supported


def test_one_holders_words_are_not_anothers():
    other = Sourced("Tin has further to fall.", ARTICLE, ("Hugo Brandt", "Oakmere Securities"))
    lane = Sourced("We think tin is cheap at these prices.", ARTICLE, ("Mara Lane", "Tern Capital"))
    verdict = verify("Hugo Brandt (Oakmere Securities) thinks tin is cheap at these prices.", [lane, other])
    assert verdict.problems == ("said by Mara Lane, not by Hugo Brandt",)


@pytest.mark.parametrize("others", ["Some analysts", "However, other traders", "Most economists"])
def test_what_others_say_is_not_given_to_whoever_is_quoted_before(others):
    words = f"“I like tin,” said Mara Lane of Tern Capital. {others} worry that two smelters may reopen."
    lane = Sourced(words, ARTICLE, ("Mara Lane", "Tern Capital"))
    assert verify("Some worry that two smelters may reopen.", [lane]).supported
    assert not verify(
        "Mara Lane (Tern Capital), 24 September 2026: Two smelters may reopen, some worry.", [lane]
    ).supported
    assert not verify("Mara Lane worries that two smelters may reopen.", [lane]).supported


def test_a_quote_that_only_tells_what_others_say_is_told_as_its_speakers():
    lane = Sourced("Analysts expect that two smelters may reopen.", ARTICLE, ("Mara Lane", "Tern Capital"))
    told = "Mara Lane (Tern Capital), 24 September 2026: “Analysts expect that two smelters may reopen.”"
    assert verify(told, [lane]).problems == ()


def test_what_others_say_of_somebody_is_told_as_that_ones():
    words = "Mara Lane of Tern Capital likes tin. Traders said she raised her tin forecast to $30,000 on Monday."
    lane = Sourced(words, ARTICLE, ("Mara Lane", "Tern Capital"))
    assert verify("Mara Lane raised her tin forecast to $30,000 on Monday.", [lane]).problems == ()


def test_a_whole_quote_under_another_holders_name_is_a_problem():
    other = Sourced("Tin has further to fall.", ARTICLE, ("Hugo Brandt", "Oakmere Securities"))
    lane = Sourced("Tin is cheap at these prices.", ARTICLE, ("Mara Lane", "Tern Capital"))
    assert not verify("Hugo Brandt, 24 September 2026: “Tin is cheap at these prices.”", [lane, other]).supported


def test_quotes_of_all_three_kinds_support_together():
    quotes = [SOURCED, Quote("b", 0, 14, "Tin fell by 3%."), "Copper rose."]
    assert verify("Tin fell 3% and copper rose.", quotes).supported


def test_each_sentence_of_a_statement_is_judged():
    verdict = verify("Tin fell by 3%. Copper rose by 5%.", ["Tin fell by 3%.", "Copper rose by 4%."])
    assert verdict.problems == ("number not in the quotes: 5%",)


def test_one_subjects_figure_is_not_anothers():
    assert not verify("Copper fell by 3%.", ["Tin fell by 3%.", "Copper rose by 4%."]).supported


def test_the_articles_day_does_not_make_things_happen_today():
    assert not verify("Mara Lane moved Wexley Foods up from neutral today.", [SOURCED]).supported
