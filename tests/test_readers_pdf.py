"""PDF: lines to paragraphs, and clear words for what has no text to give."""

from __future__ import annotations

import re
import zlib
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


def test_the_start_of_each_page_is_kept() -> None:
    pages = [f"Call {n}. {WHY * 3}" for n in ("one", "two", "three")]
    draft = read(document(*pages))
    starts = [int(start) for start in dict(draft.metadata)["pages"].split(",")]
    assert [draft.text[start : start + 8] for start in starts] == ["Call one", "Call two", "Call thr"]


def test_pages_begin_right_though_a_byline_is_taken_out_of_the_first() -> None:
    first = f"Small caps move up\n\nBy Jane Doe | 4 March 2026\n\n{WHY * 4}"
    draft = read(document(first, f"Call two. {WHY * 3}"))
    second = int(dict(draft.metadata)["pages"].split(",")[1])
    assert "Jane Doe" not in draft.text
    assert draft.text[second:].startswith("Call two")


@pytest.mark.parametrize("gap", [6, 10])
def test_two_columns_are_read_one_after_the_other(gap: int) -> None:
    made = FPDF()
    made.set_font("helvetica", size=10)
    made.add_page()
    with made.text_columns(ncols=2, gutter=gap, text_align="J") as columns:
        for at in range(24):
            columns.write(f"Item {at}. {WHY}\n\n")
    text = read(bytes(made.output())).text
    assert [int(number) for number in re.findall(r"Item (\d+)", text)] == list(range(24))
    assert text.count(WHY.strip()) == 24


def hostile(content: bytes, *more: bytes, kids: bytes = b"[3 0 R]", count: int = 1) -> bytes:
    """Return a PDF of one page with the given content stream and further objects from the sixth on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids %s/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    made = b"%PDF-1.5\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return made + end % (len(objects) + 1, table, len(objects) + 1, len(made))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


SHOWN = b"BT /F 10 Tf 50 700 Td (Buy small caps) Tj ET\n"
SELF = stream(
    SHOWN + b"/X Do /X Do",
    b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>",
)


@pytest.mark.parametrize(
    "data",
    [
        hostile(stream(zlib.compress(b" " * 60_000_000, 9), b"/Filter/FlateDecode")),
        hostile(stream(zlib.compress(zlib.compress(b" " * 60_000_000)), b"/Filter[/FlateDecode/FlateDecode]")),
        hostile(stream(zlib.compress(SHOWN * 400_000, 9), b"/Filter/FlateDecode")),
        hostile(stream(SHOWN, b"/Filter[" + b"/ASCIIHexDecode" * 50_000 + b"]")),
        hostile(stream(SHOWN), kids=b"[" + b"3 0 R " * 150_000 + b"]", count=150_000),
        hostile(stream(SHOWN), kids=b"[2 0 R 2 0 R]", count=9),
        hostile(stream(SHOWN + b"[" * 500_000)),
    ],
    ids=["blanks", "packed twice", "much text", "filters", "pages", "page cycle", "nesting"],
)
def test_a_bomb_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_a_file_of_more_pages_than_are_read_is_refused_by_number() -> None:
    with pytest.raises(SourceError, match="6,000 pages, more than 5,000; split the file"):
        read(hostile(stream(SHOWN), kids=b"[" + b"3 0 R " * 6_000 + b"]", count=6_000))


def test_a_form_that_draws_itself_ends() -> None:
    assert "Buy small caps" in read(hostile(stream(SHOWN + b"/X Do"), SELF)).text


def test_a_page_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_SECONDS", -1.0)
    with pytest.raises(SourceError, match="takes longer than"):
        read(document(WHY * 3))
