"""What is stored already costs no embedding: not to ingest again, not to index anew."""

from __future__ import annotations

import json

import pytest

from benchmarks import invented, upkeep


@pytest.fixture
def stories(tmp_path):
    return invented.write_stories(tmp_path / "stories.jsonl", 40)


@pytest.fixture
def counting():
    return upkeep.Counting(invented.HashedWords())


def test_unchanged_input_embeds_nothing(stories, tmp_path, counting) -> None:
    again = upkeep.unchanged(stories, tmp_path / "library", counting)
    assert (again["articles"], again["again"]["embedded"]) == (43, 0)
    assert again["first"]["embedded"] > 40


def test_a_rebuild_embeds_nothing(stories, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(upkeep, "WIDTH", 48)
    rebuilding = upkeep.rebuilt(stories, tmp_path / "library", upkeep.Counting(invented.HashedWords()))
    assert (rebuilding["embedded"], rebuilding["passages"] > 40) == (0, True)


def test_the_report_holds_both(stories, tmp_path, counting, monkeypatch) -> None:
    monkeypatch.setattr(upkeep, "WIDTH", 48)
    again = upkeep.unchanged(stories, tmp_path / "again", counting)
    result = upkeep.result("invented", again, upkeep.rebuilt(stories, tmp_path / "rebuilt", counting))
    assert [table.rows[0][-1] for table in result.tables] == [str(again["first"]["embedded"]), "0"]
    assert json.loads(json.dumps(result.figures)) == result.figures
