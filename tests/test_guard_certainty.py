"""What somebody may or plans to do is not told as a must."""

from __future__ import annotations

import pytest

from rag import verify


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Oakmere will have to decide on a buyback.", "Oakmere has hinted that it may decide on a buyback."),
        ("Oakmere needs to cut its dividend.", "Oakmere cut its dividend in spring."),
        ("Oakmere was forced to sell its mill.", "Oakmere was glad to sell its mill."),
    ],
)
def test_what_is_done_or_planned_is_not_told_as_a_must(statement, quote):
    assert any("not a must in the quotes" in each for each in verify(statement, [quote]).problems)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Oakmere will have to borrow to buy back stock.", "Oakmere will have to borrow to buy back stock."),
        ("Oakmere has to borrow to buy back stock.", "Oakmere must borrow to buy back stock."),
        ("Oakmere needs to cut its dividend.", "A cut in the dividend of Oakmere is necessary, Lane said."),
        ("Oakmere was forced to sell its mill.", "Banks forced Oakmere to sell its mill."),
    ],
)
def test_a_must_may_be_told_in_other_words(statement, quote):
    assert verify(statement, [quote]).problems == ()
