"""Which way a sentence leans on its subject."""

from __future__ import annotations

import pytest

from ingest.extract.reasons import reasons_in
from ingest.extract.stance import leaning, stance_by


@pytest.mark.parametrize(
    ("sentence", "subject", "stance"),
    [
        ("We think the shares are undervalued and margins should improve.", "Brackenfold", "bullish"),
        ("The stock looks expensive and demand is weakening.", "Brackenfold", "bearish"),
        ("The lira will keep sliding through the summer.", "lira", "bearish"),
        ("Nickel could climb next year.", "nickel", "bullish"),
        ("He would avoid the sector until inventories clear.", "paper stocks", "bearish"),
        ("Order books are full.", "Brackenfold", "neutral"),
    ],
)
def test_words_of_judgement_and_direction_tell_the_side(sentence: str, subject: str, stance: str) -> None:
    assert stance_by(leaning(sentence, subject)) == stance


def test_a_negated_word_leans_the_other_way() -> None:
    assert leaning("She does not expect a recovery.", "copper") < 0 < leaning("She expects a recovery.", "copper")


def test_two_negations_cancel_out() -> None:
    assert leaning("It will not halt the erosion.", "Brackenfold") < 0


def test_rising_costs_count_against_a_company() -> None:
    assert leaning("Costs will rise sharply.", "Brackenfold") < 0 < leaning("Sales will rise sharply.", "Brackenfold")


def test_rising_inflation_is_up_for_inflation_itself() -> None:
    assert leaning("Inflation will rise.", "inflation") > 0


def test_what_is_conceded_counts_less_than_what_is_held() -> None:
    assert leaning("Although sales were weak, the outlook is bright and promising.", "Brackenfold") > 0


def test_what_follows_but_outweighs_what_stands_before() -> None:
    assert leaning("Earnings were strong, but the shares look expensive and risky.", "Brackenfold") < 0


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("She cut the stock to hold because orders have dried up.", "because orders have dried up"),
        ("Tolland raised the shares to buy, citing a fuller order book.", "citing a fuller order book"),
        ("They moved to neutral on valuation after the rally.", "on valuation after the rally"),
        ("The target falls due to a weaker krone, Ms. Ilves said.", "due to a weaker krone"),
    ],
)
def test_a_clause_of_reason_runs_to_its_end(sentence: str, reason: str) -> None:
    (start, end), *_ = reasons_in(sentence)
    assert sentence[start:end] == reason


def test_a_sentence_without_a_reason_has_none() -> None:
    assert reasons_in("She cut the stock to hold on Tuesday.") == []
