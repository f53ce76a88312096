"""What a source stands for: patterns, folders and files, each by one key, and nothing outside them or too large."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.loading import loaded
from ingest.sources import in_files
from ingest.types import Failure

NOTE = "Rates are about to fall."


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    for name in ("a.md", "b.txt", "2025/c.md", "2026/d.md", "2026/deep/e.md", ".hidden.md", "2026/.git/f.md"):
        path = tmp_path / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{NOTE} {name}")
    return tmp_path / "notes"


def keys(*sources: object) -> list[str]:
    return [each.reason if isinstance(each, Failure) else each.key for each in in_files(map(str, sources))]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.md", ["notes/a.md"]),
        ("**/*.md", ["notes/2025/c.md", "notes/2026/d.md", "notes/2026/deep/e.md", "notes/a.md"]),
        ("**", ["notes/a.md", "notes/b.txt", "notes/2025/c.md", "notes/2026/d.md", "notes/2026/deep/e.md"]),
        ("?.txt", ["notes/b.txt"]),
        ("20[12]6", ["notes/2026/d.md", "notes/2026/deep/e.md"]),
        ("20*/**", ["notes/2025/c.md", "notes/2026/d.md", "notes/2026/deep/e.md"]),
        (".h*.md", ["notes/.hidden.md"]),
    ],
)
def test_a_pattern_finds_the_files_by_the_keys_they_have_in_the_folder(notes, pattern, found) -> None:
    assert keys(notes / pattern) == found
    assert set(found) <= {*keys(notes), "notes/.hidden.md"}


def test_a_pattern_below_a_folder_gives_keys_from_that_folder(notes) -> None:
    assert keys(notes / "2026" / "*.md") == keys(notes / "2026" / "d.md") == ["2026/d.md"]


def test_a_pattern_is_found_from_the_folder_at_hand(notes, monkeypatch) -> None:
    monkeypatch.chdir(notes)
    assert keys("*.txt") == ["notes/b.txt"]


@pytest.mark.parametrize("pattern", ["*.pdf", "gone/*.md", "[z]"])
def test_a_pattern_that_matches_nothing_says_so(notes, pattern) -> None:
    assert keys(notes / pattern) == ["no file matches; check the pattern."]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(notes) -> None:
    (notes / "[a].md").write_text(NOTE)
    assert keys(notes / "[a].md") == ["notes/[a].md"]


def test_a_pattern_that_makes_no_sense_is_told(notes) -> None:
    (said,) = keys(notes / "a**b")
    assert "cannot be opened" in said


@pytest.mark.parametrize("pattern", ["*.md", "**/*.md", "*/*.md", "*"])
def test_a_pattern_follows_no_link_out_of_its_folder(notes, tmp_path, pattern) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.md").write_text("secret")
    (notes / "link").symlink_to(tmp_path / "secret", target_is_directory=True)
    (notes / "link.md").symlink_to(tmp_path / "secret" / "s.md")
    texts = [loaded(each).data for each in in_files([str(notes / pattern)]) if not isinstance(each, Failure)]
    assert b"secret" not in texts
    assert any("link out of the folder" in said for said in keys(notes / pattern))


def test_a_circle_of_links_ends(notes) -> None:
    (notes / "2025" / "up").symlink_to(notes, target_is_directory=True)
    assert len(keys(notes / "**" / "*.md")) == 4


def test_a_file_of_a_gigabyte_is_refused_unopened(notes, monkeypatch) -> None:
    with (notes / "huge.txt").open("wb") as stream:
        stream.truncate(2**30)
    monkeypatch.setattr(Path, "open", lambda *_args: pytest.fail("it was opened"))
    (said,) = keys(notes / "huge.txt")
    assert said == "larger than 50 MiB; raise HOUSEVIEW_MAX_FILE_MB or split the file."


def test_an_archive_of_gigabytes_is_refused_unopened(notes, monkeypatch) -> None:
    with (notes / "huge.zip").open("wb") as stream:
        stream.truncate(2**31)
    monkeypatch.setattr(Path, "open", lambda *_args: pytest.fail("it was opened"))
    (said,) = keys(notes / "huge.zip")
    assert "HOUSEVIEW_MAX_ARCHIVE_MB" in said


def test_a_pipe_is_refused_without_waiting_for_it(notes) -> None:
    os.mkfifo(notes / "pipe.md")
    assert keys(notes / "pipe.md") == ["not a regular file; add a file or a folder."]


@pytest.mark.parametrize("name", [b"caf\xe9.md", b"\xff\xfe.md", "日本.md".encode(), b"a\nb.md", b"tab\t.md"])
def test_a_name_in_any_encoding_gives_a_key_that_can_be_stored(tmp_path, name) -> None:
    (tmp_path / os.fsdecode(name)).write_text(NOTE)
    (document,) = in_files([tmp_path])
    assert document.key.encode().decode() == document.key
    assert document.name.encode()


def test_a_sidecar_added_by_itself_is_told_what_it_is(notes) -> None:
    (notes / "a.md.yaml").write_text("title: Rates")
    assert keys(notes / "a.md.yaml") == ["a sidecar, which says what a.md is and holds no article; add a.md itself."]


def test_files_of_unknown_formats_are_told_one_by_one(notes) -> None:
    for name in ("x.xlsx", "y.jpg", "z.zip.gz", "none"):
        (notes / name).write_text("x")
    told = {Path(each.source).name: each.reason for each in in_files([notes]) if isinstance(each, Failure)}
    assert {name: reason.split(";")[0] for name, reason in told.items()} == {
        "x.xlsx": "unknown format .xlsx",
        "y.jpg": "unknown format .jpg",
        "z.zip.gz": "unknown format .zip.gz",
        "none": "unknown format (no extension)",
    }
