"""`python -m rag`: what it prints, in words and as JSON, and the codes it ends with."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import ingest
from rag import Answer, Feedback, Library, Settings, Turn
from rag.__main__ import app

ROOT = Path(__file__).parent.parent
ARTICLES = (
    {
        "text": "Mara Lane, chief strategist at Tern Capital, upgraded copper to buy from hold on Monday.",
        "title": "Tern turns to copper",
        "publisher": "Harbour Wire",
        "published": "2026-03-02T09:00:00Z",
        "kind": "newswire",
        "url": "https://example.com/copper",
    },
    {
        "text": "Hugo Brandt, an economist at Wexley Bank, \x1b[31mexpects tin to fall to $30,000 a tonne.\x07",
        "title": "Tin may fall",
        "publisher": "Aldmere Courier",
        "published": "2026-03-09",
        "kind": "article",
        "url": "https://example.com/tin",
    },
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return a library with two articles, embedded by the real model."""
    rows = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    rows.write_text("\n".join(map(json.dumps, ARTICLES)))
    path = tmp_path_factory.mktemp("rag") / "library"
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    with Library.open(path, settings=settings) as library:
        ingest([rows], library, settings=settings)
    return path


@pytest.fixture
def run(folder, monkeypatch):
    """Run a command on the library, without the caller's own environment."""
    monkeypatch.delenv("HOUSEVIEW_EMBEDDER", raising=False)

    def command(*arguments: str, library: Path | None = None):
        return CliRunner().invoke(app, [*arguments, "--library", str(library or folder)])

    return command


# --- ask


def test_an_answer_is_printed_with_its_sources_and_ends_with_0(run):
    result = run("ask", "Who upgraded copper?")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Mara Lane (Tern Capital)" in result.stdout and ", 2 March 2026" in result.stdout
    assert "[1] Tern turns to copper, Harbour Wire, 2 March 2026" in result.stdout


def test_no_answer_ends_with_1_and_says_what_was_searched(run):
    result = run("ask", "Who downgraded platinum?")
    assert (result.exit_code, "Nothing in the library answers" in result.stdout, "2 articles" in result.stdout) == (
        1,
        True,
        True,
    )


def test_json_is_one_line_with_the_fields_of_an_answer(run):
    result = run("ask", "Who upgraded copper?", "--json")
    (line,) = result.stdout.splitlines()
    assert list(json.loads(line)) == [field.name for field in dataclasses.fields(Answer)]


def test_json_writes_dates_as_iso_8601(run):
    answer = json.loads(run("ask", "Who upgraded copper?", "--json", "--until", "2026-03-05").stdout)
    assert (answer["citations"][0]["article"]["published"][:10], answer["scope"]["until"]) == (
        "2026-03-02",
        "2026-03-05",
    )


def test_a_refusal_as_json_abstains_and_ends_with_1(run):
    result = run("ask", "Who downgraded platinum?", "--json")
    assert (result.exit_code, json.loads(result.stdout)["abstained"]) == (1, True)


@pytest.mark.parametrize(
    "options",
    [
        ("--since", "2026-03-05"),
        ("--until", "2026-03-01"),
        ("--as-of", "2026-03-01"),
        ("--publisher", "Aldmere Courier"),
        ("--kind", "article"),
        ("--firm", "Wexley Bank"),
        ("--analyst", "Hugo Brandt"),
    ],
)
def test_every_filter_holds(run, options):
    assert run("ask", "Who upgraded copper?", *options).exit_code == 1


def test_a_filter_may_be_given_more_than_once(run):
    options = ("--publisher", "Aldmere Courier", "--publisher", "Harbour Wire")
    assert run("ask", "Who upgraded copper?", *options).exit_code == 0


@pytest.mark.parametrize("question", ["", "   ", "?!", "x" * 20_000])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_that_cannot_be_read_is_one_line_and_2(run, command, question):
    result = run(command, question)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "03/20/2026", "2026-3-1"])
@pytest.mark.parametrize("option", ["--since", "--until", "--as-of"])
def test_a_bad_date_is_one_line_that_names_it_and_shows_a_good_one(run, option, day):
    result = run("ask", "Who upgraded copper?", option, day)
    assert (result.exit_code, result.stderr.count("\n"), day in result.stderr, "2026-03-20" in result.stderr) == (
        2,
        1,
        True,
        True,
    )


# --- search


def test_search_prints_passages_with_where_they_come_from(run):
    result = run("search", "copper", "-k", "1")
    assert (result.exit_code, "1. Tern turns to copper, Harbour Wire, 2 March 2026" in result.stdout) == (0, True)


def test_search_as_json_holds_verbatim_passages(run):
    found = json.loads(run("search", "copper", "--json").stdout)
    assert (found["query"], found["passages"][0]["text"]) == ("copper", ARTICLES[0]["text"])


def test_control_characters_of_an_article_never_reach_the_terminal(run):
    texts = [run("search", "tin").stdout, run("ask", "Where does Hugo Brandt expect tin?").stdout]
    assert [c for text in texts for c in text if not c.isprintable() and c != "\n"] == []


# --- the library


def test_a_missing_library_is_one_line_that_says_how_to_make_one(run, tmp_path):
    result = run("ask", "Who upgraded copper?", library=tmp_path / "nowhere")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "nowhere" in result.stderr and "python -m ingest add" in result.stderr


