"""Damaged files of every format: each is read, refused or read in part in our words, and none costs its neighbours."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import malformed
from benchmarks.mutations import damaged
from benchmarks.options import Options
from benchmarks.whole_files import ENDINGS, made, says
from ingest import ingest
from ingest.formats import READERS
from ingest.parse import parse
from ingest.types import Failure, RawDocument
from rag.types import Article

FILES, SEED = 200, 20261014
FORMATS = sorted(set(READERS) - {".text", ".markdown", ".htm", ".tsv", ".tgz"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    written = tmp_path_factory.mktemp("malformed") / "files"
    malformed.written(written, FILES, SEED)
    return written


def test_every_format_is_among_those_that_are_damaged() -> None:
    assert {f".{ending.removesuffix('.gz').lstrip('.')}" for ending in ENDINGS} >= {
        suffix.removesuffix(".gz") for suffix in FORMATS
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_seed_damages_a_file_the_same_way_again(ending) -> None:
    first, second = (damaged(ending, made(ending, 3), made(".txt", 4), Random(5)) for _ in range(2))
    assert first == second != made(ending, 3)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_sound_file_of_every_format_is_read(tmp_path, ending) -> None:
    (tmp_path / f"7-sound{ending}").write_bytes(made(ending, 7))
    assert malformed.fate_of(tmp_path / f"7-sound{ending}").what == malformed.READ


def test_no_damaged_file_ends_in_anything_but_articles_and_lines_of_ours(folder) -> None:
    fates = {path.name: malformed.fate_of(path) for path in sorted(folder.iterdir())}
    assert len(fates) == FILES + FILES // 10
    allowed = (malformed.READ, malformed.PARTLY, malformed.REFUSED)
    assert {name: fate for name, fate in fates.items() if fate.what not in allowed} == {}


def test_every_sound_file_among_damaged_ones_is_stored(library, folder) -> None:
    report = ingest(folder, library, extractor=None)
    texts = " ".join(" ".join(library.article(ref.id).text.split()) for ref in library.articles())
    sound = [int(path.name.partition("-")[0]) for path in folder.iterdir() if "-sound" in path.name]
    assert [number for number in sound if says(number) not in texts] == []
    assert [each.source for each in report.failed if "-sound" in each.source] == []
    assert library.verify() == []


def test_the_benchmark_counts_and_names_what_went_wrong() -> None:
    fates = {
        "00001-damaged.md": malformed.Fate(malformed.READ, 0.1, ""),
        "00002-damaged.md": malformed.Fate(malformed.CRASHED, 0.2, "KeyError: 1"),
        "00009-sound.md": malformed.Fate(malformed.LOST, 0.3, ""),
    }
    found = malformed.result(fates)
    assert (found.figures["damaged"]["crashed"], found.figures["sound"]) == (1, {"files": 1, "read": 0})
    assert [note.split(":")[0] for note in found.notes[1:]] == ["00002-damaged.md", "00009-sound.md"]
    assert json.loads(json.dumps(found.figures)) == found.figures


def test_the_benchmark_reads_under_a_watch(tmp_path, monkeypatch) -> None:
    # Streamlit's own tests leave a main module behind that no other process can run.
    monkeypatch.setitem(sys.modules, "__main__", malformed)
    found = malformed.run(Options(work=tmp_path, stories=13))
    assert (found.figures["damaged"]["files"], found.figures["sound"]) == (13, {"files": 1, "read": 1})


@pytest.mark.parametrize("suffix", FORMATS)
@given(data=st.binary(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_bytes_are_articles_or_failures_of_one_line(suffix, data) -> None:
    for each in parse(RawDocument("a", None, "a", suffix, data), 100_000):
        assert isinstance(each, Article) or (isinstance(each, Failure) and "\n" not in each.reason)


@pytest.mark.parametrize("suffix", FORMATS)
@given(cut=st.floats(0, 1), length=st.integers(0, 40), put=st.binary(max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_sound_file_changed_anywhere_is_articles_or_failures_of_one_line(suffix, cut, length, put) -> None:
    data = made(suffix, 1)
    place = int(cut * len(data))
    for each in parse(RawDocument("a", None, "a", suffix, data[:place] + put + data[place + length :]), 100_000):
        assert isinstance(each, Article) or (isinstance(each, Failure) and "\n" not in each.reason)
