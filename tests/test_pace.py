"""How fast an ingest goes, which files have settled, and how many articles there will be."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from ingest.pace import Pace
from ingest.settling import Settling
from ingest.totals import expected
from ingest.types import Failure, IngestReport, Progress
from ingest.watching import stamps


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def stored(added: int, *, done: int | None = None, total: int | None = None, **counts) -> Progress:
    embedded = counts.pop("embedded", 0.0)
    return Progress(done or added, "a.md", IngestReport(added=added, **counts), total, embedded)


def test_the_rate_and_the_time_left_are_those_of_the_last_minute(clock) -> None:
    pace = Pace(clock)
    clock.now = 1.0
    pace(stored(0, unchanged=5_000, total=6_000))  # what is stored already goes by in no time
    for second in range(10, 200, 10):
        clock.now = float(second)
        pace(stored(second, unchanged=5_000, total=6_000))
    assert pace.rate == pytest.approx(1.0, rel=0.2)
    assert pace.remaining == pytest.approx(810, rel=0.2)


def test_what_is_embedded_counts_before_it_is_stored(clock) -> None:
    pace = Pace(clock)
    clock.now = 10.0
    pace(stored(0, done=40, total=40, embedded=20.0))
    assert (pace.settled, pace.share, pace.remaining) == (0, 0.5, 10.0)


def test_what_fails_at_once_says_nothing_of_the_rate(clock) -> None:
    pace = Pace(clock)
    clock.now = 10.0
    pace(stored(0, total=100, failed=(Failure("bad.pdf", "broken"),)))
    assert (pace.rate, pace.remaining) == (0.0, None)


@pytest.mark.parametrize(
    ("seconds", "total", "line"),
    [
        (10.0, None, "20 articles, 2.0 a second"),
        (10.0, 120, "20 of 120 articles, 2.0 a second, about 50 s left"),
        (10.0, 1_820, "20 of 1,820 articles, 2.0 a second, about 15 min left"),
        (10.0, 36_020, "20 of 36,020 articles, 2.0 a second, about 5 h 00 min left"),
    ],
)
def test_the_pace_is_one_line(clock, seconds, total, line) -> None:
    pace = Pace(clock)
    clock.now = seconds
    pace(stored(20, total=total))
    assert str(pace) == line


def test_before_anything_is_known_the_line_is_short(clock) -> None:
    assert str(Pace(clock)) == "0 articles"


def test_a_file_that_still_grows_has_not_settled(clock) -> None:
    settling = Settling(2.0, clock)
    found = []
    for second in range(6):
        clock.now = float(second)
        found.append(settling.settled({"grows": (second, 0, 1), "stays": (1, 0, 2)}))
    assert found == [[], [], ["stays"], ["stays"], ["stays"], ["stays"]]


def test_a_file_that_comes_back_was_never_gone(clock) -> None:
    settling = Settling(2.0, clock)
    states = [(1, 0, 1), None, (2, 0, 2), (2, 0, 2), (2, 0, 2)]
    found = []
    for second, state in enumerate(states):
        clock.now = float(second)
        found.append(settling.settled({"a": state}))
    assert found == [[], [], [], [], ["a"]]


def test_files_and_rows_are_counted(tmp_path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text("a")
    (tmp_path / ".hidden.md").write_text("a")
    (tmp_path / "prices.xyz").write_text("a")  # fails as one
    (tmp_path / "rows.jsonl").write_text("{}\n{}")
    assert expected([tmp_path, tmp_path / "sub" / "a.md"]) == 5


@pytest.mark.parametrize("name", ["gone.md", "https://d.example/feed", "packed.jsonl.gz"])
def test_what_cannot_be_counted_from_outside_is_not_known(tmp_path, monkeypatch, name) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(b"{}\n{}\n"))
    assert expected([name]) is None


def test_a_look_sees_every_file_but_hidden_ones_and_links_out(tmp_path) -> None:
    folder = tmp_path / "notes"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.md", "sub/b.md", ".c.md"):
        (folder / name).write_text("a")
    (tmp_path / "out.md").write_text("a")
    (folder / "link.md").symlink_to(tmp_path / "out.md")
    assert sorted(Path(place).name for place in stamps(folder)) == ["a.md", "b.md"]


def test_a_look_passes_over_the_library_itself(tmp_path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "catalogue.sqlite3").write_text("a")
    (tmp_path / "a.md").write_text("a")
    assert list(stamps(tmp_path, without=tmp_path / "desk")) == [str(tmp_path / "a.md")]


def test_an_edit_of_the_same_length_is_seen(tmp_path) -> None:
    file = tmp_path / "a.md"
    file.write_text("up")
    before = stamps(tmp_path)
    file.write_text("no")
    os.utime(file, ns=(1, 1))
    assert stamps(tmp_path) != before
