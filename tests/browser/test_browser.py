"""The app in a real browser, over the real stores and the real model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from visiting import hostile, served

from rag import Library

pytestmark = pytest.mark.browser

SMALL_CAPS = "who upgraded small caps and why"
UPLOAD = """Verrin Loom moves cobalt to overweight

12 November 2026

Petra Lindqvist, metals strategist at Verrin Loom Securities, upgraded cobalt from neutral to overweight. She expects
battery makers to restock after two years of running down inventories.
"""


@pytest.fixture(scope="module")
def own_library(sample_library, tmp_path_factory):
    """A copy of the sample library that these tests may change."""
    return Path(shutil.copytree(sample_library, tmp_path_factory.mktemp("own") / "library"))


@pytest.fixture(scope="module")
def origin(chromium, own_library, tmp_path_factory):
    with served(own_library, tmp_path_factory.mktemp("log") / "app.log") as address:
        yield address


def room_around(words, visit) -> tuple[float, float, float, float]:
    """Return how far words in the source lie within its frame and the window, above and below; negative if outside."""
    mark, frame = words.bounding_box(), visit.page.locator(".st-key-source-panel iframe").bounding_box()
    top, bottom = mark["y"], mark["y"] + mark["height"]
    return top - frame["y"], frame["y"] + frame["height"] - bottom, top, visit.page.viewport_size["height"] - bottom


def stored_quote(folder, question, marker) -> str:
    with Library.open(folder) as library:
        return next(cited.quote for cited in library.ask(question).citations if cited.marker == marker)


def upload(visit, *files) -> None:
    visit.go("Library")
    visit.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": content.encode()} for name, content in files]
    )
    for name, _ in files:
        visit.page.get_by_title(name).or_(visit.page.get_by_text(name)).first.wait_for()
    visit.page.get_by_role("button", name="Add to the library").click()
    visit.page.get_by_test_id("stAlert").filter(has_text="1 added").wait_for(timeout=90_000)
    visit.settle()


def test_a_question_is_answered_with_statements_that_all_carry_marks(visit):
    visit.ask(SMALL_CAPS)
    statements = visit.page.locator('[class*="st-key-statement-"]')
    assert statements.count() > 0
    for place in range(statements.count()):
        assert statements.nth(place).get_by_role("button").count() > 0


def test_a_mark_opens_the_article_at_the_quoted_words(visit, own_library):
    visit.ask(SMALL_CAPS)
    visit.mark(1).click()
    visit.cited().wait_for()
    assert visit.cited().text_content() == stored_quote(own_library, SMALL_CAPS, 1)
    assert min(room_around(visit.cited(), visit)) >= 0


def test_a_later_answer_is_read_from_its_beginning(visit):
    visit.ask(SMALL_CAPS)
    visit.ask("Who disagrees about Tessermill?")
    visit.page.wait_for_timeout(2_000)  # until all below it is drawn
    assert 0 <= visit.page.locator(".st-key-turn-1").bounding_box()["y"] < 200


def test_a_mark_works_from_the_keyboard(visit):
    visit.ask(SMALL_CAPS)
    visit.mark(1).focus()
    visit.page.keyboard.press("Enter")
    visit.cited().wait_for()


@pytest.mark.parametrize("viewport", [{"width": 420, "height": 900}])
def test_on_a_narrow_screen_the_quoted_words_are_in_sight_at_once(visit):
    visit.ask(SMALL_CAPS)
    visit.mark(1).click()
    visit.cited().wait_for()
    visit.page.wait_for_timeout(500)
    assert min(room_around(visit.cited(), visit)) >= 0


def test_a_question_without_an_answer_says_so(visit):
    visit.ask("What did Zorblatt Partners say about the lunar cheese harvest?")
    assert visit.page.get_by_text("Nothing in the library answers that").is_visible()


def test_an_uploaded_note_is_cited_in_the_next_answer(visit):
    upload(visit, ("verrin-loom.txt", UPLOAD))
    visit.go("Ask")
    visit.ask("who upgraded cobalt")
    visit.mark(1).click()
    visit.cited().wait_for()
    assert "cobalt" in visit.cited().text_content()
    assert "Verrin Loom" in visit.page.locator(".st-key-source-panel").inner_text()


def test_a_filter_keeps_the_answer_inside_it(visit):
    visit.page.get_by_test_id("stPopoverButton").filter(has_text="Scope").click()
    publishers = visit.page.get_by_role("combobox", name="Publishers")
    publishers.press_sequentially("Wharrowby")
    visit.page.get_by_role("option", name="Wharrowby Bank").wait_for()
    publishers.press("Enter")
    visit.page.locator(".st-key-filter-publishers").get_by_text("Wharrowby Bank").wait_for()
    visit.settle()
    visit.ask("How many Fed cuts are expected?")
    captions = visit.page.locator(".st-key-source-list [class*='st-key-source-item-']").get_by_test_id(
        "stCaptionContainer"
    )
    assert {caption.split(" · ")[0] for caption in captions.all_inner_texts()} == {"Wharrowby Bank"}


def test_a_removed_article_is_gone(visit):
    upload(
        visit, ("short-lived.txt", "Tin fell.\n\nOlga Brandt of Hollin Rye cut tin to underweight on weak orders.\n")
    )
    table = visit.page.get_by_test_id("stDataFrame").first
    table.wait_for()
    before = int(visit.page.get_by_role("heading", name="articles").inner_text().split()[0])
    table.click(position={"x": 16, "y": 52})
    visit.page.get_by_role("button", name="Remove 1 selected").click()
    visit.page.get_by_text("Answers no longer draw on it").wait_for(timeout=30_000)
    visit.page.get_by_role("heading", name=f"{before - 1} articles").wait_for()


def test_a_hostile_article_shows_as_text_and_reaches_nothing(visit, trap):
    markup = hostile(trap.server_port)
    body = f"Dana Voss of Quillon Bank cut zinc from neutral to underweight {markup} because stocks rose."
    row = {"text": body, "title": f"Zinc {markup}", "publisher": f"Quillon {markup}", "authors": [markup]}
    row |= {"url": "javascript:alert(document.domain)", "kind": f"note {markup}", "published": "2026-11-13"}
    upload(visit, ("<img src=x onerror=alert(1)> $x$ :red[a].jsonl", json.dumps(row)))
    visit.page.wait_for_timeout(500)
    visit.go("Ask")
    visit.ask(f"who cut zinc to underweight {markup[:40]}")
    marks = visit.page.locator('[class*="st-key-cite-"], [class*="st-key-near-"]').get_by_role("button")
    marks.first.click()
    visit.cited().wait_for()
    page = visit.page.frame_locator(".st-key-source-panel iframe").locator("body").inner_text()
    assert "<script>window.planted=1" in page
    assert "<img src=" in visit.page.locator(".st-key-source-panel").inner_text()
    visit.page.wait_for_timeout(1_000)
    assert trap.hits == []
    assert visit.elsewhere() == []
    assert visit.dialogs == []
    assert [frame.evaluate("window.planted") for frame in visit.page.frames] == [None] * len(visit.page.frames)


def test_a_whole_visit_asks_only_the_app_for_anything(visit):
    visit.ask(SMALL_CAPS)
    visit.go("Library")
    visit.page.get_by_test_id("stDataFrame").first.wait_for()
    assert visit.requests
    assert visit.elsewhere() == []
