"""The page of a PDF behind cited words: of the file that was read and no other, and a reason where it is not drawn."""

from __future__ import annotations

import shutil
from dataclasses import replace
from io import BytesIO

import pytest
from fpdf import FPDF

from ingest import page_image, pdf_of, read_articles
from rag import SourceError

pytest.importorskip("pypdfium2")
from PIL import Image

QUOTE = "Bram Oduyale of Ottermere upgraded Skarnholm from hold to buy."
PAGES = ("A note on drilling.\n\nRigs are busy, and day rates have turned.", f"{QUOTE}\n\nHe expects", "more of it.")


def write(path, pages=PAGES) -> None:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for text in pages:
        pdf.add_page()
        pdf.multi_cell(0, 6, text)
    pdf.output(str(path))


@pytest.fixture
def note(tmp_path):
    write(tmp_path / "note.pdf")
    (article,) = read_articles(tmp_path / "note.pdf")
    return article


def drawn(article, words: str):
    start = article.text.index(words)
    return page_image(article, start, start + len(words))


def yellow(png: bytes) -> bool:
    colours = Image.open(BytesIO(png)).getcolors(maxcolors=1 << 20) or []
    return any(red > 200 and green > 150 and blue < 120 for _, (red, green, blue) in colours)


def test_words_are_marked_on_the_page_that_they_stand_on(note):
    page = drawn(note, QUOTE)
    assert (page.page, page.pages, page.found) == (2, 3, True)
    assert yellow(page.png)


def test_of_words_that_run_on_the_first_page_is_drawn_with_its_part_of_them(note):
    start = note.text.index("He expects")
    page = page_image(note, start, len(note.text))
    assert (page.page, page.found) == (2, True)


def test_words_that_are_not_there_any_more_are_told_of(note, tmp_path):
    write(tmp_path / "note.pdf", (PAGES[0], "Something else.", PAGES[2]))
    assert not drawn(note, QUOTE).found


def test_an_article_that_was_not_read_from_a_pdf_has_no_page(tmp_path):
    (tmp_path / "note.txt").write_text(QUOTE)
    (article,) = read_articles(tmp_path / "note.txt")
    assert pdf_of(article) is None
    with pytest.raises(SourceError, match="was not read from a PDF"):
        page_image(article, 0, 5)


def test_a_path_that_a_row_of_data_names_is_none_that_was_read(tmp_path, note):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(f'{{"text": "{QUOTE}", "path": "{tmp_path}/note.pdf", "pages": "0"}}')
    (article,) = read_articles(rows)
    assert pdf_of(article) is None


def test_a_file_that_is_gone_is_named(note, tmp_path):
    (tmp_path / "note.pdf").unlink()
    with pytest.raises(SourceError, match=r"note\.pdf: is no longer there"):
        drawn(note, QUOTE)


def test_a_link_put_in_place_of_the_file_is_not_followed(note, tmp_path):
    shutil.move(tmp_path / "note.pdf", tmp_path / "elsewhere.pdf")
    (tmp_path / "note.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    with pytest.raises(SourceError, match="only a link"):
        drawn(note, QUOTE)


def test_a_file_of_other_pages_has_changed(note, tmp_path):
    write(tmp_path / "note.pdf", (*PAGES, "One more."))
    with pytest.raises(SourceError, match="has changed since it was read"):
        drawn(note, QUOTE)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing", b"not a PDF" * 100], ids=["empty", "cut", "other"])
def test_a_file_that_is_no_pdf_any_more_is_named_in_one_line(note, tmp_path, content):
    (tmp_path / "note.pdf").write_bytes(content)
    with pytest.raises(SourceError, match=r"^[^\n]*note\.pdf: cannot be drawn[^\n]*$"):
        drawn(note, QUOTE)


def test_a_page_of_any_size_is_drawn_within_bounds(tmp_path):
    pdf = FPDF(format=(5000, 40))
    pdf.set_font("Helvetica", size=12)
    pdf.add_page()
    pdf.multi_cell(0, 6, QUOTE)
    pdf.output(str(tmp_path / "wide.pdf"))
    (article,) = read_articles(tmp_path / "wide.pdf")
    width, height = Image.open(BytesIO(page_image(article, 0, 10).png)).size
    assert width * height <= 4_100_000


def test_a_page_beyond_the_end_is_an_error_in_one_line(note):
    beyond = replace(
        note, metadata=tuple((key, "0,1,2,3" if key == "pages" else value) for key, value in note.metadata)
    )
    with pytest.raises(SourceError, match="has no page 4"):
        page_image(beyond, len(note.text) - 1, len(note.text))
