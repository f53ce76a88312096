"""Takes the pictures in docs/ of a running app over the samples.

`make run`, then `python tests/browser/take_screenshots.py http://127.0.0.1:8501`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

QUESTION = "Who upgraded small caps and why?"
DOCS = Path(__file__).parents[2] / "docs"


def home(page: Page) -> None:
    """Open the first page."""
    page.get_by_text("What came in").wait_for(timeout=90_000)


def ask(page: Page) -> None:
    """Ask a question and open what its first statement cites."""
    page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("What was searched").wait_for(timeout=90_000)
    page.locator('[class*="st-key-cite-"]').get_by_role("button").first.click()
    page.frame_locator(".st-key-source-panel iframe").locator("#cited").wait_for()


def views(page: Page) -> None:
    """Open the views on one subject."""
    page.get_by_test_id("stDataFrame").first.wait_for(timeout=90_000)
    page.locator("svg.marks").first.wait_for()


def library(page: Page) -> None:
    """Open the list of articles."""
    page.get_by_test_id("stDataFrame").first.wait_for(timeout=90_000)


SHOTS: tuple[tuple[str, str, Callable[[Page], None]], ...] = (
    ("home", "/", home),
    ("screenshot", "/ask", ask),
    ("views", "/views?subject=small+caps", views),
    ("library", "/library", library),
)


def take(address: str) -> None:
    """Write a picture of each page, each as a reader sees it who has just come."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"])
        for name, path, ready in SHOTS:
            page = browser.new_page(viewport={"width": 1400, "height": 860}, color_scheme="light")
            page.goto(f"{address.rstrip('/')}{path}")
            ready(page)
            page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()
            page.mouse.move(0, 0)
            page.wait_for_timeout(1_500)
            page.screenshot(path=DOCS / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8501")
