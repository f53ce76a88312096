"""Adding to the library with visible progress, and the report of what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ingest import IngestReport, Progress, ingest, read_views
from rag import HouseviewError, LibraryLocked
from ui.escape import escape_markdown
from ui.session import Desk, explain, samples_folder

LOCKED = "Another process is writing to this library. Wait until it has finished, then try again."

_FEW = 5
_MANY = 50


def add(desk: Desk, sources: Sequence[Path]) -> IngestReport | None:
    """Ingest `sources` while showing how far it is; None if it could not start, with a box that says why."""
    try:
        desk.wait_for_model()
        files = sum(1 for source in sources for _ in (source.rglob("*.*") if source.is_dir() else (source,)))
        with st.status("Adding to the library…", expanded=True) as status:
            bar, line = st.progress(0.0), st.empty()

            def tell(progress: Progress) -> None:
                # Reading is the smaller part: the rest of the bar is for embedding and storing what was read.
                bar.progress(min(progress.done / max(files, 1), 1.0) * (0.9 if progress.report.added else 0.4))
                line.text(f"{progress.done} read, {progress.report.added} stored: {Path(progress.source).name}")

            report = ingest(sources, desk.library, progress=tell)
            bar.progress(1.0)
            status.update(label=summary(report), state="error" if report.failed else "complete", expanded=False)
    except LibraryLocked:
        st.error(LOCKED)
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
    else:
        return report
    return None


def summary(report: IngestReport) -> str:
    """Return the report's counts on one line."""
    counts = {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicates": report.duplicates,
        "failed": len(report.failed),
    }
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "nothing to add"
    return f"{said} in {report.seconds:.1f} s"


def show_report(report: IngestReport) -> None:
    """Draw the outcome: the counts, and each failure with its reason."""
    (st.warning if report.failed else st.success)(summary(report).capitalize())
    if report.failed:
        with st.expander("What failed and why", expanded=len(report.failed) <= _FEW):
            for failure in report.failed:
                st.text(f"{Path(failure.source).name}: {failure.reason}")
    if report.notes:
        with st.expander("Stored, but not all of it was read"):
            for note in report.notes[:_MANY]:
                st.text(f"{Path(note.source).name}: {note.reason}")


def offer_samples(desk: Desk) -> None:
    """Draw the button that loads the sample articles, where there are some."""
    folder = samples_folder()
    if folder and st.button("Load the sample library", icon=":material/library_add:", type="primary"):
        report = add(desk, [folder])
        if report is not None:
            st.session_state["report"] = report
            st.rerun()


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
