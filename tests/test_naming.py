"""Names of firms, people and subjects: which have one key, and which must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import grows_no_faster_than_a_line

from rag.naming import firm_key, person_key, subject_key, subject_keys
from rag.tickers import company_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J.P. Morgan", "JPMorgan"),
        ("JP Morgan Securities Inc", "JPM"),
        ("BofA", "Bank of America"),
        ("BofA Global Research", "BofA Securities"),
        ("BofA Merrill Lynch", "Bank of America Corp."),
        ("Citi", "Citigroup Global Markets Inc"),
        ("Citi Research", "Citigroup"),
        ("Prudential-Bache Securities Inc", "Pru-Bache"),
        ("Smith Barney, Harris Upham and Co", "Smith Barney"),
        ("Goldman, Sachs & Co", "analysts at Goldman"),
        ("Donaldson, Lufkin & Jenrette Securities Corp", "DLJ"),
        ("Morgan Stanley & Co. International plc", "Morgan Stanley's"),
        ("UBS Securities Japan", "UBS"),
        ("Société Générale", "SocGen"),
        ("Moody’s", "Moody's Investors Service"),
        ("S&P Global Ratings", "Standard & Poor's"),
        ("E.F. Hutton", "EF Hutton and Co Inc"),
        ("RBC Capital Markets", "Royal Bank of Canada"),
        ("Wexley Securities Ltd", "Wexley"),
        ("Tarn & Fell Research", "the Tarn and Fell"),
    ],
)
def test_names_of_one_firm_have_one_key(one, other):
    assert firm_key(one) == firm_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Merrill Lynch", "Bank of America"),
        ("First Boston", "Credit Suisse"),
        ("Shearson Lehman Brothers", "E.F. Hutton"),
        ("Lehman Brothers", "Shearson"),
        ("Morgan Stanley", "JPMorgan"),
        ("Goldman Sachs Asset Management", "Goldman Sachs"),
        ("First Securities", "First Research"),
        ("Wexley Capital", "Wexley Bank"),
        ("Capital Economics", "Oxford Economics"),
    ],
)
def test_firms_that_are_apart_stay_apart(one, other):
    assert firm_key(one) != firm_key(other)


@pytest.mark.parametrize("name", ["First Securities", "Global Research", "Capital Markets", "National Securities Corp"])
def test_an_ending_stays_where_the_rest_would_not_identify_the_firm(name):
    assert len(firm_key(name).split()) >= 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Michael J. Brandt", "Michael Brandt"),
        ("Mike Brandt", "Mr. Michael Brandt"),
        ("Brandt, Michael", "Michael Brandt, CFA"),
        ("Dr. Inés Ferrán", "Ines Ferran"),
        ("H.P. Lowe", "H. P. Lowe"),
        ("Ann O’Dare", "Ann O'Dare Jr."),
    ],
)
def test_names_of_one_person_have_one_key(one, other):
    assert person_key(one) == person_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann Lane", "Mara Lane"), ("H.P. Lowe", "H. Lowe"), ("Lane", "Ann Lane"), ("Eva van der Berg", "Eva Berg")],
)
def test_people_who_may_be_two_stay_two(one, other):
    assert person_key(one) != person_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AMD", "Advanced Micro Devices"),
        ("AAPL", "Apple Inc."),
        ("$AAPL", "Apple shares"),
        ("Apple (AAPL)", "NASDAQ: AAPL"),
        ("GOOGL", "Google"),
        ("Vertex", "Vertex Pharmaceuticals Inc"),
        ("GM", "General Motors Corp"),
        ("Oakmere Corp", "Oakmere stock"),
        ("small caps", "Small-cap stocks"),
        ("Russell 2000", "the Russell 2000 index"),
        ("gold", "price of gold"),
        ("crude oil", "Oil prices"),
        ("the Fed", "Federal Reserve"),
        ("U.S. dollar", "greenback"),
        ("tech", "technology stocks"),
        ("airline stocks", "Airlines"),
        ("Bank of America", "BofA"),
        ("U.S. Treasuries", "government bonds"),
    ],
)
def test_names_of_one_subject_have_one_key(one, other):
    assert subject_key(one) == subject_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("oil", "oil stocks"),
        ("gold", "gold miners"),
        ("gold", "Barrick Gold"),
        ("S&P 500", "U.S. stocks"),
        ("small caps", "Russell 2000"),
        ("Treasuries", "Treasury yields"),
        ("Apple", "Apple services revenue"),
        ("Apple", "Apple Hospitality REIT"),
        ("dollar", "Canadian dollar"),
        ("U.S. stocks", "European stocks"),
    ],
)
def test_subjects_that_are_apart_stay_apart(one, other):
    assert subject_key(one) != subject_key(other)


@pytest.mark.parametrize("word", ["all", "cat", "on", "it", "now", "Key", "well", "a"])
def test_a_word_in_lower_case_is_no_ticker(word):
    assert company_of(word) is None


@pytest.mark.parametrize(("ticker", "company"), [("ALL", "Allstate"), ("CAT", "Caterpillar Inc."), ("NYSE: T", "AT&T")])
def test_an_exact_ticker_is_one(ticker, company):
    assert company_of(ticker) == company


def test_a_market_wins_over_a_ticker_spelt_like_it():
    assert (subject_key("GOLD"), subject_key("IT")) == (subject_key("gold"), subject_key("technology"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("small caps", "Russell 2000"),
        ("small caps", "small- and mid-caps"),
        ("Russell 2000", "smaller companies"),
        ("Treasuries", "bond yields"),
        ("interest rates", "the Fed"),
        ("big tech", "Magnificent Seven"),
    ],
)
def test_a_question_for_a_subject_finds_what_goes_by_a_name_near_it(asked, found):
    assert subject_key(found) in subject_keys(asked)


@pytest.mark.parametrize(("asked", "other"), [("gold", "silver"), ("oil", "natural gas"), ("Oakmere", "Oakmere Bank")])
def test_a_question_for_a_subject_finds_no_other(asked, other):
    assert subject_key(other) not in subject_keys(asked)


@given(st.text(max_size=60))
def test_a_key_is_plain_words_and_its_own_key(name):
    for key_of in (firm_key, subject_key):
        key = key_of(name)
        assert key == " ".join(key.split())
        assert all(c.isalnum() or c == " " for c in key)


@pytest.mark.parametrize("junk", ["(" * 50_000, "a." * 25_000, "'s" * 25_000, "Inc " * 12_500, "\u0301" * 50_000])
@pytest.mark.parametrize("key_of", [firm_key, person_key, subject_key, subject_keys])
def test_eight_times_as_much_junk_takes_no_square_of_the_time(key_of, junk):
    assert grows_no_faster_than_a_line(key_of, junk)
