"""The import format: rows verbatim, and every bad row named without stopping the rest."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from ingest.parse import parse
from ingest.types import Failure, RawDocument
from rag.types import Article

ROW = {
    "url": "https://desk.example/a",
    "title": "Small caps",
    "publisher": "Desk",
    "authors": ["Jane Doe"],
    "published": "2026-10-14T09:30:00",
    "kind": "note",
    "tickers": ["IWM"],
    "text": "We like small caps.\nSign up for our newsletter.",
    "rating": "buy",
    "nested": {"a": 1},
}


def read(*lines: object) -> list[Article | Failure]:
    rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return list(
        parse(RawDocument("d/a.jsonl", Path("d/a.jsonl"), "a.jsonl", ".jsonl", "\n".join(rows).encode()), 10_000)
    )


def test_a_row_gives_all_its_fields() -> None:
    (article,) = read(ROW)
    assert isinstance(article, Article)
    assert (article.url, article.title, article.publisher) == ("https://desk.example/a", "Small caps", "Desk")
    assert (article.authors, article.published) == (("Jane Doe",), datetime(2026, 10, 14, 9, 30))
    assert (article.kind, article.tickers, article.metadata) == ("note", ("IWM",), (("rating", "buy"),))


def test_the_text_stays_as_given_but_for_what_nobody_sees() -> None:
    (article,) = read(ROW | {"text": "We like\u200b small caps…  \r\n“Buy”, e\u0301 â€“ \ud83d\n\nSubscribe now!"})
    assert article.text == "We like small caps…\n“Buy”, e\u0301 â€“\n\nSubscribe now!"


def test_a_row_without_an_address_is_known_by_its_content() -> None:
    (a,), (b,) = read({"text": "Buy  oil."}), read({"text": "buy oil.", "title": "Oil"})
    assert a.source == b.source
    assert a.source.startswith("content:")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{oops", "not JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ({"title": "no text"}, "no text"),
        ({"text": "  \u200b"}, "no text"),
        ({"text": 7}, "no text"),
        ({"text": "x" * 20_000}, "longer than"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(bad, said) -> None:
    first, failure, last = read({"text": "One."}, bad, {"text": "Three."})
    assert isinstance(failure, Failure)
    assert failure.source == "d/a.jsonl:2"
    assert said in failure.reason
    assert (first.text, last.text) == ("One.", "Three.")


def test_fields_of_the_wrong_kind_are_left_empty() -> None:
    (article,) = read(
        {"text": "Buy.", "title": ["x"], "authors": 7, "published": "soon", "tickers": {"a": 1}, "url": None}
    )
    assert (article.title, article.authors, article.published, article.tickers) == (None, (), None, ())


def test_line_separators_inside_a_row_do_not_split_it() -> None:
    (article,) = read('{"text": "One.\u2028Two.\x85Three."}')
    assert article.text == "One.\nTwo.\nThree."
