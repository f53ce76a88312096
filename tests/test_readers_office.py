"""Word and PowerPoint: what stands on the page in its order, and nothing that was struck out, hidden or blown up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import docx
import pptx
import pytest
from docx.oxml.parser import parse_xml
from pptx.util import Inches

from benchmarks.whole_files import made
from ingest.readers import slides, word
from ingest.types import Draft, RawDocument
from rag.errors import SourceError

WHY = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHAPES = f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def drafted(data: bytes, suffix: str) -> Draft:
    reader = word if suffix == ".docx" else slides
    (draft,) = reader.read(RawDocument(f"a{suffix}", None, f"a{suffix}", suffix, data))
    return draft


def written(fill: Callable[[object], object]) -> Draft:
    """Return what is read of a Word document that `fill` wrote."""
    document = docx.Document()
    fill(document)
    return drafted(saved(document), ".docx")


def of_xml(body: str) -> str:
    """Return the text that is read of paragraphs given as WordprocessingML."""
    document = docx.Document()
    for element in parse_xml(f"<w:body {SHAPES}>{body}</w:body>"):
        document.element.body.insert(-1, element)
    return drafted(saved(document), ".docx").text


def test_headings_paragraphs_lists_and_tables_stand_in_their_order() -> None:
    def fill(document) -> None:
        document.add_heading("Small caps move up", 0)
        document.add_paragraph(WHY)
        document.add_heading("What we hold", 1)
        document.add_paragraph("caps", style="List Bullet")
        document.add_paragraph("gold", style="List Number")
        table = document.add_table(2, 3)
        for row, cells in enumerate((("Stock", "From", "To"), ("Tessermill", "", "Hold"))):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
        document.add_paragraph("That is all for now.")

    draft = written(fill)
    assert draft.title == "Small caps move up"
    assert draft.text == (
        f"Small caps move up\n\n{WHY}\n\nWhat we hold\n\n- caps\n- gold\n\n"
        "| Stock | From | To |\n| Tessermill |  | Hold |\n\nThat is all for now."
    )


def test_a_merged_cell_is_read_once() -> None:
    def fill(document) -> None:
        table = document.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Both"
        table.cell(0, 2).text = "One"

    assert written(fill).text == "| Both | One |"


def test_a_table_of_one_cell_is_a_frame() -> None:
    assert written(lambda document: setattr(document.add_table(1, 1).cell(0, 0), "text", WHY)).text == WHY


def test_properties_give_title_author_and_a_day_that_is_marked_as_a_guess() -> None:
    def fill(document) -> None:
        document.add_paragraph(f"{WHY} {WHY}")
        properties = document.core_properties
        properties.title, properties.author, properties.created = "Caps", "Jane Doe", datetime(2026, 10, 14, 9, 30)

    draft = written(fill)
    assert (draft.title, draft.authors, draft.published) == ("Caps", ("Jane Doe",), datetime(2026, 10, 14, 9, 30))
    assert ("published is", "a guess") in draft.metadata


def test_what_the_page_states_comes_before_the_properties() -> None:
    def fill(document) -> None:
        document.add_heading("Small caps move up", 0)
        document.add_paragraph("By Rob Roe")
        document.add_paragraph("14 October 2026")
        document.add_paragraph(WHY)
        properties = document.core_properties
        properties.title, properties.author, properties.created = "Old", "Jane Doe", datetime(2020, 1, 1)

    draft = written(fill)
    assert (draft.title, draft.authors, draft.published) == (
        "Small caps move up",
        ("Rob Roe",),
        datetime(2026, 10, 14),
    )
    assert draft.metadata == (("authors from", "byline"), ("published from", "byline"))


@pytest.mark.parametrize("author", ["python-docx", "Microsoft Office User", "admin", "user1", "", "Owner"])
def test_a_program_or_an_account_is_no_author(author) -> None:
    def fill(document) -> None:
        document.add_paragraph(WHY)
        document.core_properties.author = author
        document.core_properties.title = "Microsoft Word - note.docx"

    draft = written(fill)
    assert (draft.authors, draft.title, draft.published) == ((), None, None)


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        (
            "<w:r><w:t>We </w:t></w:r><w:del><w:r><w:delText>sell</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r>",
            "We .",
        ),
        ("<w:ins><w:r><w:t>We buy.</w:t></w:r></w:ins>", "We buy."),
        ("<w:moveFrom><w:r><w:t>Gone.</w:t></w:r></w:moveFrom><w:r><w:t>Here.</w:t></w:r>", "Here."),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>Seen.</w:t></w:r>", "Seen."),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Seen.</w:t></w:r>", "Seen."),
        ("<w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>white</w:t></w:r><w:r><w:t>Seen.</w:t></w:r>", "Seen."),
        (
            "<w:r><w:rPr><w:color w:val='FFFFFF'/><w:shd w:fill='000080'/></w:rPr><w:t>White on blue.</w:t></w:r>",
            "White on blue.",
        ),
        ("<w:r><w:rPr><w:sz w:val='2'/></w:rPr><w:t>tiny</w:t></w:r><w:r><w:t>Seen.</w:t></w:r>", "Seen."),
        ("<w:r><w:rPr><w:sz w:val='16'/></w:rPr><w:t>Small.</w:t></w:r>", "Small."),
        ("<w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>b</w:t></w:r>", "A link b"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Three.</w:t></w:r>", "Three."),
        ("<w:r><w:t>small</w:t><w:noBreakHyphen/><w:t>cap</w:t><w:br/><w:t>x</w:t></w:r>", "small-cap\nx"),
    ],
)
def test_a_paragraph_reads_as_it_does_once_changes_are_accepted(xml, read) -> None:
    assert of_xml(f"<w:p>{xml}</w:p>") == read


@pytest.mark.parametrize("mark", ["rStyle", "pStyle"])
def test_what_a_style_hides_is_left_out(mark) -> None:
    def fill(document) -> None:
        for name, above in (("Unseen", None), ("Under", "Unseen")):
            style = document.styles.add_style(name, 2 if mark == "rStyle" else 1)
            style.base_style = document.styles[above] if above else None
            style.font.hidden = True if above is None else None
        document.add_paragraph(WHY)
        paragraph = document.add_paragraph(
            "" if mark == "rStyle" else "SECRET", style=None if mark == "rStyle" else "Under"
        )
        if mark == "rStyle":
            paragraph.add_run("SECRET", style="Under")

    assert written(fill).text == WHY


def test_a_hidden_row_of_a_table_is_left_out() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    rows = row.format("<w:trPr><w:hidden/></w:trPr>", "SECRET") + row.format("", "Seen.")
    assert "SECRET" not in of_xml(f"<w:tbl>{rows}</w:tbl>")


def test_a_hidden_shape_and_letters_too_small_to_read_are_left_out_of_a_slide() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for text in (WHY, "SECRET shape", "SECRET letters"):
        box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
        box.text_frame.text = text
    slide.shapes[1]._element.nvSpPr.cNvPr.set("hidden", "1")
    slide.shapes[2].text_frame.paragraphs[0].runs[0].font.size = 12_700
    assert drafted(saved(deck), ".pptx").text == WHY


def test_content_controls_are_read() -> None:
    assert of_xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>Rates.</w:t></w:r></w:p></w:sdtContent></w:sdt>") == "Rates."


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert of_xml(f"<w:p><w:r><w:t>Beside it.</w:t></w:r><w:r>{both}</w:r></w:p>") == "Beside it.\n\nIn the box."


def test_a_struck_row_of_a_table_is_left_out() -> None:
    row = (
        "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
    )
    struck = row.format("<w:trPr><w:del/></w:trPr>", "gone")
    assert of_xml(f"<w:tbl>{struck}{row.format('', 'kept')}</w:tbl>") == "| kept | x |"


def test_slides_are_sections_with_their_notes() -> None:
    deck = pptx.Presentation()
    for title, points in (("Outlook for oil", "Oil slips\nSupply grows"), ("Gold", "Gold shines")):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, points
    deck.slides[0].notes_slide.notes_text_frame.text = "Say it slowly."
    draft = drafted(saved(deck), ".pptx")
    assert draft.title == "Outlook for oil"
    assert draft.text == "Outlook for oil\n\n- Oil slips\n- Supply grows\n\nSay it slowly.\n\nGold\n\n- Gold shines"


def test_tables_groups_and_text_boxes_of_a_slide_are_read() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    for place, text in enumerate(("Stock", "To", "Tessermill", "Hold")):
        table.cell(place // 2, place % 2).text = text
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "In a group."
    assert drafted(saved(deck), ".pptx").text == "| Stock | To |\n| Tessermill | Hold |\n\nIn a group."


def test_a_hidden_slide_is_left_out() -> None:
    deck = pptx.Presentation()
    for title in ("Shown", "Hidden"):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = title
    deck.slides[1]._element.set("show", "0")
    assert drafted(saved(deck), ".pptx").text == "Shown"


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """Return an Office document with one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in given.namelist():
            new.writestr(part, content if part == name else given.read(part))
    return stream.getvalue()


