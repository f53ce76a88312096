"""What is only expected is not told as done, nor what is done as expected; a condition is not left out."""

from __future__ import annotations

import pytest

from rag import verify

PROJECTED = "Analysts project that the index will leap 20% over the next twelve months."
JUMPED = "The index jumped 1.2% on Monday, its best day since May."


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("The index rose by 20%.", PROJECTED),
        ("The index has leapt 20%.", PROJECTED),
        ("The index is leaping 20%.", PROJECTED),
        ("The index leaps 20%.", PROJECTED),
        ("Wexley cut its dividend to 40 cents.", "Wexley will cut its dividend to 40 cents in spring."),
        ("Lane raised her target to $52.", "Lane plans to raise her target to $52 once the books are open."),
        ("Wexley reported a loss of $3 million.", "Wexley is expected to report a loss of $3 million."),
        ("Margins widened by 60 basis points.", "Lane expects margins to widen by 60 basis points."),
        ("Wexley sold its mill in Ostby.", "Wexley would sell its mill in Ostby, Lane said."),
        ("The bank cut rates by half a point.", "The bank will cut rates by half a point in May."),
        ("Small caps posted a gain of 20%.", "Lane expects a gain of 20% in small caps."),
        ("Wexley trades at $52.", "Lane's target on Wexley is $52, and it trades at $40."),
        ("Tin was a bargain.", "Tin will be a bargain by spring, Lane said."),
        ("The shares are undervalued.", "The shares will be undervalued if they fall further."),
        ("Tin was raised to overweight.", "Tin will be raised to overweight next week, Lane said."),
    ],
)
def test_what_the_quote_expects_is_not_told_as_done(statement, quote):
    assert any("expected in the quotes" in each for each in verify(statement, [quote]).problems)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("The index will jump 1.2%.", JUMPED),
        ("The index is expected to jump 1.2%.", JUMPED),
        ("Wexley will cut its dividend to 40 cents.", "Wexley cut its dividend to 40 cents."),
        ("Wexley plans to sell its mill in Ostby.", "Wexley sold its mill in Ostby."),
    ],
)
def test_what_the_quote_tells_as_done_is_not_told_as_expected(statement, quote):
    assert any("done in the quotes" in each for each in verify(statement, [quote]).problems)


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("Analysts expect the index to rise 20% over the next twelve months.", [PROJECTED]),
        ("The index will rise by 20%, analysts project.", [PROJECTED]),
        ("Analysts see the index up 20% over the next twelve months.", [PROJECTED]),
        ("The index rose 1.2% on Monday.", [JUMPED]),
        ("The index gained 1.2%.", [JUMPED]),
        ("The index rose 1.2% and is projected to leap 20%.", [JUMPED, PROJECTED]),
        ("Lane raised her target to $52.", ["We raise our target to $52 from $47, Lane wrote."]),
        ("Lane lifted her target to $52, and expects sales to rise 5%.",
         ["Lane raises her target to $52 and sees sales rising 5%."]),
        ("Wexley expects to have sold its mill by June.", ["Wexley expects to have sold its mill by June."]),
        ("Lane forecast a rise of 5%.", ["Lane said sales would rise 5%."]),
        ("Lane had expected sales to rise 5%.", ["Lane expected sales to rise 5%."]),
        ("Sales, which fell 3% in spring, will rise 5% in autumn.",
         ["Sales fell 3% in spring. Lane expects them to rise 5% in autumn."]),
        ("Lane upgraded Wexley to buy because sales would recover.",
         ["Lane upgraded Wexley to buy from hold.", "Sales will recover, she said."]),
        ("Tin is cheap, and will be dear in spring.", ["Tin is cheap now; it will be dear in spring, Lane said."]),
        ("Lane looks for a rate cut by the bank in May.", ["The bank will cut rates in May, Lane expects."]),
        ("Lane has a target of $52 on Wexley.", ["Lane's target on Wexley is $52, and it trades at $40."]),
        ("Wexley trades at $40.", ["Lane's target on Wexley is $52, and it trades at $40."]),
        ("Small caps gained 20%.", ["Small caps gained 20%, as much as Lane expects of tin, 20% for the year."]),
        ("Lane was cautious on tin.", ["Lane is cautious on tin and would stay cautious if it rose."]),
        ("The bank needs rates to fall before it buys.", ["The bank needs rates to fall before it buys."]),
    ],
)  # fmt: skip
def test_the_time_of_the_quote_may_be_told_in_other_words(statement, quotes):
    assert verify(statement, quotes).problems == ()


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Small caps will rally.", "Small caps will rally only if revisions turn."),
        ("Lane will return to overweight.", "Lane will return to overweight once revisions turn."),
        ("Lane would return to overweight.", "Lane would return to overweight only if revisions turn."),
        ("Gold could reach $3,000.", "Gold could reach $3,000 only if the central bank cuts."),
        ("Copper will rise to $10,000.", "Copper will rise to $10,000 unless China slows."),
        ("The target will be raised to $52.", "The target will be raised to $52 provided margins hold."),
    ],
)
def test_a_condition_is_not_left_out(statement, quote):
    assert not verify(statement, [quote]).supported


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("Small caps will rally only if revisions turn.", ["Small caps will rally only if revisions turn."]),
        ("If revisions turn, small caps will rally.", ["Small caps will rally only if revisions turn."]),
        ("A return to overweight depends on revisions, Lane said.",
         ["Lane will return to overweight only if revisions turn."]),
        ("Gold could reach $3,000.", ["Gold could reach $3,000 if the central bank cuts."]),
        ("Copper will rise to $10,000.", ["Copper will rise to $10,000 even if China slows."]),
        ("Lane will keep her target.", ["Asked if she would change her target, Lane said she will keep it."]),
        ("Copper will rise to $10,000.",
         ["Copper will rise to $10,000 unless China slows.", "Copper will rise to $10,000."]),
        ("Wexley has provided for the loss and will pay.", ["Wexley has provided for the loss and will pay."]),
    ],
)  # fmt: skip
def test_what_holds_without_a_condition_or_names_it_passes(statement, quotes):
    assert verify(statement, quotes).problems == ()
