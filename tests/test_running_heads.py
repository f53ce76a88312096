"""Running heads: what every page repeats goes, what one page says stays."""

from __future__ import annotations

import pytest

from ingest.layout import Piece
from ingest.running_heads import without_running_heads


def pages(*heads: str, foot: str = "", size: float = 8) -> list[list[Piece]]:
    """Return a page for each head, with five lines of its own below it and a foot."""
    made = []
    for number, head in enumerate(heads, start=1):
        body = [Piece(f"Body {'abcdefgh'[number]}{'klmno'[at]}", 60, 700 - 12 * at, 10) for at in range(5)]
        last = [Piece(foot.format(number), 60, 40, 8)] if foot else []
        made.append([Piece(head, 60, 800, size), *body, *last])
    return made


def texts(found: list[list[Piece]]) -> str:
    return "\n".join(line.text for page in found for line in page)


def test_a_head_that_pages_repeat_is_dropped_digits_aside() -> None:
    found = without_running_heads(pages(*(f"Harbor Street Research, 4 March, {n}" for n in range(3))))
    assert "Harbor" not in texts(found)


@pytest.mark.parametrize("foot", ["{}", "Page {}", "- {} -", "{} / 12", "page {} of 12"])
def test_page_numbers_are_dropped_though_each_stands_once(foot: str) -> None:
    assert all(page[-1].text.startswith("Body") for page in without_running_heads(pages("One", "Two", foot=foot)))


def test_heads_of_left_and_right_pages_are_dropped() -> None:
    found = without_running_heads(pages("Harbor Street", "Global strategy", "Harbor Street", "Global strategy"))
    assert {line.text[:4] for page in found for line in page} == {"Body"}


def test_pages_that_only_repeat_one_another_keep_their_text() -> None:
    page = [Piece("Tin is cheap.", 60, 800, 10), Piece("Buy it.", 60, 780, 10)]
    assert without_running_heads([page, page]) == [page, page]


def test_what_one_page_alone_says_stays() -> None:
    assert "Small caps move up" in texts(without_running_heads(pages("Small caps move up", "Head", "Head")))


def test_the_title_stays_where_heads_repeat_it_in_small_type() -> None:
    first, *others = pages("Small caps move up", "Small caps move up", "Small caps move up")
    title = Piece("Small caps move up", 60, 800, 20)
    assert texts(without_running_heads([[title, *first[1:]], *others])).count("Small caps move up") == 1


def test_nothing_is_dropped_from_the_middle_of_a_page() -> None:
    made = [[Piece(f"{'abcd'[n]}{at}", 60, 700 - at, 10) for at in range(9)] for n in range(3)]
    for page in made:
        page[4] = Piece("Same everywhere", 60, 696, 10)
    assert texts(without_running_heads(made)).count("Same everywhere") == 3


def test_a_single_page_keeps_all_its_lines() -> None:
    assert len(without_running_heads(pages("7"))[0]) == 6
