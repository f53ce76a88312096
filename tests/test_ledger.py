"""The ledger: whose a view is, which views still stand, and who is counted."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest
from making import day, make_article

from rag.ledger import coverage, current, day_of, holder_of, house_key, records, superseded, tally
from rag.types import Quote, View

ARTICLE = make_article("a", "Oakmere will do well.", published=day("2026-03-02"))


def view(quote="Oakmere will do well.", *, article=ARTICLE, **fields):
    values = {
        "analyst": None,
        "firm": "Wexley Bank",
        "subject": "Oakmere",
        "action": "none",
        "from_rating": None,
        "to_rating": None,
        "target_from": None,
        "target_to": None,
        "horizon": None,
        "stance": "bullish",
        "said_on": date(2026, 3, 2),
    }
    return View(article.ref, quote=Quote(article.id, 0, len(quote), quote), **(values | fields))


def said(month, words=None, **fields):
    """Return a view said on the first of a month, in words of its own."""
    return view(words or f"Words of month {month} by {sorted(fields.items())}.", said_on=date(2026, month, 1), **fields)


# --- holders


@pytest.mark.parametrize(
    ("fields", "holder"),
    [
        ({"analyst": "Ann Lane"}, "Ann Lane (Wexley Bank)"),
        ({}, "Wexley Bank"),
        ({"analyst": "Ann Lane", "firm": None}, "Ann Lane"),
        ({"firm": None}, "unnamed"),
        ({"firm": None, "article": make_article("b", "x", authors=("Hugo Pike",), publisher="Desk")}, "Hugo Pike"),
        ({"firm": None, "article": make_article("b", "x", publisher="Desk")}, "Desk"),
    ],
)
def test_a_holder_is_named_as_far_as_the_article_does(fields, holder):
    assert holder_of(view(**fields)) == holder


def test_a_house_is_one_by_all_its_names():
    assert len({house_key(view(firm=name)) for name in ("BofA", "Bank of America", "BofA Global Research")}) == 1


def test_a_person_without_a_firm_is_a_house_of_his_own():
    assert house_key(view(firm=None, analyst="Ann Lane")) != house_key(view(firm=None, analyst="Hugo Pike"))


def test_unnamed_holders_of_two_articles_are_two_houses():
    other = make_article("b", "x")
    assert house_key(view(firm=None)) != house_key(view(firm=None, article=other))


def test_the_day_of_a_view_is_that_of_its_words_before_that_of_its_article():
    assert (day_of(view(said_on=date(2026, 1, 5))), day_of(view(said_on=None))) == (date(2026, 1, 5), date(2026, 3, 2))


# --- what stands


def test_a_later_view_of_the_house_on_the_subject_replaces_the_older():
    assert superseded([said(5), said(3)]) == {1: 0}


def test_the_newest_is_named_as_what_replaced_an_old_view():
    assert superseded([said(3), said(4), said(5)]) == {0: 2, 1: 2}


@pytest.mark.parametrize(
    "other",
    [{"firm": "Tarn Securities"}, {"subject": "Fellgate"}, {"said_on": None, "article": make_article("b", "x")}],
    ids=["another house", "another subject", "undated"],
)
def test_what_is_not_later_of_the_same_house_and_subject_replaces_nothing(other):
    assert superseded([said(3), view("Other words.", **({"said_on": date(2026, 5, 1)} | other))]) == {}


def test_views_of_one_day_stand_beside_each_other():
    assert superseded([view("Up.", stance="bullish"), view("Down.", stance="bearish")]) == {}


def test_names_of_one_house_and_one_subject_are_joined():
    older = said(3, firm="J.P. Morgan Securities", subject="AMD")
    assert superseded([said(4, firm="JPMorgan", subject="Advanced Micro Devices"), older]) == {1: 0}


def test_colleagues_do_not_replace_each_other():
    assert superseded([said(3, analyst="Ann Lane"), said(4, analyst="Hugo Pike")]) == {}


@pytest.mark.parametrize("later", ["Ann Lane", "Lane", "Ann B. Lane", None])
def test_a_view_is_replaced_by_whoever_may_be_the_same_analyst(later):
    assert superseded([said(3, analyst="Ann Lane"), said(4, analyst=later)]) == {0: 1}


def test_a_bare_surname_is_replaced_by_the_full_name_but_not_by_another():
    assert superseded([said(3, analyst="Lane"), said(4, analyst="Ann Lane"), said(5, analyst="Hugo Pike")]) == {0: 1}


def test_current_leaves_the_newest_of_each_house_in_the_given_order():
    views = [said(5), said(4, firm="Tarn Securities"), said(3)]
    assert current(views) == views[:2]


# --- copies


def copies():
    original = view("Oakmere will do well.")
    copy = view("Oakmere  will do WELL.", article=make_article("b", "x"), said_on=date(2026, 3, 4))
    return original, copy


def test_a_syndicated_copy_is_not_current_beside_its_original():
    original, copy = copies()
    assert current([copy, original]) == [original]


def test_a_late_copy_does_not_replace_what_was_said_before_it():
    original, copy = copies()
    between = view("No longer.", said_on=date(2026, 3, 3), stance="bearish")
    assert current([copy, between, original]) == [between]


def test_the_same_words_months_later_are_said_anew():
    assert superseded([said(3, "We rate it a buy."), said(6, "We rate it a buy.")]) == {0: 1}


def test_an_undated_twin_is_a_copy():
    original = view()
    assert current([view(said_on=None, article=make_article("b", "x")), original]) == [original]


# --- counting


def test_each_house_is_counted_once_by_its_newest_view():
    views = [said(5, stance="bearish"), said(3, stance="bullish"), said(4, firm="Tarn Securities", stance="bullish")]
    assert tally(views) == Counter(bullish=1, bearish=1)


def test_colleagues_count_as_one_house():
    views = [said(3, analyst="Ann Lane"), said(4, analyst="Hugo Pike", stance="bearish")]
    assert tally(views) == Counter(bearish=1)


def test_of_one_day_an_action_counts_before_a_remark():
    views = [view("A remark.", stance="neutral"), view("A cut.", action="downgrade", stance="bearish")]
    assert tally(views) == Counter(bearish=1)


def test_nobody_is_counted_in_nothing():
    assert tally([]) == Counter()


def test_coverage_counts_articles_and_houses():
    views = [said(5), said(3), said(4, firm="Tarn Securities", stance="bearish")]
    assert coverage(views, 14, " on Oakmere") == (
        "14 articles in scope; 1 states a view on Oakmere; 1 bullish, 1 bearish by house."
    )


# --- rows


def test_rows_are_plain_json_and_hold_the_words():
    (row,) = json.loads(json.dumps(records([view(reasons=(Quote("a", 0, 1, "x"), Quote("a", 1, 2, "y")))])))
    assert (row["date"], row["quote"], row["reasons"]) == ("2026-03-02", "Oakmere will do well.", "x | y")


def test_a_row_says_when_it_was_superseded():
    assert [row["superseded_on"] for row in records([said(5), said(3)])] == [None, "2026-05-01"]


def test_what_superseded_a_row_may_stand_outside_the_rows():
    assert [row["superseded_on"] for row in records([said(3)], among=[said(5)])] == ["2026-05-01"]


def test_equal_views_are_two_rows():
    assert len(records([view(), view()])) == 2
