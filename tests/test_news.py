"""What is new since a moment: the articles that came in, and the views that changed, told as changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from making import day, make_article, make_record, make_view

from rag import View
from rag.catalogue import Alike
from rag.news import changes

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
WORDS = "Gantlow on tin."


def view(said: str, **fields: object) -> View:
    """Return a view of Gantlow on tin, said on a day."""
    article = make_article(f"https://x.test/{said}", WORDS, published=day(said))
    return make_view(article, WORDS, **({"firm": "Gantlow", "subject": "tin"} | fields))


def told(*views: View) -> list[str]:
    """Return what the last view changes, told."""
    return [str(change) for change in changes([views[-1]], views)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"action": "upgrade", "from_rating": "hold", "to_rating": "buy"}, "moved tin from hold to buy"),
        ({"action": "upgrade", "to_rating": "overweight"}, "upgraded tin to overweight"),
        ({"action": "downgrade"}, "downgraded tin"),
        ({"action": "downgrade", "from_rating": "buy"}, "downgraded tin from buy"),
        ({"action": "initiate", "to_rating": "hold"}, "started tin at hold"),
        ({"action": "initiate"}, "started coverage of tin"),
        ({"action": "raise_target", "target_from": "$1", "target_to": "$2"}, "raised the target on tin from $1 to $2"),
        ({"action": "cut_target", "target_to": "$2"}, "cut the target on tin to $2"),
        ({"action": "raise_estimate"}, "raised the estimate for tin"),
        ({"action": "cut_estimate"}, "cut the estimate for tin"),
    ],
)  # fmt: skip
def test_a_move_is_told_in_the_words_of_its_fields(fields, said) -> None:
    assert told(view("2026-11-02", **fields)) == [f"Gantlow {said}"]


def test_a_move_names_the_rating_that_was_held_before() -> None:
    before = view("2026-10-01", to_rating="neutral")
    after = view("2026-11-02", action="upgrade", to_rating="overweight", stance="bullish")
    assert told(before, after) == ["Gantlow moved tin from neutral to overweight"]


def test_a_remark_that_turns_is_a_change() -> None:
    assert told(view("2026-10-01", stance="bearish"), view("2026-11-02", stance="bullish")) == [
        "Gantlow turned from bearish to bullish on tin"
    ]


def test_another_rating_is_a_change_whatever_it_is_called() -> None:
    before, after = view("2026-10-01", to_rating="hold"), view("2026-11-02", to_rating="sell")
    assert told(before, after) == ["Gantlow moved tin from hold to sell"]


def test_another_target_is_a_change() -> None:
    before, after = view("2026-10-01", target_to="$5"), view("2026-11-02", target_to="$7")
    assert told(before, after) == ["Gantlow moved the target on tin from $5 to $7"]


def test_the_analyst_is_named() -> None:
    assert told(view("2026-11-02", analyst="Mara Ilves", action="upgrade")) == ["Mara Ilves (Gantlow) upgraded tin"]


@pytest.mark.parametrize(
    "views",
    [
        (view("2026-11-02"),),
        (view("2026-10-01", stance="bullish"), view("2026-11-02", stance="bullish")),
        (view("2026-10-01", firm="Ottermere", stance="bearish"), view("2026-11-02", stance="bullish")),
        (view("2026-11-10", stance="bearish"), view("2026-11-02", action="upgrade")),
    ],
    ids=["said for the first time", "said again", "said by another house", "superseded since"],
)
def test_what_changes_nothing_is_no_news(views) -> None:
    assert told(*views) == []


def test_the_last_of_several_views_is_what_was_held_before() -> None:
    older, later = view("2026-09-01", to_rating="sell"), view("2026-10-01", to_rating="hold")
    assert told(older, later, view("2026-11-02", to_rating="buy")) == ["Gantlow moved tin from hold to buy"]


@pytest.fixture
def filled(library, embedder):
    """A library with a change on tin and one on oil."""
    for said, subject, stance in (
        ("2026-10-01", "tin", "bearish"),
        ("2026-11-01", "tin", "bullish"),
        ("2026-11-02", "oil", "bullish"),
    ):
        article = make_article(f"https://x.test/{said}", WORDS + said, published=day(said))
        action = "upgrade" if subject == "oil" else "none"
        stated = make_view(article, WORDS, firm="Gantlow", subject=subject, stance=stance, action=action)
        library.put([make_record(article, embedder, [stated])])
    return library


def test_the_news_of_a_library_are_by_subject_the_last_changed_first(filled) -> None:
    found = filled.news(LONG_AGO).by_subject()
    assert [(subject, [str(each) for each in group]) for subject, group in found] == [
        ("oil", ["Gantlow upgraded oil"]),
        ("tin", ["Gantlow turned from bearish to bullish on tin"]),
    ]


def test_what_came_in_before_the_moment_is_no_news(filled) -> None:
    found = filled.news(datetime.now(UTC) + timedelta(minutes=1))
    assert (found.articles, found.latest, found.changes) == (0, (), ())


def test_without_a_moment_all_is_new_and_the_latest_are_shown(filled) -> None:
    found = filled.news(None, most=2)
    assert (found.articles, [ref.published.day for ref in found.latest]) == (3, [2, 1])


def test_copies_and_superseded_articles_are_not_counted(library, embedder) -> None:
    first, copy, update = (make_article(f"https://x.test/{n}", f"{WORDS} {n}") for n in "abc")
    library.put([make_record(first, embedder), make_record(update, embedder)])
    alike = (Alike(copy.id, first.id, "copy", 0.9), Alike(update.id, first.id, "update", 0.9))
    library.put([replace(make_record(copy, embedder), likenesses=alike)])
    assert [ref.source for ref in library.news(None).latest] == [update.source]
