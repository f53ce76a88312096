"""Several processes with one library: readers beside a writer, and a second writer."""

from __future__ import annotations

import pytest

from benchmarks import readers


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return readers.share(tmp_path_factory.mktemp("shared"), seconds=8, readers=3)


def test_no_search_fails_beside_a_writer(shared) -> None:
    assert (shared.failures, shared.searches > 20) == ([], True)


def test_every_reader_sees_what_was_committed(shared) -> None:
    assert (shared.unseen, shared.commits > 1) == (0, True)


def test_a_second_writer_is_refused_each_time(shared) -> None:
    assert shared.refusals
    assert float("inf") not in shared.refusals


def test_the_report_names_what_failed() -> None:
    found = readers.Shared(5, ["no such thing"] * 2, 1, [0.5, 0.1, 1.5], 1, [0.51])
    result = readers.result(found)
    assert (result.figures["seen after, median s"], result.figures["seen after, at most s"]) == (0.5, 1.5)
    assert (result.figures["failed"], result.notes) == (2, ["no such thing (2 times)"])
