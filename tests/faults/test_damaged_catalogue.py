"""The catalogue spoilt: one line that names it and says what to do, never a traceback, never half an article."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import damage
import pytest

from benchmarks.contents import all_answers
from benchmarks.doomed import opened
from rag.errors import LibraryCorrupt, LibraryError

REMEDY = "restore it from a copy, or move the library's folder away and ingest the articles again."
PAGE = 4096


def use(folder) -> None:
    """Read everything that is stored, and search."""
    with opened(folder) as library:
        all_answers(library)
        library.views()
        library.stats()
        list(library.articles_with_text())
        library.duplicates()


@pytest.mark.parametrize("spoil", [damage.truncate, damage.zero], ids=lambda way: way.__name__)
def test_a_catalogue_cut_short_or_zeroed_is_told_with_the_remedy(folder, spoil) -> None:
    spoil(folder / "catalogue.sqlite3")
    with pytest.raises(LibraryCorrupt) as told:
        use(folder)
    assert str(told.value).startswith(f"{folder / 'catalogue.sqlite3'}: ")
    assert REMEDY in str(told.value)


@pytest.mark.parametrize("spoil", [damage.empty, damage.delete], ids=lambda way: way.__name__)
def test_a_catalogue_that_is_gone_is_told_with_the_remedy(folder, spoil) -> None:
    spoil(folder / "catalogue.sqlite3")
    with pytest.raises(LibraryCorrupt, match="missing or empty though the library was in use; restore it from a copy"):
        use(folder)


SPOILT_ROWS = {
    "text that is not UTF-8": "UPDATE articles SET text = CAST(x'ff41ff' AS TEXT)",
    "authors that are no JSON": "UPDATE articles SET authors = '[\"An'",
    "a date that is none": "UPDATE articles SET published = '2026-13-45'",
    "a vector of another length": "UPDATE passages SET vector = x'0102030405'",
    "a view's quote that is no JSON": "UPDATE views SET quote = '[0, 1'",
    "a version that is no number": "UPDATE meta SET value = 'x' WHERE key = 'data_version'",
    "a table that is gone": "DROP TABLE views",
}


@pytest.mark.parametrize("statement", SPOILT_ROWS.values(), ids=SPOILT_ROWS)
def test_a_spoilt_row_is_told_in_one_line_with_the_remedy(folder, statement) -> None:
    with closing(sqlite3.connect(folder / "catalogue.sqlite3")) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(LibraryCorrupt) as told:
        use(folder)
    assert REMEDY in str(told.value)
    assert len(str(told.value)) < len(str(folder)) + 250  # and not the spoilt text itself


def lose_a_page(content: bytearray, draw: random.Random) -> None:
    start = draw.randrange(len(content) // PAGE) * PAGE
    content[start : start + PAGE] = bytes(PAGE)


def scribble(content: bytearray, draw: random.Random) -> None:
    start = draw.randrange(len(content) - 64)
    content[start : start + 64] = draw.randbytes(64)


def flip_a_bit(content: bytearray, draw: random.Random) -> None:
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("spoil", [lose_a_page, scribble, flip_a_bit], ids=lambda way: way.__name__)
def test_bytes_spoilt_at_random_end_in_an_answer_or_a_clear_error(folder, spoil, seed) -> None:
    path = folder / "catalogue.sqlite3"
    content = bytearray(path.read_bytes())
    spoil(content, random.Random(seed))
    path.write_bytes(content)
    told = ""
    try:
        use(folder)
    except LibraryError as error:
        told = str(error)
    assert told == "" or (told.startswith(str(path)) and REMEDY in told and "\n" not in told)


def test_the_check_finds_a_lost_page(folder) -> None:
    path = folder / "catalogue.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_articles_day'").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(content)
    with opened(folder) as library:
        assert library.verify()
