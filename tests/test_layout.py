"""Reading order: columns one after the other, tables row by row, whatever the order they were set in."""

from __future__ import annotations

import pytest

from ingest.layout import Piece, reading_order, text_of

LEFT = [
    "Orders have turned and we",
    "raise our rating, because",
    "the cycle is early and the",
    "margin still has room to",
]
RIGHT = [
    "grow. Against that stand",
    "the wage deals of spring,",
    "which cost the maker about",
    "a point of its margin now.",
]


def row(*cells: tuple[float, str], height: float) -> list[Piece]:
    return [Piece(text, left, height, 10) for left, text in cells]


def side_by_side(rows: int = 4) -> list[Piece]:
    """Return two columns of prose set line by line across both."""
    pairs = list(zip(LEFT, RIGHT, strict=True)) * (rows // 4)
    return [piece for at, (a, b) in enumerate(pairs) for piece in row((60, a), (310, b), height=700 - 12 * at)]


def read(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in reading_order(pieces)]


def test_columns_set_line_by_line_are_read_one_after_the_other() -> None:
    assert read(side_by_side()) == LEFT + RIGHT


def test_columns_set_one_after_the_other_stay_so() -> None:
    pieces = side_by_side()
    assert read(pieces[::2] + pieces[1::2]) == LEFT + RIGHT


def test_three_columns_are_read_from_left_to_right() -> None:
    third = [text.replace("the", "its") for text in LEFT]
    pieces = [
        piece
        for at, cells in enumerate(zip(LEFT, RIGHT, third, strict=True))
        for piece in row(*zip((40, 220, 400), cells, strict=True), height=700 - 12 * at)
    ]
    assert read(pieces) == LEFT + RIGHT + third


def test_a_headline_over_both_columns_comes_first_and_a_line_below_them_last() -> None:
    above = [Piece("Ottermere raised to buy as its orders turn at last", 60, 730, 18)]
    below = [Piece("All prices are those of the close on the day before publication, in local currency", 60, 600, 10)]
    assert read(above + side_by_side() + below) == [above[0].text, *LEFT, *RIGHT, below[0].text]


def test_a_table_is_read_by_rows_of_cells() -> None:
    table = [("Company", "Rating", "Target"), ("Ottermere", "Buy", "$80"), ("Tessermill Holdings", "Hold", "$12")] * 2
    pieces = [
        piece
        for at, cells in enumerate(table)
        for piece in row(*zip((60, 250, 340), cells, strict=True), height=700 - 12 * at)
    ]
    assert read(pieces) == [" | ".join(cells) for cells in table]


def test_columns_right_below_a_table_are_none_of_its_own() -> None:
    table = [("Company", "Rating"), ("Ottermere", "Buy"), ("Tessermill", "Hold"), ("Wexley", "Sell")]
    rows = [piece for at, (a, b) in enumerate(table) for piece in row((60, a), (420, b), height=800 - 12 * at)]
    assert read(rows + side_by_side()) == [*(" | ".join(cells) for cells in table), *LEFT, *RIGHT]


def test_figures_beside_prose_stand_behind_it() -> None:
    figures = [("Price", "$61"), ("Target", "$80"), ("Rating", "Buy"), ("Yield", "2.1%")]
    prose = [f"{a} {b.lower()}" for a, b in zip(LEFT, RIGHT, strict=True)]
    pieces = [
        piece
        for at, (line, (label, figure)) in enumerate(zip(prose, figures, strict=True))
        for piece in row((60, line), (420, label), (510, figure), height=700 - 12 * at)
    ]
    assert read(pieces) == [*prose, *(" | ".join(pair) for pair in figures)]


def test_a_change_of_type_within_a_line_makes_no_cells() -> None:
    pieces = [
        Piece("We raise ", 60, 700 - 12 * at, 10)
        if part == 0
        else Piece("Ottermere to buy", 105 + at, 700 - 12 * at, 10)
        for at in range(4)
        for part in (0, 1)
    ]
    assert read(pieces) == ["We raise Ottermere to buy"] * 4


def test_wider_space_and_larger_type_set_lines_apart() -> None:
    heights = [(16, 700), (10, 676), (10, 664), (10, 652), (10, 630)]
    lines = [Piece(f"line {at}", 60, height, size) for at, (size, height) in enumerate(heights)]
    assert text_of(lines) == "line 0\n\nline 1\nline 2\nline 3\n\nline 4"


def test_no_piece_is_lost() -> None:
    pieces = [*side_by_side(8), *row((60, "Company"), (400, "Buy"), height=500)]
    assert sorted(" ".join(read(pieces)).replace("|", "").split()) == sorted(
        word for piece in pieces for word in piece.text.split()
    )


@pytest.mark.parametrize(
    "pieces",
    [
        [Piece("a ", 5 * at, 700, 10) for at in range(60_000)],
        [Piece("ab", 7 * (at % 2) * (at % 9_973), 700 - at // 2, 10) for at in range(60_000)],
        [Piece("ab", 40 * (at % 300), 700 - at // 300, 10) for at in range(60_000)],
    ],
    ids=["one line", "ragged", "many cells"],
)
def test_a_page_made_to_take_long_ends(pieces: list[Piece]) -> None:
    assert sum(line.text.count("a") for line in reading_order(pieces)) == 60_000
