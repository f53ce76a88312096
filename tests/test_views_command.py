"""`python -m rag views`: the ledger as a table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from making import day, digest, make_article
from typer.testing import CliRunner

from rag import Library, Quote, Record, Settings, View
from rag.__main__ import app

NOTES = (
    ("2026-03-02", "Harbour Wire", "Tern lifts copper to buy from hold.", "Tern Capital", "Mara Lane", "copper"),
    ("2026-03-09", "Harbour Wire", "Tern cuts copper to sell [bold]now[/bold].", "Tern Capital", None, "copper"),
    ("2026-03-12", "Aldmere Courier", "Wexley: \x1b[31mtin\x07 is fair\nvalue.", "Wexley Bank", "Hugo Brandt", "tin"),
    ("2026-03-15", "Aldmere Courier", "=2+5 Oakmere rises.", "J.P. Morgan Securities", None, "Oakmere"),
)
STANCES = ("bullish", "bearish", "neutral", "bullish")
ACTIONS = ("upgrade", "downgrade", "none", "raise_target")
RATINGS = (("hold", "buy"), ("buy", "sell"), (None, None), (None, None))


def record(place: int, dimensions: int) -> Record:
    """Return a note with one view on the whole of its words, and no passages."""
    published, publisher, text, firm, analyst, subject = NOTES[place]
    article = make_article(f"note {place}", text, publisher=publisher, published=day(published), title=f"Note {place}")
    view = View(
        article=article.ref,
        analyst=analyst,
        firm=firm,
        subject=subject,
        action=ACTIONS[place],  # type: ignore[arg-type]
        from_rating=RATINGS[place][0],
        to_rating=RATINGS[place][1],
        target_from=None,
        target_to="-5%" if place == 3 else None,
        horizon=None,
        stance=STANCES[place],  # type: ignore[arg-type]
        quote=Quote(article.id, 0, len(text), text),
    )
    none = np.zeros((0, dimensions), dtype=np.float32)
    return Record(article, digest(text), digest(text), (), none, (view,), extractor="hand 1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("views") / "library"
    with Library.open(path, settings=Settings(_env_file=None)) as library:  # type: ignore[call-arg]
        library.put([record(place, library.embedder.dimensions) for place in range(len(NOTES))])
    return path


@pytest.fixture
def run(folder, monkeypatch):
    monkeypatch.delenv("HOUSEVIEW_EMBEDDER", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def command(*arguments: str, library: Path | None = None):
        return CliRunner().invoke(app, ["views", *arguments, "--library", str(library or folder)])

    return command


def rows(result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def subjects(result) -> list[str]:
    return [row["subject"] for row in json.loads(result.stdout)["views"]]


# --- what is listed


def test_all_views_are_listed_newest_first(run):
    assert subjects(run("--json")) == ["Oakmere", "tin", "copper", "copper"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("copper prices",), ["copper", "copper"]),
        (("--firm", "JPMorgan"), ["Oakmere"]),
        (("--firm", "JPM", "--firm", "wexley"), ["Oakmere", "tin"]),
        (("--analyst", "lane"), ["copper"]),
        (("--action", "raise_target"), ["Oakmere"]),
        (("--stance", "bearish"), ["copper"]),
        (("--since", "2026-03-10", "--until", "2026-03-12"), ["tin"]),
        (("--as-of", "2026-03-02"), ["copper"]),
        (("--publisher", "Harbour Wire", "--stance", "bullish"), ["copper"]),
        (("--limit", "1"), ["Oakmere"]),
    ],
)
def test_every_filter_holds(run, options, expected):
    result = run(*options, "--json")
    assert (result.exit_code, subjects(result)) == (0, expected)


def test_json_is_one_line_that_says_what_was_covered(run):
    (line,) = run("copper", "--json").stdout.splitlines()
    assert json.loads(line)["coverage"] == "4 articles in scope; 2 state a view on copper; 1 bearish by house."


def test_a_cut_list_says_how_much_there_is(run):
    assert run("--limit", "1").stdout.rstrip().endswith("Shown are the newest 1 of 4 views.")


# --- superseded


def test_a_replaced_view_says_so_and_since_when(run):
    assert "(superseded 2026-03-09)" in run("copper").stdout.replace("\n", " ")


def test_a_filter_does_not_make_an_old_view_look_current(run):
    (view,) = json.loads(run("copper", "--stance", "bullish", "--json").stdout)["views"]
    assert view["superseded_on"] == "2026-03-09"


def test_as_of_a_day_nothing_later_supersedes(run):
    (view,) = json.loads(run("copper", "--as-of", "2026-03-05", "--json").stdout)["views"]
    assert view["superseded_on"] is None


# --- as a table


def test_the_table_names_holder_subject_and_change(run):
    line = next(line for line in run("copper").stdout.splitlines() if "Mara Lane" in line)
    assert line.startswith("2026-03-02  Mara Lane (Tern Capital)") and "upgrade, hold → buy" in line


@pytest.mark.parametrize("width", ["24", "60", "100", "200"])
def test_no_line_is_wider_than_the_terminal(run, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    table = run("--limit", "4").stdout.splitlines()[:-1]  # the last line, on coverage, is left to the terminal
    assert max(map(len, table)) <= int(width)


@pytest.mark.parametrize("width", ["60", "200"])
def test_words_of_an_article_are_no_markup_and_no_command_to_the_terminal(run, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    text = run().stdout
    assert "[bold]now[/bold]" in text
    assert [c for c in text if not c.isprintable() and c != "\n"] == []


# --- as CSV


def test_csv_has_a_row_a_view_and_the_words_with_their_line_break(run):
    found = rows(run("tin", "--csv"))
    assert [(row["analyst"], row["quote"]) for row in found] == [("Hugo Brandt", "Wexley: [31mtin is fair\nvalue.")]


def test_csv_lines_end_as_the_standard_says(run):
    assert run("copper", "--csv").stdout_bytes.count(b"\r\n") == 3


def test_no_cell_is_a_formula(run):
    (row,) = rows(run("Oakmere", "--csv"))
    assert (row["quote"], row["target_to"]) == ("'=2+5 Oakmere rises.", "'-5%")


def test_coverage_stays_out_of_the_csv(run):
    result = run("copper", "--csv")
    assert ("in scope" in result.stdout, "in scope" in result.stderr) == (False, True)


# --- nothing, and mistakes


@pytest.mark.parametrize("form", ["--table", "--csv", "--json"])
def test_no_view_is_said_in_one_line_and_ends_with_1(run, form):
    result = run("platinum", form)
    assert (result.exit_code, (result.stdout + result.stderr).count("\n")) == (1, 1)
    assert "No such view on platinum is stated in the 4 articles in scope." in result.stdout + result.stderr


def test_a_library_that_was_never_read_says_how_to_read_it(run, tmp_path):
    with Library.open(tmp_path / "unread", settings=Settings(_env_file=None)) as library:  # type: ignore[call-arg]
        empty = np.zeros((0, library.embedder.dimensions), dtype=np.float32)
        library.put([Record(make_article("a", "Words."), "v", "h", (), empty)])
    assert "python -m ingest views" in run(library=tmp_path / "unread").stdout


@pytest.mark.parametrize(
    "options",
    [("--csv", "--json"), ("--since", "soon"), ("--stance", "sunny"), ("--action", "hug"), ("--limit", "0")],
)
def test_what_makes_no_sense_ends_with_2(run, options):
    result = run(*options)
    assert (result.exit_code, result.stdout) == (2, "")


def test_rows_make_a_data_frame(folder):
    import pandas as pd

    from rag import records

    with Library.open(folder, settings=Settings(_env_file=None)) as library:  # type: ignore[call-arg]
        frame = pd.DataFrame(records(library.views("copper")))
    assert list(frame.superseded_on.isna()) == [True, False]
    assert date.fromisoformat(frame.date[0]) == date(2026, 3, 9)
