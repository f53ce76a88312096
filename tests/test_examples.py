"""The questions that a library offers are made of its views, and it answers each of them."""

from __future__ import annotations

import pytest
from invented_views import extractor, write_import_file
from making import make_article, make_view

from ingest import ingest

WORDS = "Gantlow likes it."


@pytest.fixture
def invented(library, tmp_path):
    write_import_file(tmp_path / "notes.jsonl")
    ingest([tmp_path / "notes.jsonl"], library, extractor=extractor)
    return library


def test_every_example_is_answered_from_the_ledger(invented) -> None:
    answers = {question: invented.ask(question) for question in invented.examples(12)}
    assert len(answers) > 5
    assert [question for question, answer in answers.items() if answer.abstained or not answer.views] == []


def test_the_first_examples_are_on_several_subjects(invented) -> None:
    first = invented.examples(3)
    assert {subject for subject in ("small caps", "Tessermill", "gold") for each in first if subject in each} == {
        "small caps",
        "Tessermill",
        "gold",
    }


def test_examples_are_of_several_kinds(invented) -> None:
    assert {question.split()[1] for question in invented.examples(8)} >= {"upgraded", "disagrees", "has", "raised"}


def test_a_library_without_views_has_no_examples(library, put) -> None:
    put(library, "https://x.test/a", "Oil slips.")
    assert library.examples() == ()


def test_examples_follow_the_library(invented) -> None:
    before = invented.examples()
    invented.remove([article.id for article in invented.articles()])
    assert (bool(before), invented.examples()) == (True, ())


@pytest.mark.parametrize("name", ["a [link](x)", "x" * 80, "two\nlines", "<b>", "why? who"])
def test_a_name_that_would_not_read_well_in_a_question_is_left_out(library, put, name) -> None:
    article = make_article("https://x.test/a", WORDS)
    put(library, "https://x.test/a", WORDS, views=[make_view(article, WORDS, firm="Gantlow", subject=name)])
    assert library.examples() == ()
