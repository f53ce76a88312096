"""PDF: lines to paragraphs, and clear words for what has no text to give."""

from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF

from ingest.paragraphs import paragraphs
from ingest.readers import pdf
from ingest.types import Draft, RawDocument
from rag.errors import SourceError

WHY = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall. "


def document(*pages: str, title: str | None = None, author: str | None = None, password: str | None = None) -> bytes:
    made = FPDF()
    made.set_font("helvetica", size=11)
    if title:
        made.set_title(title)
    if author:
        made.set_author(author)
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    for page in pages or ("",):
        made.add_page()
        if page:
            made.multi_cell(0, 6, page)
    return bytes(made.output())


def read(data: bytes) -> Draft:
    (draft,) = pdf.read(RawDocument("a.pdf", Path("a.pdf"), "a.pdf", ".pdf", data))
    return draft


def test_wrapped_lines_become_paragraphs_again() -> None:
    first, second = f"{WHY * 3}So buy.", f"{WHY * 2}So hold."
    assert read(document(f"{first}\n\n{second}")).text.split() == f"{first} {second}".split()
    assert [line for line in read(document(f"{first}\n\n{second}")).text.split("\n") if line] == [first, second]


def test_title_and_author_come_from_the_document() -> None:
    draft = read(document(WHY * 3, title="Small caps move up", author="Jane Doe"))
    assert (draft.title, draft.authors, draft.published) == ("Small caps move up", ("Jane Doe",), None)


def test_a_program_is_no_title() -> None:
    assert read(document(WHY * 3, title="Microsoft Word - note.docx")).title is None


def test_running_heads_are_dropped() -> None:
    pages = [f"Harbor Street Research, page {n}\n{WHY * 3}\nCall {n}." for n in range(1, 5)]
    assert "page" not in read(document(*pages)).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (document(), "no text layer; run OCR"),
        (document(WHY, password="secret"), "encrypted"),
        (b"%PDF-1.4\n" + b"garbage " * 50, "not a readable PDF"),
        (document(WHY * 3)[:300], "not a readable PDF"),
    ],
)
def test_what_cannot_be_read_says_why(data, said) -> None:
    with pytest.raises(SourceError, match=said):
        read(data)


@pytest.mark.parametrize("cut", range(0, 1400, 70))
def test_damage_anywhere_is_an_error_of_ours_or_text(cut) -> None:
    data = bytearray(document(WHY * 3))
    data[cut : cut + 20] = b"\x00<<[(/" * 3
    try:
        read(bytes(data))
    except SourceError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("an invest-\nment in gold and silver", "an investment in gold and silver"),
        ("we like small-\ncap stocks and bonds", "we like small-cap stocks and bonds"),
        ("the Dow-\nJones index has risen", "the Dow-Jones index has risen"),
        ("the co-\noperative. A cooperative again", "the cooperative. A cooperative again"),
        ("a re-rating is due, a re-\nrating of all", "a re-rating is due, a re-rating of all"),
    ],
)
def test_printers_hyphens_are_undone_and_writers_kept(lines, joined) -> None:
    assert paragraphs([lines]) == joined


def test_lists_and_headings_stay_lines() -> None:
    page = "The Outlook\n" + "Rates are about to fall and the market has not seen it\n" * 2 + "- buy oil\n- sell gold"
    assert paragraphs([page]).split("\n")[0] == "The Outlook"
    assert paragraphs([page]).endswith("\n- buy oil\n- sell gold")
