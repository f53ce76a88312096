"""Adding to the library from the app: in the background, once, to be stopped, with what came of it."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from ingest import IngestReport, Pace, Progress, ingest

pytest.importorskip("streamlit")
from pages import desk_of, finish, press, run, texts

from ui.jobs import Job, Jobs

CAPS = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall."
OIL = "Northgate Advisors cut oil to underweight because supply grows faster than demand."

DONE = IngestReport(added=12, seconds=1.0)


@pytest.fixture
def gate():
    """An event that a job waits for; set at the end, so that none is left waiting."""
    event = Event()
    yield event
    event.set()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "caps.md").write_text(CAPS)
    (folder / "oil.txt").write_text(OIL)
    return folder


def waiting_for(gate: Event):
    def work(job: Job) -> IngestReport:
        pace = Pace()
        for progress in (Progress(3, "a.md", IngestReport(added=3), total=12), Progress(12, "b.md", DONE, total=12)):
            pace(progress)
            job.tell(pace, progress.report)
            gate.wait(20)
        return DONE

    return work


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def add_folder(app, folder: Path, *, in_step: bool = False):
    next(box for box in app.text_input if box.label.startswith("Folder")).set_value(str(folder))
    if in_step:
        app.checkbox[0].check()
    return press(app, "Add the folder")


def test_a_job_goes_on_through_reruns_and_on_other_pages(library, gate) -> None:
    desk = desk_of(library)
    desk.jobs.start("Adding to the library", waiting_for(gate))
    job = desk.jobs.running
    for page in ("library", "chat", "library"):
        run(library, page, desk).run()
    assert desk.jobs.running is job


def test_a_second_job_does_not_start_while_one_goes_on(library, gate, notes) -> None:
    desk = desk_of(library)
    desk.jobs.start("Adding to the library", waiting_for(gate))
    app = add_folder(run(library, "library", desk), notes)
    assert "already" in app.warning[0].value
    assert library.articles() == []


def test_an_upload_while_a_job_goes_on_writes_over_nothing(library, gate) -> None:
    desk = desk_of(library)
    desk.jobs.start("Adding to the library", waiting_for(gate))
    app = run(library, "library", desk)
    app.file_uploader[0].set_value([("note.txt", CAPS.encode(), "text/plain")])
    app = press(app, "Add to the library")
    assert "already" in app.warning[0].value
    assert not (library.path / "uploads").exists()


def test_the_chat_answers_while_a_job_goes_on(library, gate, notes) -> None:
    ingest(notes, library)
    desk = desk_of(library)
    desk.jobs.start("Adding to the library", waiting_for(gate))
    app = run(library, "chat", desk)
    app = app.chat_input[0].set_value("who upgraded small caps").run(timeout=20)
    assert any("Harbor Street" in text for text in texts(app))


def test_the_page_shows_how_far_a_job_is(library, gate) -> None:
    desk = desk_of(library)
    desk.jobs.start("Adding to the library", waiting_for(gate))
    app = run(library, "library", desk)
    (bar,) = app.get("progress")
    assert (bar.proto.value, bar.proto.text.replace("\\", "")[:38]) == (25, "Adding to the library: 3 of 12 article")


def test_stopping_ends_a_job_and_says_what_was_stored(library, gate) -> None:
    desk = desk_of(library)
    desk.jobs.start("Adding to the library", waiting_for(gate))
    app = press(run(library, "library", desk), "Stop")
    assert "Stopping…" in labels(app)
    gate.set()
    app = finish(app)
    assert app.warning[0].value.startswith("Stopped: 12 added")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_ends_in_a_box(library, gate) -> None:
    desk = desk_of(library)
    desk.jobs.start("Adding", lambda _: IngestReport(added=gate.wait(20) // 0))
    app = run(library, "library", desk)
    gate.set()
    app = finish(app)
    assert "a fault of the program" in app.error[0].value


def test_a_reader_who_comes_later_is_not_told_of_a_job_that_is_over(library, notes) -> None:
    desk = desk_of(library)
    finish(add_folder(run(library, "library", desk), notes))
    assert not run(library, "library", desk).success


def test_a_folder_on_the_machine_is_added(library, notes) -> None:
    app = finish(add_folder(run(library, "library"), notes))
    assert app.success[0].value.startswith("2 added")
    assert library.sources.synced() == []


def test_a_folder_kept_in_step_loses_what_it_no_longer_holds(library, notes) -> None:
    app = finish(add_folder(run(library, "library"), notes, in_step=True))
    (notes / "oil.txt").unlink()
    app = finish(add_folder(app, notes))
    assert app.success[0].value.startswith("1 unchanged, 1 removed")


def test_a_folder_that_is_not_there_is_named_with_the_remedy(library, tmp_path) -> None:
    app = finish(add_folder(run(library, "library"), tmp_path / "gone"))
    assert "gone: no such file or folder; check the path." in texts(app)


def test_what_failed_is_listed_and_can_be_tried_again(library, notes) -> None:
    (notes / "late.md").write_text("")
    desk = desk_of(library)
    app = finish(add_folder(run(library, "library", desk), notes))
    (notes / "late.md").write_text(OIL + " Still.")
    assert [Path(source).name for source in app.dataframe[0].value["Source"]] == ["late.md"]
    app = finish(press(app, "Try these again"))
    assert app.success[0].value.startswith("1 added")
    assert library.sources.failures() == []


def test_jobs_start_one_at_a_time_and_the_last_is_kept_until_dismissed(gate) -> None:
    jobs = Jobs()
    assert jobs.start("Adding to the library", waiting_for(gate))
    assert not jobs.start("Adding to the library", waiting_for(gate))
    jobs.dismiss()
    assert jobs.last is not None
    gate.set()
    jobs.last.wait(20)
    jobs.dismiss()
    assert jobs.last is None
