"""`python -m ingest`: exit codes, one-line errors, and nothing heavy for --help."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import ingest
from ingest.__main__ import shown
from rag.library import Library
from rag.types import View

NOTE = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall."
ROOT = Path(__file__).parents[1]
HEAVY = "torch chromadb spacy sentence_transformers streamlit langchain langchain_core sqlalchemy numpy".split()


@pytest.fixture
def run(tmp_path, embedder, monkeypatch):
    """Run a command on the test's library; the toy embedder stands in for the weights."""
    monkeypatch.setattr("rag.stores.load_embedder", lambda *_: embedder)
    monkeypatch.setattr("ingest.display._EVERY", 600)  # no lines on progress, however slow the machine
    monkeypatch.chdir(tmp_path)

    def command(*words: str):
        from ingest.__main__ import app

        result = CliRunner().invoke(app, [*words, "--library", str(tmp_path / "desk")])
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert all(line.startswith(("error: ", "note: ")) for line in result.stderr.splitlines() if line)
        return result

    return command


@pytest.fixture
def note(tmp_path: Path) -> str:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(f'---\ntitle: "Small \\e[31mcaps"\npublisher: Desk\n---\n{NOTE}')
    return "notes/a.md"


def test_add_says_what_it_did_and_exits_0(run, note) -> None:
    result = run("add", note)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 added, 0 updated, 0 unchanged, 0 duplicates, 0 failed in ")


def test_add_as_json_prints_the_report(run, note) -> None:
    report = json.loads(run("add", note, "gone.md", "--json").stdout)
    assert report["added"] == 1
    assert report["failed"][0]["source"] == "gone.md"


def test_add_exits_1_if_some_inputs_failed(run, note) -> None:
    result = run("add", note, "gone.md")
    assert result.exit_code == 1
    assert result.stderr == "error: gone.md: no such file or folder; check the path.\n"


def test_add_exits_2_if_none_could_be_read(run) -> None:
    assert run("add", "gone.md").exit_code == 2


def test_a_dry_run_makes_no_library_and_says_what_would_be(run, note, tmp_path) -> None:
    result = run("add", note, "gone.md", "--dry-run")
    assert result.exit_code == 1
    assert result.stdout == "would be 1 added, 0 updated, 0 unchanged, 0 duplicates, 1 failed\n"
    assert not (tmp_path / "desk").exists()


def test_a_dry_run_as_json_prints_the_report(run, note) -> None:
    run("add", note)
    report = json.loads(run("add", note, "--dry-run", "--json").stdout)
    assert (report["added"], report["unchanged"]) == (0, 1)


def test_add_takes_what_was_published_since_a_day_and_says_what_it_left_out(run, tmp_path) -> None:
    days = ("2025-01-01", "2025-03-01", None)
    found = [{"url": f"urn:{day}", "text": f"{NOTE} {day}", "published": day} for day in days]
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, found)))
    said = run("add", "all.jsonl", "--since", "2025-02-01").stdout
    assert said.startswith("1 added, 0 updated, 0 unchanged, 0 duplicates, 1 older left out, 1 without a date left out")


def test_a_day_that_is_none_is_said_in_one_line(run, note) -> None:
    result = run("add", note, "--since", "last week")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_add_takes_no_more_than_the_limit(run, note, tmp_path) -> None:
    (tmp_path / "notes" / "b.md").write_text(NOTE + " Still.")
    assert run("add", "notes", "--limit", "1").stdout.startswith("1 added")


def test_sync_removes_what_is_gone_and_goes_on_without_naming_the_source(run, note, tmp_path) -> None:
    (tmp_path / "notes" / "b.md").write_text(NOTE + " Still.")
    assert run("sync", "notes").stdout.startswith("2 added")
    (tmp_path / note).unlink()
    assert run("sync", "--dry-run").stdout.startswith(
        "would be 0 added, 0 updated, 1 unchanged, 0 duplicates, 1 removed"
    )
    assert "1 removed" in run("sync").stdout


def test_sync_without_any_source_yet_names_the_remedy(run, note) -> None:
    run("add", note)
    result = run("sync")
    assert result.exit_code == 2
    assert "python -m ingest sync SOURCE" in result.stderr


def test_a_source_that_loses_nothing_over_a_failure_says_so(run, note, tmp_path) -> None:
    (tmp_path / "notes" / "b.md").write_text(NOTE + " Still.")
    run("sync", "notes")
    (tmp_path / "notes" / "b.md").unlink()
    (tmp_path / "notes" / "c.md").write_text("")
    result = run("sync", "notes")
    assert result.exit_code == 1
    assert "note: notes: not wholly read, so that nothing of it was removed" in result.stderr


def test_forget_removes_what_only_that_source_held(run, note) -> None:
    run("sync", "notes")
    assert run("forget", "notes").stdout == "1 removed\n"


def test_failures_are_listed_and_tried_again(run, note, tmp_path) -> None:
    (tmp_path / "notes" / "late.md").write_text("")
    run("add", "notes")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d [\d:]{8}  1x  .*/late\.md: the file is empty.*\n", run("failures").stdout)
    assert json.loads(run("failures", "--json").stdout)[0]["attempts"] == 1
    assert run("retry").exit_code == 2
    (tmp_path / "notes" / "late.md").write_text(NOTE + " Still.")
    assert run("retry").stdout.startswith("1 added")
    assert run("failures").stdout == ""


def test_status_names_the_sources_kept_in_step_and_how_many_failed(run, note, tmp_path) -> None:
    (tmp_path / "notes" / "late.md").write_text("")
    run("sync", "notes")
    said = run("status").stdout
    assert f"in step with     {tmp_path / 'notes'}\n" in said
    assert "failed           1 inputs; `python -m ingest failures` lists them\n" in said


