"""What the pages show of the work on the library: how far it is, what came of it, what failed, where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ingest import IngestReport, ViewsReport
from rag import FailedInput
from ui.escape import escape_markdown
from ui.jobs import Job
from ui.readers import reader
from ui.session import Desk, samples_folder
from ui.work import Checked, Rebuilt, add, start_reading, try_again

_FEW = 5
_MANY = 50
_EVERY = 1.0  # seconds


def show_job(desk: Desk) -> None:
    """Draw the job that goes on, or what came of the last one if this reader started it or saw it going on."""
    job = desk.jobs.last
    if job is None:
        return
    if job.is_running:
        st.session_state["job"] = job
        _running(job)
    elif st.session_state.get("job") == job:
        _ended(job)


@st.fragment(run_every=_EVERY)
def _running(job: Job) -> None:
    """Draw how far the job is, every second, beside whatever else the page shows."""
    if not job.is_running:
        st.rerun(scope="app")
    with st.container(border=True, key="job"):
        said = job.stand or (
            "starting; the first start takes about 15 s…" if job.may_stop else "this may take a while…"
        )
        st.progress((job.stand and job.stand.share) or 0.0, f"{job.what}: {escape_markdown(str(said))}")
        if job.may_stop and reader().may_ingest:
            st.button(
                "Stopping…" if job.is_stopping else "Stop",
                key="stop-job",
                icon=":material/stop_circle:",
                disabled=job.is_stopping,
                on_click=job.stop,
                help="What is stored stays; doing the same again goes on from there.",
            )


def _ended(job: Job) -> None:
    outcome = job.outcome
    if job.problem:
        st.error(escape_markdown(job.problem))
    elif isinstance(outcome, IngestReport):
        show_report(outcome, is_stopped=job.is_stopping)
    elif isinstance(outcome, ViewsReport):
        _show_views_report(outcome, is_stopped=job.is_stopping)
    elif isinstance(outcome, Checked):
        _show_check(outcome)
    elif isinstance(outcome, Rebuilt):
        st.success(f"The vector index was written anew; it holds {outcome.passages:,} passages.")


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


def _show_views_report(report: ViewsReport, *, is_stopped: bool) -> None:
    if is_stopped:
        st.warning(f"Stopped: {report.read:,} articles read. Do the same again to go on from there.")
    elif report.views:
        st.success(f"{report.read:,} articles read; {report.views:,} views found in them.")
    else:
        st.warning(f"{report.read:,} articles read; none of them states a view.")


def _show_check(checked: Checked) -> None:
    if not checked.problems:
        st.success("The library was checked; nothing is wrong with it.")
        return
    st.error("The library is damaged. If the vector index is, rebuild it below; else restore the folder from a copy.")
    for problem in checked.problems[:_MANY]:
        st.text(problem)


def show_failures(desk: Desk, failures: Sequence[FailedInput]) -> None:
    """Draw what could not be stored so far, with a button that tries it again."""
    if not failures:
        return
    with st.expander(f"{len(failures):,} could not be stored so far", icon=":material/error:"):
        rows = [(each.source, each.reason, each.attempts, each.failed_at) for each in failures]
        columns = zip(("Source", "Why", "Tries", "Last tried"), zip(*rows, strict=True), strict=True)
        st.dataframe(
            {name: list(values) for name, values in columns},
            hide_index=True,
            alt="What could not be stored",
            column_config={"Last tried": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")},
        )
        if not reader().may_ingest:
            return
        if st.button("Try these again", icon=":material/refresh:", disabled=desk.jobs.running is not None):
            try_again(desk)


def offer_samples(desk: Desk) -> None:
    """Draw the button that loads the sample articles, where there are some."""
    folder = samples_folder()
    if folder is None or not reader().may_ingest:
        return
    is_busy = desk.jobs.running is not None
    if st.button("Load the sample library", icon=":material/library_add:", type="primary", disabled=is_busy):
        add(desk, [folder])


def offer_reading(desk: Desk) -> None:
    """Draw how far the reading of views is, and the button that begins it."""
    show_job(desk)
    reading_button(desk)


def reading_button(desk: Desk) -> None:
    """Draw the button that reads the views of what is stored."""
    if not reader().may_ingest:
        return
    is_busy = desk.jobs.running is not None
    if st.button("Read the views now", icon=":material/table_view:", type="primary", disabled=is_busy):
        start_reading(desk)
