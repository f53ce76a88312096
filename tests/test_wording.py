"""Words as the keyword index sees them: the same folding and stems, or a question misses what the text says."""

from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.wording import STOP_WORDS, content_words, fold, near, phrase_in, stem, stems, words

VOCABULARY = """upgraded upgrades upgrading downgrades rallies rally yields yielding estimates estimated inflation
inflationary companies company ratings rated initiating initiation reiterated targets bullish cautiously valuations
relational conditional hopping falling controlled happy skies agreed feed dividends repurchases strategists economies
usefulness""".split()
ENDINGS = ("ational", "icate", "iveness", "alities", "fulness", "ements", "ousli", "ization", "ingly", "ical")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  U.S.\n Fed", "the u.s. fed"),
        ("“Oakmere’s”", '"oakmere\'s"'),
        ("2.75%–3.00%", "2.75%-3.00%"),
        ("mid\u00a0caps", "mid caps"),
    ],
)
def test_folding_makes_case_space_quotes_and_dashes_plain(text, expected):
    assert fold(text) == expected


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Lu", "Lt"))))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.25% of $1,300", ["4.25", "of", "1", "300"]),
        ("Hale & Moor’s", ["hale", "moor", "s"]),
        ("small-cap", ["small", "cap"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_whole_decimals(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "word", [*VOCABULARY, "technology", "technologies", "biology", "possibly", "assembly", "ably", "us", "vs", "ai"]
)
def test_stems_are_those_of_the_keyword_index(word):
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'porter unicode61 remove_diacritics 2')")
    index.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')")
    index.execute("INSERT INTO t VALUES (?)", (word,))
    assert [stem(word)] == [term for (term,) in index.execute("SELECT term FROM v")]


def test_stems_of_a_text_are_the_stems_of_its_words():
    assert stems("Upgrades and upgraded") == [stem("upgrades"), stem("and"), stem("upgraded")]


def test_content_words_come_once_in_order_without_stop_words():
    assert content_words("Who said what about gold, and why is gold dear?") == ["gold", "dear"]


def test_no_stop_word_names_an_action_or_an_asset():
    meant = {"gold", "oil", "rates", "upgrade", "cut", "buy", "sell", "hold", "target", "neutral", "stocks"}
    assert meant.isdisjoint(STOP_WORDS)


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("oil", "the oil fell", True),
        ("oil", "turmoil in oils", False),
        ("oil", "turmoil and oil", True),
        ("s&p 500", "the s&p 500 rose", True),
        ("tin", "tin", True),
        ("tin", "", False),
    ],
)
def test_a_phrase_stands_only_between_word_boundaries(phrase, text, expected):
    assert phrase_in(phrase, text) is expected


@pytest.mark.parametrize(("one", "other"), [("cut", "lowered"), ("raised", "lifted"), ("profit", "earnings")])
def test_words_that_market_prose_swaps_are_near_each_other(one, other):
    assert (stem(other) in near(stem(one)), stem(one) in near(stem(other))) == (True, True)


def test_up_and_down_are_never_near():
    assert near(stem("raised")).isdisjoint(near(stem("cut")))


@settings(deadline=None)
@given(st.text(max_size=12))
def test_every_stem_is_near_itself(root):
    assert root in near(root)


def test_threads_that_stem_at_once_find_what_one_alone_does():
    invented = [f"{first}{last}" for first in ("relat", "hop", "electr", "oper", "gener") for last in ENDINGS]
    alone = [stem.__wrapped__(word) for word in invented]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(max_workers=8) as pool:
            rounds = list(pool.map(lambda _: [stem.__wrapped__(word) for word in invented], range(40)))
    finally:
        sys.setswitchinterval(interval)
    assert [found for found in rounds if found != alone] == []
