"""Commands stopped by a signal, and a folder being watched: real processes, real files, real stores."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

TESTS = Path(__file__).parent
STORIES = 200
CAPS = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall."
OIL = "Northgate Advisors cut oil to underweight because supply grows faster than demand."


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    rows = [{"url": f"urn:{n}", "text": f"Tin fell on day {n}, said Ada Okoro."} for n in range(STORIES)]
    (tmp_path / "stories.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    return tmp_path / "stories.jsonl"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Start a command on the test's library; whatever still runs at the end is killed."""
    running: list[subprocess.Popen] = []
    environment = {**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}", "PYTHONUNBUFFERED": "1"}

    def command(*words: str, seconds: float = 0) -> subprocess.Popen:
        script = [sys.executable, str(TESTS / "toy_command.py"), str(tmp_path / "embedded"), str(seconds)]
        process = subprocess.Popen(
            [*script, *words, "--library", str(tmp_path / "desk")],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield command
    for process in running:
        process.kill()
        process.communicate()


def until(condition: Callable[[], object], seconds: float = 60) -> object:
    """Wait until something is so and return it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail("it did not come to be so")


def embedded(tmp_path: Path) -> list[int]:
    """Return the sizes of the batches that commands embedded, that of the one under way among them."""
    log = tmp_path / "embedded"
    return [int(line) for line in log.read_text().splitlines()] if log.exists() else []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("batches", [0, 1, 3])
def test_a_signal_ends_an_ingest_in_one_line_and_the_same_command_goes_on(
    start, stories, tmp_path, open_library, number, code, batches
) -> None:
    process = start("add", str(stories), seconds=0.5)
    until(lambda: len(embedded(tmp_path)) > batches)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    with open_library("desk") as library:
        held = library.stats().articles
        assert library.verify() == []
    first = sum(embedded(tmp_path))
    report = json.loads(start("add", str(stories), "--json").communicate(timeout=60)[0])

    assert process.returncode == code
    *progress, last = said.splitlines()
    assert re.fullmatch(rf"stopped: {held} added, .* stored; run the same command again to go on from there\.", last)
    assert all(re.match(r"\d+ (of \d+ )?articles", line) for line in progress)
    assert (report["added"], report["unchanged"]) == (STORIES - held, held)
    assert sum(embedded(tmp_path)) - first == STORIES - held


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_anything_was_read_ends_in_one_line_too(start, stories, tmp_path, number) -> None:
    process = start("add", str(stories))
    until((tmp_path / "desk").exists)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert len(said.splitlines()) == 1


def test_progress_in_a_log_is_a_line_every_few_seconds_with_rate_and_time_left(start, stories) -> None:
    _, said = start("add", str(stories), seconds=2).communicate(timeout=120)
    assert re.search(rf"^\d+ of {STORIES} articles, [\d.]+ a second, about \d+ s left", said, re.M)


# --- watching


class Watched:
    """A folder, the process that watches it, and what that says."""

    def __init__(self, folder: Path, process: subprocess.Popen) -> None:
        self.folder = folder
        self.process = process
        self.lines: list[str] = []
        Thread(target=lambda: self.lines.extend(iter(process.stdout.readline, "")), daemon=True).start()

    def says(self, *words: str) -> bool:
        """Return whether it has said a line with all these words."""
        return any(all(word in line for word in words) for line in self.lines)


@pytest.fixture
def watched(start, tmp_path) -> Watched:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "caps.md").write_text(CAPS)
    found = Watched(folder, start("watch", str(folder)))
    until(lambda: found.says("added", "notes/caps.md"))
    return found


def test_a_watch_adds_updates_and_removes_as_files_change(watched, open_library) -> None:
    (watched.folder / "oil.txt").write_text(OIL)
    until(lambda: watched.says("added", "notes/oil.txt"))
    (watched.folder / "oil.txt").write_text(OIL.replace("cut", "raised"))
    until(lambda: watched.says("updated", "notes/oil.txt"))
    (watched.folder / "caps.md").unlink()
    until(lambda: watched.says("removed", "notes/caps.md"))
    assert [ref.source for ref in open_library("desk").articles()] == ["notes/oil.txt"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_ends_cleanly(watched, number) -> None:
    watched.process.send_signal(number)
    assert watched.process.wait(timeout=60) == 0
    until(lambda: watched.says("stopped"))
    assert watched.process.stderr.read() == ""


def test_a_half_written_file_is_left_until_it_is_whole(watched) -> None:
    path = watched.folder / "long.jsonl"
    with path.open("w") as written:
        for n in range(30):
            written.write(json.dumps({"url": f"urn:{n}", "text": f"Tin fell on day {n}."})[:-1])
            written.flush()
            time.sleep(0.15)
            written.write("}\n")
    until(lambda: watched.says("added", "urn:29"))
    assert [line for line in watched.lines if "failed" in line] == []


def test_a_file_replaced_by_a_rename_is_updated_and_never_removed(watched) -> None:
    (watched.folder / ".caps.md.tmp").write_text(CAPS.replace("neutral", "overweight"))
    (watched.folder / ".caps.md.tmp").rename(watched.folder / "caps.md")
    until(lambda: watched.says("updated", "notes/caps.md"))
    assert not watched.says("  removed  ")


def test_others_write_while_a_watch_goes_on(watched, start, tmp_path) -> None:
    (tmp_path / "mine.md").write_text(OIL)
    process = start("add", "mine.md")
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_a_watch_waits_for_another_writer_and_says_so_once(watched, open_library) -> None:
    with open_library("desk").writer():
        (watched.folder / "oil.txt").write_text(OIL)
        until(lambda: watched.says("failed", "another process is writing"))
        time.sleep(2.5)
    until(lambda: watched.says("added", "notes/oil.txt"))
    assert sum("another process" in line for line in watched.lines) == 1


def test_a_bad_file_and_a_missing_folder_end_no_watch_and_remove_nothing(watched, open_library) -> None:
    (watched.folder / "bad.pdf").write_bytes(b"%PDF nope")
    until(lambda: watched.says("failed", "bad.pdf"))
    away = watched.folder.rename(watched.folder.parent / "away")
    until(lambda: watched.says("failed", "nothing is removed"))
    watched.folder.mkdir()  # what is left where a share was mounted
    until(lambda: watched.says("failed", "share were not mounted"))
    watched.folder.rmdir()
    away.rename(watched.folder)
    (watched.folder / "oil.txt").write_text(OIL)
    until(lambda: watched.says("added", "notes/oil.txt"))
    assert not watched.says("  removed  ")


def test_a_watch_catches_up_with_what_changed_while_nobody_watched(watched, start) -> None:
    watched.process.send_signal(signal.SIGTERM)
    watched.process.wait(timeout=60)
    (watched.folder / "caps.md").unlink()
    (watched.folder / "oil.txt").write_text(OIL)
    again = Watched(watched.folder, start("watch", str(watched.folder)))
    until(lambda: again.says("added", "notes/oil.txt") and again.says("removed", "notes/caps.md"))
