"""The page of views in a real browser, over a real library of invented houses."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from invented_views import ROWS, extractor, write_import_file
from visiting import WIDE, Visit, hostile, served, visited

from ingest import ingest
from rag import Article, Library, Quote, View

pytestmark = pytest.mark.browser

MARKUP_AT = "https://desk.example/markup"


def reader(article: Article) -> list[View]:
    """Return the views of the invented articles, and one that is nothing but markup of a hostile article."""
    if article.url != MARKUP_AT:
        return extractor(article)
    name = article.title or ""
    quote = Quote(article.id, 0, len(article.text), article.text)
    return [
        View(article.ref, name, f"{name} {place}", "zinc", "upgrade", name, name, f"$1 {name}", f"$2 {name}", None,
             "bullish", quote)
        for place in range(2)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def origin(chromium, tmp_path_factory):
    folder = tmp_path_factory.mktemp("views")
    write_import_file(folder / "notes.jsonl")
    with Library.open(folder / "library") as library:
        ingest([folder / "notes.jsonl"], library, extractor=extractor)
    with served(folder / "library", folder / "app.log") as address:
        yield address


@pytest.fixture
def opens() -> bool:
    """Each test opens the page that it is about."""
    return False


def look(visit: Visit, query: str = "") -> None:
    """Open the page with a query in its address and wait until it is drawn."""
    visit.page.goto(f"{visit.origin}/views{query}")
    visit.page.get_by_test_id("stDataFrame").first.wait_for(timeout=60_000)
    visit.settle()


def read_row(visit: Visit, row: int) -> None:
    """Press the button in a row of the table."""
    visit.page.get_by_test_id("stDataFrame").first.click(position={"x": 30, "y": 36 * row + 54})


def chart(visit: Visit, name: str):
    """Return the chart that screen readers are told of by that name."""
    return visit.page.locator(f'.stVegaLiteChart[aria-label="{name}"]')


def test_a_row_opens_its_words_in_the_source_and_the_panel_closes(visit):
    look(visit, "?subject=gold")
    assert visit.page.locator(".st-key-source-panel").count() == 0
    read_row(visit, 0)
    visit.cited().wait_for()
    assert visit.cited().text_content() == ROWS[-1][-1]
    visit.page.get_by_role("button", name="Close").click()
    visit.page.locator(".st-key-source-panel").wait_for(state="detached")


def test_the_table_has_the_whole_width_until_a_source_is_open(visit):
    look(visit)
    table = visit.page.get_by_test_id("stDataFrame").first
    wide = table.bounding_box()["width"]
    read_row(visit, 0)
    visit.cited().wait_for()
    visit.page.wait_for_timeout(500)
    assert wide > 1_100
    assert table.bounding_box()["width"] < 800


def test_a_row_opens_from_the_keyboard(visit):
    look(visit, "?subject=gold")
    visit.page.get_by_test_id("data-grid-canvas").first.focus()
    visit.page.keyboard.press("ArrowRight")
    visit.cited().wait_for()


@pytest.mark.parametrize("viewport", [{"width": 420, "height": 900}])
def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_words_are_in_sight(visit):
    look(visit, "?subject=Tessermill")
    assert visit.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 420
    visit.page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    read_row(visit, 0)
    visit.cited().wait_for()
    visit.page.wait_for_timeout(500)
    mark = visit.cited().bounding_box()
    assert mark["y"] >= 0
    assert mark["y"] + mark["height"] <= 900


def test_a_choice_goes_into_the_address_and_the_address_brings_it_back(visit):
    look(visit)
    visit.page.get_by_role("button", name="Tessermill", exact=True).click()
    visit.page.get_by_text("4 views by 3 houses").wait_for()
    assert "subject=Tessermill" in visit.page.url
    visit.page.reload()
    visit.page.get_by_text("4 views by 3 houses").wait_for(timeout=30_000)


def test_the_filters_outlast_a_visit_to_another_page(visit):
    look(visit, "?subject=Tessermill&stance=bullish")
    shown = visit.page.get_by_text("views by").inner_text()
    visit.go("Library")
    visit.page.get_by_role("heading", name="Library").wait_for()
    visit.go("Views")
    visit.page.get_by_text(shown).wait_for(timeout=30_000)


def test_charts_are_drawn_and_named_for_screen_readers(visit):
    look(visit, "?subject=small+caps")
    chart(visit, "Rating by house over time").locator("svg.marks").wait_for()
    strip = chart(visit, "Current stance of each house, earlier ones fainter")
    for house in ("Gantlow Securities", "Wharrowby Bank", "Penrallow Research", "Ottermere"):
        assert strip.get_by_text(house, exact=True).count() == 1


def test_the_download_is_the_table_as_csv(visit):
    look(visit, "?subject=small+caps")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Download as CSV").click()
    with Path(waiting.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["firm"] for row in rows][:2] == ["Ottermere", "Wharrowby Bank"]


def test_the_page_asks_only_the_app_for_anything(visit):
    look(visit, "?subject=Tessermill")
    chart(visit, "Price target by house over time").locator("svg.marks").wait_for()
    read_row(visit, 0)
    visit.cited().wait_for()
    assert visit.elsewhere() == []


def test_hostile_names_are_drawn_as_text_and_reach_nothing(chromium, tmp_path, trap):
    markup = hostile(trap.server_port)
    notes = tmp_path / "evil.jsonl"
    row = {"text": f"Zinc. {markup}", "title": markup, "publisher": markup, "url": MARKUP_AT, "published": "2026-11-13"}
    notes.write_text(json.dumps(row), encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        ingest([notes], library, extractor=reader)
    with (
        served(tmp_path / "library", tmp_path / "app.log") as origin,
        visited(chromium, origin, WIDE, opens=False) as visit,
    ):
        page = visit.page
        look(visit, "?subject=zinc")
        _hover_everything(visit)
        read_row(visit, 0)
        visit.cited().wait_for()
        page.get_by_role("combobox", name=re.compile("Firm")).click()
        page.wait_for_timeout(1_000)
        planted = [frame.evaluate("window.planted") for frame in page.frames]
    assert trap.hits == []
    assert visit.elsewhere() == []
    assert visit.dialogs == []
    assert planted == [None] * len(planted)


def _hover_everything(visit: Visit) -> None:
    """Bring up the tooltip of each mark of the charts."""
    marks = visit.page.locator(".stVegaLiteChart svg.marks .mark-symbol.role-mark path")
    marks.first.wait_for()
    for place in range(marks.count()):
        marks.nth(place).hover(force=True)
        visit.page.wait_for_timeout(100)
    assert "<script>" in visit.page.locator("#vg-tooltip-element").inner_text()
