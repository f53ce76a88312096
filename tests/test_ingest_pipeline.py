"""Ingest as a whole, on real SQLite and real Chroma: idempotent, nothing lost, nothing doubled."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import extractors
import pytest
from fpdf import FPDF

from ingest import Failure, Progress, ingest
from ingest.reading import label

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


def stories(folder: Path, number: int, poisoned: tuple[int, ...] = ()) -> Path:
    """Write a file of short stories, some with the word that the extractors misbehave on."""
    words = [extractors.POISON if n in poisoned else "Tin" for n in range(number)]
    rows = [{"url": f"urn:{n}", "text": f"{word} fell on day {n}, said Ada Okoro."} for n, word in enumerate(words)]
    (folder / "stories.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder / "stories.jsonl"


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


def paged_note(path: Path) -> Path:
    """Write a note of three pages, the call on its second."""
    made = FPDF()
    made.set_font("helvetica", size=11)
    for page in (f"{OIL} " * 3, f"{CAPS} " * 2, f"{GOLD} " * 3):
        made.add_page()
        made.multi_cell(0, 6, page)
    made.output(str(path))
    return path


def test_an_answer_says_on_which_page_its_words_stand(library, tmp_path) -> None:
    ingest(paged_note(tmp_path / "note.pdf"), library)
    answer = library.ask("who moved small caps to neutral?")
    assert {citation.page for citation in answer.citations} == {2}
    assert "[1] (p. 2)" in answer.text


def test_a_guessed_date_is_kept_as_one(library, tmp_path) -> None:
    (tmp_path / "2026-10-14.txt").write_text(OIL)
    (tmp_path / "stated.txt").write_text(f"Small caps move\nBy Jane Doe | 15 October 2026\n\n{CAPS}")
    ingest([tmp_path / "2026-10-14.txt", tmp_path / "stated.txt"], library)
    assert [article.date_is_guess for article in library.articles()] == [False, True]
    assert "about 14 October 2026" in library.ask("who cut oil to underweight?").text


def test_a_change_of_how_fields_are_found_updates_nothing(library, notes, monkeypatch) -> None:
    (notes / "caps.md").write_text(f"---\npublisher: Desk\n---\n{CAPS}")
    ingest(notes, library)
    monkeypatch.setattr("ingest.readers.markdown.noted", lambda draft, *_: draft)
    assert counts(ingest(notes, library)) == (0, 0, 2, 0, 0)


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


@pytest.mark.parametrize("text", [OIL, GOLD])
def test_a_copy_stays_when_its_original_alone_is_read_again_with_another_text(library, tmp_path, text) -> None:
    folder = tmp_path / "n"
    folder.mkdir()
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(CAPS)
    (folder / "z.md").write_text(GOLD)
    ingest(folder, library)
    (folder / "a.md").write_text(text)
    report = ingest(folder / "a.md", library)
    assert report.read == 1
    assert sorted(library.article(ref.id).text for ref in library.articles()) == sorted({CAPS, GOLD, text})
    assert library.find("n/c.md") == library.find("n/b.md")
    assert library.verify() == []


@pytest.mark.parametrize("edited", ["ab", "ac", "bc", "abc"])
@pytest.mark.parametrize("texts", [(OIL, OIL, OIL), (OIL, GOLD, OIL)])
def test_copies_of_which_several_change_at_once_each_say_what_their_file_says(library, tmp_path, edited, texts) -> None:
    folder = tmp_path / "n"
    folder.mkdir()
    for name in "abcd":
        (folder / name).with_suffix(".md").write_text(CAPS)
    ingest(folder / "b.md", library)  # the one that the others are copies of
    ingest(folder, library)
    for name, text in zip(edited, texts, strict=False):
        (folder / name).with_suffix(".md").write_text(text)
    ingest(folder, library)
    for path in folder.iterdir():
        assert library.article(library.find(f"n/{path.name}").id).text == path.read_text()
    assert library.stats().articles == len({path.read_text() for path in folder.iterdir()})


def test_a_copy_that_came_to_stand_on_its_own_is_unchanged_when_it_is_read_again(library, notes) -> None:
    (notes / "copy.md").write_text(OIL)
    ingest(notes, library)
    (notes / "oil.txt").write_text(GOLD)
    ingest(notes / "oil.txt", library)
    assert counts(ingest(notes, library)) == (0, 0, 3, 0, 0)


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
    ingest(notes, library, extractor=extractors.first_word)
    assert {view.firm for view in library.views()} == {"Quillmark Research"}


def test_the_rules_read_views_unless_told_otherwise(library, notes) -> None:
    ingest(notes, library)
    assert ("Harbor Street Research", "upgrade") in {(view.firm, view.action) for view in library.views()}


def test_without_an_extractor_there_are_no_views(library, notes) -> None:
    ingest(notes, library, extractor=None)
    assert library.stats().views == 0
    assert len(library.unread_by(label(extractors.first_word))) == 2


@pytest.mark.parametrize("number", [5, 60])
def test_an_extractor_that_fails_costs_no_article_and_is_told_of(library, tmp_path, number) -> None:
    folder = stories(tmp_path, number, poisoned=(3,))
    report = ingest(folder, library, extractor=extractors.raising)
    assert counts(report) == (number, 0, 0, 0, 0)
    (note,) = report.notes
    assert (note.source, note.reason) == (
        "urn:3",
        "views not read: ZeroDivisionError: no division; `python -m ingest views` tries again.",
    )
    assert library.stats().views == number - 1


def test_an_article_whose_views_were_not_read_is_still_to_be_read(library, tmp_path) -> None:
    ingest(stories(tmp_path, 60, poisoned=(3, 40)), library, extractor=extractors.exiting)
    still = library.catalogue.articles(library.unread_by(label(extractors.exiting))).values()
    assert sorted(article.source for article in still) == ["urn:3", "urn:40"]


def test_a_view_that_misquotes_is_told_of_and_not_stored(library, notes) -> None:
    report = ingest(notes / "oil.txt", library, extractor=extractors.misquoting)
    assert [note.reason for note in report.notes] == ["a view was left out: it quotes what the article does not say"]
    assert library.stats().views == 1


def test_views_read_elsewhere_are_those_of_their_article(library, tmp_path) -> None:
    ingest(stories(tmp_path, 60), library, extractor=extractors.first_word)
    for view in library.views():
        assert library.article(view.article.id).text[view.quote.start : view.quote.end] == view.quote.text
    assert len({view.article.id for view in library.views()}) == 60


KILLED = """
    import os, signal, sys
    import extractors, making
    from ingest import ingest
    from rag.library import Library
    from pathlib import Path
    import ingest.intake as intake
    intake._BATCH_PASSAGES = 50

    def kill(progress):
        if progress.report.added >= 50:
            os.kill(os.getpid(), signal.SIGKILL)

    with Library.open(sys.argv[2], embedder=making.WordEmbedder()) as library:
        ingest(sys.argv[1], library, extractor=extractors.first_word, progress=kill)
"""


def test_a_kill_in_the_middle_leaves_a_library_that_goes_on(open_library, tmp_path) -> None:
    source = stories(tmp_path, 120)
    folder = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": f"{folder.parent}{os.pathsep}{folder}"}
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(source), str(tmp_path / "killed")]
    done = subprocess.run(command, env=environment, cwd=tmp_path, check=False)
    library = open_library("killed")
    held = library.stats()
    assert done.returncode == -signal.SIGKILL
    assert 50 <= held.articles == held.views < 120
    assert counts(ingest(source, library, extractor=extractors.first_word))[0] == 120 - held.articles
    assert (library.stats().views, library.verify()) == (120, [])
