"""A figure stays with what the quotes give it for, as rounded as they give it; so does a count with its rating."""

from __future__ import annotations

import pytest

from rag import verify

TWO = "Tin fell by 3% and copper rose by 4%."
DAY = "The Russell 2000 jumped 1.2% that day, while the S&P 500 added 0.7%."
HOUSES = "Of the 12 houses that cover Wexley, eight rate it buy, three hold and one sell."


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("Copper fell by 3%.", ["Tin fell by 3%.", "Copper rose by 4%."]),
        ("Copper fell by 3%.", [TWO]),
        ("The S&P 500 added 1.2%.", [DAY]),
        ("Large caps rose by 1.2%.", [DAY]),
        ("Wexley Foods Inc rose 5%.", ["Bexhill Corp rose 5%.", "Wexley Foods Inc rose 2%."]),
        ("Tarn (TRN) rose 5%.", ["Vell (VLL) rose 5%. Tarn (TRN) rose 2%."]),
        ("A gain of 4% in tin is due.", ["A gain of 4% in copper is due.", "Tin is due a gain of 3%."]),
    ],
)
def test_one_subjects_figure_is_not_given_to_another(statement, quotes):
    assert any("another subject" in each for each in verify(statement, quotes).problems)


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("Tin fell by 3%.", [TWO]),
        ("Copper rose by 4%, tin fell by 3%.", [TWO]),
        ("Copper fell by 3%.", ["Tin and copper fell by 3%."]),
        ("Tin fell by 3%.", ["Tin, which trails copper, fell by 3%."]),
        ("Small caps rose 2%.", ["Small caps had a good week. Outpacing the S&P 500, they rose 2%."]),
        ("Small caps jumped 1.2%.", [DAY]),
        ("Large caps added 0.7%.", [DAY]),
        ("Bank of America lifted its target on Google to $210.", ["BofA raised its target on Alphabet to $210."]),
        ("Copper rose by 3%.", ["Tin rose by 3%.", "Copper rose by 3% as well."]),
        ("The euro rose 3% against the dollar.", ["The euro rose 3% against the dollar."]),
        ("Marlow Copper Corp rose 5%.", ["Shares of Marlow Copper rose 5%."]),
        ("Lane of Tern expects gold to gain 8%.", ["Gold may be due a rest. Lane of Tern expects it to gain 8%."]),
    ],
)
def test_a_figure_may_be_told_of_what_it_is_given_for(statement, quotes):
    assert verify(statement, quotes).problems == ()


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Margins widened by 5%.", "Margins widened by about 5%."),
        ("Sales were $3 billion.", "Sales were more than $3 billion."),
        ("Costs may eat $300 million of profit.", "Costs may eat up to $300 million of profit."),
        ("Margins widened by more than 5%.", "Margins widened by 5%."),
        ("Margins widened by more than 5%.", "Margins widened by about 5%."),
    ],
)
def test_a_number_is_not_told_more_exactly_or_larger_than_the_quote_has_it(statement, quote):
    assert any("rounded in the quotes" in each for each in verify(statement, [quote]).problems)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Margins widened by about 5%.", "Margins widened by 4.9%."),
        ("Margins widened by roughly 5%.", "Margins widened by about 5%."),
        ("Sales were over $3 billion.", "Sales were more than $3 billion."),
        ("Margins widened by around 5%.", "Margins widened by 5%."),
        ("Lane sees a gain in 12 months.", "Lane sees a gain over 12 months."),
        ("Margins widened by 5%.", "Margins widened by about 5% at Wexley, and by 5% at Tarn."),
    ],
)
def test_a_number_may_be_rounded_and_said_to_be(statement, quote):
    assert verify(statement, [quote]).problems == ()


@pytest.mark.parametrize("counted", ["Only one house rates Wexley hold.", "Eight of 12 houses rate Wexley a sell."])
def test_a_count_is_not_given_to_another_rating(counted):
    assert any("counted for another rating" in each for each in verify(counted, [HOUSES]).problems)


@pytest.mark.parametrize(
    "counted",
    [
        "Only one of the 12 houses covering Wexley rates it sell.",
        "Three houses rate Wexley hold and one sell.",
        "8 of 12 houses rate Wexley a buy.",
    ],
)
def test_a_count_may_be_told_of_its_rating(counted):
    assert verify(counted, [HOUSES]).problems == ()
