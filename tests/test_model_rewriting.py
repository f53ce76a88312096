"""A model makes follow-ups stand alone, as far as it adds nothing: no name, number, date or scope of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from making import day
from writers import asked, following

from rag import Answer, Library, Writer

FIRST = "What does Mara Lane say about tin as of 1 October 2025?"
FOLLOW_UP = "And why does she say so?"
LANE = "Mara Lane of Tern Capital cut her tin forecast to $21,000 because two smelters may reopen."


@pytest.fixture
def desk(library: Library, put: Callable[..., object]) -> Library:
    """Return a library with one view on tin."""
    put(library, "a.md", LANE, published=day("2025-09-02"))
    return library


def rewriting(version: str) -> Writer:
    """Return a writer that rewrites any follow-up in one way, and answers nothing."""

    def script(prompt: str) -> Iterator[str]:
        yield version if prompt.endswith("Question alone:") else "NO ANSWER"

    return following(script)


def followed(desk: Library, version: str) -> tuple[Answer, Answer]:
    """Return the answers to the follow-up by rules and by a model that rewrites it."""
    first = desk.ask(FIRST, writer="extractive")
    by_rules = desk.ask(FOLLOW_UP, (first,), writer="extractive")
    return by_rules, desk.ask(FOLLOW_UP, (first,), writer=rewriting(version))


def test_a_follow_up_is_asked_in_the_models_words(desk):
    version = "Why does Mara Lane say so about tin as of 1 October 2025?"
    _, answer = followed(desk, version)
    assert answer.standalone == version


@pytest.mark.parametrize(
    "version",
    [
        "Why does Hugo Brandt say so about tin as of 1 October 2025?",
        "Why does Mara Lane say so about tin as of 1 October 2024?",
        "Why does Mara Lane say so about tin at $30,000 as of 1 October 2025?",
        "Because two smelters may reopen.",
        "What is the weather?",
        "",
        "tin? " * 200,
    ],
    ids=["a name", "a date", "a number", "an answer", "another matter", "nothing", "endless"],
)
def test_a_version_that_changes_more_is_left_for_the_rules_own(desk, version):
    by_rules, answer = followed(desk, version)
    assert (answer.standalone, answer.scope) == (by_rules.standalone, by_rules.scope)


@pytest.mark.parametrize("version", ["", "Why does Mara Lane say so about tin?"], ids=["rules", "model"])
def test_a_follow_up_keeps_the_as_of_date(desk, version):
    _, answer = followed(desk, version)
    assert answer.scope.as_of == date(2025, 10, 1)


def test_a_model_that_fails_leaves_it_to_the_rules(desk):
    def script(_: str) -> Iterator[str]:
        raise ConnectionError
        yield ""

    first = desk.ask(FIRST, writer="extractive")
    by_rules = desk.ask(FOLLOW_UP, (first,), writer="extractive")
    assert desk.ask(FOLLOW_UP, (first,), writer=following(script)).standalone == by_rules.standalone


def test_a_question_that_stands_alone_is_not_rewritten(desk):
    writer = rewriting("What does Mara Lane say about tin?")
    first = desk.ask(FIRST, writer="extractive")
    desk.ask("What does Mara Lane of Tern Capital say about tin smelters that may reopen?", (first,), writer=writer)
    assert len(asked(writer)) <= 1
