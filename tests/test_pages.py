"""Page numbers: the page of an offset, followed exactly through whatever is taken out of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_article

from ingest.page_starts import followed
from ingest.paragraphs import joined_pages
from rag import page_of
from rag.pages import cite

LINES = st.lists(st.sampled_from(["Ore", "Tin is dear.", "Gold", "We sell."]), min_size=1, max_size=8)
TEXT = "Gold is dear. Tin is cheap. We buy tin."


def paged(starts: str) -> object:
    return make_article("a.pdf", TEXT, metadata=(("pages", starts),))


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (13, 1), (14, 2), (27, 2), (28, 3), (500, 3)])
def test_an_offset_lies_on_the_page_that_began_last(offset: int, page: int) -> None:
    assert page_of(paged("0,14,28"), offset) == page


def test_a_page_without_text_is_counted() -> None:
    assert page_of(paged("0,14,14,28"), 15) == 3


def test_what_has_no_pages_names_none() -> None:
    assert page_of(make_article("a.txt", TEXT), 5) is None


def test_a_citation_names_the_page_it_begins_on() -> None:
    assert cite(paged("0,14,28"), 14, 27).page == 2


@given(st.lists(LINES, min_size=1, max_size=5))
def test_each_page_begins_where_its_start_says(pages: list[list[str]]) -> None:
    text, starts = joined_pages("\n\n".join(lines) for lines in pages)
    assert [text[start:].startswith(lines[0]) for start, lines in zip(starts, pages, strict=True)] == [True] * len(
        pages
    )


def test_a_word_cut_between_two_pages_is_whole_and_the_second_begins_within_it() -> None:
    above = "The bank raised its view of the makers of indus-"
    text, starts = joined_pages([above, "trial gases."])
    assert text == "The bank raised its view of the makers of industrial gases."
    assert text[starts[1] :] == "trial gases."


def test_a_sentence_that_a_page_breaks_off_goes_on() -> None:
    text, starts = joined_pages(["The bank raised its view of the makers of many", "industrial gases.\n\nWe agree."])
    assert text == "The bank raised its view of the makers of many industrial gases.\n\nWe agree."
    assert text[starts[1] :].startswith("industrial")


def test_a_new_paragraph_on_a_new_page_stays_one() -> None:
    text, _ = joined_pages(["The bank raised its view of all the makers of gases.", "We agree."])
    assert text == "The bank raised its view of all the makers of gases.\n\nWe agree."


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.sets(st.integers(0, 11)))
def test_offsets_are_followed_through_lines_taken_out(words: list[str], gone: set[int]) -> None:
    lines = [f"{word}{at}" for at, word in enumerate(words)]
    before, after = "\n".join(lines), "\n".join(line for at, line in enumerate(lines) if at not in gone)
    starts = [before.index(line) for line in lines]
    found = followed(starts, before, after)
    kept = [(start, line) for at, (start, line) in enumerate(zip(found, lines, strict=True)) if at not in gone]
    assert all(after[start:].startswith(line) for start, line in kept)
