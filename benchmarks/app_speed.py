"""`app`: from the start of the app's process to a page and to an answer, and from a question to its first words."""

from __future__ import annotations

import asyncio
import json
import shutil
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from urllib.error import HTTPError

from playwright.async_api import Browser

from benchmarks import app_pages, libraries
from benchmarks.app_server import running
from benchmarks.latency import GENERIC
from benchmarks.measures import percentiles
from benchmarks.options import Options
from benchmarks.report import Result, Table

# So many questions follow each other in one conversation, as readers ask; then a new one begins.
A_CONVERSATION = 5
_STAGES = ("server", "page", "chat", "ready", "answer")
_LABELS = {
    "server": "the server answers",
    "page": "the page has words",
    "chat": "a question can be typed",
    "ready": "the model is loaded",
    "answer": "the first answer is there",
}


def run(options: Options) -> Result:
    """Start the app `rounds` times, then ask every question in each of as many rounds."""
    with served_copy(options) as (folder, held):
        starts, seen, told = asyncio.run(_measured(folder, options.rounds))
    own = [whole - library for whole, library in zip(seen, told, strict=True)]
    figures = {
        "start_seconds": {stage: [round(each[stage], 2) for each in starts] for stage in _STAGES},
        "first_words": percentiles(seen),
        "own_share": percentiles(own),
        "questions": len(seen),
    }
    return Result(
        _tables(figures, held), figures, [f"{len(seen)} questions, {A_CONVERSATION} to a conversation; {held}"]
    )


@contextmanager
def served_copy(options: Options) -> Iterator[tuple[Path, str]]:
    """Yield a folder with a copy of the newswire library, `library`, and in a few words what it holds."""
    library, held = libraries.newswire(options)
    library.close()
    with TemporaryDirectory(dir=options.work) as folder:
        shutil.copytree(library.path, Path(folder) / "library")
        yield Path(folder), held


def journal(folder: Path) -> list[dict[str, Any]]:
    """Return what the app's journal says of the questions it was asked, in their order."""
    lines = (folder / "journal.log").read_text(encoding="utf-8").splitlines()
    return [line for line in map(json.loads, lines) if line["event"] == "question"]


async def _measured(folder: Path, rounds: int) -> tuple[list[dict[str, float]], list[float], list[float]]:
    """Return the seconds of each start, and each warm question's milliseconds in the browser and in the library."""
    async with app_pages.chromium() as browser:
        starts = [await _start(folder, browser) for _ in range(rounds)]
        seen = await _first_words(folder, browser, rounds)
    return starts, seen, [line.get("first_ms", line["ms"]) for line in journal(folder)][-len(seen) :]


async def _start(folder: Path, browser: Browser) -> dict[str, float]:
    """Return the seconds from the start of the process to each stage."""
    began = perf_counter()
    found: dict[str, float] = {}

    def reached(stage: str) -> None:
        found[stage] = perf_counter() - began

    with running(folder / "library", folder / "app.log") as origin:
        reached("server")
        page = await app_pages.watched(browser)
        await page.goto(origin, wait_until="commit")
        await page.wait_for_function("document.querySelector('.stApp')?.innerText.trim()", timeout=60_000)
        reached("page")
        await page.get_by_role("link", name="Ask").first.click(timeout=60_000)
        await page.locator(app_pages.BOX).wait_for(timeout=60_000)
        reached("chat")
        await ready(origin)
        reached("ready")
        await app_pages.ask(page, GENERIC[0])
        reached("answer")
        await page.context.close()
    return found


async def ready(origin: str) -> None:
    """Return once the app says that it can answer."""
    while not _is_ready(origin):
        await asyncio.sleep(0.05)


def _is_ready(origin: str) -> bool:
    try:
        with urllib.request.urlopen(f"{origin}/health", timeout=10) as answer:
            return bool(answer.status == 200)
    except HTTPError:
        return False


async def _first_words(folder: Path, browser: Browser, rounds: int) -> list[float]:
    """Return the milliseconds to the first words of each warm question; the first round is not among them."""
    seen: list[float] = []
    kept = {"HOUSEVIEW_LOG": str(folder / "journal.log")}
    with running(folder / "library", folder / "app.log", environment=kept) as origin:
        await ready(origin)
        page = await app_pages.watched(browser)
        for number in range(rounds + 1):
            for place, question in enumerate(GENERIC):
                if place % A_CONVERSATION == 0:
                    await app_pages.begin(page, origin)
                took = await app_pages.ask(page, question)
                seen += [took] if number else []
        await page.context.close()
    return seen


def _tables(figures: dict[str, Any], held: str) -> Sequence[Table]:
    starts = [
        [_LABELS[stage], f"{median(each):.1f}", *(f"{one:.1f}" for one in each)]
        for stage, each in figures["start_seconds"].items()
    ]
    rounds = [f"round {number}" for number in range(1, len(starts[0]) - 1)]
    words = [
        [label, f"{figures[name]['p50_ms']:.0f}", f"{figures[name]['p95_ms']:.0f}"]
        for name, label in (("first_words", "question to first words seen"), ("own_share", "of which not the library"))
    ]
    return [
        Table(f"From the start of the process, warm disk; {held}", ("until", "median s", *rounds), starts),
        Table("A warm question in the browser", ("ms", "p50", "p95"), words),
    ]
