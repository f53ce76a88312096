"""Ingest as a whole, on real SQLite and real Chroma: idempotent, nothing lost, nothing doubled."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ingest import Failure, Progress, ingest
from rag.types import Article, Quote, View

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


def counts(report) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.duplicates, len(report.failed)


def sources(library) -> list[str]:
    return sorted(ref.source for ref in library.articles())


def test_a_folder_is_stored_and_stored_again_without_work(library, notes) -> None:
    assert counts(ingest(notes, library)) == (2, 0, 0, 0, 0)
    library.embedder.encode = None  # a second run that embeds fails
    assert counts(ingest(notes, library)) == (0, 0, 2, 0, 0)
    assert library.stats().articles == 2
    assert library.verify() == []


def test_an_edited_file_replaces_what_it_said(library, notes) -> None:
    ingest(notes, library)
    (notes / "oil.txt").write_text(GOLD)
    assert counts(ingest(notes, library)) == (0, 1, 1, 0, 0)
    assert library.article(library.find("notes/oil.txt").id).text == GOLD
    assert not any("Northgate" in p.text for p in library.catalogue.passages(library.catalogue.passage_ids("x")))


def test_passages_cite_the_article_and_carry_their_names(library, notes) -> None:
    ingest(notes, library)
    ref = library.find("notes/caps.md")
    (passage,) = library.catalogue.passages(library.catalogue.passage_ids(ref.id))
    assert library.article(ref.id).text[passage.start : passage.end] == passage.text


def test_the_same_text_elsewhere_is_a_copy_found_by_either_name(library, notes) -> None:
    (notes / "copy.md").write_text(OIL.replace(" ", "\n", 1))
    assert counts(ingest(notes, library)) == (2, 0, 0, 1, 0)
    assert counts(ingest(notes, library)) == (0, 0, 3, 0, 0)
    assert library.find("notes/copy.md") == library.find("notes/oil.txt")


@pytest.mark.parametrize("edited", ["a.md", "b.md", "c.md"])
def test_a_copy_survives_an_edit_of_any_of_its_fellows(library, tmp_path, edited) -> None:
    folder = tmp_path / "n"
    folder.mkdir()
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(CAPS)
    ingest(folder, library)
    (folder / edited).write_text(OIL)
    ingest(folder, library)
    texts = sorted(library.article(ref.id).text for ref in library.articles())
    assert texts == sorted([CAPS, OIL])
    assert counts(ingest(folder, library))[2] == 3
    assert all(library.known(f"n/{name}") for name in ("a.md", "b.md", "c.md"))


def test_two_files_that_swap_their_texts_keep_both(library, notes) -> None:
    ingest(notes, library)
    (notes / "caps.md").write_text(OIL)
    (notes / "oil.txt").write_text(CAPS)
    ingest(notes, library)
    ingest(notes, library)
    assert sorted(library.article(ref.id).text for ref in library.articles()) == sorted([CAPS, OIL])
    assert counts(ingest(notes, library)) == (0, 0, 2, 0, 0)


def test_a_file_is_the_same_alone_in_its_folder_and_in_the_folders_folder(library, notes) -> None:
    ingest(notes.parent / "notes", library)
    assert counts(ingest(notes / "oil.txt", library)) == (0, 0, 1, 0, 0)
    shutil.copytree(notes, notes.parent / "desk" / "notes")
    ingest(notes.parent / "desk" / "notes" / "oil.txt", library)
    (notes / "oil.txt").write_text(GOLD)
    assert counts(ingest(notes.parent, library))[1] == 1


def test_two_files_with_one_relative_path_are_two_articles(library, notes, tmp_path) -> None:
    other = tmp_path / "elsewhere" / "notes"
    other.mkdir(parents=True)
    (other / "oil.txt").write_text(GOLD)
    ingest(notes, library)
    assert counts(ingest(other, library)) == (1, 0, 0, 0, 0)
    assert counts(ingest([notes, other], library)) == (0, 0, 3, 0, 0)
    assert sources(library) == sorted(["notes/caps.md", "notes/oil.txt", str(other / "oil.txt")])


def test_a_moved_folder_stays_unchanged(library, notes, tmp_path) -> None:
    ingest(notes, library)
    moved = tmp_path / "new" / "notes"
    shutil.move(notes, moved)
    assert counts(ingest(moved, library)) == (0, 0, 2, 0, 0)
    (moved / "oil.txt").write_text(GOLD)
    assert counts(ingest(moved, library)) == (0, 1, 1, 0, 0)


def test_a_newer_row_of_one_address_in_one_file_wins(library, tmp_path) -> None:
    rows = [{"url": "https://d.example/a", "text": text} for text in (CAPS, OIL)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert counts(ingest(tmp_path / "a.jsonl", library)) == (1, 1, 0, 0, 0)
    (ref,) = library.articles()
    assert library.article(ref.id).text == OIL


def test_bad_inputs_are_reported_and_stop_nothing(library, notes) -> None:
    (notes / "bad.pdf").write_bytes(b"%PDF nope")
    (notes / "rows.jsonl").write_text('{"text": "' + GOLD + '"}\n{}\n')
    report = ingest([notes, notes / "gone.md"], library)
    assert counts(report) == (3, 0, 0, 0, 3)
    assert [Path(f.source).name for f in report.failed] == ["bad.pdf", "rows.jsonl:2", "gone.md"]
    assert all(isinstance(f, Failure) and "\n" not in f.reason for f in report.failed)


def test_a_file_that_fails_now_keeps_what_is_stored(library, notes) -> None:
    ingest(notes, library)
    (notes / "oil.txt").write_bytes(b"\x00\x00")
    assert counts(ingest(notes, library)) == (0, 0, 1, 0, 1)
    assert library.find("notes/oil.txt") is not None


def test_progress_is_told_after_each_article(library, notes) -> None:
    told: list[Progress] = []
    report = ingest(notes, library, progress=told.append)
    assert [p.done for p in told] == [1, 2, 2]
    assert told[-1].report.added == report.added == 2


def test_an_interrupt_keeps_what_was_committed(library, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("ingest.intake._BATCH_PASSAGES", 1)
    rows = [{"url": f"urn:{n}", "text": f"Call {n}. {CAPS}"} for n in range(4)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))

    def stop(progress: Progress) -> None:
        if progress.report.added == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(tmp_path / "a.jsonl", library, progress=stop)
    assert library.stats().articles == 2
    assert counts(ingest(tmp_path / "a.jsonl", library)) == (2, 0, 2, 0, 0)


def test_an_extractor_reads_views_into_the_library(library, notes) -> None:
    def extractor(article: Article) -> list[View]:
        quote = Quote(article.id, 0, 10, article.text[:10])
        return [View(article.ref, None, "House", "x", "none", None, None, None, None, None, "neutral", quote)]

    ingest(notes, library, extractor=extractor)
    assert library.stats().views == 2
