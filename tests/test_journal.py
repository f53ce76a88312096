"""What the journal says of a question and of an ingest, and what it keeps to itself."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from ingest import ingest
from rag import InputError, Library, LibraryLocked, Settings, SettingsError, keep_journal, note_fault

ROOT = Path(__file__).parent.parent
TEXT = "Ann Voss of Quillon Bank cut zinc to underweight because stocks rose."
QUESTION = "Who cut zinc to underweight?"


@pytest.fixture
def kept(tmp_path) -> Iterator[Path]:
    """Keep a journal in a file for as long as the test runs."""
    journal = logging.getLogger("houseview")
    before = list(journal.handlers)
    yield tmp_path / "desk.log"
    for handler in [each for each in journal.handlers if each not in before]:
        journal.removeHandler(handler)
        handler.close()


def keep(path: Path, **more: object) -> Settings:
    settings = Settings(_env_file=None, log=str(path), **more)  # type: ignore[call-arg]
    keep_journal(settings)
    return settings


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def note(tmp_path) -> Path:
    path = tmp_path / "zinc.txt"
    path.write_text(f"Zinc to underweight\n\n{TEXT}\n")
    return path


def test_a_question_leaves_a_line_with_its_times_counts_and_model(kept, open_library, put):
    library = open_library(settings=keep(kept))
    put(library, "zinc", TEXT)
    answer = library.ask(QUESTION)
    (line,) = lines(kept)
    assert (line["event"], line["outcome"], line["level"]) == ("question", "answered", "INFO")
    assert (line["statements"], line["citations"], line["model"]) == (
        len(answer.statements),
        len(answer.citations),
        answer.model,
    )
    assert set(line["stages_ms"]) == set(answer.timings_ms)
    assert line["ms"] >= line["first_ms"] > 0


def test_an_abstention_is_told_from_an_answer(kept, open_library):
    open_library(settings=keep(kept)).ask("What of the lunar cheese harvest?")
    assert lines(kept)[0]["outcome"] == "abstained"


def test_an_answer_that_is_stopped_leaves_a_line_that_says_so(kept, open_library, put):
    library = open_library(settings=keep(kept))
    put(library, "zinc", TEXT)
    with closing(library.stream(QUESTION)) as making:
        next(making)
    assert lines(kept)[0]["outcome"] == "stopped"


def test_a_question_that_is_refused_leaves_the_kind_of_error(kept, open_library):
    library = open_library(settings=keep(kept))
    with pytest.raises(InputError):
        library.stream("x" * 5_000)
    (line,) = lines(kept)
    assert (line["outcome"], line["error"], line["level"]) == ("failed", "InputError", "WARNING")


def test_an_ingest_leaves_a_line_with_what_was_added_and_failed(kept, open_library, note):
    library = open_library(settings=keep(kept))
    ingest([note, note.with_name("none.txt")], library, extractor=None)
    (line,) = lines(kept)
    assert (line["event"], line["outcome"], line["added"], line["failed"]) == ("ingest", "done", 1, 1)
    assert line["embedder"] == "words"


def test_an_ingest_that_finds_the_library_held_leaves_the_kind_of_error(kept, open_library, note):
    settings = keep(kept)
    with open_library(settings=settings).writer(), pytest.raises(LibraryLocked):
        ingest([note], open_library(settings=settings), extractor=None)
    assert lines(kept)[-1]["error"] == "LibraryLocked"


def test_nobodys_words_are_in_it(kept, open_library, note):
    library = open_library(settings=keep(kept))
    ingest([note, "no-such-zinc-file.txt"], library, extractor=None)
    library.ask(QUESTION)
    with suppress(InputError):
        library.ask(f"zinc {'x' * 5_000}")
    note_fault(ValueError("zinc"))
    written = kept.read_text().casefold()
    assert len(lines(kept)) == 4
    assert [word for word in ("zinc", "quillon", "voss", "underweight", "xxx") if word in written] == []


def test_words_are_in_it_if_asked_for(kept, open_library, note):
    library = open_library(settings=keep(kept, log_text=True))
    ingest([note, "no-such-file.txt"], library, extractor=None)
    answer = library.ask(QUESTION)
    added, asked = lines(kept)
    assert "no-such-file.txt" in added["failures"][0]
    assert (asked["question"], asked["answer"]) == (QUESTION, answer.text)


def test_a_line_is_one_line_of_plain_ascii_whatever_was_asked(kept, open_library):
    asked = 'zinc\nforged {"event": 1}\r\x1b[31m \u2028 \u202e é \x85 \x00'
    open_library(settings=keep(kept, log_text=True)).ask(asked)
    raw = kept.read_bytes()
    assert raw.count(b"\n") == 1
    assert [byte for byte in raw[:-1] if not 32 <= byte < 127] == []
    assert lines(kept)[0]["question"] == asked


def test_the_file_is_its_owners_alone(kept):
    keep(kept)
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_file_moved_away_is_begun_anew(kept, open_library):
    library = open_library(settings=keep(kept))
    library.ask("one")
    kept.rename(kept.with_suffix(".1"))
    library.ask("two")
    assert (len(lines(kept)), len(lines(kept.with_suffix(".1")))) == (1, 1)


def test_keeping_it_twice_writes_once(kept, open_library):
    keep(kept)
    open_library(settings=keep(kept)).ask("one")
    assert len(lines(kept)) == 1


def test_a_file_that_cannot_be_written_is_an_error_that_names_the_setting(kept, tmp_path):
    with pytest.raises(SettingsError, match=r"HOUSEVIEW_LOG: .*none/desk\.log"):
        keep(tmp_path / "none" / "desk.log")


def test_by_default_nothing_is_written(open_library, capfd):
    library = open_library()
    library.ask(QUESTION)
    with pytest.raises(InputError):
        library.ask("")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("module", ["rag", "ingest"])
def test_the_commands_keep_it_too(tmp_path, module):
    Library.open(tmp_path / "library").close()
    what = {"rag": ["ask", "zinc?"], "ingest": ["add", str(tmp_path / "none.txt")]}[module]
    done = subprocess.run(
        [sys.executable, "-m", module, *what, "--library", str(tmp_path / "library")],
        cwd=ROOT,
        env={**os.environ, "HOUSEVIEW_LOG": "stderr"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert [line["event"] for line in said] == [{"rag": "question", "ingest": "ingest"}[module]]
