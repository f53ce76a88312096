"""Answers from scripted views of invented articles: complete, counted by house, both sides shown, newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from making import WordEmbedder, day, make_article, make_record, make_view

from rag import Answer, Library, Scope, verify
from rag.arrange import FIRST_SCREEN
from rag.compose import stance_facts
from rag.render import day as in_words

Told = tuple[str, dict[str, Any]]  # a sentence, and the fields of the view that it states

LANE: dict[str, Any] = {"analyst": "Mara Lane", "firm": "Tern Capital"}
BRANDT: dict[str, Any] = {"analyst": "Hugo Brandt", "firm": "Wexley Bank"}
UP: dict[str, Any] = {"action": "upgrade", "stance": "bullish"}
DOWN: dict[str, Any] = {"action": "downgrade", "stance": "bearish"}


@pytest.fixture
def tell(library: Library, embedder: WordEmbedder) -> Callable[..., None]:
    """Store an article published on a day, made of sentences, some of which state views."""

    def store(source: str, published: str | None, *told: Told | str, **fields: Any) -> None:
        sentences = [each if isinstance(each, str) else each[0] for each in told]
        when = day(published) if published else None
        article = make_article(source, "\n".join(sentences), published=when, **fields)
        views = [make_view(article, each[0], **each[1]) for each in told if not isinstance(each, str)]
        library.put([make_record(article, embedder, views)])

    return store


@pytest.fixture
def desk(library: Library, tell: Callable[..., None]) -> Library:
    """Return a library where Tern turned on tin, Wexley dislikes it, Oakmere likes it, and others speak of copper."""
    tell(
        "a.md",
        "2025-03-01",
        (
            "Mara Lane of Tern Capital cut tin to underweight from neutral.",
            LANE | DOWN | {"from_rating": "neutral", "to_rating": "underweight"},
        ),
        "She says stocks are too high.",
    )
    tell(
        "b.md",
        "2025-09-02",
        (
            "Mara Lane of Tern Capital raised tin to overweight from underweight.",
            LANE | UP | {"from_rating": "underweight", "to_rating": "overweight"},
        ),
        "Two smelters have closed for good.",
    )
    tell("c.md", "2025-09-10", ("Hugo Brandt of Wexley Bank is bearish on tin.", BRANDT | {"stance": "bearish"}))
    tell(
        "d.md",
        "2025-09-12",
        ("Oakmere Research favours tin over zinc.", {"firm": "Oakmere Research", "stance": "bullish"}),
    )
    tell(
        "e.md",
        "2025-09-14",
        (
            "Wexley Bank lifted its target on Pellow to $47 from $40.",
            {
                "firm": "Wexley Bank",
                "subject": "Pellow",
                "action": "raise_target",
                "target_from": "$40",
                "target_to": "$47",
                "stance": "bullish",
            },
        ),
    )
    tell("f.md", "2025-09-15", "Tin traded in London.", "The mine in Lorne reopened.")
    return library


def texts(answer: Answer) -> str:
    return "\n".join(statement.text for statement in answer.statements)


# --- coverage and lists


def test_a_list_opens_with_how_many_articles_and_houses_there_are(desk):
    answer = desk.ask("Which houses have a view on tin?")
    assert answer.statements[0].text == "6 articles in scope; 4 state a view on tin; 2 bullish, 1 bearish by house."


def test_the_coverage_line_is_the_coverage_of_the_answer(desk):
    answer = desk.ask("Which houses have a view on tin?")
    assert (answer.coverage, answer.text.startswith(answer.coverage)) == (answer.statements[0].text, True)


def test_how_many_houses_are_bullish_is_answered_with_the_count_and_who_they_are(desk):
    answer = desk.ask("How many houses are bullish on tin?")
    assert "2 bullish" in answer.statements[0].text
    assert ("Tern Capital" in texts(answer), "Oakmere" in texts(answer), "Wexley" in texts(answer)) == (
        True,
        True,
        False,
    )


def test_the_count_cites_a_quote_of_each_house_that_is_shown(desk):
    answer = desk.ask("How many houses are bullish on tin?")
    assert len(answer.statements[0].markers) == 2


def test_who_is_bearish_leaves_the_bulls_out(desk):
    answer = desk.ask("Who is bearish on tin?")
    assert ("Hugo Brandt" in texts(answer), "overweight from" in texts(answer)) == (True, False)


def test_a_list_is_complete_and_says_how_many_more_there_are(library, tell):
    for number in range(40):
        firm = f"{'Abcdefghijklmnopqrst'[number % 20] * 3}{'xy'[number // 20]} Securities".title()
        tell(f"{number}.md", "2025-09-01", (f"{firm} is bullish on tin.", {"firm": firm, "stance": "bullish"}))
    answer = library.ask("Which houses are bullish on tin?")
    more = len(answer.views) - (len(answer.statements) - 1)
    assert (len(answer.views), f"… and {more} more views." in answer.text) == (40, True)
    assert len(answer.text) <= FIRST_SCREEN + 50


def test_a_view_that_two_articles_print_alike_is_told_and_counted_once(desk, tell):
    tell("g.md", "2025-09-11", ("Hugo Brandt of Wexley Bank is bearish on tin.", BRANDT | {"stance": "bearish"}))
    answer = desk.ask("Which houses have a view on tin?")
    assert (texts(answer).count("Hugo Brandt (Wexley Bank)"), "1 bearish" in answer.coverage) == (1, True)


def test_a_move_told_again_later_is_told_by_the_first(desk, tell):
    tell(
        "g.md",
        "2025-09-20",
        (
            "Tern Capital, which raised tin to overweight from underweight this month, hosts a lunch.",
            {"firm": "Tern Capital", **UP, "from_rating": "underweight", "to_rating": "overweight"},
        ),
    )
    answer = desk.ask("Who upgraded tin?")
    assert [view.article.source for view in answer.views] == ["b.md"]


def test_one_house_has_one_turn_before_any_has_a_second(library, tell):
    fields = {"firm": "Tern Capital", "stance": "bullish"}
    tell(
        "a.md",
        "2025-09-05",
        ("Tern Capital likes tin.", fields),
        ("Tern Capital likes tin mines.", fields | {"subject": "tin mines"}),
        ("Tern Capital likes tin plate.", fields | {"subject": "tin plate"}),
    )
    tell("b.md", "2025-09-01", ("Oakmere Research likes tin.", {"firm": "Oakmere Research", "stance": "bullish"}))
    answer = library.ask("Which houses like tin?")
    assert [view.firm for view in answer.views][:2] == ["Tern Capital", "Oakmere Research"] or {
        view.firm for view in answer.views[:3]
    } == {"Tern Capital", "Oakmere Research"}


# --- who, what changed, when, why


def test_who_upgraded_is_told_with_ratings_and_date(desk):
    first = desk.ask("Who upgraded tin?").statements[0].text
    assert first.startswith("Mara Lane (Tern Capital) moved tin from underweight to overweight, 2 September 2025: “")


def test_the_answer_holds_the_views_it_came_from(desk):
    (view,) = desk.ask("Who upgraded tin?").views
    assert (view.analyst, view.action, view.to_rating) == ("Mara Lane", "upgrade", "overweight")


def test_a_target_is_told_from_and_to(desk):
    answer = desk.ask("Who raised the target on Pellow?")
    assert "Wexley Bank raised the target on Pellow to $47 from $40" in texts(answer)


def test_what_changed_is_told_newest_first_and_the_older_view_says_so(desk):
    told = [each.text for each in desk.ask("How has Tern Capital's view on tin changed?").statements]
    assert told[0].startswith("Mara Lane (Tern Capital) moved tin from underweight to overweight")
    assert any(
        each.startswith("Earlier view: Mara Lane (Tern Capital) moved tin from neutral to underweight") for each in told
    )


def test_a_downgrade_that_an_upgrade_replaced_is_marked_as_earlier(desk):
    assert desk.ask("Who downgraded tin?").statements[0].text.startswith("Earlier view: Mara Lane")


def test_when_gives_the_date_of_the_move(desk):
    assert "2 September 2025" in desk.ask("When did Tern Capital upgrade tin?").statements[0].text


def test_why_quotes_the_reasons(library, tell):
    sentence, reason = "Mara Lane of Tern Capital raised tin to buy.", "Two smelters have closed for good."
    tell("a.md", "2025-09-02", (sentence, LANE | UP | {"to_rating": "buy", "reasons": [reason]}), reason)
    answer = library.ask("Who upgraded tin, and why?")
    assert reason in texts(answer) and reason in [citation.quote for citation in answer.citations]


# --- as of a day, in a scope


def test_as_of_a_day_a_later_view_is_not_there(desk):
    answer = desk.ask("As of 3 March 2025, who has a view on tin?")
    assert [view.to_rating for view in answer.views] in ([], ["underweight"])
    assert "overweight from" not in answer.text


def test_as_of_a_day_what_was_replaced_later_still_stands(desk):
    answer = desk.ask("Who downgraded tin?", scope=Scope(as_of=date(2025, 3, 3)))
    assert answer.statements[0].text.startswith("Mara Lane (Tern Capital) moved tin from neutral to underweight")


def test_the_firms_of_a_scope_are_those_of_the_views(desk):
    answer = desk.ask("Which houses have a view on tin?", scope=Scope(firms=("Wexley Bank",)))
    assert {view.firm for view in answer.views} == {"Wexley Bank"}


# --- disagreement


def test_sides_that_disagree_are_shown_each_with_its_quote(desk):
    answer = desk.ask("Who disagrees about tin?")
    assert "The sources disagree." in [statement.text for statement in answer.statements]
    assert ("“Hugo Brandt of Wexley Bank is bearish" in texts(answer), "overweight from" in texts(answer)) == (
        True,
        True,
    )


def test_a_house_is_not_set_against_its_own_older_view(library, tell):
    tell("a.md", "2025-03-01", ("Tern Capital is bearish on tin.", {"firm": "Tern Capital", "stance": "bearish"}))
    tell("b.md", "2025-09-01", ("Tern Capital is bullish on tin.", {"firm": "Tern Capital", "stance": "bullish"}))
    assert "The sources disagree." not in texts(library.ask("Who disagrees about tin?"))


def test_whoever_is_disagreed_with_comes_first_and_those_who_agree_last(desk):
    answer = desk.ask("Who disagrees with Hugo Brandt on tin?")
    assert answer.views[0].firm == "Wexley Bank"


def test_two_houses_asked_to_be_set_against_each_other_are_shown_where_they_differ(library, tell):
    for subject, other in (("tin", "bullish"), ("zinc", "bearish")):
        tell(
            f"{subject}.md",
            "2025-09-01",
            (
                f"Tern Capital is bullish on {subject}.",
                {"firm": "Tern Capital", "subject": subject, "stance": "bullish"},
            ),
            (f"Wexley Bank is {other} on {subject}.", {"firm": "Wexley Bank", "subject": subject, "stance": other}),
        )
    answer = library.ask("What do Tern Capital and Wexley Bank disagree on?")
    assert {view.subject for view in answer.views} == {"zinc"}


# --- no answer from another matter


@pytest.mark.parametrize(
    "question",
    [
        "Who upgraded Pellow?",
        "Who is bearish on Pellow?",
        "Who upgraded nickel?",
        "Does Oakmere Research have a view on Pellow?",
        "Which houses cut the target on Pellow?",
        "Which analyst raised the target on Pellow?",
    ],
)
def test_a_view_of_another_subject_house_action_or_stance_is_no_answer(desk, question):
    assert desk.ask(question).views == ()


# --- follow-ups


def test_and_why_asks_for_the_reasons_of_the_view_told_before(library, tell):
    sentence, reason = "Mara Lane of Tern Capital raised tin to buy.", "Two smelters have closed for good."
    tell("a.md", "2025-09-02", (sentence, LANE | UP | {"to_rating": "buy", "reasons": [reason]}), reason)
    first = library.ask("Who upgraded tin?")
    assert reason in texts(library.ask("and why?", [first]))


def test_who_disagrees_looks_beyond_the_articles_cited_before(desk):
    first = desk.ask("Who upgraded tin?")
    assert "Hugo Brandt" in texts(desk.ask("who disagrees?", [first]))


# --- every statement stands on its quotes


@pytest.mark.parametrize(
    "question",
    [
        "Which houses have a view on tin?",
        "How many houses are bullish on tin?",
        "Who upgraded tin?",
        "How has Tern Capital's view on tin changed?",
        "Who disagrees about tin?",
        "Who raised the target on Pellow?",
    ],
)
def test_every_statement_is_cited_and_passes_the_guard(desk, question):
    answer = desk.ask(question)
    cited = {citation.marker: citation for citation in answer.citations}
    problems: list[str] = []
    for statement in answer.statements:
        quotes = [cited[marker] for marker in statement.markers]
        known = [answer.coverage, *(fact for view in answer.views for fact in stance_facts([view]))]
        known += [fact for quote in quotes for fact in (in_words(quote.article.published), quote.article.source)]
        problems += verify(statement.text, [quote.quote for quote in quotes], known).problems
    assert (problems, all(statement.markers for statement in answer.statements)) == ([], True)


def test_a_passage_does_not_say_again_what_a_view_has_told(desk):
    quotes = [statement.text.partition("“")[2] for statement in desk.ask("Who upgraded tin?").statements]
    assert sum("raised tin to overweight" in quote for quote in quotes) == 1


def test_without_views_passages_answer_as_before(library, tell):
    tell("a.md", "2025-09-02", "Mara Lane of Tern Capital raised tin to overweight from underweight.")
    answer = library.ask("Who upgraded tin?")
    assert (answer.abstained, answer.views) == (False, ())
