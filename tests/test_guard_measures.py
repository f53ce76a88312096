"""A figure is told of what the quotes give it for, not of another thing that they speak of as well."""

from __future__ import annotations

import pytest

from rag import verify

GAIN = "Analysts project that the Russell 2000 will leap 20% over the next twelve months."
BEAT = "Revenue results came in 130 basis points above forecasts on average."


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("Revenue will leap 20% over the next twelve months.", [GAIN, BEAT]),
        ("Analysts project that sales of companies will leap by 20%.", [GAIN, BEAT]),
        ("Orders rose 5% and margins 12%.", ["Margins rose 5%. Orders were weak.", "Orders rose; tin gained 12%."]),
    ],
)
def test_a_figure_is_not_told_of_another_measure(statement, quotes):
    assert any("something else" in each for each in verify(statement, quotes).problems)


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("The Russell 2000 will leap 20%, and revenue came in 130 basis points above forecasts.", [GAIN, BEAT]),
        ("Sales came in 130 basis points above forecasts.", [BEAT]),
        ("Revenue rose 5% in May.", ["Revenue rose in May. The gain was 5%."]),
        ("Net income was $3 million.", ["Profit was $3 million."]),
        ("Lane raised her earnings estimate to $3.", ["Mara Lane lifted her EPS estimate to $3."]),
    ],
)
def test_a_figure_may_be_told_of_its_own_measure(statement, quotes):
    assert not any("something else" in each for each in verify(statement, quotes).problems)
