"""A library of invented stories, made once and copied for each test that spoils it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import doomed, invented
from benchmarks.contents import all_answers
from ingest import ingest


@pytest.fixture(scope="session")
def sound(tmp_path_factory) -> Path:
    """The folder of a sound library; copy it, never write to it."""
    folder = tmp_path_factory.mktemp("sound")
    stories = invented.write_stories(folder / "stories.jsonl", 60)
    with doomed.opened(folder / "library") as library:
        ingest(stories, library, extractor=invented.first_view)
    return folder / "library"


@pytest.fixture(scope="session")
def right(sound) -> dict[str, list[str]]:
    """What a sound library answers."""
    with doomed.opened(sound) as library:
        return all_answers(library)


@pytest.fixture
def folder(sound, tmp_path) -> Path:
    """A library of the test's own."""
    return shutil.copytree(sound, tmp_path / "library")
