"""A disk that fills up during an ingest: one clear line, nothing lost of what was stored, and on it goes afterwards."""

from __future__ import annotations

import os
import subprocess

import pytest

from benchmarks import invented
from benchmarks.contents import contents
from benchmarks.doomed import BATCH_PASSAGES, opened
from ingest import ingest
from rag.errors import LibraryError

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")

SIZES = (64, 300, 1_200, 2_400)  # KiB that do not hold the articles
SPARE = (100, 300, 500, 700)  # KiB beside the articles that do not hold another generation of the index
LARGE = 60_000


@pytest.fixture(autouse=True)
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr("ingest.intake._BATCH_PASSAGES", BATCH_PASSAGES)


@pytest.fixture
def disk(tmp_path):
    """Mount a disk of so many KiB, and return its folder; asked again, make it so large."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = False

    def of_size(kibibytes):
        nonlocal mounted
        how = ["-o", f"remount,size={kibibytes}k"] if mounted else ["-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs"]
        done = subprocess.run(["mount", *how, folder], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
        mounted = True
        return folder

    yield of_size
    if mounted:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    return invented.write_stories(tmp_path_factory.mktemp("stories") / "stories.jsonl", 150)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, stories):
    folder = tmp_path_factory.mktemp("undisturbed") / "library"
    with opened(folder) as library:
        ingest(stories, library, extractor=invented.first_view)
    return contents(folder)


def filled(folder, stories) -> tuple[int, str]:
    """Ingest until it ends; return how many articles and copies were said to be stored, and the error, if any."""
    stored = 0

    def tell(now) -> None:
        nonlocal stored
        stored = now.report.added + now.report.duplicates

    try:
        with opened(folder) as library:
            ingest(stories, library, extractor=invented.first_view, progress=tell)
    except LibraryError as error:
        return stored, str(error)
    return stored, ""


@pytest.mark.parametrize("kibibytes", SIZES)
def test_a_full_disk_is_told_in_one_line_with_the_remedy(disk, stories, kibibytes) -> None:
    _, error = filled(disk(kibibytes) / "library", stories)
    assert "catalogue.sqlite3: the disk is full; free some space and run the same command again." in error
    assert "\n" not in error


@pytest.mark.parametrize("kibibytes", SIZES)
def test_what_was_stored_before_the_disk_was_full_is_there_once_it_is_not(disk, stories, kibibytes) -> None:
    stored, _ = filled(disk(kibibytes) / "library", stories)
    with opened(disk(LARGE) / "library") as library:
        stats = library.stats()
        assert (stats.articles + stats.duplicates >= stored, library.verify()) == (True, [])


@pytest.mark.parametrize("kibibytes", SIZES)
def test_an_ingest_goes_on_once_there_is_space(disk, stories, undisturbed, kibibytes) -> None:
    filled(disk(kibibytes) / "library", stories)
    assert filled(disk(LARGE) / "library", stories)[1] == ""
    found = contents(disk(LARGE) / "library")
    assert undisturbed.lost(found) + undisturbed.doubled(found) + undisturbed.different(found) == []


@pytest.fixture
def no_room_at_all(disk, stories):
    """The folder of a whole library on a disk without a byte left."""
    folder = disk(LARGE) / "library"
    filled(folder, stories)
    disk(occupied(folder))
    return folder


def test_a_library_on_a_disk_without_any_room_answers_as_before(no_room_at_all, undisturbed) -> None:
    assert contents(no_room_at_all).answers == undisturbed.answers


def test_a_disk_without_any_room_is_told_of_to_who_writes(no_room_at_all) -> None:
    with opened(no_room_at_all) as library, pytest.raises(LibraryError, match="check the disk and the room left on it"):
        library.remove([ref.id for ref in library.articles()])


def test_an_open_library_is_written_to_once_there_is_room_again(no_room_at_all, disk) -> None:
    with opened(no_room_at_all) as library:
        ids = [ref.id for ref in library.articles()]
        disk(LARGE)
        assert (library.remove(ids), library.stats().articles) == (len(ids), 0)


def occupied(folder) -> int:
    """Return how many KiB of a disk are in use."""
    status = os.statvfs(folder)
    return (status.f_blocks - status.f_bfree) * status.f_frsize // 1024


@pytest.fixture(params=SPARE)
def no_room_for_an_index(disk, stories, request):
    """The folder of a whole library on a disk with little room left."""
    folder = disk(LARGE) / "library"
    filled(folder, stories)
    disk(occupied(folder) + request.param)
    return folder


def test_an_index_that_does_not_fit_costs_no_answer(no_room_for_an_index, undisturbed) -> None:
    with opened(no_room_for_an_index) as library, pytest.raises(LibraryError, match=r"could not be written .*disk"):
        library.rebuild()
    assert contents(no_room_for_an_index).answers == undisturbed.answers


def test_an_index_that_does_not_fit_is_deleted_again(no_room_for_an_index) -> None:
    before = set(no_room_for_an_index.glob("chroma/*"))
    with opened(no_room_for_an_index) as library, pytest.raises(LibraryError):
        library.rebuild()
    assert set(no_room_for_an_index.glob("chroma/*")) <= before


def test_an_index_that_did_not_fit_is_written_once_there_is_space(no_room_for_an_index, disk) -> None:
    with opened(no_room_for_an_index) as library:
        with pytest.raises(LibraryError):
            library.rebuild()
        disk(LARGE)
        assert (library.rebuild(), library.verify()) == (library.stats().passages, [])
