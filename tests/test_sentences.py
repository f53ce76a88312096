"""Sentence spans and headings: offsets that lose nothing, and the breaks that financial prose needs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.sentences import heading_spans, is_heading, sentence_spans

PIECES = (
    "Oakmere Inc. rose 3.5% to $4.2 bn. ",
    "“Not yet,” said Dr. Lane. ",
    "He moved to the U.K. in Jan. ",
    "Why now\n\n",
    "- one item\n",
    "| Old | New |\n",
    "Shares slid…Then they rose! ",
    "\u00a0\t \u2003",
    "\r\n",
    "(“[",
    "”]).",
)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Copper rose.", "Tin fell."],
        ["Oakmere Inc. rose 3%.", "The rest fell."],
        ["The U.S. economy grew.", "It slowed later."],
        ["He works at Tern Corp.", "Analysts like it."],
        ["Mr. Hale met Dr. Lane.", "They agreed."],
        ["The J. P. Lyle desk moved.", "Nobody followed."],
        ["The margin was 4.25%.", "Sales rose."],
        ["It rose vs. Tern in Jan. and fell in Feb.", "The rest held."],
        ["Is it over?", "Not yet!", "Wait for May."],
        ["“It is cheap,” she said.", "“We are buying.”", "Others sold."],
        ["He said no.”", "She left."],
        ["Visit example.com today.", "It is free."],
        ["It fell to 4%.", "10-year notes rose."],
    ],
    ids=" ".join,
)
def test_sentences_end_where_a_reader_ends_them(expected):
    assert sentences(" ".join(expected)) == expected


def test_a_question_within_quotation_marks_stays_with_who_asked_it():
    assert sentences("“Is this it?” Mara Lane asked. It was.") == ["“Is this it?” Mara Lane asked.", "It was."]


def test_sentences_that_lost_the_blank_between_them_are_parted():
    assert sentences("Shares rose on Tuesday.Oakmere fell.") == ["Shares rose on Tuesday.", "Oakmere fell."]


@pytest.mark.parametrize("text", ["J.P.Lyle rose.", "Tern.com rose.", "It rose 3.5% again."])
def test_a_point_inside_a_name_or_number_ends_nothing(text):
    assert sentences(text) == [text]


def test_a_heading_is_a_sentence_of_its_own():
    assert sentences("Why now\nRates fell. Costs fell.") == ["Why now", "Rates fell.", "Costs fell."]


def test_list_items_and_table_rows_are_never_joined():
    text = "- gold up\n- oil down\n| Old | New |\n| Sell | Buy |"
    assert sentences(text) == text.split("\n")


def test_a_paragraph_broken_at_a_fixed_width_is_read_across_its_lines():
    text = (
        "The house expects margins to widen over the coming year as freight\n"
        "becomes cheaper. It keeps its rating, and leaves the price objective\n"
        "alone. Nothing else in the note is new."
    )
    assert len(sentence_spans(text)) == 3


@pytest.mark.xfail(strict=True, reason="bug: a row with a full stop in a cell is cut in two, against the docstring")
def test_a_table_row_with_full_stops_stays_whole():
    assert sentences("| 1. Hold. | Buy now. |") == ["| 1. Hold. | Buy now. |"]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n"])
def test_nothing_has_no_sentences(text):
    assert sentence_spans(text) == []


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12))).map("".join)))
def test_spans_are_ordered_disjoint_stripped_and_lose_only_white_space(text):
    spans = sentence_spans(text)
    edges = [edge for span in spans for edge in span]
    left = "".join(text[a:b] for a, b in zip([0, *edges[1::2]], [*edges[::2], len(text)], strict=True))
    stripped = all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
    assert (edges == sorted(edges), stripped, left.strip()) == (True, True, "")


@pytest.mark.parametrize("line", ["Why now", "What could go wrong?", "2026 outlook", "Lower rates, lighter bills"])
def test_a_short_unpunctuated_line_looks_like_a_heading(line):
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    ["", "...", "12 %", "It rose.", "a lower start", "| A | B |", "She said:", "Long words " * 8, "One " * 15],
)
def test_prose_rows_and_scraps_do_not_look_like_headings(line):
    assert not is_heading(line)


def test_a_heading_heads_a_longer_line():
    text = "Why now\n\nRates fell in March. Costs fell in April.\n\nEnd\n\nBye"
    assert [text[a:b] for a, b in heading_spans(text)] == ["Why now"]


def test_headlines_one_under_another_are_sentences_of_their_own() -> None:
    lines = ["Marlowe Tyres downgraded to hold from buy at Ostrander", "Hallbrook Mills raised to buy at Corran"]
    text = "\n".join(lines)
    assert [text[start:end] for start, end in sentence_spans(text)] == lines
