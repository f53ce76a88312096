"""Each file of a sealed generation spoiled in each way, and the pointer to it: noticed, rebuilt, never a wrong answer.

Chroma itself answers some of these with wrong neighbours and some with a segmentation fault, which would end this run.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import damage
import pytest

from benchmarks.contents import QUERIES, all_answers
from benchmarks.doomed import opened

FILES = (
    "chroma.sqlite3",
    "data_level0.bin",
    "header.bin",
    "index_metadata.pickle",
    "length.bin",
    "link_lists.bin",
    "manifest.json",
)
every_way = pytest.mark.parametrize("spoil", damage.WAYS, ids=lambda way: way.__name__)
every_file = pytest.mark.parametrize("name", FILES)


def spoilt(folder, name, spoil) -> None:
    (path,) = (folder / "chroma").rglob(name)
    assert path.stat().st_size > 0
    spoil(path)


def harmless(name, spoil) -> bool:
    """Return whether SQLite keeps nothing where the file was spoilt."""
    return name == "chroma.sqlite3" and spoil in (damage.flip, damage.lengthen)


def test_the_files_are_all_that_a_generation_has(sound) -> None:
    assert sorted(path.name for path in (sound / "chroma").rglob("*") if path.is_file()) == sorted(FILES)


@every_way
@every_file
def test_a_file_spoilt_while_closed_is_noticed_and_the_index_rebuilt(folder, right, caplog, name, spoil) -> None:
    spoilt(folder, name, spoil)
    with caplog.at_level(logging.WARNING), opened(folder) as library:
        noticed = "is ignored" in caplog.text or harmless(name, spoil)
        assert (noticed, library.verify(), all_answers(library)) == (True, [], right)


@every_way
@every_file
def test_a_file_spoilt_between_opening_and_the_first_search_gives_no_wrong_answer(folder, right, name, spoil) -> None:
    with opened(folder) as library:
        spoilt(folder, name, spoil)
        assert all_answers(library) == right


@every_way
@every_file
def test_a_file_spoilt_under_an_index_in_use_gives_no_wrong_answer(folder, right, name, spoil) -> None:
    with opened(folder) as library:
        library.search(QUERIES[0])
        spoilt(folder, name, spoil)
        assert all_answers(library) == right


def test_what_an_open_library_found_spoilt_is_rebuilt_by_its_next_write(folder, right) -> None:
    with opened(folder) as library:
        spoilt(folder, "link_lists.bin", damage.zero)
        library.search(QUERIES[0])
        library.remove(["nobody"])
        assert (library.verify(), all_answers(library)) == ([], right)


def test_a_missing_index_is_rebuilt_on_opening(folder, right) -> None:
    shutil.rmtree(folder / "chroma")
    with opened(folder) as library:
        assert (library.verify(), all_answers(library)) == ([], right)
    assert list((folder / "chroma").rglob("manifest.json"))


# --- the pointer to the serving generation: a row of the catalogue

POINTERS = {
    "deleted": None,
    "empty": "",
    "zeroed": "\0" * 40,
    "truncated": '{"name": "gen-1", "dig',
    "another type": "[1, 2]",
    "another generation": '{"name": "gen-7", "digest": "0", "through": 3, "count": 3}',
}


def point(folder, value) -> None:
    with closing(sqlite3.connect(folder / "catalogue.sqlite3")) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'generation'")
        if value is not None:
            connection.execute("INSERT INTO meta VALUES ('generation', ?)", [value])
        connection.commit()


@pytest.mark.parametrize("value", POINTERS.values(), ids=POINTERS)
def test_a_spoilt_pointer_is_noticed_and_the_index_rebuilt(folder, right, value) -> None:
    point(folder, value)
    with opened(folder) as library:
        assert (library.verify(), library.stats().vectors_pending, all_answers(library)) == ([], 0, right)


@pytest.mark.parametrize("field", ["through", "count"])
def test_a_pointer_with_another_number_is_noticed_and_the_index_rebuilt(folder, right, caplog, field) -> None:
    with opened(folder) as library:
        sealed = library.catalogue.vectors.sealed()
        library.catalogue.vectors.seal(replace(sealed, **{field: getattr(sealed, field) + 64}))
    with caplog.at_level(logging.WARNING), opened(folder) as library:
        assert ("describes another generation" in caplog.text, all_answers(library)) == (True, right)
