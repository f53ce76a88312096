"""The page that an article fills in its frame: all of its words, the cited ones marked, and nothing else at work."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("streamlit")
from pages import HOSTILE

from ui.article_page import article_page

TEXT = "What changed\nOttermere moved Tessermill to buy. It waited for renewals, and for the plants.\n\nThe end came."
QUOTE = "Ottermere moved Tessermill to buy."


class Page(HTMLParser):
    """A page taken apart: its tags, its words, and each marked piece with the places that cite it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.marked: list[tuple[str, str]] = []
        self.labels: list[str] = []
        self._cites: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        given = dict(attrs)
        self._cites = given.get("data-cites")
        if given.get("class") == "page":
            self.labels.append(f"{given['aria-label']} after {self.words.split()[-1:]}")

    def handle_endtag(self, tag):
        self._cites = None

    def handle_data(self, data):
        if self.tags[-1] not in {"style", "script", "title"}:
            self.words += data
        if self._cites is not None:
            self.marked.append((data, self._cites))


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_a_page_holds_the_words_of_its_article():
    assert Page(article_page(TEXT, [span(QUOTE)])).words.split() == TEXT.split()


def test_every_span_is_marked_with_its_place():
    page = Page(article_page(TEXT, [span("The end"), span(QUOTE)]))
    assert page.marked == [(QUOTE, "1"), ("The end", "0")]


def test_spans_that_overlap_are_marked_piece_by_piece():
    page = Page(article_page(TEXT, [span(QUOTE), span("Tessermill to buy. It waited")]))
    assert page.marked == [("Ottermere moved ", "0"), ("Tessermill to buy.", "0 1"), (" It waited", "1")]


def test_a_span_over_several_paragraphs_is_marked_in_each():
    page = Page(article_page(TEXT, [span("the plants.\n\nThe end")]))
    assert page.marked == [("the plants.", "0"), ("The end", "0")]


def test_a_cited_cell_of_a_table_is_marked_in_its_cell():
    text = "| Item | 2026 |\n|---|---|\n| Revenue | 318 |"
    page = Page(article_page(text, [span("| Revenue | 318 |", text)]))
    assert page.marked == [("Revenue", "0"), ("318", "0")]
    assert page.tags.count("th") == 2


def test_pages_are_told_where_they_begin_also_within_a_paragraph():
    pages = [0, TEXT.index("and for"), TEXT.index("The end")]
    page = Page(article_page(TEXT, [span("It waited for renewals, and for the plants.")], pages=pages))
    assert page.labels == ["Page 1 after []", "Page 2 after ['renewals,']", "Page 3 after ['plants.']"]


def test_of_pages_without_text_only_the_last_is_told():
    page = Page(article_page(TEXT, pages=[0, 0, TEXT.index("The end")]))
    assert [label.split(" after")[0] for label in page.labels] == ["Page 2", "Page 3"]


def test_everything_is_escaped_and_one_script_allowed():
    written = article_page(HOSTILE + "\n" + QUOTE, [span(QUOTE, HOSTILE + "\n" + QUOTE)])
    page = Page(written)
    assert page.tags == ["html", "head", "meta", "meta", "title", "style", "body", "p", "p", "mark", "script"]
    assert "default-src 'none'" in written


def test_a_language_that_is_none_is_not_written_into_the_page():
    assert '<html lang="en">' in article_page("x", language='"><script>')


@settings(deadline=None)
@given(st.text(alphabet="ab<>&\"' |-\n", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80))))
def test_no_mark_and_no_page_changes_the_words(text, spans):
    given = [(min(each), min(max(each), len(text))) for each in spans]
    marked = Page(article_page(text, given, pages=[start for start, _ in given]))
    plain = Page(article_page(text))
    assert marked.words == plain.words
