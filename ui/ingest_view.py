"""Adding to the library in the background: starting it, how far it is, stopping it, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ingest import IngestReport, ingest, read_views, retry, sync
from rag import FailedInput, HouseviewError, LibraryLocked
from ui.escape import escape_markdown
from ui.jobs import LOCKED, Job, Tell, Work
from ui.session import Desk, explain, samples_folder

BUSY = "The library is being added to already. Wait until that is done, or stop it on the Library page."

_FEW = 5
_MANY = 50
_EVERY = 1.0  # seconds


def add(desk: Desk, sources: Sequence[str | Path], *, in_step: bool = False) -> None:
    """Start to ingest `sources`, or to keep the library in step with them, and have the page show it."""

    def work(tell: Tell) -> IngestReport:
        desk.model.result()
        return (sync if in_step else ingest)(sources, desk.library, progress=tell)

    _start(desk, work)


def _start(desk: Desk, work: Work) -> None:
    if desk.jobs.start(work):
        st.session_state["job"] = desk.jobs.last
        st.rerun()
    st.warning(BUSY)


def show_job(desk: Desk) -> None:
    """Draw the job that goes on, or what came of the last one if this reader started it or saw it going on."""
    job = desk.jobs.last
    if job is None:
        return
    if job.is_running:
        st.session_state["job"] = job
        _running(job)
    elif st.session_state.get("job") == job:
        if job.problem:
            st.error(escape_markdown(job.problem))
        elif job.report:
            show_report(job.report, is_stopped=job.is_stopping)


@st.fragment(run_every=_EVERY)
def _running(job: Job) -> None:
    """Draw how far the job is, every second, beside whatever else the page shows."""
    if not job.is_running:
        st.rerun(scope="app")
    with st.container(border=True, key="job"):
        if job.pace.last is None:
            st.progress(0.0, "Starting; the first start takes about 15 s…")
        else:
            st.progress(job.pace.share or 0.0, f"Adding to the library: {escape_markdown(str(job.pace))}")
        st.button(
            "Stopping…" if job.is_stopping else "Stop",
            key="stop-job",
            icon=":material/stop_circle:",
            disabled=job.is_stopping,
            on_click=job.stop,
            help="What is stored stays; adding the same again goes on from there.",
        )


def summary(report: IngestReport) -> str:
    """Return the report's counts on one line."""
    counts = {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicates": report.duplicates,
        "removed": report.removed,
        "failed": len(report.failed),
    }
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "nothing to add"
    return f"{said} in {report.seconds:.1f} s"


def show_report(report: IngestReport, *, is_stopped: bool = False) -> None:
    """Draw the outcome: the counts, and each failure with its reason."""
    said = summary(report)
    if is_stopped:
        st.warning(f"Stopped: {said}. Add the same again to go on from there.")
    else:
        (st.warning if report.failed else st.success)(said.capitalize())
    if report.failed:
        with st.expander("What failed and why", expanded=len(report.failed) <= _FEW):
            for failure in report.failed[:_MANY]:
                st.text(f"{Path(failure.source).name}: {failure.reason}")
            if len(report.failed) > _MANY:
                st.caption(f"and {len(report.failed) - _MANY:,} more")
    if report.notes:
        with st.expander("Stored, but not all of it was read"):
            for note in report.notes[:_MANY]:
                st.text(f"{Path(note.source).name}: {note.reason}")


def show_failures(desk: Desk, failures: Sequence[FailedInput]) -> None:
    """Draw what could not be stored so far, with a button that tries it again."""
    if not failures:
        return
    with st.expander(f"{len(failures):,} could not be stored so far"):
        rows = [(each.source, each.reason, each.attempts, each.failed_at) for each in failures]
        columns = zip(("Source", "Why", "Tries", "Last tried"), zip(*rows, strict=True), strict=True)
        st.dataframe({name: list(values) for name, values in columns}, hide_index=True)
        if st.button("Try these again", icon=":material/refresh:", disabled=desk.jobs.running is not None):
            _retry(desk)


def _retry(desk: Desk) -> None:
    def work(tell: Tell) -> IngestReport:
        desk.model.result()
        return retry(desk.library, progress=tell)

    _start(desk, work)


def offer_samples(desk: Desk) -> None:
    """Draw the button that loads the sample articles, where there are some."""
    folder = samples_folder()
    is_busy = desk.jobs.running is not None
    label = "Load the sample library"
    if folder and st.button(label, icon=":material/library_add:", type="primary", disabled=is_busy):
        add(desk, [folder])


def offer_reading(desk: Desk) -> None:
    """Draw the button that reads the views of what is stored."""
    if not st.button("Read the views now", icon=":material/table_view:", type="primary"):
        return
    bar = st.progress(0.0, "Reading the views…")

    def tell(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), f"{done:,} of {total:,} read")

    try:
        report = read_views(desk.library, progress=tell)
    except LibraryLocked:
        st.error(LOCKED)
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
    else:
        if report.views:
            st.rerun()
        bar.empty()
        st.warning(f"{report.read:,} articles read; none of them states a view.")
