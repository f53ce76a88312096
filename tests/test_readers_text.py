"""Plain text and Markdown: what the first lines state, headings, and a light hand with marks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import markdown, text
from ingest.split import split
from ingest.types import Draft, RawDocument

BODY = "We move small caps from underweight to neutral because rates are about to fall, and the market has not seen it."


def read(content: str, reader=text) -> Draft:
    (draft,) = reader.read(RawDocument("a", Path("a"), "a", ".txt", content.encode()))
    return draft


def test_labelled_lines_become_fields_and_leave_the_text() -> None:
    draft = read(
        "Small caps move up\nBy Jane Doe and John Roe\nPublished: 14 October 2026\n"
        f"Source: Harbor Street Research\n\n{BODY}"
    )
    assert draft.title == "Small caps move up"
    assert draft.authors == ("Jane Doe", "John Roe")
    assert draft.publisher == "Harbor Street Research"
    assert draft.published == datetime(2026, 10, 14)
    assert draft.text == f"Small caps move up\n\n{BODY}"


def test_a_line_of_house_and_date_is_read() -> None:
    draft = read(f"Small caps move up\nHarbor Street Research | 14 October 2026\n\n{BODY}")
    assert (draft.publisher, draft.published) == ("Harbor Street Research", datetime(2026, 10, 14))


@pytest.mark.parametrize(
    ("dateline", "publisher", "published"),
    [
        ("NEW YORK, March 4 (Agency) - ", "Agency", None),
        ("NEW YORK, March 4, 2026 (Agency) - ", "Agency", datetime(2026, 3, 4)),
        ("SALVADOR, Feb 26 - ", None, None),
    ],
)
def test_a_dateline_gives_what_it_holds_and_stays(dateline, publisher, published) -> None:
    draft = read(dateline + BODY)
    assert (draft.publisher, draft.published, draft.text) == (publisher, published, dateline + BODY)


def test_what_is_not_stated_stays_empty() -> None:
    assert read(BODY) == Draft(text=BODY)


def test_lines_in_the_body_are_never_taken_for_metadata() -> None:
    content = f"{BODY * 3}\n\nSource: Harbor Street Research\n\nBy Jane Doe\n\n{BODY}"
    assert read(content) == Draft(text=content)


def test_prose_that_begins_like_a_byline_is_prose() -> None:
    content = f"Rates fall\n\nBy the end of March rates will fall.\n\n{BODY}"
    assert read(content).text == content


def test_section_headings_are_kept_and_closing_pitches_are_not() -> None:
    draft = read(f"Small caps move up\n\nA standfirst.\nThe Outlook\n{BODY}\nSign up for our newsletter.")
    assert draft.text.endswith("seen it.")
    passages = split_of(draft)
    assert [p.section for p in passages] == [None, "The Outlook"]


def split_of(draft: Draft):
    from rag.types import Article

    return split(Article("a", None, draft.title, None, (), None, None, (), draft.text))


@pytest.mark.parametrize(
    ("header", "title", "publisher", "published"),
    [
        ("Harbor Street | Equities | 14 October 2026\n\n# Small caps up", "Small caps up", "Harbor Street", True),
        ("# Small caps up\n**Author:** Jane Doe\n**Date:** 2026-10-14", "Small caps up", None, True),
        ("# Small caps up\nPublished 2026-10-14 by Desk Daily", "Small caps up", None, True),
        ("Morning note\n\n# Small **caps** up #", "Small caps up", None, False),
        ("By the numbers", "By the numbers", None, False),
    ],
)
def test_notes_open_in_many_ways(header, title, publisher, published) -> None:
    draft = read(f"{header}\n\n{BODY}", markdown)
    assert (draft.title, draft.publisher, draft.published is not None) == (title, publisher, published)


def test_a_line_that_says_more_than_its_fields_stays_in_the_text() -> None:
    draft = read(f"# Small caps up\nHarbor Street | Equities | 14 October 2026\n\n{BODY}", markdown)
    assert "Harbor Street | Equities | 14 October 2026" in draft.text


def test_front_matter_becomes_fields_and_unknown_keys_metadata() -> None:
    draft = read(
        "---\ntitle: 'Small caps: up'\nauthor: Jane Doe\ndate: 2026-10-14\nsource: Desk\ntickers: [IWM, RUT]\n"
        f"rating: neutral\ntags: [a, b]\nurl: https://desk.example/a\n---\n# Small caps: up\n\n{BODY}",
        markdown,
    )
    assert (draft.title, draft.authors, draft.publisher) == ("Small caps: up", ("Jane Doe",), "Desk")
    assert (draft.published, draft.tickers, draft.url) == (
        datetime(2026, 10, 14),
        ("IWM", "RUT"),
        "https://desk.example/a",
    )
    assert draft.metadata[:2] == (("rating", "neutral"), ("tags", "a, b"))
    assert draft.text == f"Small caps: up\n\n{BODY}"


@pytest.mark.parametrize("front", ["---\ntitle: [unclosed\n---\n", "---\njust words\n---\n", "---\na: &a [*a\n---\n"])
def test_front_matter_that_is_none_stays_text(front) -> None:
    assert BODY in read(front + BODY, markdown).text


def test_front_matter_that_expands_without_end_is_harmless() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert read(f"---\n{bomb}---\n{BODY}", markdown).text == BODY


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("## The Outlook ##", "The Outlook"),
        ("**Buy** the *dip* and __hold__ _on_", "Buy the dip and hold on"),
        ("`ROE` is ``a`b``", "ROE is a`b"),
        ("[our note](https://x.example/a_(b)) and [more][1]", "our note and more"),
        ("before ![chart](https://x.example/c.png) after", "before  after"),
        ("a<!-- hidden -->b <br/> <b>c</b> <a href='x'>d</a>", "ab  c d"),
        ("x <script>alert(1)</script>y", "x y"),
        ("Outlook\n=======", "Outlook\n"),
        ("> quoted words", "quoted words"),
        ("> 5% growth", "> 5% growth"),
        ("AT&amp;T &pound;20", "AT&T £20"),
        (r"\*not\* \$5", "*not* $5"),
        ("```\ncode\n```", "\ncode\n"),
        ("<https://x.example>", "https://x.example"),
    ],
)
def test_marks_go_and_words_stay(marked, plain) -> None:
    assert markdown.plain(marked) == plain


@pytest.mark.parametrize(
    "line",
    [
        "- | amount (in millions)",
        "2014 | $385373",
        "other | -11.3 (11.3)",
        "STANDARD OIL <SRD> and BARNES <B>",
        "2 * 3 * 4 = 24, 2*3*4",
        "snake_case_name and R&D; 5 < 6 > 4",
        "- a list item",
        "1. first",
        "see [1] and (note 2)",
        "| a | b |",
    ],
)
def test_tables_lists_and_figures_are_left_word_for_word(line) -> None:
    assert markdown.plain(line) == line


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200))
def test_any_text_can_be_made_plain(content) -> None:
    markdown.plain(content)
