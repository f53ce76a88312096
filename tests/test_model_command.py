"""`python -m rag ask --model …` and `python -m rag model`: what they print, and that no key is among it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from model_server import ModelServer, failing, saying
from typer.testing import CliRunner

from ingest import ingest
from rag import Library, Settings
from rag.__main__ import app

ROW = {
    "text": "Mara Lane, chief strategist at Tern Capital, upgraded copper to buy from hold on Monday.",
    "publisher": "Harbour Wire",
    "published": "2026-03-02T09:00:00Z",
}
ASK = ("ask", "Who upgraded copper?")
SAID = "Mara Lane of Tern Capital upgraded copper to buy from hold [1]."
SECRET = "sk-very-secret"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with one article, embedded by the real model."""
    rows = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    rows.write_text(json.dumps(ROW))
    path = tmp_path_factory.mktemp("rag") / "library"
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    with Library.open(path, settings=settings) as library:
        ingest([rows], library, settings=settings)
    return path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command on the library with a key in the environment, and a model if it is given by `model`."""

    def command(*arguments: str, model: str | None = None) -> Result:
        monkeypatch.setenv("HOUSEVIEW_LIBRARY", str(folder))
        monkeypatch.setenv("HOUSEVIEW_MODEL_KEY", SECRET)
        monkeypatch.setenv("HOUSEVIEW_MODEL", model or "")
        return CliRunner().invoke(app, list(arguments))

    return command


@pytest.fixture
def server(serving: Callable[..., ModelServer]) -> ModelServer:
    """Return a server whose model words the answer well."""
    return serving(saying(SAID))


def test_a_model_words_the_answer_and_its_tokens_and_time_are_printed(run, server):
    result = run(*ASK, "--model", f"{server.address}#toy")
    assert "7 tokens in, 5 out" in result.stdout
    assert f"{server.address}#toy" in result.stdout


def test_the_model_of_the_environment_is_asked(run, server):
    assert json.loads(run(*ASK, "--json", model=server.address).stdout)["model"] == server.address


def test_json_holds_tokens_and_time(run, server):
    usage = json.loads(run(*ASK, "--json", model=server.address).stdout)["usage"]
    assert (usage["tokens_in"], usage["tokens_out"], usage["total_ms"] > 0) == (7, 5, True)


def test_no_model_asks_none(run, server):
    result = run(*ASK, "--no-model", "--json", model=server.address)
    assert (json.loads(result.stdout)["usage"], server.requests) == (None, [])


def test_a_failing_model_leaves_an_answer_with_a_note(run, serving):
    result = run(*ASK, model=serving(failing(401)).address)
    assert result.exit_code == 0
    assert "refused the key (HTTP 401); this answer is in the sources' own words." in result.stdout


def test_a_model_that_cannot_be_set_up_ends_the_command_in_a_line(run):
    result = run(*ASK, "--model", "mistralai:toy")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "python -m pip install langchain-mistralai" in result.stderr


def test_both_flags_make_no_sense(run):
    assert run(*ASK, "--model", "openai:toy", "--no-model").exit_code == 2


def test_a_trial_prints_name_time_and_tokens(run, server):
    result = run("model", "--model", f"{server.address}#toy")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{server.address}#toy answers. Model: ")


@pytest.mark.parametrize(("model", "said"), [("", "no model is set"), ("toy", "names no model")])
def test_a_trial_without_a_model_says_how_to_name_one(run, model, said):
    result = run("model", model=model)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_failing_trial_ends_in_a_line_without_the_key(run, serving):
    result = run("model", model=serving(failing(401)).address)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert SECRET not in result.output