@pytest.mark.parametrize(("suffix", "part"), [(".docx", "word/document.xml"), (".pptx", "ppt/presentation.xml")])
def test_a_part_that_unpacks_too_far_is_refused_before_it_is_parsed(suffix, part) -> None:
    with pytest.raises(SourceError, match="zip bomb"):
        drafted(repacked(made(suffix, 1), part, b" " * 40_000_000), suffix)


def test_a_billion_laughs_are_refused() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    body = "<w:body><w:p><w:r><w:t>Rates &l11; fall.</w:t></w:r></w:p></w:body>"
    xml = f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><w:document {W}>{body}</w:document>'
    with pytest.raises(SourceError, match="not a readable Word document"):
        drafted(repacked(made(".docx", 1), "word/document.xml", xml.encode()), ".docx")


def test_a_part_from_outside_the_document_is_not_fetched() -> None:
    body = "<w:body><w:p><w:r><w:t>A&x;B</w:t></w:r></w:p></w:body>"
    xml = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document {W}>{body}</w:document>'
    assert drafted(repacked(made(".docx", 1), "word/document.xml", xml.encode()), ".docx").text == "A"


@pytest.mark.parametrize("suffix", [".docx", ".pptx"])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password-protected or older"),
        (b"PK\x03\x04 but no more", "damaged or cut short"),
        (made(".zip", 1), "not a readable"),
    ],
)
def test_what_cannot_be_opened_says_why(suffix, data, said) -> None:
    with pytest.raises(SourceError, match=said):
        drafted(data, suffix)
