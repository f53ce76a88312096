"""What the quotes say of some is not told of all, nor of others; a reason is not made of one word that fits."""

from __future__ import annotations

import pytest

from rag import verify

SELL = "Wexley fell 5% after Tern told clients to sell the shares."
SURVEY = "Of the 84 managers that Tern asked, 58 of the 84 see tin as cheap."


@pytest.mark.parametrize(
    ("statement", "quote", "problem"),
    [
        ("Tern told clients to sell everything they own.", SELL, "everything"),
        ("Tern told all clients to sell the shares.", SELL, "all"),
        ("Tern is entirely out of the shares of Wexley, told to sell.", SELL, "entirely"),
        ("Most other houses told clients to sell the shares.", SELL, "houses"),
        ("Many analysts told clients to sell Wexley.", SELL, "analysts"),
        ("Wexley fell 5% because a price war broke out.", "Wexley fell 5% as the streaming war went on.", "reason"),
        ("Wexley fell 5% due to tax fraud.", "Wexley fell 5% before tax.", "reason"),
    ],
)
def test_nothing_is_told_further_than_the_quote_goes(statement, quote, problem):
    assert any(problem in each for each in verify(statement, [quote]).problems)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Tern told clients to sell the shares.", SELL),
        ("Most managers see tin as cheap.", SURVEY),
        ("All three members wanted no cut.", "All three members wanted no cut."),
        ("Tern sells the whole of its stake, everything it owns.", "Tern sells everything it owns, its whole stake."),
        ("Other analysts see tin as cheap.", "Analysts elsewhere on the Street see tin as cheap."),
        ("The most attractive metal is tin, Tern says.", "Tern says tin is the most attractive metal."),
        ("Wexley fell 5% because of weak demand.", "Wexley fell 5% on weak demand."),
        ("Wexley fell 5% because orders weakened.", "Wexley fell 5% as orders were weak."),
    ],
)
def test_what_the_quote_says_of_many_may_be_told_of_them(statement, quote):
    assert verify(statement, [quote]).problems == ()
