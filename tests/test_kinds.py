"""What sort of answer a question wants, from its wording alone."""

from __future__ import annotations

import pytest

from rag.kinds import (
    actions_asked,
    is_leaning,
    kind_of,
    parts_of,
    stances_asked,
    wants_figure,
    wants_holders,
    wants_leaning,
    wants_person,
    wants_reason,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who upgraded copper?", "who"),
        ("Which analyst likes copper?", "who"),
        ("By whom was copper cut?", "who"),
        ("Why did Tern cut copper?", "why"),
        ("What reasons did Tern give?", "why"),
        ("How come Tern sold?", "why"),
        ("When did Tern cut copper?", "when"),
        ("And when did it say so?", "when"),
        ("How much is Oakmere worth?", "number"),
        ("What is Tern's price target on Oakmere?", "number"),
        ("List the houses that like copper", "list"),
        ("Which brokers like copper?", "list"),
        ("How many houses are bullish on copper?", "list"),
        ("What is the consensus on copper?", "list"),
        ("What does the Street think of copper?", "list"),
        ("Do analysts agree on copper?", "disagree"),
        ("Do Tern and Wexley see eye to eye on copper?", "disagree"),
        ("Compare Tern and Wexley on copper", "compare"),
        ("Tern versus Wexley on tin", "compare"),
        ("How has Tern's view changed?", "what_changed"),
        ("Does anyone cover Oakmere?", "coverage"),
        ("What did Tern say?", "what"),
    ],
)
def test_the_wording_tells_the_kind(question, kind):
    assert kind_of(question) == kind


def test_is_there_disagreement_asks_for_two_sides():
    assert kind_of("Is there disagreement about copper?") == "disagree"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who upgraded copper?", ["Who upgraded copper?"]),
        ("Who upgraded copper, and why?", ["Who upgraded copper", "why?"]),
        ("Who cut copper and by how much?", ["Who cut copper", "by how much?"]),
        ("What is the target; when was it set?", ["What is the target", "when was it set?"]),
        ("Who likes gold? And what is the target?", ["Who likes gold", "what is the target?"]),
        ("What do Tern and Wexley say?", ["What do Tern and Wexley say?"]),
    ],
)
def test_questions_in_one_sentence_are_taken_apart(question, parts):
    assert [part.rstrip("?") for part in parts_of(question)] == [part.rstrip("?") for part in parts]


def test_who_is_for_and_who_is_against_is_one_question():
    assert parts_of("Who is for and who is against copper?") == ["Who is for and who is against copper?"]


@pytest.mark.parametrize(
    ("wants", "asked", "not_asked"),
    [
        (wants_reason, "Who upgraded copper, and why?", "Who upgraded copper?"),
        (wants_reason, "What was behind the cut?", "What was cut?"),
        (wants_holders, "Who likes copper?", "How far could copper fall?"),
        (wants_person, "Which analyst likes copper?", "Which house likes copper?"),
        (wants_figure, "What is the target on Oakmere?", "Who covers Oakmere?"),
    ],
)
def test_a_wish_is_seen_where_it_is_and_only_there(wants, asked, not_asked):
    assert (wants(asked), wants(not_asked)) == (True, False)


@pytest.mark.parametrize(
    ("question", "leaning"),
    [
        ("Who is bullish on copper?", "positive"),
        ("Who recommends tin?", "positive"),
        ("Who is cautious on copper?", "negative"),
        ("Who warns to avoid tin?", "negative"),
        ("What did Tern say on copper?", None),
    ],
)
def test_the_leaning_asked_for_is_read(question, leaning):
    assert wants_leaning(question) == leaning


@pytest.mark.parametrize(
    ("question", "action"),
    [
        ("Who raised the target on Oakmere?", "raise_target"),
        ("Whose target on Oakmere was lowered?", "cut_target"),
        ("Which brokers lifted their estimates for Oakmere?", "raise_estimate"),
        ("Who slashed the forecast for tin?", "cut_estimate"),
        ("Who stuck with Oakmere?", "reiterate"),
        ("Who kept its rating on Oakmere?", "reiterate"),
    ],
)
def test_the_wording_tells_the_action(question, action):
    assert actions_asked(question) == {action}


def test_a_question_without_a_move_asks_for_no_action():
    assert actions_asked("What is the target on Oakmere?") == frozenset()


@pytest.mark.parametrize(
    ("question", "stances"),
    [
        ("Who is bullish on tin?", {"bullish"}),
        ("Who likes tin?", {"bullish"}),
        ("Which houses are negative on tin?", {"bearish"}),
        ("Who is cautious on tin?", {"bearish", "neutral"}),
        ("Who is neutral on tin?", {"neutral"}),
        ("Who disagrees with the bulls on tin?", set()),
        ("Who covers tin?", set()),
    ],
)
def test_the_wording_tells_the_stance(question, stances):
    assert stances_asked(question) == stances


@pytest.mark.parametrize(("word", "leans"), [("likes", True), ("wary", True), ("smelter", False)])
def test_some_words_only_say_which_way_views_lean(word, leans):
    assert is_leaning(word) is leans
