"""The hand-made pairs: on the same quotes, what they say passes and what they do not say is stopped."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from rag import verify
from rag.types import ArticleRef, Sourced

PAIRS = Path(__file__).parent.parent / "benchmarks" / "labels" / "guard.jsonl"
ROWS = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
MISSED = {"After August sales fell 2.3%, Volkov turned cautious on luxury names but kept liking European retailers."}


def cited(quote):
    if isinstance(quote, str):
        return quote
    written = datetime.fromisoformat(quote["published"]) if "published" in quote else None
    article = ArticleRef("pair", None, None, None, (), written, None, (), "en")
    return Sourced(quote["text"], article, tuple(quote["said_by"]))


def rows(key):
    return [
        pytest.param(
            row,
            id=f"{place:03} {row['kind']}",
            marks=[pytest.mark.xfail(reason="a known limit: docs/guard.md", strict=True)] if row[key] in MISSED else [],
        )
        for place, row in enumerate(ROWS)
    ]


@pytest.mark.parametrize("row", rows("true"))
def test_what_a_writer_may_make_of_the_quotes_passes(row):
    assert verify(row["true"], [cited(each) for each in row["quotes"]]).problems == ()


@pytest.mark.parametrize("row", rows("false"))
def test_what_a_writer_may_not_make_of_the_quotes_is_stopped(row):
    assert not verify(row["false"], [cited(each) for each in row.get("wrong", row["quotes"])]).supported
