"""Takes README's screenshot of a running app: `python tests/browser/take_screenshots.py http://127.0.0.1:8501`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

QUESTION = "Who upgraded small caps and why?"
PLACE = Path(__file__).parents[2] / "docs" / "screenshot.png"


def take(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 860}, color_scheme="light")
        page.goto(address)
        page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
        page.keyboard.press("Enter")
        page.get_by_text("What was searched").wait_for(timeout=90_000)
        page.locator('[class*="st-key-cite-"]').get_by_role("button").first.click()
        page.frame_locator(".st-key-source-panel iframe").locator("#cited").wait_for()
        page.mouse.move(0, 0)
        page.wait_for_timeout(1_500)
        page.screenshot(path=PLACE)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8501")
