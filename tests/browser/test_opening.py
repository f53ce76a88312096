"""The home page in a real browser: what a newcomer does first, what is new on a later visit, and how it stands."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from visiting import WIDE, Visit, served, sync_api

pytestmark = pytest.mark.browser

NOTE = """Ferrow Vane lifts nickel to overweight

12 November 2026

Ines Carrow, metals strategist at Ferrow Vane Securities, upgraded nickel from neutral to overweight. She expects steel
mills to restock after two lean years.
"""


@pytest.fixture
def made_visit(chromium: sync_api.Browser, sample_library: Path, tmp_path: Path) -> Iterator[Visit]:
    """A page of the app as `make run` starts it, over a copy of the sample library."""
    library = Path(shutil.copytree(sample_library, tmp_path / "library"))
    # What is installed already is not installed again.
    command = ["make", "run", f"VENV={sys.prefix}", "-o", f"{sys.prefix}/installed"]
    with served(library, tmp_path / "app.log", command=command) as address:
        context = chromium.new_context(viewport=WIDE)
        page = context.new_page()
        page.goto(address)
        yield Visit(page, address)
        context.close()


def opened(visit: Visit) -> None:
    """Wait until the home page is drawn."""
    visit.page.get_by_text("What came in").wait_for(timeout=60_000)
    visit.settle()


def answered(visit: Visit) -> None:
    """Wait until an answer is complete."""
    visit.page.get_by_text("What was searched").first.wait_for(timeout=90_000)
    visit.settle()


def paste(visit: Visit, title: str, text: str) -> None:
    visit.go("Library")
    visit.page.get_by_test_id("stDataFrame").first.wait_for(timeout=60_000)
    visit.settle()
    visit.page.get_by_role("tab", name="Paste text").click()
    visit.page.get_by_label("Title (optional)").fill(title)
    visit.page.get_by_label("Text", exact=True).fill(text)
    visit.page.get_by_role("button", name="Add the text").click()
    visit.page.get_by_test_id("stAlert").filter(has_text="1 added").wait_for(timeout=180_000)
    visit.settle()


def test_a_newcomer_asks_reads_adds_and_finds_it_cited(made_visit: Visit) -> None:
    visit, page = made_visit, made_visit.page
    opened(visit)
    page.get_by_role("button", name="Who upgraded small caps and why?").click()
    answered(visit)
    visit.mark(1).click()
    visit.cited().wait_for()
    assert "small" in visit.cited().text_content()
    paste(visit, *NOTE.split("\n\n", 1))
    visit.go("Home")
    page.get_by_role("button", name=re.compile("Ines Carrow.* moved nickel from neutral to overweight")).wait_for()
    visit.settle()
    visit.ask("who upgraded nickel")
    visit.mark(1).click()
    visit.cited().wait_for()
    assert "nickel" in visit.cited().text_content()
    visit.go("Views")
    page.get_by_test_id("stDataFrame").first.wait_for(timeout=60_000)


def test_a_later_visit_shows_what_came_in_since(made_visit: Visit) -> None:
    opened(made_visit)
    made_visit.page.get_by_role("heading", name="The latest").wait_for()
    paste(made_visit, *NOTE.split("\n\n", 1))
    page = made_visit.page.context.browser.new_context(viewport=WIDE).new_page()
    page.goto(made_visit.origin)
    page.get_by_role("heading", name="Since your last visit").wait_for(timeout=60_000)
    page.get_by_role("button", name=re.compile("Ines Carrow.* moved nickel")).wait_for()
    assert page.locator('[class*="st-key-home-article-"]').count() == 1
    page.get_by_role("button", name=re.compile("Ines Carrow.* moved nickel")).click()
    page.frame_locator(".st-key-source-panel iframe").locator("#cited").wait_for()
    page.context.close()


def test_a_question_typed_on_the_home_page_is_answered(visit: Visit) -> None:
    visit.go("Home")
    opened(visit)
    visit.ask("Who disagrees about Tessermill?")
    assert "/ask?conversation=" in visit.page.url
    assert visit.mark(1).is_visible()


def test_a_subject_leads_to_its_views_and_back_home(visit: Visit) -> None:
    visit.go("Home")
    opened(visit)
    visit.page.get_by_role("button", name="small caps", exact=True).click()
    visit.page.get_by_text(re.compile(r"views? by \d+ house")).wait_for(timeout=30_000)
    assert "/views?subject=small" in visit.page.url
    visit.go("Home")
    opened(visit)
    assert visit.page.url.rstrip("/") == visit.origin


@pytest.mark.parametrize("viewport", [{"width": 420, "height": 900}], ids=["phone"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    visit.page.goto(visit.origin)
    opened(visit)
    assert visit.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 420
    visit.page.locator('[class*="st-key-home-change-"]').get_by_role("button").first.click()
    visit.cited().wait_for()
    visit.page.wait_for_timeout(500)
    mark = visit.cited().bounding_box()
    assert mark["y"] >= 0
    assert mark["y"] + mark["height"] <= 900


def test_the_page_asks_only_the_app_for_anything(visit: Visit) -> None:
    visit.page.goto(visit.origin)
    opened(visit)
    assert visit.elsewhere() == []