def test_asking_creates_no_library(run, tmp_path):
    run("ask", "Who upgraded copper?", library=tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_asking_turns_no_folder_into_a_library(run, tmp_path):
    run("ask", "Who upgraded copper?", library=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_a_library_is_one_line(run, tmp_path):
    (tmp_path / "file").write_text("x")
    result = run("ask", "Who upgraded copper?", library=tmp_path / "file")
    assert (result.exit_code, result.stderr.count("\n"), "file" in result.stderr) == (2, 1, True)


def test_a_corrupt_catalogue_is_one_line(run, tmp_path):
    (tmp_path / "catalogue.sqlite3").write_bytes(b"no database at all, whatever its name says" * 200)
    result = run("ask", "Who upgraded copper?", library=tmp_path)
    assert (result.exit_code, result.stderr.count("\n"), "catalogue.sqlite3" in result.stderr) == (2, 1, True)


def test_another_embedding_model_is_one_line_that_names_both(folder, run, monkeypatch, tmp_path):
    monkeypatch.setenv("HOUSEVIEW_EMBEDDER", str(tmp_path / "other-model"))
    result = run("ask", "Who upgraded copper?")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_the_library_may_come_from_the_environment(folder, monkeypatch):
    monkeypatch.setenv("HOUSEVIEW_LIBRARY", str(folder))
    assert CliRunner().invoke(app, ["ask", "Who upgraded copper?"]).exit_code == 0


# --- as a process


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rag", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_an_error_in_the_shell_shows_no_traceback(tmp_path):
    done = python("ask", "Who?", "--library", str(tmp_path / "nowhere"))
    assert (done.returncode, done.stderr.count("\n"), "Traceback" in done.stderr) == (2, 1, False)


def test_a_setting_that_makes_no_sense_is_one_line_that_names_it():
    done = python("ask", "Who?", HOUSEVIEW_MAX_QUESTION_CHARS="many")
    assert (done.returncode, done.stderr.count("\n"), "HOUSEVIEW_MAX_QUESTION_CHARS" in done.stderr) == (2, 1, True)


@pytest.mark.parametrize("arguments", [(), ("ask",), ("ask", "x", "--no-such-option"), ("nonsense",)])
def test_a_command_that_is_no_command_ends_with_2(arguments):
    assert CliRunner().invoke(app, list(arguments)).exit_code == 2


def test_a_sound_library_is_healthy_and_ends_with_0(run):
    result = run("health", "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["problems"], said["model_ms"] > 0) == (0, [], True)


def test_a_library_that_is_not_there_has_no_health_and_ends_with_2(run, tmp_path):
    assert run("health", library=tmp_path / "nowhere").exit_code == 2


# --- kept conversations and feedback, and answers as files


@pytest.mark.parametrize(("name", "starts"), [("a.md", b"# Who"), ("a.html", b"<!doctype html>"), ("a.pdf", b"%PDF")])
def test_an_answer_is_also_written_to_a_file(run, tmp_path, name, starts):
    assert run("ask", "Who upgraded copper?", "--export", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(starts)


@pytest.mark.parametrize(
    ("name", "said"), [("a.docx", ".md, .html or .pdf"), ("none/a.pdf", "there is no folder"), (".", "")]
)
def test_a_file_that_cannot_be_written_ends_with_2_and_one_line(run, tmp_path, name, said):
    result = run("ask", "Who upgraded copper?", "--export", str(tmp_path / name))
    assert (result.exit_code, said in result.stderr, result.stdout) == (2, True, "")


@pytest.fixture
def talked(folder):
    """Keep a conversation of one question, judged, in the library."""
    with Library.open(folder, settings=Settings(_env_file=None)) as library:  # type: ignore[call-arg]
        kept = library.conversations
        conversation_id = kept.begin("ann", "Who upgraded copper?")
        kept.keep("ann", conversation_id, Turn("Who upgraded copper?", library.ask("Who upgraded copper?")))
        kept.judge("ann", conversation_id, 0, Feedback("bad", "outdated", "=see\nbelow"))
        yield
        kept.remove("ann", conversation_id)


def test_conversations_are_listed_for_the_desk(run, talked):
    result = run("conversations")
    assert (result.exit_code, "Who upgraded copper?  (1 question, ann)" in result.stdout) == (0, True)


def test_conversations_in_json_hold_their_turns(run, talked):
    (found,) = json.loads(run("conversations", "--json").stdout)["conversations"]
    assert found["turns"][0]["answer"]["statements"]


def test_no_conversation_ends_with_1(run, talked):
    assert run("conversations", "--search", "zinc").exit_code == 1


def test_feedback_in_json_tells_what_it_was_given_on(run, talked):
    (row,) = json.loads(run("feedback", "--json").stdout)["feedback"]
    assert (row["verdict"], row["reason"], row["question"]) == ("bad", "outdated", "Who upgraded copper?")
    assert "Mara Lane" in row["answer"]


def test_feedback_in_csv_starts_no_formula(run, talked):
    (row,) = csv.DictReader(io.StringIO(run("feedback", "--csv").stdout))
    assert row["comment"].startswith("'=see")
