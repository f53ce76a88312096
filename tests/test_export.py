"""Answers and conversations as Markdown, HTML and PDF: what stands in them, and that no text becomes markup."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from pages import HOSTILE
from scripted import NOTE, QUOTE, abstained, cited

from rag import InputError, Turn, export, form_of

TURN = Turn("Who moved small caps?", cited())
EVIL = f"{HOSTILE} </blockquote></body>"
HOSTILE_NOTE = replace(NOTE, title=EVIL, publisher=EVIL, url="javascript:alert(1)", text=EVIL)
HOSTILE_TURN = Turn(EVIL, cited(HOSTILE_NOTE, EVIL), None)


class Page(HTMLParser):
    """Collects the tags, attributes and text of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.values: list[str] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.values += [value for name, value in attrs if name in ("href", "src", "onerror", "style")]

    def handle_data(self, data):
        self.text += data


def pdf_text(document: bytes) -> str:
    return " ".join(
        " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(document)).split()
    )


def said_in(form: str, turns: list[Turn]) -> str:
    document = export(turns, "Small caps", form)
    return {"md": bytes.decode, "html": lambda page: Page(page).text, "pdf": pdf_text}[form](document)


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
@pytest.mark.parametrize(
    "part", ["Small caps", "Who moved small caps?", "[1]", QUOTE, "The Desk, 14 November 2025", "1 of 1 articles"]
)
def test_a_document_holds_title_question_marks_quotes_and_sources(form, part):
    assert part in said_in(form, [TURN])


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_a_conversation_holds_all_its_turns_in_order_also_those_without_an_answer(form):
    said = said_in(form, [TURN, Turn("And zinc?", abstained()), Turn("And tin?", None, "The question is odd.")])
    found = [said.index(part) for part in ("Who moved", "And zinc?", "Nothing in the library", "And tin?", "is odd")]
    assert found == sorted(found)


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_an_abstention_offers_its_passages_as_such(form):
    said = said_in(form, [Turn("And zinc?", abstained())])
    assert said.index("which do not answer the question") < said.index("We open.")


def test_a_page_holds_no_tag_and_no_address_that_an_article_brought():
    page = Page(export([HOSTILE_TURN], EVIL, "html"))
    assert not page.tags & {"script", "img", "iframe", "object"}
    assert all(value.startswith("#") for value in page.values)
    assert HOSTILE.split()[0] in page.text


def test_a_page_leads_to_an_article_s_address_only_if_it_is_one_of_the_web():
    page = Page(export([TURN], "x", "html"))
    assert page.values == ["#source-1-1", "https://example.com/note"]


def test_markdown_takes_no_word_of_an_article_for_markup():
    written = export([HOSTILE_TURN], EVIL, "md").decode()
    assert "](" not in written.replace("\\](", "")
    assert "<script" not in written.replace("\\<", "")
    assert "![" not in written.replace("!\\[", "")


@pytest.mark.parametrize(
    "words",
    [
        "≥ 5 % ≤ 6 %",
        "“up” – ‘down’ … → −2",
        "€ £ ¥ ₹ ½ ‰",
        "Кто? τίς;",
        "金が上がった",
        "涨价",
        "한국",
        "ไทย",
        "😀 rose",
        "first efficient flow",
    ],
)
def test_a_pdf_shows_what_an_article_says_in_any_script(words):
    said = said_in("pdf", [Turn("?", cited(replace(NOTE, text=words), words))])
    assert f"“{words}”" in said
    assert "fonts lack" not in said


@pytest.mark.parametrize("words", ["العربية", "עברית"])
def test_a_pdf_holds_the_letters_of_scripts_that_run_from_right_to_left(words):
    assert set(words) <= set(said_in("pdf", [Turn(words, cited())]))


def test_a_pdf_says_how_many_characters_it_lacks_and_stands_another_for_them():
    said = said_in("pdf", [Turn("?", cited(replace(NOTE, text="\U00012000 rose."), "\U00012000 rose."))])
    assert "\N{REPLACEMENT CHARACTER} rose." in said
    assert "Characters that the fonts lack (1)" in said


def test_a_pdf_of_plain_words_speaks_of_no_missing_characters():
    assert "fonts lack" not in said_in("pdf", [TURN])


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_a_quote_of_many_pages_is_written_whole(form):
    words = " ".join(f"w{n}" for n in range(3_000))
    said = said_in(form, [Turn("?", cited(replace(NOTE, text=words), words))])
    assert "w0 w1" in said and "w2999" in said


@pytest.mark.parametrize("name", ["answer.docx", "answer", "answer.pdf.txt"])
def test_a_name_that_asks_for_no_known_form_is_refused(name):
    with pytest.raises(InputError, match=r"\.md, \.html or \.pdf"):
        form_of(Path(name))


def test_a_form_is_read_from_a_name_in_any_case():
    assert [form_of(Path(name)) for name in ("a.MD", "b.Html", "c.pdf")] == ["md", "html", "pdf"]
