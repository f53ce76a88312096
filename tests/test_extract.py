"""The views read out of whole articles, each of our own invention."""

from __future__ import annotations

import time
from datetime import date

import pytest

from ingest.extract import extract
from rag.types import View
from tests.making import day, make_article


def views_in(text: str, **fields: object) -> list[View]:
    return extract(make_article("note.txt", text, **fields))


def only(text: str, **fields: object) -> View:
    (view,) = views_in(text, **fields)
    return view


# --- headlines


def test_a_downgrade_headline_gives_house_subject_and_both_ratings() -> None:
    view = only("Marlowe Tyres downgraded to hold from buy at Ostrander Securities")
    assert (view.firm, view.subject, view.action, view.from_rating, view.to_rating, view.stance) == (
        "Ostrander Securities",
        "Marlowe Tyres",
        "downgrade",
        "buy",
        "hold",
        "neutral",
    )


def test_a_pitch_is_the_view_of_the_person_who_closes_it() -> None:
    view = only("Buy Vantara Cement, target Rs 640: Ishaan Velankar")
    assert (view.analyst, view.subject, view.target_to, view.stance) == (
        "Ishaan Velankar",
        "Vantara Cement",
        "Rs 640",
        "bullish",
    )


@pytest.mark.parametrize(
    "headline",
    [
        "Ferrowick raises prices on half of its boilers",
        "Ferrowick buys a Danish valve maker for 40 million euros",
        "Ferrowick reiterates its bid for Calder Pumps",
        "Calder Pumps holds its annual meeting in Leeds",
        "Ferrowick to upgrade its Teesside refinery",
        "Ferrowick cuts its full-year guidance",
    ],
)
def test_a_company_s_own_doings_are_no_view(headline: str) -> None:
    assert views_in(headline) == []


# --- prose


def test_an_analyst_s_change_of_rating_is_told_with_person_house_and_reason() -> None:
    view = only(
        "Shares of Hallbrook Mills Inc <HBM> fell on Tuesday. Pierce Lindqvist, analyst at Corran and Co, lowered his "
        "rating on Hallbrook to hold from buy, citing rising wool costs."
    )
    assert (view.analyst, view.firm, view.subject, view.action) == (
        "Pierce Lindqvist",
        "Corran and Co",
        "Hallbrook Mills",
        "downgrade",
    )
    assert view.reasons[0].text == "citing rising wool costs"


def test_an_opinion_over_several_sentences_is_one_view() -> None:
    view = only(
        "Dellmoor Foods Ltd <DLM> reported on Monday. Analyst Roz Akintola of Fennimore Partners said the results were "
        'strong. She expects the company to gain market share. "The outlook is bright," Akintola said.'
    )
    assert (view.analyst, view.subject, view.action, view.stance) == (
        "Roz Akintola",
        "Dellmoor Foods",
        "none",
        "bullish",
    )


def test_two_holders_of_one_subject_are_two_views() -> None:
    views = views_in(
        "Dellmoor Foods Ltd <DLM> fell sharply. Analyst Roz Akintola of Fennimore Partners said the shares are "
        "undervalued and should recover. But Gil Matsuda, analyst at Corran and Co, sees weak demand and warned that "
        "margins will fall."
    )
    assert [(view.analyst, view.stance) for view in views] == [("Roz Akintola", "bullish"), ("Gil Matsuda", "bearish")]


def test_contradictory_moves_of_one_holder_are_both_kept_with_their_quotes() -> None:
    views = views_in(
        "Corran and Co analyst Gil Matsuda cut his price target on Dellmoor Foods Ltd <DLM> to $40 from $55. Matsuda "
        "raised his earnings estimate for Dellmoor to $3.10 a share from $2.80."
    )
    assert {view.action: view.quote.text[:20] for view in views} == {
        "cut_target": "Corran and Co analys",
        "raise_estimate": "Matsuda raised his e",
    }


def test_a_move_on_several_companies_is_a_view_of_each() -> None:
    views = views_in(
        "Corran and Co analyst Gil Matsuda upgraded Dellmoor Foods Ltd <DLM> and Hallbrook Mills Inc <HBM> to buy."
    )
    assert [view.subject for view in views] == ["Dellmoor Foods", "Hallbrook Mills"]


def test_a_list_in_the_next_sentence_shares_the_move() -> None:
    views = views_in(
        "Corran and Co analyst Gil Matsuda reiterated a buy rating on several food stocks. The stocks were Dellmoor "
        "Foods Ltd <DLM>, up 1 to 40, and Hallbrook Mills Inc <HBM>."
    )
    assert {"Dellmoor Foods", "Hallbrook Mills"} <= {view.subject for view in views if view.action == "reiterate"}


def test_markets_in_free_words_are_subjects() -> None:
    view = only(
        "Gold slipped again on Friday. Tova Ekberg, commodity strategist at Lindmere Bank, expects bullion to rally to "
        "$2,900 by June."
    )
    assert view.subject.lower() in ("gold", "bullion")
    assert view.stance == "bullish"


