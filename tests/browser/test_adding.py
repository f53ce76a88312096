"""Adding a folder in a real browser: the chat answers meanwhile, the job is stopped, and tried again to its end."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from visiting import WIDE, Visit, served, sync_api, visited

pytestmark = pytest.mark.browser
NOTES = 150
WORDS = "rates small caps oil gold banks earnings margins demand supply rally sell buy analysts expect target".split()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    chosen = random.Random(1)
    for n in range(NOTES):
        sentences = [f"{' '.join(chosen.choices(WORDS, k=14)).capitalize()} by {n} percent." for _ in range(25)]
        (folder / f"note{n}.md").write_text(f"# Note {n}\n\n{' '.join(sentences)}")
    (folder / "bad.pdf").write_bytes(b"%PDF nope")
    return folder


@pytest.fixture
def own_visit(chromium: sync_api.Browser, sample_library: Path, tmp_path: Path) -> Iterator[Visit]:
    """A page of the app over a library that the test may change."""
    library = Path(shutil.copytree(sample_library, tmp_path / "library"))
    with served(library, tmp_path / "app.log") as address, visited(chromium, address, WIDE) as visit:
        yield visit


def add(visit: Visit, folder: Path) -> None:
    visit.go("Library")
    visit.page.get_by_role("tab", name="From a folder").click()
    visit.page.get_by_label("Folder or file on").fill(str(folder))
    visit.page.get_by_role("button", name="Add the folder").click()
    visit.page.locator(".st-key-job").wait_for(timeout=60_000)


def test_the_chat_answers_while_a_folder_is_added_and_the_job_is_stopped(own_visit: Visit, notes: Path) -> None:
    page = own_visit.page
    add(own_visit, notes)
    page.get_by_text("a second").wait_for(timeout=120_000)
    own_visit.go("Ask")
    own_visit.ask("Who upgraded small caps and why?")
    assert own_visit.mark(1).is_visible()
    own_visit.go("Library")
    page.get_by_role("button", name="Stop").click(timeout=60_000)
    page.get_by_text("Stopped:").wait_for(timeout=120_000)
    assert page.locator(".st-key-job").count() == 0


def test_what_failed_is_shown_when_a_folder_is_done(own_visit: Visit, notes: Path) -> None:
    for path in sorted(notes.glob("*.md"))[3:]:
        path.unlink()
    add(own_visit, notes)
    own_visit.page.get_by_text("3 added, 1 failed").wait_for(timeout=120_000)
    assert own_visit.page.get_by_text("bad.pdf: not a readable PDF").is_visible()
    own_visit.page.get_by_text("1 could not be stored so far").click()
    own_visit.page.get_by_role("button", name="Try these again").click()
    own_visit.page.get_by_text("1 failed in").wait_for(timeout=60_000)
