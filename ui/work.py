"""What the app does to its library in the background: add, try again, read views, check, rebuild."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ingest import IngestReport, Pace, Progress, ViewsReport, ingest, read_views, retry, sync
from ui.jobs import Job, Work
from ui.session import Desk

BUSY = "The library is being worked on already. Wait until that is done, or stop it on the Library page."

_BEGUN = "jobs-begun"


@dataclass(frozen=True, slots=True)
class Read:
    """How many articles have been read for views so far."""

    done: int
    total: int

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return self.done / max(self.total, 1)

    def __str__(self) -> str:
        return f"{self.done:,} of {self.total:,} articles"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a health check found wrong, one line each."""

    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many passages a rebuilt index holds."""

    passages: int


def add(desk: Desk, sources: Sequence[str | Path], *, in_step: bool = False) -> None:
    """Start to ingest `sources`, or to keep the library in step with them, and have the page show it."""
    what = sync if in_step else ingest
    _start(desk, "Adding to the library", _ingesting(desk, lambda tell: what(sources, desk.library, progress=tell)))


def try_again(desk: Desk) -> None:
    """Start to read again what could not be stored."""
    work = _ingesting(desk, lambda tell: retry(desk.library, progress=tell))
    _start(desk, "Trying again what failed", work)


def start_reading(desk: Desk) -> None:
    """Start to read the views of all articles that were not read for them."""

    def work(job: Job) -> ViewsReport:
        def tell(done: int, total: int) -> None:
            job.tell(Read(done, total), ViewsReport(read=done))

        return read_views(desk.library, progress=tell)

    _start(desk, "Reading the views", work)


def start_check(desk: Desk) -> None:
    """Start to look for damage in what is stored."""
    _start(desk, "Checking the library", lambda _: Checked(tuple(desk.library.verify())), may_stop=False)


def start_rebuild(desk: Desk) -> None:
    """Start to write the vector index anew."""
    _start(desk, "Rebuilding the vector index", lambda _: Rebuilt(desk.library.rebuild()), may_stop=False)


def begun_here(desk: Desk) -> str:
    """Return a word for the job that this session began last, empty once that is not the library's last any more."""
    if desk.jobs.last is None or desk.jobs.last is not st.session_state.get("job"):
        return ""
    return str(st.session_state.get(_BEGUN, ""))


def _ingesting(desk: Desk, run: Callable[[Callable[[Progress], None]], IngestReport]) -> Work:
    def work(job: Job) -> IngestReport:
        pace = Pace()

        def tell(progress: Progress) -> None:
            pace(progress)
            job.tell(pace, progress.report)

        desk.model.result()
        return run(tell)

    return work


def _start(desk: Desk, what: str, work: Work, *, may_stop: bool = True) -> None:
    if desk.jobs.start(what, work, may_stop=may_stop):
        st.session_state["job"] = desk.jobs.last
        st.session_state[_BEGUN] = st.session_state.get(_BEGUN, 0) + 1
        st.rerun()
    st.warning(BUSY)
