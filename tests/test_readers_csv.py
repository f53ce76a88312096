"""CSV: rows as articles, whatever separates them, and each bad row named without stopping the rest."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse import parse
from ingest.types import Failure, RawDocument
from rag.types import Article


def read(text: str | bytes) -> list[Article | Failure]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(parse(RawDocument("d/a.csv", None, "a.csv", ".csv", data), 10_000_000))


def test_a_row_gives_all_its_fields() -> None:
    (article,) = read(
        "url,title,publisher,authors,published,kind,tickers,text,desk\n"
        'https://desk.example/a,"Caps, up",Desk,Jane Doe; Rob Roe,2026-10-14T09:30:00,note,IWM IWN,Buy caps.,tokyo\n'
    )
    assert isinstance(article, Article)
    assert (article.url, article.title, article.publisher) == ("https://desk.example/a", "Caps, up", "Desk")
    assert (article.authors, article.published) == (("Jane Doe", "Rob Roe"), datetime(2026, 10, 14, 9, 30))
    assert (article.kind, article.tickers, article.metadata) == ("note", ("IWM", "IWN"), (("desk", "tokyo"),))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_separator_is_found_by_the_header(separator, end) -> None:
    rows = (("title", "Text"), ("Tin", '"Tin fell, it seems; a|lot\tof ""it""."'))
    (article,) = read(end.join(separator.join(row) for row in rows))
    assert (article.title, article.text) == ("Tin", 'Tin fell, it seems; a|lot\tof "it".')


def test_the_line_in_which_excel_names_the_separator_is_no_header() -> None:
    (article,) = read("\ufeffsep=;\r\ntitle;text\r\nTin;It fell.\r\n")
    assert (article.title, article.text) == ("Tin", "It fell.")


def test_a_file_without_a_text_column_is_refused_with_the_columns_it_has() -> None:
    (failure,) = read("date;body;Title\n1;2;3\n")
    assert failure.reason.startswith('no column is called "text"; its columns are date, body, Title.')


def test_very_many_columns_are_named_in_part() -> None:
    (failure,) = read(",".join(f"c{n}" for n in range(5_000)))
    assert "c19 and 4980 more" in failure.reason


def test_a_field_may_be_longer_than_the_library_allows_at_first() -> None:
    (article,) = read(f'text\n"{"Tin fell. " * 60_000}"\n')
    assert len(article.text) == 599_999


def test_a_bad_row_is_named_by_its_line_and_the_others_are_read() -> None:
    first, failure, empty, last = read('title,text\na,"One\nand a half."\nb,Two, three\nc,\nd,Four.\n')
    assert (first.text, last.text) == ("One\nand a half.", "Four.")
    assert (failure.source, empty.source) == ("d/a.csv:4", "d/a.csv:5")
    assert "3 fields, the header has 2" in failure.reason
    assert "no text" in empty.reason


def test_a_quote_that_never_closes_is_told_and_swallows_nothing_silently() -> None:
    first, failure = read('text\nOne.\n"Two\nThree.\n')
    assert first.text == "One."
    assert "not CSV" in failure.reason


WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(st.lists(st.tuples(WORDS, st.from_regex(r"[\w\",;\n ]*\w[\w\",;\n ]*", fullmatch=True)), min_size=1))
def test_what_the_library_writes_is_read_row_for_row(rows) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("title", "text"), *rows])
    found = read(stream.getvalue())
    assert len(found) == len(rows)


@given(st.text())
def test_any_text_is_articles_or_failures(text) -> None:
    assert all(isinstance(each, Article | Failure) for each in read(text.encode("utf-8", "ignore")))
