"""The app in a browser, as a reader has it: pages that time how long an answer's first words take to be seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.options import DataMissingError

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
BOX = "[data-testid=stChatInputTextArea]"
_WELCOME = ".st-key-welcome"
ASKED = '[aria-label="Chat message from user"]'
STATEMENT = "[class*=st-key-statement-]"
# What an answer says, or that there is none; a question's own words do not count.
_WORDS = f"{STATEMENT}, .stChatMessage [data-testid=stAlert]"
_DONE = "What was searched"
_PATIENCE = 90_000

# The clock starts with the key that sends the question and stops in the first frame that draws an answer's words below
# the question.
_WATCH = (
    """
(() => {
  const all = what => [...document.querySelectorAll(what)];
  let asked = 0, before = 0;
  addEventListener("keydown", event => {
    if (event.key === "Enter" && event.target.matches("BOX")) {
      asked = performance.now(); before = all(`ASKED`).length; window.firstWords = null;
    }
  }, true);
  const look = () => {
    const questions = asked ? all(`ASKED`) : [];
    if (questions.length <= before) return;
    const below = each => questions.at(-1).compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!all(`WORDS`).some(each => below(each) && each.innerText.trim())) return;
    const began = asked; asked = 0;
    requestAnimationFrame(() => { window.firstWords = performance.now() - began; });
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
})()
""".replace("WORDS", _WORDS)
    .replace("ASKED", ASKED)
    .replace("BOX", BOX)
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a browser without a window.

    Raises:
        DataMissingError: there is none.
    """
    if not CHROMIUM.exists():
        raise DataMissingError(f"{CHROMIUM} is not there; `make browser` installs it")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        await browser.close()


async def watched(browser: Browser) -> Page:
    """Return an empty page in a session of its own that will time its answers."""
    context = await browser.new_context(viewport={"width": 1400, "height": 900})
    page = await context.new_page()
    await page.add_init_script(_WATCH)
    return page


async def begin(page: Page, origin: str) -> None:
    """Open the app anew, with no conversation yet."""
    await page.goto(origin)
    await page.get_by_role("link", name="Ask").first.click(timeout=_PATIENCE)
    await page.locator(_WELCOME).wait_for(timeout=_PATIENCE)  # the first page has a box too, which is going
    await settle(page)


async def settle(page: Page) -> None:
    """Wait until the app has drawn everything."""
    await page.locator('.stApp[data-test-script-state="notRunning"]').wait_for(timeout=_PATIENCE)


async def ask(page: Page, question: str) -> float:
    """Ask a question, wait for the whole answer, and return the milliseconds until its first words were seen."""
    before = await page.get_by_text(_DONE).count()
    await page.locator(BOX).fill(question)
    await page.locator(BOX).press("Enter")
    await page.get_by_text(_DONE).nth(before).wait_for(timeout=_PATIENCE)
    await settle(page)
    await page.wait_for_function("window.firstWords !== null")
    took: float = await page.evaluate("window.firstWords")
    return took
