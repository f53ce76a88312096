"""A library kept in step with its sources: what goes, what stays, and what is never taken for gone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ingest import Outcome, forget, ingest, retry, sync
from ingest.syncing import held_by

CAPS = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall."
OIL = "Northgate Advisors cut oil to underweight because supply grows faster than demand."
GOLD = "Pell & Marsh keep gold at overweight while central banks go on buying it."


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "caps.md").write_text(CAPS)
    (folder / "oil.txt").write_text(OIL)
    return folder


def rows(path: Path, **texts: str) -> Path:
    """Write a file of articles, given as address and text."""
    path.parent.mkdir(exist_ok=True)
    lines = [json.dumps({"url": f"https://d.example/{name}", "text": text}) for name, text in texts.items()]
    path.write_text("\n".join(lines))
    return path


def sources(library) -> list[str]:
    return sorted(ref.source for ref in library.articles())


def test_what_a_folder_no_longer_has_goes(library, notes) -> None:
    sync(notes, library)
    (notes / "oil.txt").unlink()
    report = sync(notes, library)
    assert (report.removed, report.unchanged) == (1, 1)
    assert sources(library) == ["notes/caps.md"]
    assert library.verify() == []


def test_what_is_new_or_changed_comes_in(library, notes) -> None:
    sync(notes, library)
    (notes / "oil.txt").write_text(GOLD)
    (notes / "new.md").write_text(OIL)
    report = sync(notes, library)
    assert (report.added, report.updated, report.unchanged, report.removed) == (1, 1, 1, 0)


def test_a_row_that_a_file_no_longer_has_goes(library, tmp_path) -> None:
    file = rows(tmp_path / "desk" / "all.jsonl", a=CAPS, b=OIL)
    sync(file.parent, library)
    rows(file, b=OIL)
    assert sync(file.parent, library).removed == 1
    assert sources(library) == ["https://d.example/b"]


def damaged(notes: Path) -> None:
    (notes / "bad.pdf").write_bytes(b"%PDF nope")


def damaged_row(notes: Path) -> None:
    (notes / "rows.jsonl").write_text('{"text": "' + GOLD + '"}\n{}\n')


def missing(notes: Path) -> None:
    notes.rename(notes.parent / "elsewhere")


def emptied(notes: Path) -> None:
    (notes / "caps.md").unlink()


@pytest.mark.parametrize("mishap", [damaged, damaged_row, missing, emptied])
def test_a_source_that_fails_loses_nothing(library, notes, mishap) -> None:
    sync(notes, library)
    (notes / "oil.txt").unlink()
    mishap(notes)
    report = sync(notes, library)
    assert report.removed == 0
    assert report.failed
    assert library.known("notes/oil.txt") is not None


def test_a_source_that_fails_keeps_no_other_from_losing_what_it_lost(library, notes, tmp_path) -> None:
    other = rows(tmp_path / "desk" / "all.jsonl", a=GOLD, b=GOLD + " Still.")
    sync([notes, other], library)
    damaged(notes)
    rows(other, a=GOLD)
    assert sync([notes, other], library).removed == 1


def test_what_was_missed_over_a_failure_goes_once_the_source_is_whole_again(library, notes) -> None:
    sync(notes, library)
    (notes / "oil.txt").unlink()
    damaged(notes)
    sync(notes, library)
    (notes / "bad.pdf").unlink()
    assert sync(notes, library).removed == 1


def test_a_file_of_no_known_format_hides_nothing(library, notes) -> None:
    (notes / "prices.xyz").write_text("1 2 3")
    sync(notes, library)
    (notes / "oil.txt").unlink()
    report = sync(notes, library)
    assert (report.removed, len(report.failed)) == (1, 1)


def test_what_another_synced_source_holds_stays(library, tmp_path) -> None:
    one = rows(tmp_path / "one" / "a.jsonl", a=CAPS, b=OIL)
    other = rows(tmp_path / "two" / "a.jsonl", b=OIL, c=GOLD)
    sync([one, other], library)
    rows(one, a=CAPS)
    assert sync(one, library).removed == 0
    rows(other, c=GOLD)
    assert sync(other, library).removed == 1


@pytest.mark.parametrize("order", ["before", "after", "both times unchanged"])
def test_what_was_added_by_hand_stays(library, notes, order) -> None:
    if order != "after":
        ingest(notes / "oil.txt", library)
    sync(notes, library)
    if order != "before":
        ingest(notes / "oil.txt", library)
    (notes / "oil.txt").unlink()
    assert sync(notes, library).removed == 0
    assert library.find("notes/oil.txt") is not None


def test_what_a_reader_removed_is_by_hand_no_more(library, notes) -> None:
    ingest(notes, library)
    sync(notes, library)
    library.remove([library.find("notes/oil.txt").id])
    sync(notes, library)
    (notes / "oil.txt").unlink()
    assert sync(notes, library).removed == 1


def test_a_renamed_file_is_known_by_its_new_name_alone(library, notes) -> None:
    sync(notes, library)
    (notes / "oil.txt").rename(notes / "crude.txt")
    report = sync(notes, library)
    assert (report.added, report.removed, report.duplicates) == (1, 1, 0)
    assert sources(library) == ["notes/caps.md", "notes/crude.txt"]
    assert library.known("notes/oil.txt") is None
    assert library.verify() == []


def test_a_copy_stands_on_its_own_when_the_original_goes(library, notes) -> None:
    (notes / "z.md").write_text(CAPS)
    sync(notes, library)
    (notes / "caps.md").unlink()
    sync(notes, library)
    assert sources(library) == ["notes/oil.txt", "notes/z.md"]


def test_a_copy_that_goes_leaves_the_original(library, notes) -> None:
    (notes / "z.md").write_text(CAPS)
    sync(notes, library)
    (notes / "z.md").unlink()
    assert sync(notes, library).removed == 1
    assert library.known("notes/z.md") is None
    assert sources(library) == ["notes/caps.md", "notes/oil.txt"]


def test_an_article_stays_while_a_copy_of_it_is_held_elsewhere(library, notes, tmp_path) -> None:
    sync(notes, library)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "copy.md").write_text(CAPS)
    ingest(tmp_path / "mine", library)
    (notes / "caps.md").unlink()
    sync(notes, library)
    assert library.find("mine/copy.md") is not None


def test_a_copy_in_another_synced_source_stands_on_its_own(library, notes, tmp_path) -> None:
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "copy.md").write_text(CAPS)
    sync([notes, tmp_path / "two"], library)
    (notes / "caps.md").unlink()
    assert sync(notes, library).removed == 1
    assert sources(library) == ["notes/oil.txt", "two/copy.md"]
    assert library.sources.synced() == [str(notes), str(tmp_path / "two")]


@pytest.mark.parametrize("pattern", ["notes/*.md", "notes/**/*.md", "n?tes/*"])
def test_a_pattern_holds_what_it_stands_for(library, notes, pattern) -> None:
    (notes / "sub").mkdir()
    (notes / "sub" / "gold.md").write_text(GOLD)
    sync(notes, library)
    held = {each.source for each in held_by(str(notes.parent / pattern), library)}
    assert (
        held
        == {
            "notes/*.md": {"notes/caps.md"},
            "notes/**/*.md": {"notes/caps.md", "notes/sub/gold.md"},
            "n?tes/*": {"notes/caps.md", "notes/oil.txt", "notes/sub/gold.md"},
        }[pattern]
    )


def test_a_source_inside_another_is_the_same_files(library, notes) -> None:
    (notes / "sub").mkdir()
    (notes / "sub" / "gold.md").write_text(GOLD)
    (notes / "sub" / "more.md").write_text(GOLD + " Still.")
    sync(notes, library)
    (notes / "sub" / "gold.md").unlink()
    assert sync(notes / "sub", library).removed == 1
    assert library.known("notes/caps.md") is not None


def test_all_that_was_synced_before_is_synced_without_naming_it(library, notes, tmp_path) -> None:
    other = rows(tmp_path / "two" / "a.jsonl", b=GOLD, c=GOLD + " Still.")
    sync([notes, other], library)
    (notes / "oil.txt").unlink()
    rows(other, c=GOLD + " Still.")
    assert sync(None, library).removed == 2


def test_a_source_that_is_forgotten_takes_with_it_what_only_it_held(library, notes, tmp_path) -> None:
    sync(notes, library)
    ingest(notes / "caps.md", library)
    missing(notes)
    assert forget(notes, library).removed == 1
    assert sources(library) == ["notes/caps.md"]
    assert library.sources.synced() == []


def test_a_rehearsed_sync_counts_and_changes_nothing(library, notes) -> None:
    sync(notes, library)
    (notes / "oil.txt").unlink()
    (notes / "new.md").write_text(GOLD)
    before = library.catalogue.vectors.data_version()
    library.embedder.encode = None  # embedding would fail
    report = sync(notes, library, dry_run=True)
    assert (report.added, report.removed, report.unchanged) == (1, 1, 1)
    assert library.catalogue.vectors.data_version() == before


def test_syncing_what_has_not_changed_writes_nothing(library, notes) -> None:
    sync(notes, library)
    before = library.catalogue.vectors.data_version()
    sync(notes, library)
    assert library.catalogue.vectors.data_version() == before


def test_a_sync_that_was_killed_before_its_end_still_removes_later(library, notes) -> None:
    def stop(progress) -> None:
        if progress.report.added:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(notes, library, progress=stop)
    assert library.stats().articles == 2
    (notes / "oil.txt").unlink()
    assert sync(notes, library).removed == 1


def test_each_outcome_is_told_with_its_source(library, notes) -> None:
    sync(notes, library)
    (notes / "oil.txt").unlink()
    (notes / "new.md").write_text(GOLD)
    damaged_pdf = notes.parent / "bad.pdf"
    damaged_pdf.write_bytes(b"%PDF nope")
    told: list[Outcome] = []
    sync([notes, damaged_pdf], library, outcome=told.append)
    assert {(each.what, Path(each.source).name) for each in told} == {
        ("unchanged", "caps.md"),
        ("added", "new.md"),
        ("removed", "oil.txt"),
        ("failed", "bad.pdf"),
    }


# --- what is left out, and what is only rehearsed


def test_only_what_was_published_since_a_day_is_taken_and_the_rest_is_counted(library, tmp_path) -> None:
    days = {"old": "2025-09-30", "first": "2025-10-01T00:30:00+09:00", "none": None}
    found = [{"url": f"urn:{name}", "text": f"{name}: {OIL}", "published": day} for name, day in days.items()]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, found)))
    report = ingest(tmp_path / "a.jsonl", library, since=date(2025, 10, 1))
    assert (report.added, report.skipped, report.undated) == (1, 1, 1)
    assert sources(library) == ["urn:first"]


def test_a_limit_takes_the_next_ones_each_time(library, tmp_path) -> None:
    file = rows(tmp_path / "desk" / "a.jsonl", **{f"n{n}": f"{CAPS} {n}" for n in range(5)})
    added = [ingest(file, library, limit=2).added for _ in range(4)]
    assert added == [2, 2, 1, 0]


def test_a_rehearsal_counts_as_the_run_after_it_does(library, notes) -> None:
    ingest(notes, library)
    (notes / "oil.txt").write_text(GOLD)
    (notes / "copy.md").write_text(CAPS)
    (notes / "copy2.md").write_text(GOLD + " Still.")
    (notes / "copy3.md").write_text(GOLD + " Still.")
    (notes / "empty.md").write_text("")
    rehearsed, done = ingest(notes, library, dry_run=True), ingest(notes, library)
    assert rehearsed.failed == done.failed
    for what in ("added", "updated", "unchanged", "duplicates"):
        assert getattr(rehearsed, what) == getattr(done, what)


def test_a_rehearsal_writes_and_embeds_nothing_even_while_another_writes(library, open_library, notes) -> None:
    other = open_library()
    other.embedder.encode = None
    before = library.catalogue.vectors.data_version()
    with library.writer():
        assert ingest([notes, notes / "gone.md"], other, dry_run=True).added == 2
    assert library.catalogue.vectors.data_version() == before
    assert library.sources.failures() == []


# --- failures


def test_a_failure_is_kept_with_its_reason_and_how_often_it_was_tried(library, notes) -> None:
    damaged(notes)
    ingest(notes, library)
    ingest(notes / "bad.pdf", library)
    (failure,) = library.sources.failures()
    assert (failure.source, failure.attempts) == (str(notes / "bad.pdf"), 2)
    assert failure.reason == ingest(notes, library).failed[0].reason


@pytest.mark.parametrize("given", ["notes", "notes/late.md"])
def test_a_failure_is_cleared_when_the_file_can_be_read(library, notes, tmp_path, monkeypatch, given) -> None:
    monkeypatch.chdir(tmp_path)
    (notes / "late.md").write_text("")
    ingest("notes", library)
    (notes / "late.md").write_text(GOLD)
    ingest(given, library)
    assert library.sources.failures() == []


def test_a_failure_of_a_file_that_is_gone_is_cleared_by_its_folder(library, notes) -> None:
    damaged_row(notes)
    ingest(notes, library)
    (notes / "rows.jsonl").unlink()
    ingest(notes, library)
    assert library.sources.failures() == []


def test_a_failure_elsewhere_is_not_cleared(library, notes, tmp_path) -> None:
    (tmp_path / "notes-2").mkdir()
    (tmp_path / "notes-2" / "late.md").write_text("")
    ingest(tmp_path / "notes-2", library)
    ingest(notes, library)
    assert [Path(each.source).name for each in library.sources.failures()] == ["late.md"]


def pdf() -> bytes:
    from fpdf import FPDF

    page = FPDF()
    page.add_page()
    page.set_font("helvetica")
    page.multi_cell(0, text=GOLD)
    return bytes(page.output())


def test_a_run_that_was_limited_clears_nothing_it_did_not_reach(library, notes) -> None:
    (notes / "z.md").write_text("")
    ingest(notes, library)
    (notes / "z.md").write_text(GOLD)
    (notes / "a.md").write_text(GOLD + " Still.")
    ingest(notes, library, limit=1)
    assert len(library.sources.failures()) == 1


def test_retry_reads_only_what_failed_and_clears_it(library, notes) -> None:
    damaged(notes)
    ingest(notes, library)
    (notes / "bad.pdf").write_bytes(pdf())
    (notes / "unseen.md").write_text(GOLD + " Still.")
    report = retry(library)
    assert (report.added, report.unchanged, library.sources.failures()) == (1, 0, [])


def test_retry_of_a_row_reads_its_file(library, notes) -> None:
    damaged_row(notes)
    ingest(notes, library)
    rows(notes / "rows.jsonl", a=GOLD)
    retry(library)
    assert library.sources.failures() == []
    assert library.find("https://d.example/a") is not None


def test_retry_that_fails_again_counts_one_more_attempt(library, notes) -> None:
    damaged(notes)
    missing_file = notes / "gone.md"
    ingest([notes, missing_file], library)
    assert len(retry(library).failed) == 2
    assert [failure.attempts for failure in library.sources.failures()] == [2, 2]


def test_what_a_retry_brings_in_for_a_synced_folder_goes_with_its_file(library, notes) -> None:
    (notes / "late.md").write_text("")
    sync(notes, library)
    (notes / "late.md").write_text(GOLD)
    retry(library)
    (notes / "late.md").unlink()
    assert sync(notes, library).removed == 1