def test_list_shows_titles_without_control_characters(run, note) -> None:
    run("add", note)
    line = run("list").stdout
    assert "Desk  Small [31mcaps  notes/a.md" in line
    assert "\x1b" not in line
    assert json.loads(run("list", "--json").stdout)[0]["source"] == "notes/a.md"


def test_list_shows_a_guessed_date_as_one(run, tmp_path) -> None:
    (tmp_path / "2026-10-14.txt").write_text(NOTE)
    run("add", "2026-10-14.txt")
    assert "  about 2026-10-14  " in run("list").stdout
    assert json.loads(run("list", "--json").stdout)[0]["date_is_guess"] is True


def test_a_sidecar_is_no_input_of_a_folder(run, note, tmp_path) -> None:
    (tmp_path / "notes" / "a.md.yaml").write_text("publisher: Tern")
    assert run("add", "notes").stdout.startswith("1 added, ")
    assert "  Tern  " in run("list").stdout


def test_remove_takes_an_id_or_a_source_and_names_what_is_unknown(run, note) -> None:
    run("add", note)
    result = run("remove", note, "nothing")
    assert (result.exit_code, result.stdout) == (1, "1 removed\n")
    assert result.stderr.startswith("error: nothing: no such article")
    assert run("remove", note).exit_code == 2


def test_removing_a_copy_leaves_the_article(run, note, tmp_path) -> None:
    (tmp_path / "notes" / "b.md").write_text((tmp_path / note).read_text())
    run("add", "notes")
    result = run("remove", "notes/b.md")
    assert result.exit_code == 2
    assert "a copy of" in result.stderr
    assert len(json.loads(run("list", "--json").stdout)) == 1


def test_status_and_rebuild(run, note) -> None:
    run("add", note)
    assert "articles         1\n" in run("status").stdout
    assert json.loads(run("status", "--json").stdout)["problems"] == []
    assert run("rebuild").stdout == "1 vectors indexed\n"


def test_views_reads_what_was_never_read(run, note, tmp_path, embedder) -> None:
    with Library.open(tmp_path / "desk", embedder=embedder) as library:
        ingest(note, library, extractor=None)
    assert "views not read   1 articles; `python -m ingest views` reads them\n" in run("status").stdout
    result = run("views")
    assert result.exit_code == 0
    assert re.fullmatch(r"read 1 articles: 1 views in [\d.]+ s\n", result.stdout)
    assert json.loads(run("status", "--json").stdout)["views_unread"] == 0


def test_views_reads_all_again_when_asked_for(run, note) -> None:
    run("add", note)
    assert json.loads(run("views", "--json").stdout)["read"] == 0
    assert json.loads(run("views", "--all", "--json").stdout)["read"] == 1


def test_views_that_cannot_be_read_are_a_note_and_the_article_is_added(run, note, monkeypatch) -> None:
    monkeypatch.setattr("ingest.extract.rules.views_of", broken)
    result = run("add", note)
    assert result.exit_code == 0
    assert result.stderr.startswith("note: notes/a.md: views not read: ValueError")
    assert result.stdout.startswith("1 added")


def test_many_notes_are_counted_and_a_few_shown(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("ingest.extract.rules.views_of", broken)
    (tmp_path / "all.jsonl").write_text("\n".join(json.dumps({"text": f"{NOTE} {n}"}) for n in range(9)))
    lines = run("add", "all.jsonl").stderr.splitlines()
    assert lines[5:] == ["note: and 4 more; --json lists all"]


def broken(article) -> list[View]:
    raise ValueError("no such rule")


@pytest.mark.parametrize("command", "list status rebuild views remove+x sync retry failures forget+x".split())
def test_without_a_library_the_remedy_is_named_and_none_is_made(run, tmp_path, command) -> None:
    result = run(*command.split("+"))
    assert result.exit_code == 2
    assert "no library here" in result.stderr
    assert not (tmp_path / "desk").exists()


def test_a_locked_library_is_said_within_seconds(run, note, tmp_path, embedder) -> None:
    lock = str(tmp_path / "desk" / "write.lock")
    holder = f"import filelock; lock = filelock.FileLock({lock!r}); lock.acquire(); print(1, flush=True); input()"
    Library.open(tmp_path / "desk", embedder=embedder).close()
    with subprocess.Popen([sys.executable, "-c", holder], stdin=-1, stdout=-1) as process:
        process.stdout.readline()
        result = run("add", note)
        process.communicate(b"\n")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_a_corrupt_library_is_said_in_one_line(run, note, tmp_path) -> None:
    run("add", note)
    (tmp_path / "desk" / "catalogue.sqlite3").write_bytes(b"not a database" * 1000)
    for command in (["add", note], ["list"], ["status"]):
        result = run(*command)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_library_that_is_a_file_is_said_in_one_line(run, note, tmp_path) -> None:
    (tmp_path / "desk").write_text("x")
    assert run("add", note).exit_code == 2


@pytest.mark.parametrize("words", ["import ingest", "import sys; sys.argv = ['x', '--help']; import ingest.__main__"])
def test_nothing_heavy_is_loaded_to_import_or_help(words) -> None:
    check = f"import sys; {words}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", check], cwd=ROOT, text=True).strip() == ""


def test_help_names_every_command() -> None:
    said = subprocess.check_output([sys.executable, "-m", "ingest", "--help"], cwd=ROOT, text=True)
    commands = "add sync forget watch failures retry list remove rebuild status views".split()
    assert all(f" {command} " in said for command in commands)


def test_what_is_printed_is_one_safe_line() -> None:
    assert shown("a\x1b[2Jb\nc\u202ed") == "a[2Jb cd"
    assert shown(None) == "-"
