"""A company that others rate, or only speak of, is not told as saying or rating anything itself."""

from __future__ import annotations

from datetime import datetime

import pytest

from rag import verify
from rag.types import ArticleRef, Sourced

RAISED = "Tern Capital said it raised its opinion on Oakmere Inc's stock to buy from hold, citing a brighter outlook."
ARTICLE = ArticleRef("a", None, "Oakmere rises", "Harbour Wire", (), datetime(2026, 9, 24), None, (), "en")


@pytest.mark.parametrize(
    "statement",
    [
        "Oakmere raised its opinion to buy from hold.",
        "Oakmere Inc. raised its opinion on the stock to buy from hold.",
        "Oakmere said its outlook is brighter.",
        "Oakmere upgraded the stock to buy.",
        "Tern Capital said that Oakmere raised its opinion on the stock to buy.",
    ],
)
def test_what_is_only_rated_neither_says_nor_rates(statement):
    assert "only spoken of in the quotes: Oakmere" in " ".join(verify(statement, [RAISED]).problems)


@pytest.mark.parametrize(
    "statement",
    [
        "Tern Capital raised its opinion on Oakmere to buy from hold.",
        "Oakmere was raised to buy from hold by Tern Capital.",
        "Oakmere raised to buy from hold at Tern Capital.",
        "Oakmere's outlook is brighter, Tern Capital said.",
    ],
)
def test_what_is_rated_may_be_told_as_rated(statement):
    assert verify(statement, [RAISED]).problems == ()


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Oakmere said demand is weak.", "Demand is weak, Oakmere said. Tern Capital cut its target on Oakmere."),
        ("Oakmere expects a loss.", "Tern Capital cut its target on Oakmere, which expects a loss."),
        ("Oakmere raised its target on tin.", "A note from analysts at Oakmere raised the target on tin."),
        ("Oakmere said tin is cheap.", "Tin is cheap, according to an Oakmere note."),
        ("Oakmere starts with a buy rating.", "Tern Capital initiated coverage of Oakmere with a buy rating."),
        ("Lane of Tern expects gold to gain 8%.", "Gold may be due a rest. Lane of Tern expects it to gain 8%."),
    ],
)
def test_who_speaks_or_acts_anywhere_in_the_quotes_may_say_it(statement, quote):
    assert not any("only spoken of" in each for each in verify(statement, [quote]).problems)


def test_who_is_known_to_say_a_quote_may_say_it():
    quote = Sourced("We raised our target on Oakmere.", ARTICLE, ("Oakmere",))
    assert not any("only spoken of" in each for each in verify("Oakmere raised its target.", [quote]).problems)
