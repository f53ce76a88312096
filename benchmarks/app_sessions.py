"""`sessions`: ten browser sessions that ask at once for two minutes; each may only ever see what it asked itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import monotonic

from playwright.async_api import Browser, Error, Page

from benchmarks import app_pages
from benchmarks.app_server import running
from benchmarks.app_speed import A_CONVERSATION, journal, ready, served_copy
from benchmarks.latency import GENERIC
from benchmarks.measures import percentiles
from benchmarks.options import Options
from benchmarks.report import Result, Table
from rag import Library

SESSIONS = 10
_SECONDS_A_ROUND = 40.0  # two minutes by default


@dataclass(slots=True)
class Session:
    """What one session asks, in turn, and what became of it."""

    questions: Sequence[str]
    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)


def run(options: Options) -> Result:
    """Let the sessions ask for 40 seconds a round, and compare what each saw with what it asked."""
    sessions = [Session(GENERIC[number::SESSIONS]) for number in range(SESSIONS)]
    seconds = _SECONDS_A_ROUND * options.rounds
    with served_copy(options) as (folder, held):
        expected = _expected(folder / "library")
        asyncio.run(_together(folder, sessions, expected, seconds))
        failed = [line["error"] for line in journal(folder) if line["outcome"] == "failed"]
    took = [each for session in sessions for each in session.took]
    errors = [*(each for session in sessions for each in session.errors), *failed]
    leaks = [each for session in sessions for each in session.leaks]
    figures = {
        "sessions": SESSIONS,
        "seconds": seconds,
        "questions": len(took),
        "errors": errors,
        "leaks": leaks,
        **(percentiles(took) if took else {}),
    }
    cells = [f"{len(took):,}", str(len(errors)), str(len(leaks)), *(f"{figures.get(each, 0):,.0f}" for each in _TIMES)]
    columns = ("", "questions", "errors", "leaks", "first words p50 ms", "p95 ms")
    return Result(
        [Table(f"{SESSIONS} sessions asking at once for {seconds:.0f} s; {held}", columns, [["", *cells]])],
        figures,
        [*errors[:10], *leaks[:10]],
    )


_TIMES = ("p50_ms", "p95_ms")


def _expected(folder: Path) -> dict[str, list[str]]:
    """Return the statements that answer each question when it is the first of a conversation."""
    with closing(Library.open(folder)) as library:
        return {question: [_plain(each.text) for each in library.ask(question).statements] for question in GENERIC}


async def _together(
    folder: Path, sessions: Sequence[Session], expected: Mapping[str, list[str]], seconds: float
) -> None:
    kept = {"HOUSEVIEW_LOG": str(folder / "journal.log")}
    with running(folder / "library", folder / "app.log", environment=kept) as origin:
        await ready(origin)
        async with app_pages.chromium() as browser:
            deadline = monotonic() + seconds
            await asyncio.gather(*(_session(browser, origin, each, expected, deadline) for each in sessions))


async def _session(
    browser: Browser, origin: str, session: Session, expected: Mapping[str, list[str]], deadline: float
) -> None:
    """Ask until the deadline, in conversations of a few questions."""
    page = await app_pages.watched(browser)
    asked: list[str] = []
    for question in cycle(session.questions):
        if monotonic() > deadline:
            break
        try:
            if len(asked) % A_CONVERSATION == 0:
                asked = []
                await app_pages.begin(page, origin)
            asked.append(question)
            session.took.append(await app_pages.ask(page, question))
            session.leaks += await _foreign(page, asked, expected)
        except Error as error:
            session.errors.append(f"{question}: {str(error).splitlines()[0]}")
            asked = []
    await page.context.close()


async def _foreign(page: Page, asked: Sequence[str], expected: Mapping[str, list[str]]) -> list[str]:
    """Return what the page shows and this session did not ask for: another's question, or another's answer."""
    questions = [_plain(each) for each in await page.locator(app_pages.ASKED).all_inner_texts()]
    found = [] if questions == list(asked) else [f"asked {asked}, sees {questions}"]
    if len(asked) == 1:
        shown = [_plain(each) for each in await page.locator(app_pages.STATEMENT).locator(".stText").all_inner_texts()]
        found += [] if shown == expected[asked[0]] else [f"asked {asked[0]!r}, is told {shown}"]
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
