"""The Library page in a real browser: finding, opening, removing and bringing back, and mending while others ask."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from visiting import Visit, served, sync_api

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def origin(chromium: sync_api.Browser, sample_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app over a copy of the sample library that these tests may change."""
    folder = tmp_path_factory.mktemp("kept")
    library = Path(shutil.copytree(sample_library, folder / "library"))
    with served(library, folder / "app.log") as address:
        yield address


def look(visit: Visit) -> sync_api.Locator:
    """Open the page and return its list once it is drawn."""
    visit.go("Library")
    table = visit.page.get_by_test_id("stDataFrame").first
    table.wait_for(timeout=60_000)
    visit.settle()
    return table


def search(visit: Visit, words: str) -> None:
    box = visit.page.get_by_role("textbox", name="Search")
    box.fill(words)
    box.press("Enter")
    visit.page.get_by_text(re.compile(r"^\d+ of \d+ articles\.$")).wait_for(timeout=30_000)
    visit.settle()


def heading(visit: Visit) -> str:
    """Return how many articles the page says there are, once all of it is drawn."""
    visit.settle()
    return visit.page.get_by_role("heading", name=re.compile(r"\d+ articles?")).inner_text()


def look_after(visit: Visit) -> None:
    """Open the part about storage and health, and wait until its table, drawn late, moves its buttons no more."""
    visit.page.get_by_text("Storage, models and health").click()
    visit.page.get_by_role("cell", name="Vector index").wait_for(timeout=30_000)
    visit.page.get_by_role("button", name="Check the library").wait_for(timeout=30_000)
    visit.settle()


def test_a_search_narrows_the_list_and_a_row_opens_beside_it(visit: Visit) -> None:
    table = look(visit)
    search(visit, "tessermill target")
    table.click(position={"x": 85, "y": 54})
    panel = visit.page.locator(".st-key-source-panel")
    panel.wait_for()
    page = visit.page.frame_locator(".st-key-source-panel iframe").locator("body")
    assert "Tessermill" in page.inner_text()


def test_what_is_removed_can_be_brought_back_with_its_answers(visit: Visit) -> None:
    look(visit)
    before = heading(visit)
    search(visit, "highlathe gold")
    visit.page.get_by_test_id("stDataFrame").first.click(position={"x": 16, "y": 54})
    visit.page.get_by_role("button", name="Remove 1 selected").click()
    visit.page.get_by_role("button", name="Undo").wait_for(timeout=30_000)
    assert heading(visit) != before
    visit.page.get_by_role("button", name="Undo").click()
    visit.page.get_by_text("1 article brought back.").wait_for(timeout=30_000)
    visit.go("Ask")
    visit.ask("Who downgraded gold?")
    assert visit.page.locator('[class*="st-key-statement-"]').filter(has_text="Highlathe").count() > 0


def test_what_is_removed_can_be_brought_back_after_a_reload(visit: Visit) -> None:
    look(visit)
    before = heading(visit)
    visit.page.get_by_test_id("stDataFrame").first.click(position={"x": 16, "y": 54})
    visit.page.get_by_role("button", name="Remove 1 selected").click()
    visit.page.get_by_role("button", name="Undo").wait_for(timeout=30_000)
    visit.page.reload()
    visit.page.get_by_text(re.compile(r"^Removed lately")).click(timeout=60_000)
    visit.page.get_by_role("button", name="Bring back").first.click()
    visit.page.get_by_text("1 article brought back.").wait_for(timeout=30_000)
    assert heading(visit) == before


def test_the_library_is_checked_and_its_index_rebuilt_while_a_question_is_answered(visit: Visit) -> None:
    look(visit)
    look_after(visit)
    visit.page.get_by_role("button", name="Check the library").click()
    visit.page.get_by_text("nothing is wrong with it").wait_for(timeout=60_000)
    visit.settle()
    visit.page.get_by_role("button", name="Rebuild the vector index").click()
    rebuilt = visit.page.get_by_text("The vector index was written anew")
    visit.page.locator(".st-key-job").or_(rebuilt).first.wait_for(timeout=30_000)
    visit.go("Ask")
    visit.ask("Who upgraded small caps and why?")
    assert visit.mark(1).is_visible()
    visit.go("Library")
    rebuilt.wait_for(timeout=60_000)


def test_what_is_no_address_is_named(visit: Visit) -> None:
    look(visit)
    visit.page.get_by_role("tab", name="From the web").click()
    visit.page.get_by_role("textbox", name="Addresses, one a line").fill("notes/caps.html")
    visit.page.get_by_role("button", name="Add from the web").click()
    visit.page.get_by_text("is no web address").wait_for(timeout=30_000)
    assert visit.page.get_by_role("button", name="Add from the web").is_visible()


@pytest.mark.parametrize("viewport", [{"width": 420, "height": 900}], ids=["phone"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    visit.page.goto(f"{visit.origin}/library")
    visit.page.get_by_test_id("stDataFrame").first.wait_for(timeout=60_000)
    look_after(visit)
    assert visit.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 420


def test_the_page_asks_only_the_app_for_anything(visit: Visit) -> None:
    look(visit)
    look_after(visit)
    assert visit.elsewhere() == []
