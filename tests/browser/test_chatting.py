"""What a reader does in the chat, in a real browser: each job once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer, Reply, event, saying
from visiting import WIDE, Visit, served, sync_api, visited

pytestmark = pytest.mark.browser

QUESTION = "Who upgraded small caps since September?"


def ask_first(visit: Visit) -> None:
    visit.ask(QUESTION)


def button(visit: Visit, name: str) -> sync_api.Locator:
    return visit.page.get_by_role("button", name=name).first


def clipboard(visit: Visit, name: str) -> str:
    """Return what a button copies."""
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.get_by_role("button", name=name, exact=True).first.click()
    visit.page.get_by_role("button", name="Copied").wait_for()
    return visit.page.evaluate("navigator.clipboard.readText()")


def saved(visit: Visit, label: str) -> bytes:
    with visit.page.expect_download() as download:
        visit.page.get_by_test_id("stDownloadButton").get_by_role("button", name=label).first.click()
    return download.value.path().read_bytes()


def statements(visit: Visit) -> list[str]:
    return visit.page.locator('[class*="st-key-statement-"]').all_inner_texts()


@pytest.fixture
def slow_visit(
    chromium: sync_api.Browser, sample_library: Path, tmp_path: Path
) -> Iterator[tuple[Visit, ModelServer, threading.Event]]:
    """A page of the app whose chat model says one sentence, and another once it is told to go on."""
    pytest.importorskip("langchain_openai", reason="See requirements-models.txt.")
    going_on = threading.Event()

    def dallying(ending: threading.Event) -> Iterator[bytes]:
        yield event("The first source says so [1]. And")
        going_on.wait(120)
        yield event(" the second says so [2]. And")
        while not ending.wait(0.1):
            yield event(" so")

    model = ModelServer(Reply(dallying), saying("The first source says so [1]."))
    library = Path(shutil.copytree(sample_library, tmp_path / "library"))
    try:
        with (
            served(library, tmp_path / "app.log", HOUSEVIEW_MODEL=f"{model.address}#toy") as origin,
            visited(chromium, origin, WIDE) as visit,
        ):
            yield visit, model, going_on
    finally:
        going_on.set()
        model.close()


def test_an_answer_that_is_stopped_keeps_what_it_said_and_the_next_one_is_whole(slow_visit):
    visit, model, going_on = slow_visit
    box = visit.page.get_by_test_id("stChatInputTextArea")
    box.fill(QUESTION)
    box.press("Enter")
    visit.page.locator('[class*="st-key-statement-"]').first.wait_for(timeout=90_000)
    visit.page.get_by_role("button", name="Stop").click()
    visit.page.get_by_text("Stopped before it was complete.").first.wait_for()
    visit.settle()
    said = statements(visit)
    going_on.set()
    assert model.left.wait(30)  # by the app, to which it said one sentence too many
    assert (len(said), statements(visit)) == (1, said)
    visit.page.get_by_role("button", name="Ask again").click()
    visit.page.get_by_text("Stopped before it was complete.").first.wait_for(state="detached", timeout=60_000)
    visit.page.get_by_text("What was searched").wait_for(timeout=60_000)
    visit.settle()
    assert len(model.requests) == 2
    assert statements(visit)[0] == said[0]


def test_a_conversation_is_there_again_after_a_reload_and_goes_when_deleted(visit):
    ask_first(visit)
    said = statements(visit)
    visit.page.wait_for_url("**conversation=*")
    visit.page.reload()
    visit.page.get_by_text("What was searched").wait_for(timeout=60_000)
    visit.settle()
    visit.mark(1).wait_for()  # the browser fetches what draws a mark when the first one comes
    assert statements(visit) == said
    visit.page.locator(".st-key-this-one").get_by_role("button").click()
    button(visit, "Delete…").click()
    visit.page.get_by_role("button", name="Delete", exact=True).click()
    visit.page.locator(".st-key-welcome").wait_for()
    assert "conversation=" not in visit.page.url


def test_an_edited_question_is_asked_in_its_place_and_a_thumb_with_a_reason_is_kept(visit):
    ask_first(visit)
    button(visit, "Edit").click()
    visit.page.get_by_label("Your question").fill("Who disagrees about Tessermill?")
    visit.page.get_by_test_id("stFormSubmitButton").get_by_role("button", name="Ask again").click()
    visit.page.locator(".st-key-turn-0").get_by_text("Who disagrees about Tessermill?").wait_for(timeout=60_000)
    visit.page.get_by_text("What was searched").wait_for(timeout=60_000)
    visit.settle()
    visit.page.get_by_role("radio", name="Thumbs down").click()
    visit.page.get_by_text("outdated").click()
    button(visit, "Send").click()
    visit.page.get_by_text("Thank you").wait_for()


def test_what_a_question_implies_is_a_chip_and_a_click_asks_again_without_it(visit):
    ask_first(visit)
    visit.page.get_by_role("button", name="from the question").click()
    visit.page.get_by_text("All articles", exact=True).first.wait_for(timeout=60_000)
    visit.settle()
    assert visit.page.get_by_role("button", name="from the question").count() == 0


def test_an_answer_is_copied_with_its_citations_and_taken_along(visit):
    ask_first(visit)
    copied = clipboard(visit, "Copy")
    assert "[1]" in copied and "Sources:" in copied
    visit.page.locator(".st-key-share-0").get_by_role("button").click()
    assert saved(visit, "PDF").startswith(b"%PDF")
    assert QUESTION.encode() in saved(visit, "Markdown")


def test_a_link_asks_its_question_once_and_one_to_a_quote_opens_it(visit):
    visit.page.goto(f"{visit.origin}/ask?q=Who+upgraded+small+caps%3F")
    visit.page.get_by_text("What was searched").wait_for(timeout=60_000)
    visit.settle()
    assert "q=" not in visit.page.url
    visit.mark(1).click()
    visit.cited().wait_for()
    words = visit.cited().text_content()
    link = clipboard(visit, "Copy link")
    visit.page.goto(link)
    visit.cited().wait_for(timeout=60_000)
    assert visit.cited().text_content() == words


@pytest.mark.parametrize("query", ["conversation=someone-elses", "article=none", "article=none&start=x"])
def test_a_link_that_leads_nowhere_says_so(visit, query):
    visit.page.goto(f"{visit.origin}/ask?{query}")
    visit.page.get_by_test_id("stAlert").wait_for(timeout=60_000)


def test_keys_reach_the_input_and_go_through_the_citations(visit):
    ask_first(visit)
    page = visit.page
    page.get_by_test_id("stChatInputTextArea").evaluate("it => it.blur()")
    page.keyboard.press("]")
    visit.cited().wait_for()
    page.locator(".st-key-source-panel").get_by_text("[1]").first.wait_for()
    page.keyboard.press("]")
    page.locator(".st-key-source-panel").get_by_text("[2]").first.wait_for()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.dataset.testid") == "stChatInputTextArea"
