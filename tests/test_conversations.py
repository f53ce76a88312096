"""Conversations kept with a library: whose they are, what comes back, and that nothing else waits for them."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_article, make_passages, make_view

from rag import Answer, Citation, Feedback, InputError, Scope, Statement, Told, Turn, stopped
from rag.conversations import _as_json, _from_json

ARTICLE = make_article(
    "tin.txt",
    "Ann Lee of Hollin Rye cut tin.\nOrders are weak.",
    title="Tin – “down”",
    publisher="The Tin Post",
    authors=("Ann Lee", "Bo Ek"),
    published=datetime(2025, 3, 2, 9, 30, tzinfo=UTC),
    tickers=("TIN",),
)
QUOTE = "Ann Lee of Hollin Rye cut tin."
ANSWER = Answer(
    question="Who cut tin?",
    text="Ann Lee (Hollin Rye): “cut tin” [1]",
    statements=(Statement("Ann Lee (Hollin Rye), 2 March 2025: “cut tin to 30% *below* Zürich's”", (1,)),),
    citations=(Citation(1, ARTICLE.ref, 0, len(QUOTE), QUOTE, page=2),),
    views=(
        make_view(ARTICLE, QUOTE, firm="Hollin Rye", stance="bearish", reasons=("Orders are weak.",), said_on=date.min),
    ),
    abstained=False,
    coverage="1 article in scope.",
    scope=Scope(since=date(2025, 1, 1), publishers=("The Tin Post",)),
    model="fake:one",
    timings_ms={"retrieve": 1.5, "total": 2.25},
    notes=("Read “lately” as: from 1 January 2025.",),
    nearest=make_passages(ARTICLE),
    standalone="Who cut tin?",
)


@pytest.fixture
def kept(library):
    return library.conversations


def begin(kept, *questions: str, owner: str = "") -> str:
    conversation_id = kept.begin(owner, questions[0])
    for question in questions:
        kept.keep(owner, conversation_id, Turn(question, replace(ANSWER, question=question)))
    return conversation_id


def questions(kept, conversation_id: str, owner: str = "") -> list[str]:
    return [turn.question for turn in kept.open(owner, conversation_id)[1]]


# --- what comes back


def test_an_answer_comes_back_with_all_its_fields(kept):
    conversation_id = kept.begin("", "Who cut tin?")
    turn = kept.keep("", conversation_id, Turn("Who cut tin?", ANSWER, given=Scope(as_of=date(2025, 4, 1))))
    assert kept.open("", conversation_id)[1] == [turn]
    assert turn.answer == ANSWER


@given(st.text(), st.text(), st.datetimes(timezones=st.none() | st.just(UTC)), st.floats(0, 1e9))
def test_no_text_or_time_is_changed_on_the_way(said, name, published, spent):
    try:
        for text in (said, name):
            text.encode()
    except UnicodeEncodeError:
        return
    article = replace(ARTICLE, title=name, published=published)
    answer = replace(
        ANSWER,
        statements=(Statement(said, ()),),
        citations=(Citation(1, article.ref, 0, 1, said),),
        timings_ms={name: spent},
    )
    assert _from_json({"answer": _as_json(answer), "given": {}}) == (answer, Scope(), True)


def test_a_question_without_an_answer_keeps_why(kept):
    conversation_id = kept.begin("", "?")
    kept.keep("", conversation_id, Turn("?", None, "The question is empty.", Scope(kinds=("note",))))
    (turn,) = kept.open("", conversation_id)[1]
    assert (turn.answer, turn.problem, turn.given) == (None, "The question is empty.", Scope(kinds=("note",)))


def test_an_answer_of_a_version_that_wrote_other_fields_says_so(library, kept):
    conversation_id = begin(kept, "Who cut tin?")
    library.catalogue.conversations.put_turn(
        "", conversation_id, 0, {"question": "Who?", "answer": {"answer": {"said": 1}}, "problem": None}
    )
    (turn,) = kept.open("", conversation_id)[1]
    assert "another version" in turn.problem


def test_conversations_outlive_the_library_that_kept_them(kept, open_library):
    conversation_id = begin(kept, "Who cut tin?", "And zinc?")
    assert questions(open_library().conversations, conversation_id) == ["Who cut tin?", "And zinc?"]


def test_half_a_surrogate_pair_does_not_keep_a_question_from_being_kept(kept):
    conversation_id = begin(kept, "tin \ud800 or zinc")
    assert questions(kept, conversation_id) == ["tin ? or zinc"]


def test_what_was_told_before_a_stop_is_an_answer_that_says_it_is_not_complete():
    told = [Told(ANSWER.statements[0], ANSWER.citations)]
    answer = stopped("Who cut tin?", told, Scope())
    assert (answer.statements, answer.citations) == (ANSWER.statements, ANSWER.citations)
    assert "Stopped" in answer.coverage


# --- names, order, search


def test_a_conversation_is_named_after_its_first_question_cut_at_a_word(kept):
    begin(kept, "Who  upgraded\nsmall caps " + "and why " * 30)
    (found,) = kept.all("")
    assert found.title.startswith("Who upgraded small caps and why") and found.title.endswith("and …")
    assert len(found.title) <= 80


def test_the_conversation_last_spoken_in_comes_first(kept):
    first, second = begin(kept, "tin"), begin(kept, "zinc")
    kept.keep("", first, Turn("and lead?", ANSWER))
    assert [each.id for each in kept.all("")] == [first, second]


def test_renaming_changes_the_title_and_not_the_order(kept):
    first, second = begin(kept, "tin"), begin(kept, "zinc")
    kept.rename("", first, "  Metals\tdesk ")
    assert [(each.id, each.title) for each in kept.all("")] == [(second, "zinc"), (first, "Metals desk")]


def test_an_empty_title_is_refused(kept):
    with pytest.raises(InputError, match="title is empty"):
        kept.rename("", begin(kept, "tin"), " \n")


@pytest.mark.parametrize("words", ["METALS", "who cut", "“cut tin to 30% *below*", "zürich"])
def test_search_finds_titles_questions_and_answers_in_any_case(kept, words):
    wanted = begin(kept, "Who cut tin?")
    kept.rename("", wanted, "Metals")
    other = kept.begin("", "gold")
    kept.keep("", other, Turn("gold", None, "no"))
    assert [each.id for each in kept.all("", words)] == [wanted]


@pytest.mark.parametrize("words", ["%", "_", "a%b", "\\"])
def test_search_takes_no_character_for_a_wildcard(kept, words):
    conversation_id = kept.begin("", "gold")
    kept.keep("", conversation_id, Turn("gold", None, "no"))
    assert kept.all("", words) == []


# --- changing


def test_asking_again_at_an_earlier_place_cuts_what_came_after(kept):
    conversation_id = begin(kept, "one", "two", "three")
    kept.keep("", conversation_id, Turn("two, again", ANSWER), at=1)
    assert questions(kept, conversation_id) == ["one", "two, again"]


def test_a_turn_cannot_be_kept_beyond_the_end(kept):
    conversation_id = begin(kept, "one")
    with pytest.raises(InputError, match="no such conversation or turn"):
        kept.keep("", conversation_id, Turn("three", ANSWER), at=2)


def test_two_tabs_that_go_on_with_one_conversation_lose_no_turn(kept):
    conversation_id = begin(kept, "one")
    positions = [kept.keep("", conversation_id, Turn(text, ANSWER)).position for text in ("left", "right")]
    assert (positions, questions(kept, conversation_id)) == ([1, 2], ["one", "left", "right"])


def test_a_deleted_conversation_is_gone_with_its_turns_and_feedback(library, kept):
    conversation_id = begin(kept, "one")
    kept.judge("", conversation_id, 0, Feedback("good"))
    kept.remove("", conversation_id)
    assert (kept.all(""), kept.feedback(), library.verify()) == ([], [], [])


# --- whose they are


@pytest.mark.parametrize(
    "act",
    [
        lambda kept, it: kept.open("bo", it),
        lambda kept, it: kept.keep("bo", it, Turn("mine?", None)),
        lambda kept, it: kept.keep("bo", it, Turn("mine?", None), at=0),
        lambda kept, it: kept.rename("bo", it, "mine"),
        lambda kept, it: kept.remove("bo", it),
        lambda kept, it: kept.judge("bo", it, 0, Feedback("bad")),
        lambda kept, it: kept.judge("bo", it, 0, None),
    ],
    ids=["open", "keep", "replace", "rename", "remove", "judge", "take back"],
)
def test_another_reader_can_neither_read_nor_change_a_conversation(kept, act):
    mine = begin(kept, "Who cut tin?", owner="ann")
    kept.judge("ann", mine, 0, Feedback("good"))
    before = kept.open("ann", mine)
    with pytest.raises(InputError, match="no such conversation"):
        act(kept, mine)
    assert kept.open("ann", mine) == before


def test_a_list_and_a_search_hold_only_ones_own(kept):
    begin(kept, "tin", owner="ann")
    mine = begin(kept, "tin", owner="bo")
    assert [each.id for each in (*kept.all("bo"), *kept.all("bo", "tin"))] == [mine, mine]
    assert len(kept.all(None)) == 2


# --- feedback


def test_feedback_is_kept_with_its_answer_and_can_be_changed_and_taken_back(kept):
    conversation_id = begin(kept, "Who cut tin?")
    kept.judge("", conversation_id, 0, Feedback("bad", "wrong", "It was zinc."))
    kept.judge("", conversation_id, 0, Feedback("good"))
    assert kept.open("", conversation_id)[1][0].feedback == Feedback("good")
    kept.judge("", conversation_id, 0, None)
    assert kept.open("", conversation_id)[1][0].feedback is None


def test_feedback_tells_what_it_was_given_on(kept):
    conversation_id = begin(kept, "Who cut tin?", owner="ann")
    kept.judge("ann", conversation_id, 0, Feedback("bad", "wrong", " It was zinc.\nReally. "))
    (found,) = kept.feedback()
    assert (found.owner, found.question, found.feedback) == (
        "ann",
        "Who cut tin?",
        Feedback("bad", "wrong", "It was zinc.\nReally."),
    )
    assert found.answer == ANSWER


def test_feedback_goes_with_the_answer_that_is_asked_for_again(kept):
    conversation_id = begin(kept, "one")
    kept.judge("", conversation_id, 0, Feedback("bad"))
    kept.keep("", conversation_id, Turn("one", ANSWER), at=0)
    assert kept.feedback() == []


@pytest.mark.parametrize("position", [-1, 1])
def test_feedback_on_no_turn_is_refused(kept, position):
    with pytest.raises(InputError, match="no such conversation or turn"):
        kept.judge("", begin(kept, "one"), position, Feedback("good"))


def test_an_unknown_verdict_is_refused(kept):
    with pytest.raises(InputError, match="give one of good, bad"):
        kept.judge("", begin(kept, "one"), 0, Feedback("fine"))  # type: ignore[arg-type]


# --- beside an ingest

WRITER = """
import sys, time
sys.path[:0] = ["tests"]
from making import WordEmbedder, make_article, make_record
from rag import Library, Settings
embedder = WordEmbedder()
with Library.open(sys.argv[1], settings=Settings(_env_file=None), embedder=embedder) as library, library.writer():
    print("writing", flush=True)
    for n in range(10_000):
        library.put([make_record(make_article(f"{n}.txt", f"tin {n}\\nzinc {n}"), embedder)])
        if n == 5: print("stored", flush=True)
"""


def test_a_conversation_is_kept_while_another_process_writes_articles_and_does_not_stop_it(library, kept):
    root = Path(__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(library.path)], cwd=root, stdout=subprocess.PIPE, text=True
    ) as other:
        try:
            assert other.stdout.readline() == "writing\n"
            conversation_id = begin(kept, *(f"question {n}" for n in range(20)))
            assert other.stdout.readline() == "stored\n"
            assert len(questions(kept, conversation_id)) == 20
            assert other.poll() is None
        finally:
            other.kill()


def test_turns_of_many_threads_are_all_kept(kept):
    conversation_id = kept.begin("", "many")
    threads = [
        threading.Thread(target=kept.keep, args=("", conversation_id, Turn(f"question {n}", ANSWER))) for n in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(questions(kept, conversation_id)) == sorted(f"question {n}" for n in range(16))


def test_keeping_a_turn_leaves_what_is_cached_of_the_articles(library, kept):
    made = []
    library.cached("names", lambda: made.append(1))
    begin(kept, "tin")
    library.cached("names", lambda: made.append(2))
    assert made == [1]
