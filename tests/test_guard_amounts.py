"""Numbers and dates however they are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.guard.amounts import amounts_in, same
from rag.guard.days import days_in, holds


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("130 basis points", [("130", "bp")]),
        ("$1.2bn", [("1200000000", "$")]),
        ("1,200 mln dlrs", [("1200000000", "$")]),
        ("rose 1/2 to 54-1/8", [("0.5", ""), ("54.125", "")]),
        ("3 to 5%", [("3", "%"), ("5", "%")]),
        ("$1.2-1.4 billion", [("1200000000", "$"), ("1400000000", "$")]),
        ("50 to 60 mln dlrs", [("50000000", "$"), ("60000000", "$")]),
        ("(CLB -0.1%)", [("-0.1", "%")]),
        ("owns - 38 pct", [("38", "%")]),
        ("half a percentage point", [("0.5", "pp")]),
        ("a quarter-point cut", [("0.25", "pp")]),
        ("twenty-five basis points", [("25", "bp")]),
        ("Rs 380", [("380", "₹")]),
        ("one of the few", []),
    ],
)
def test_amounts_are_read_with_unit_sign_and_scale(text, amounts):
    found = [(each.value, each.unit) for each in amounts_in(text)]
    assert found == [(Decimal(value), unit) for value, unit in amounts]


@pytest.mark.parametrize(
    ("said", "held", "is_same"),
    [
        ("130 basis points", "1.3 percentage points", True),
        ("130 basis points", "1.3%", False),
        ("about 4%", "3.9%", True),
        ("4%", "3.9%", False),
        ("about 4%", "4.6%", False),
        ("nearly $2 billion", "$1.97 billion", True),
        ("nearly $2 billion", "$2.1 billion", False),
        ("80 cents", "$0.80", True),
        ("4 cents", "$4", False),
        ("half", "50%", True),
        ("5 years", "5 months", False),
        ("$5", "€5", False),
    ],
)
def test_two_amounts_are_one_or_not(said, held, is_same):
    assert same(amounts_in(said)[0], amounts_in(held)[0]) is is_same


WRITTEN = date(2026, 9, 24)


@pytest.mark.parametrize(
    ("said", "held", "is_held"),
    [
        ("22 September 2026", "on Tuesday", True),
        ("21 September 2026", "on Tuesday", False),
        ("September 16", "16 September", True),
        ("in 2027", "next year", True),
        ("in 2028", "next year", False),
        ("August 2026", "last month", True),
        ("Q2", "the second quarter", True),
        ("Q3", "the second quarter", False),
        ("FY27", "fiscal 2027", True),
        ("June", "June 1987", True),
        ("this week", "last week", False),
        ("late June", "early June", False),
    ],
)
def test_a_date_is_held_by_one_that_agrees_in_every_part(said, held, is_held):
    found = days_in(said)
    assert bool(found and holds(found[0], days_in(held), [WRITTEN])) is is_held


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789.,/-+$% abcdefghijklmnopqrstuvwxyzJQF'’"), max_size=200))
def test_no_text_is_too_odd_to_read(text):
    found = [*amounts_in(text), *days_in(text)]
    assert all(text[each.start : each.end].strip() == each.written.strip() for each in found)
