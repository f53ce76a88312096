"""A running app over a fresh copy of the sample library, and pages of a browser that record what they asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from filelock import FileLock

from benchmarks.app_server import NotStartedError, running

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: see requirements-dev.txt.")

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1400, "height": 900}


@dataclass
class Visit:
    """A page of the app with everything that it tried to reach and every dialog that it opened."""

    page: sync_api.Page
    origin: str
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def elsewhere(self) -> list[str]:
        """Return the addresses asked for outside the app."""
        own = (f"{self.origin}/", self.origin.replace("http", "ws", 1) + "/", "data:", "blob:", "about:")
        return [address for address in self.requests if not address.startswith(own)]

    def open_chat(self) -> None:
        """Open the page that asks."""
        self.page.goto(f"{self.origin}/ask")
        self.page.get_by_test_id("stChatInputTextArea").wait_for(timeout=60_000)

    def ask(self, question: str) -> None:
        """Type a question and wait until its answer is complete."""
        before = self.page.get_by_text("What was searched").count()
        box = self.page.get_by_test_id("stChatInputTextArea")
        box.fill(question)
        box.press("Enter")
        self.page.get_by_text("What was searched").nth(before).wait_for(timeout=90_000)
        self.settle()

    def mark(self, marker: int) -> sync_api.Locator:
        """Return the first citation mark of that number in the answers."""
        return self.page.locator('[class*="st-key-cite-"]').get_by_role("button", name=f"[{marker}]", exact=True).first

    def cited(self) -> sync_api.Locator:
        """Return the highlighted words in the open source."""
        return self.page.frame_locator(".st-key-source-panel iframe").last.locator("#cited")

    def settle(self) -> None:
        """Wait until the app has drawn everything."""
        self.page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()

    def go(self, page: str) -> None:
        """Follow the navigation to another page of the app."""
        self.page.get_by_role("link", name=page).first.click()


@pytest.fixture(scope="session")
def chromium() -> Iterator[sync_api.Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: `apt-get install chromium` as root, then run again.")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of all samples, made once for all workers; each has a copy of its own."""
    ours = tmp_path_factory.getbasetemp()
    # Of several workers each has a folder in the one that they share.
    shared = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / "samples-made"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            command = [sys.executable, "-m", "ingest", "add", "samples", "--library", f"{shared}.part"]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
            Path(f"{shared}.part").rename(shared)
    return Path(shutil.copytree(shared, tmp_path_factory.mktemp("app") / "library"))


@pytest.fixture(scope="session")
def origin(chromium: sync_api.Browser, sample_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(sample_library, tmp_path_factory.mktemp("log") / "app.log") as address:
        yield address


@contextmanager
def served(library: Path, log: Path, *options: str, command: Sequence[str] = (), **environment: str) -> Iterator[str]:
    """Run the app over a library, which is gone afterwards, and give its address; by `command` if one is given."""
    try:
        with running(library, log, *options, environment=environment, command=command) as address:
            yield address
    except NotStartedError as error:
        pytest.fail(f"The app did not start:\n{error}")
    finally:
        shutil.rmtree(library, ignore_errors=True)


@pytest.fixture
def viewport() -> dict[str, int]:
    return WIDE


@pytest.fixture
def opens() -> bool:
    """Whether a visit begins on the page that asks; where not, its test opens a page itself."""
    return True


@pytest.fixture
def visit(chromium: sync_api.Browser, origin: str, viewport: dict[str, int], opens: bool) -> Iterator[Visit]:
    with visited(chromium, origin, viewport, opens=opens) as visit:
        yield visit


@contextmanager
def visited(
    chromium: sync_api.Browser, origin: str, viewport: dict[str, int], *, opens: bool = True
) -> Iterator[Visit]:
    """Give a window of its own for the app, and record what it asks for."""
    context = chromium.new_context(viewport=viewport)
    page = context.new_page()
    visit = Visit(page, origin)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("websocket", lambda opened: visit.requests.append(opened.url))
    page.on("dialog", lambda dialog: (visit.dialogs.append(dialog.message), dialog.dismiss()))
    if opens:
        visit.open_chat()
    yield visit
    context.close()


class Trap(ThreadingHTTPServer):
    """A server elsewhere that no page of the app may ever reach."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        trap = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.hits.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def trap() -> Iterator[Trap]:
    server = Trap()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def hostile(port: int) -> str:
    """Return markup of every kind the app might read, each piece of which reaches for the trap or plants a global."""
    remote = f"http://127.0.0.1:{port}"
    return (
        f"<script>window.planted=1;fetch('{remote}/s')</script><img src={remote}/i onerror=window.planted=2>"
        f"![i]({remote}/m) [l](javascript:window.planted=3) <a href=javascript:alert(1)>a</a> <b>b</b> "
        f"<iframe src={remote}/f></iframe></mark></body> $\\href{{{remote}/k}}{{x}}$ :red[x] :smile: <{remote}/auto>"
    )
