"""Follow-up questions made to stand alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_article, make_view

from rag import Answer, Citation, Scope, Statement
from rag.conversation import Resolved, resolve
from rag.terms import Vocabulary

NAMES = (("person", "Mara Lane"), ("firm", "Tern Capital"), ("firm", "Wexley Bank"), ("person", "Hugo Brandt"))
KNOWN = Vocabulary(NAMES, 100, lambda stems: dict.fromkeys(stems, 10), date(2026, 10, 14))
ARTICLE = make_article("a.md", "Tin is cheap.").ref
SAID = "Mara Lane (Tern Capital), 3 March 2026: “Tin is cheap.”"


def turn(question: str, *said: str, standalone: str = "") -> Answer:
    return Answer(
        question=question,
        text="",
        statements=tuple(Statement(text, (1,)) for text in said),
        citations=(Citation(1, ARTICLE, 0, 13, "Tin is cheap."),) if said else (),
        views=(),
        abstained=not said,
        coverage="",
        scope=Scope(),
        model=None,
        timings_ms={},
        standalone=standalone or question,
    )


def read(question: str, *history: Answer) -> str:
    return resolve(question, history, KNOWN).question


@pytest.mark.parametrize("question", ["and why?", "what about gold?", "Who upgraded tin?", "Is he positive?"])
def test_a_first_question_is_taken_as_it_is(question):
    assert read(question) == question


@pytest.mark.parametrize("question", ["and why?", "Why?", "But why is that?", "how come?", "Why so?"])
def test_why_asks_for_the_reason_of_what_was_asked(question):
    assert read(question, turn("Who upgraded tin?", SAID)) == "Who upgraded tin, and why?"


@pytest.mark.parametrize("question", ["when was that?", "When?", "And when was it?"])
def test_when_keeps_what_was_asked(question):
    found = read(question, turn("Who upgraded tin?", SAID))
    assert (found.startswith("When"), "Who upgraded tin?" in found) == (True, True)


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("What does Tern Capital say about tin?", "what about Wexley Bank?", "What does Wexley Bank say about tin?"),
        ("What does Tern Capital say about oil?", "and gold?", "What does Tern Capital say about gold?"),
        ("What does Tern Capital say about gold?", "how about oil?", "What does Tern Capital say about oil?"),
        ("Who upgraded Oakmere?", "What about Aldmere Steel?", "Who upgraded Aldmere Steel?"),
        ("What does Mara Lane say about gold?", "and Hugo Brandt?", "What does Hugo Brandt say about gold?"),
    ],
)
def test_what_about_puts_the_new_name_in_its_counterparts_place(before, question, expected):
    assert read(question, turn(before, SAID)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is she still positive on tin?", "Is Mara Lane still positive on tin?"),
        ("What is her target on tin?", "What is Mara Lane's target on tin?"),
        ("What else does the strategist say about tin?", "What else does Mara Lane say about tin?"),
        ("What does the firm say about gold?", "What does Tern Capital say about gold?"),
    ],
)
def test_pronouns_are_the_person_or_firm_of_the_last_answer(question, expected):
    assert read(question, turn("Who likes tin?", SAID)).startswith(expected.rstrip("?"))


@pytest.mark.parametrize(
    "said",
    [
        "Mara Lane (Tern Capital), 3 March 2026: Tin should do well.",
        "Mara Lane of Tern Capital likes tin.",
        "According to Tern Capital's Mara Lane, tin is cheap.",
        "Tin is cheap, said Mara Lane.",
    ],
)
def test_pronouns_are_those_whom_a_model_names_in_its_own_words(said):
    assert read("Is she still positive on tin?", turn("Who likes tin?", said)).startswith("Is Mara Lane still")


def test_what_an_answer_only_speaks_of_is_nobody():
    known = Vocabulary((*NAMES, ("firm", "Oakmere"), ("subject", "oakmere")), 9, lambda stems: {}, date(2026, 10, 14))
    last = turn("Who likes Oakmere?", "Oakmere's margin rose, and Hugo Brandt likes it.")
    assert "Hugo Brandt" in resolve("Is he still positive?", (last,), known).question


def test_earlier_views_name_the_same_holder():
    answer = turn("Who likes tin?", f"Earlier view: {SAID}")
    assert "Mara Lane" in read("Is she still positive?", answer)


def test_a_question_that_names_nothing_keeps_the_subject():
    assert "gold" in read("What is the target?", turn("What does Tern Capital say about gold?", SAID))


def test_a_question_with_names_of_its_own_stands_alone():
    question = "What does Wexley Bank expect for the price of copper in the coming year?"
    assert read(question, turn("Who likes tin?", SAID)) == question


def test_a_follow_up_looks_first_where_the_last_answer_came_from():
    assert resolve("and why?", [turn("Who likes tin?", SAID)], KNOWN).focus == (ARTICLE.id,)


def test_a_new_subject_looks_everywhere():
    assert resolve("what about gold?", [turn("Who likes tin?", SAID)], KNOWN).focus == ()


def test_the_thread_is_kept_over_several_turns():
    second = turn("what about oil?", SAID, standalone="What does Tern Capital say about oil?")
    first = turn("What does Tern Capital say about gold?", SAID)
    assert read("and why?", first, second) == "What does Tern Capital say about oil, and why?"


def test_why_is_not_asked_twice():
    assert read("and why?", turn("Who upgraded tin, and why?", SAID)).count("why") == 1


def test_a_new_holder_is_what_the_whole_question_is_about():
    assert not read("what about Wexley Bank?", turn("Who upgraded gold, and why?", SAID)).endswith("why (Wexley Bank)?")


@pytest.mark.parametrize(
    "said", ["Headline, undated: “What gold pays you for”", "Harbour Wire, 3 March 2026: “Tin rose 2%.”"]
)
def test_a_headline_or_publisher_is_no_person(said):
    found = read("Is he still positive?", turn("Who likes gold?", said))
    assert "Headline" not in found and "Harbour Wire still" not in found


def test_a_pronoun_after_no_answer_does_no_harm():
    assert "gold" in read("Is he still positive?", turn("Who likes gold?"))


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(max_size=40), st.text(max_size=60))
def test_any_turn_leaves_a_question(question, before, said):
    assert isinstance(read(question, turn(before, said)), str)


def test_a_pronoun_means_the_holder_of_the_view_told_first():
    said = "Mara Lane (Tern Capital) moved tin from neutral to overweight, 3 March 2026: “Tin is cheap.”"
    view = make_view(make_article("a.md", "Tin is cheap."), "Tin is cheap.", analyst="Mara Lane", firm="Tern Capital")
    last = replace(turn("Who upgraded tin?", said), views=(view,))
    assert "Mara Lane" in read("What would change her mind?", last)


COBALT = Vocabulary((*NAMES, ("subject", "cobalt")), 100, lambda stems: dict.fromkeys(stems, 10), date(2026, 10, 14))


@pytest.mark.parametrize(
    "question",
    ["who upgraded cobalt", "who upgraded lithium?", "who is bearish on bonds", "what is the outlook for cocoa?"],
)
def test_a_short_question_about_another_matter_stands_alone(question):
    assert resolve(question, (turn("Who upgraded gold?", SAID),), COBALT) == Resolved(question)


def test_another_subject_of_the_library_takes_the_place_of_the_one_before():
    resolved = resolve("what about cobalt?", (turn("Who upgraded gold, and why?", SAID),), COBALT)
    assert resolved.question == "Who upgraded cobalt, and why?"


@pytest.mark.parametrize("question", ["what about margins?", "how many cuts are expected?", "who is positive on it?"])
def test_another_side_of_the_same_matter_stays_with_it(question):
    resolved = resolve(question, (turn("Who upgraded gold?", SAID),), COBALT)
    assert ("gold" in resolved.question, resolved.focus) == (True, (ARTICLE.id,))


@pytest.mark.parametrize("question", ["Who cut their zinc forecast?", "Which houses changed their view on zinc?"])
def test_their_in_a_question_for_whoever_it_is_refers_to_them(question):
    assert "Lane" not in read(question, turn("Who upgraded gold?", SAID))
