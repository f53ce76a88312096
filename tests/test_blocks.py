"""What the lines of a text are: headings, paragraphs, items and tables, with every character in its place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rag import blocks_of

NOTE = """What changed
Ottermere moved Tessermill from hold to buy on Monday, and says that renewals are what it waited for.

- renewals at 96%
- two more plants

| Item | 2026 | 2025 |
|---|---|---|
| Revenue, $m | 318 |  |
| Margin | 21% | 19% |"""


def test_each_line_is_what_it_looks_like():
    assert [block.kind for block in blocks_of(NOTE)] == ["heading", "paragraph", "item", "item", "table"]


def test_a_table_keeps_its_cells_in_their_columns_and_knows_its_heading():
    table = list(blocks_of(NOTE))[-1]
    assert [([NOTE[a:b] for a, b in row.cells], row.heading) for row in table.rows] == [
        (["Item", "2026", "2025"], True),
        (["Revenue, $m", "318", ""], False),
        (["Margin", "21%", "19%"], False),
    ]


def test_rows_with_a_blank_line_between_them_are_two_tables():
    assert [block.kind for block in blocks_of("| a | b |\n\n| c | d |")] == ["table", "table"]


def test_lines_broken_at_a_fixed_width_are_one_paragraph():
    text = (
        "Ottermere moved Tessermill from hold to buy on Monday and\n"
        "says that renewals are what it has been waiting for since\n"
        "the spring, when it cut the stock to hold on weak orders."
    )
    assert [(block.start, block.end) for block in blocks_of(text)] == [(0, len(text))]


@settings(deadline=None)
@given(st.text(alphabet="aB1 |-:\n.*", max_size=200))
def test_every_character_but_blanks_and_ruling_is_in_exactly_one_block(text):
    held = [0] * len(text)
    for block in blocks_of(text):
        spans = [cell for row in block.rows for cell in row.cells] or [(block.start, block.end)]
        for start, end in spans if block.kind != "table" or block.rows else []:
            for place in range(start, end):
                held[place] += 1
    assert all(
        count == 1 or (count == 0 and (char.isspace() or char in "|-:")) for char, count in zip(text, held, strict=True)
    )
