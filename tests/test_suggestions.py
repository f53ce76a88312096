"""Questions to go on with: each is one that the library answers, none the one just asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from making import day, make_article, make_view

from rag import Library, Scope, suggest

LANE = {"analyst": "Mara Lane", "firm": "Tern Capital"}
BRANDT = {"analyst": "Hugo Brandt", "firm": "Wexley Bank"}


@pytest.fixture
def desk(library: Library, put: Callable[..., object]) -> Library:
    """Return a library in which two houses disagree about tin, one has changed its view, and speaks of copper too."""

    def told(source: str, when: str, words: str, **fields: object) -> None:
        put(
            library, source, words, views=[make_view(make_article(source, words), words, **fields)], published=day(when)
        )

    down = {"action": "downgrade", "to_rating": "sell", "stance": "bearish"}
    up = {"action": "upgrade", "to_rating": "buy", "stance": "bullish"}
    told("a", "2025-03-01", "Mara Lane of Tern Capital cut tin to sell.", **LANE, **down)
    told("b", "2025-09-01", "Mara Lane of Tern Capital raised tin to buy.", **LANE, **up)
    told("c", "2025-09-05", "Hugo Brandt of Wexley Bank cut tin to sell.", **BRANDT, **down)
    told("d", "2025-09-09", "Mara Lane of Tern Capital raised copper to buy.", **LANE, **up, subject="copper")
    return library


def test_suggestions_are_few_and_new(desk):
    answer = desk.ask("Who upgraded tin?")
    found = suggest(desk, answer)
    assert 0 < len(found) <= 3
    assert answer.question not in found
    assert len(set(found)) == len(found)


def test_each_suggestion_has_an_answer(desk):
    found = suggest(desk, desk.ask("Who upgraded tin?"))
    assert [desk.ask(question).abstained for question in found] == [False] * len(found)


def test_a_suggestion_stays_within_the_dates_of_the_answer(desk):
    answer = desk.ask("Who upgraded tin?", scope=Scope(as_of=day("2025-09-02").date()))
    assert [question for question in suggest(desk, answer) if "copper" in question or "disagrees" in question] == []


def test_a_refusal_suggests_nothing(desk):
    assert suggest(desk, desk.ask("What does Zebediah Quill say about quince jam?")) == ()


def test_an_answer_does_not_wait_for_suggestions(desk):
    assert desk.ask("Who upgraded tin?").suggestions == ()
