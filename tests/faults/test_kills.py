"""Work killed at random moments: the library opens, holds all that was acknowledged, and ends as if undisturbed."""

from __future__ import annotations

import pytest

from benchmarks import crashes
from benchmarks.contents import contents
from benchmarks.doomed import Nursery, stage
from benchmarks.invented import write_stories
from benchmarks.options import Options


@pytest.fixture(scope="module")
def tally(tmp_path_factory):
    return crashes.kill(20, tmp_path_factory.mktemp("killed"))


def test_twenty_kills_lose_nothing_that_was_acknowledged(tally) -> None:
    assert (tally.kills, tally.lost) == (20, [])


def test_twenty_kills_double_nothing(tally) -> None:
    assert tally.doubled == []


def test_after_each_kill_the_library_opens_and_is_sound(tally) -> None:
    assert tally.unopenable == []


def test_a_library_finished_after_kills_answers_like_an_undisturbed_one(tally) -> None:
    assert tally.different == []


def test_the_kills_strike_at_many_stages(tally) -> None:
    assert len(tally.by_stage) >= 4


def test_each_kind_of_work_is_killed(tally) -> None:
    assert len(tally.by_scenario) == 4


@pytest.fixture(scope="module")
def two_editions(tmp_path_factory):
    """The contents of a library of ten stories and of the same in their second edition."""
    folder = tmp_path_factory.mktemp("editions")
    found = []
    with Nursery(folder) as nursery:
        for edition in (1, 2):
            nursery.begin("ingest", write_stories(folder / "s.jsonl", 10, edition=edition), folder / f"{edition}")
            assert nursery.ended() == 0
            found.append(contents(folder / f"{edition}"))
    return found


def test_the_comparison_sees_what_is_lost_doubled_and_answered_otherwise(two_editions) -> None:
    first, second = two_editions
    assert first.lost(second)
    assert first.doubled(second)
    assert first.different(second)


def test_a_library_is_like_itself(two_editions) -> None:
    first, _ = two_editions
    assert (first.lost(first), first.doubled(first), first.different(first)) == ([], [], [])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('File "/x/rag/vectors/chroma.py", line 72 in write', "sealing: writing to Chroma"),
        ('File "/x/rag/catalogue/changes.py", line 30 in put', "storing: within the transaction"),
        ('File "/usr/lib/python3.11/json/decoder.py", line 30 in decode', "elsewhere"),
    ],
)
def test_the_stage_is_told_from_the_stack(line, expected) -> None:
    assert stage(f"Current thread 0x1 (most recent call first):\n  {line}\n") == expected


def test_the_benchmark_reports_its_kills(tmp_path) -> None:
    result = crashes.run(Options(work=tmp_path, kills=1))
    assert (result.figures["kills"], result.figures["lost"], result.notes) == (1, 0, [])
