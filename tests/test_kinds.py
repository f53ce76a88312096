"""What sort of answer a question wants, from its wording alone."""

from __future__ import annotations

import pytest

from rag.kinds import kind_of, parts_of, wants_figure, wants_holders, wants_leaning, wants_person, wants_reason


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
