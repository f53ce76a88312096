"""Changes told with both ratings, where the grammar of moves finds none."""

from __future__ import annotations

import pytest

from ingest.extract.rating_pairs import change_in


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("It lowered Hallbrook Mills Inc's senior debt to BB from BBB-minus.", ("downgrade", "BBB-minus", "BB")),
        ("Deposits of the unit were raised to Aa-2 from Aa-3.", ("upgrade", "Aa-3", "Aa-2")),
        ("I am cutting tin miners to neutral from overweight.", ("downgrade", "overweight", "neutral")),
        ("We are moving the sector from underweight to neutral.", ("upgrade", "underweight", "neutral")),
    ],
)
def test_a_change_with_both_ratings_is_read(sentence: str, told: tuple[str, str, str]) -> None:
    move = change_in(sentence)
    assert move is not None
    assert (move.action, move.from_rating, move.to_rating) == told


@pytest.mark.parametrize(
    "sentence", ["He cut the price to 5 from 6.", "It kept the rating at BB.", "", "from buy " * 5_000]
)
def test_what_changes_no_rating_is_none(sentence: str) -> None:
    assert change_in(sentence) is None