@pytest.mark.parametrize(
    "text",
    [
        "Hallbrook Mills Inc <HBM> chairman Arlo Quist said he expects record profits and strong demand next year.",
        "Central bank governor Mireille Aune said inflation will fall and growth should recover.",
        "The statistics office said retail sales are expected to improve.",
        "Analysts said Hallbrook Mills Inc <HBM> looks undervalued and should rise.",
        "Hallbrook Mills Inc <HBM> said it expects earnings to rise to $2.10 a share.",
    ],
)
def test_managers_officials_and_unnamed_analysts_hold_no_views(text: str) -> None:
    assert views_in(text) == []


def test_an_agency_s_rating_is_its_view_of_the_issuer() -> None:
    view = only(
        "Moody's Investors Service said it lowered its ratings on Hallbrook Mills Inc's senior debt to Ba2 from Baa3."
    )
    assert (view.subject, view.action, view.from_rating, view.to_rating, view.stance) == (
        "Hallbrook Mills",
        "downgrade",
        "Baa3",
        "Ba2",
        "bearish",
    )


@pytest.mark.parametrize(
    ("headline", "holder", "stance"),
    [
        ("Lindmere Bank: coffee prices have peaked", "Lindmere Bank", "bearish"),
        ("Copper to climb next year, says Tova Ekberg", "Tova Ekberg", "bullish"),
    ],
)
def test_a_headline_s_speaker_holds_its_opinion(headline: str, holder: str, stance: str) -> None:
    view = only(headline)
    assert (view.analyst or view.firm, view.stance) == (holder, stance)


def test_what_would_have_to_happen_is_no_view() -> None:
    views = views_in(
        "Dellmoor Foods Ltd <DLM> fell. Analyst Roz Akintola of Fennimore Partners would turn bullish on the shares if "
        "margins improved strongly."
    )
    assert [view.stance for view in views if view.stance == "bullish"] == []


def test_an_agency_judges_the_issuer_not_its_notes() -> None:
    view = only(
        "Hallbrook Mills Inc <HBM> sold notes. Moody's Investors Service Inc said it downgraded the company's notes "
        "to Ba-2 from Baa-3."
    )
    assert (view.subject, view.action) == ("Hallbrook Mills", "downgrade")


def test_what_stands_behind_a_rating_is_its_subject() -> None:
    views = views_in(
        "We raise tin miners to neutral. We remain overweight copper miners, which we think are cheap.",
        publisher="Corran Securities",
        authors=("Gil Matsuda",),
        kind="note",
    )
    assert ("overweight", "copper miners") in {(view.to_rating, view.subject) for view in views}


def test_the_house_s_own_note_is_its_own_view() -> None:
    view = only(
        "We raise Dellmoor Foods to buy from hold. We think the shares are cheap.",
        publisher="Corran Securities",
        authors=("Gil Matsuda",),
        kind="note",
    )
    assert (view.analyst, view.firm, view.attribution) == ("Gil Matsuda", "Corran Securities", "own")


def test_a_view_is_said_on_the_day_of_its_article() -> None:
    view = only("Dellmoor upgraded to buy at Corran Securities", published=day("2025-03-04"))
    assert view.said_on == date(2025, 3, 4)


# --- what holds of every text


NAMES = [
    f"{first}{last}" for first in ("Ash", "Bel", "Cor", "Dun", "Esk", "Fal") for last in ("by", "den", "ford", "wick")
]
NASTY = [
    "",
    "buy " * 3_000,
    "A" * 5_000 + " upgraded to buy at B" * 50,
    "Analyst " + "X said, " * 700 + "the shares are cheap.",
    "“" * 400 + "upgraded" + "”" * 400,
    "\n".join(f"{name} Mills raised to buy at {name[::-1].title()} Securities" for name in NAMES),
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_every_quote_and_reason_is_the_article_s_own_words(text: str) -> None:
    for view in views_in(text):
        assert all(text[each.start : each.end] == each.text != "" for each in (view.quote, *view.reasons))


def test_a_table_with_a_header_gives_a_view_a_row() -> None:
    views = views_in(
        "Company | Broker | From | To | Target\n"
        "Dellmoor Foods | Corran Securities | hold | buy | $48\n"
        "Hallbrook Mills | Ostrander | buy | sell | $12\n"
        "Weather | fine"
    )
    told = [(view.firm, view.subject, view.action, view.from_rating, view.to_rating, view.target_to) for view in views]
    assert told == [
        ("Corran Securities", "Dellmoor Foods", "upgrade", "hold", "buy", "$48"),
        ("Ostrander", "Hallbrook Mills", "downgrade", "buy", "sell", "$12"),
    ]


def test_a_list_of_headlines_gives_a_view_a_line() -> None:
    assert len(views_in(NASTY[-1])) == len(NAMES)


def test_a_long_document_takes_time_in_proportion() -> None:
    page = "Corran and Co analyst Gil Matsuda raised Dellmoor Foods Ltd to buy. The weather was fine and dry. "
    began = time.process_time()
    extract(make_article("short.txt", page * 20))
    short, began = time.process_time() - began, time.process_time()
    extract(make_article("long.txt", page * 200))
    assert time.process_time() - began < 30 * max(short, 0.05)
