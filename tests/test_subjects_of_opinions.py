"""What opinions are about, whose grades are whose, and what waiting and kept ratings mean; all of our own invention."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from tests.making import make_article


def told(text: str, **fields: object) -> list[tuple[str | None, str, str]]:
    return [
        (view.analyst or view.firm, view.subject, view.stance)
        for view in extract(make_article("n.txt", text, **fields))
    ]


LEAD = "Zinc prices rose on Tuesday. Zinc has gained a tenth since spring. "


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("Ida Falk, analyst at Corran Securities, said zinc will rise further, helped by strikes in Peru.", "zinc"),
        ("Ida Falk, analyst at Corran Securities, said zinc looks cheap against lead.", "zinc"),
    ],
)
def test_an_opinion_is_about_what_its_clause_judges(said, subject) -> None:
    assert [each[1].lower() for each in told(LEAD + said)] == [subject]


def test_the_results_of_a_company_are_the_company_s() -> None:
    text = (
        "Dellmoor Foods Ltd <DLM> fell sharply. Gil Matsuda, analyst at Corran and Co, sees weak demand for its "
        "shares and warned that margins will fall."
    )
    assert told(text) == [("Gil Matsuda", "Dellmoor Foods", "bearish")]


def test_a_grade_is_the_agency_s_whoever_else_is_named_beside_it() -> None:
    text = (
        "Moody's Investors Service Inc said it reviewed Tarn Valley Bank. Cut were Tarn Valley Bank's senior debt "
        "to A-3 from A-2."
    )
    assert {each[0] for each in told(text)} == {"Moody's Investors Service Inc"}


def test_an_authority_that_is_named_behind_a_downgrade_makes_no_move() -> None:
    text = (
        "Standard and Poor's said its downgrade of Orrin Bancorp <ORB> reflected the purchase of Vale Trust, "
        "which was approved by the Federal Reserve."
    )
    assert "Federal Reserve" not in {each[0] for each in told(text)}


def test_an_amount_of_debt_is_its_issuer() -> None:
    text = (
        "Fitch raised its ratings to AA from A on 40 million dollars of notes of "
        "Wexmoor Gas Corp, a unit of Wexmoor Inc."
    )
    assert [each[1] for each in told(text)] == ["Wexmoor Gas"]


def test_who_waits_for_proof_is_neutral() -> None:
    text = (
        "Small caps rallied again. Small caps have gained 9% in a month. Ida Falk, strategist at Corran Securities, "
        "said small caps still need signs of growth."
    )
    assert told(text) == [("Ida Falk", "Small caps", "neutral")]


def test_a_cut_target_follows_the_rating_that_is_kept() -> None:
    text = (
        "Corran Securities cut its price target on Dellmoor Foods (DLM) to $54 from $60. "
        "The firm kept its hold rating on Dellmoor."
    )
    assert {each[2] for each in told(text)} == {"neutral"}


def test_a_minister_s_surname_is_no_house() -> None:
    text = (
        "Chancellor Otto Brandt spoke on taxes. Brandt reiterated the aim of lower "
        "rates and said growth will be strong."
    )
    assert told(text) == []


def test_what_somebody_did_before_makes_no_holder() -> None:
    text = (
        "Calder Inc named Hugo Lind its chief. Lind, formerly head of research at Corran Securities, said Calder's "
        "sales will double."
    )
    assert told(text) == []
