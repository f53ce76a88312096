"""The chat page: an answer in the making, stopped, asked again, edited, kept, opened, judged, and its scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from rag import Answer, Citation, Feedback, InputError, LibraryError, Scope, Statement, Step, Told, Turn
from rag.catalogue import Catalogue

pytest.importorskip("streamlit")
from pages import ESCAPED, press, run, texts
from scripted import NOTE, QUOTE, ScriptedLibrary, ask, captions, cited
from streamlit.testing.v1 import AppTest

from ui.answering import STOPPED, Answering, Progress
from ui.scope_bar import inferred, restrictions, without


@pytest.fixture
def scripted(tmp_path: Path) -> ScriptedLibrary:
    return ScriptedLibrary(tmp_path, cited())


def kept(library: ScriptedLibrary, owner: str = "") -> list[Turn]:
    """Return the turns of the owner's one conversation."""
    (conversation,) = library.conversations.all(owner)
    return library.conversations.open(owner, conversation.id)[1]


def shown_questions(app: AppTest) -> list[str]:
    return [message.children[0].children[0].value for message in app.chat_message if message.name == "user"]


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key).click().run(timeout=20)


def chips(app: AppTest) -> list[str]:
    return [ESCAPED.sub(r"\1", each.label) for each in app.button if each.key and "chip-" in each.key]


# --- the work itself


@dataclass
class Script:
    """Yields what it was told to, each after the test lets it go on."""

    events: list[Step | Told | Answer | Exception]
    going: Event = field(default_factory=Event)
    left: Event = field(default_factory=Event)

    def __call__(self) -> Iterator[Step | Told | Answer]:
        try:
            for event in self.events:
                if isinstance(event, Exception):
                    raise event
                yield event
                if isinstance(event, Told):
                    self.going.wait(10)
        finally:
            self.left.set()


TOLD = Told(Statement("One.", (1,)), (Citation(1, NOTE.ref, 0, 8, "We open."),))


def until(work: Answering, met: Callable[[Progress], object]) -> Progress:
    """Wait until the work is that far."""
    progress = work.wait(None, 10)
    while not met(progress):
        progress = work.wait(progress, 10)
    return progress


def finish(work: Answering) -> Turn:
    return until(work, lambda progress: progress.turn).turn


def test_what_is_told_can_be_seen_before_the_answer_is_there():
    script = Script([Step("retrieve"), TOLD, cited()])
    work = Answering("Who?", Scope(), script, lambda turn: turn)
    progress = until(work, lambda progress: progress.told)
    assert (progress.stage, progress.told, progress.turn) == ("retrieve", (TOLD,), None)
    script.going.set()
    assert finish(work).answer == cited()


def test_a_stop_keeps_what_was_told_and_lets_the_work_go():
    script, stored = Script([TOLD, cited()]), []
    work = Answering("Who?", Scope(), script, lambda turn: stored.append(turn) or turn)
    until(work, lambda progress: progress.told)
    turn = work.stop()
    script.going.set()
    assert script.left.wait(10)
    assert (turn.answer.statements, turn.answer.coverage) == ((TOLD.statement,), "Stopped before it was complete.")
    assert stored == [turn]


def test_a_stop_before_anything_was_told_says_so():
    going = Event()

    def making() -> Iterator[Step]:
        yield Step("retrieve")
        going.wait(10)

    work = Answering("Who?", Scope(), making, lambda turn: turn)
    turn = work.stop()
    going.set()
    assert (turn.answer, turn.problem) == (None, STOPPED)


def test_a_stop_after_the_end_changes_nothing():
    work = Answering("Who?", Scope(), Script([cited()]), lambda turn: turn)
    turn = finish(work)
    assert work.stop() is turn


def test_a_restart_takes_back_what_was_told():
    script = Script([Step("write"), TOLD, Step("restart"), TOLD, cited()])
    work = Answering("Who?", Scope(), script, lambda turn: turn)
    until(work, lambda progress: progress.told)
    script.going.set()
    finish(work)
    assert work.wait(None, 0).told == (TOLD,)


def test_an_error_is_the_turn_s_one_line():
    work = Answering("Who?", Scope(), Script([InputError("Ask something.")]), lambda turn: turn)
    assert finish(work) == Turn("Who?", None, "Ask something.")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_nobody_foresaw_ends_the_wait_too():
    work = Answering("Who?", Scope(), Script([ZeroDivisionError()]), lambda turn: turn)
    assert "failed unexpectedly" in finish(work).problem


# --- stop, ask again, edit


def test_a_run_that_a_click_interrupted_is_gone_on_with_by_the_next_one(scripted):
    script = Script([Step("retrieve"), TOLD, cited()])
    script.going.set()
    app = run(scripted)
    app.session_state["answering"] = Answering("who upgraded small caps", Scope(), script, lambda turn: turn)
    app.run(timeout=20)
    assert shown_questions(app) == ["who upgraded small caps"]
    assert f"Wilson: “{QUOTE}”" in texts(app)


def test_a_question_put_while_another_is_answered_comes_after_what_that_one_told(scripted):
    script = Script([TOLD, cited()])
    app = run(scripted)
    work = Answering("one", Scope(), script, lambda turn: turn)
    app.session_state["answering"] = work
    until(work, lambda progress: progress.told)
    app.chat_input[0].set_value("two")
    script.going.set()
    app.run(timeout=20)
    assert shown_questions(app) == ["one", "two"]


def test_asking_again_replaces_the_turn_and_what_came_after(scripted):
    app = ask(ask(run(scripted), "one"), "two")
    app = click(app, "again-0")
    assert shown_questions(app) == ["one"]
    assert [turn.question for turn in kept(scripted)] == ["one"]
    assert scripted.asked[2][1] == ()


def test_an_edited_question_is_asked_in_place_of_the_old_one(scripted):
    app = ask(ask(run(scripted), "one"), "two")
    app = click(app, "edit-question-1")
    app.text_area("edited-1").set_value("  three ")
    app = next(each for each in app.button if each.label == "Ask again" and each.form_id).click().run(timeout=20)
    assert shown_questions(app) == ["one", "three"]
    assert [turn.question for turn in kept(scripted)] == ["one", "three"]


def test_cancelling_an_edit_leaves_everything(scripted):
    app = click(ask(run(scripted), "one"), "edit-question-0")
    app = press(app, "Cancel")
    assert shown_questions(app) == ["one"]
    assert len(scripted.asked) == 1


# --- kept


def test_a_question_and_its_answer_are_kept_and_named(scripted):
    ask(run(scripted), "who upgraded small caps")
    assert scripted.conversations.all("")[0].title == "who upgraded small caps"
    assert kept(scripted)[0].answer.statements == cited().statements


def test_a_follow_up_goes_into_the_same_conversation(scripted):
    ask(ask(run(scripted), "one"), "two")
    assert [turn.question for turn in kept(scripted)] == ["one", "two"]


def test_a_kept_conversation_is_opened_with_its_answers_and_its_scope(scripted):
    conversation_id = scripted.conversations.begin("", "one")
    scope = Scope(publishers=("The Desk",), since=date(2025, 11, 1))
    scripted.conversations.keep("", conversation_id, Turn("one", cited(), given=scope))
    app = click(run(scripted), f"open-{conversation_id}")
    assert f"Wilson: “{QUOTE}”" in texts(app)
    ask(app, "and why?")
    assert (len(scripted.asked[0][1]), scripted.asked[0][2]) == (1, scope)


def test_a_conversation_is_opened_whatever_its_id(scripted):
    scripted.conversations  # noqa: B018 - creates the catalogue
    Catalogue(scripted.path / "catalogue.sqlite3").conversations.add("-a__b", "", "one")
    scripted.conversations.keep("", "-a__b", Turn("one", cited()))
    app = click(run(scripted), "open--a__b")
    assert not app.exception
    assert shown_questions(ask(app, "two")) == ["one", "two"]


def test_the_list_holds_the_reader_s_own_conversations_only(scripted):
    scripted.conversations.begin("someone", "theirs")
    mine = scripted.conversations.begin("", "mine")
    listed = [button.key for button in run(scripted).button if (button.key or "").startswith("open-")]
    assert listed == [f"open-{mine}"]


def test_many_conversations_can_be_searched(scripted):
    for n in range(20):
        scripted.conversations.begin("", f"question {n}")
    app = run(scripted)
    app.text_input("find-conversation").set_value("QUESTION 17").run()
    assert [button.label for button in app.button if (button.key or "").startswith("open-")] == ["question 17"]


def test_a_conversation_is_renamed(scripted):
    app = ask(run(scripted), "one")
    (conversation,) = scripted.conversations.all("")
    app.text_input(f"conversation-name-{conversation.id}").set_value("Small caps")
    app = press(app, "Rename")
    assert app.button(f"open-{conversation.id}").label == "Small caps"


def test_a_deleted_conversation_is_gone_after_a_confirmation(scripted):
    app = click(ask(run(scripted), "one"), "delete-conversation")
    assert len(scripted.conversations.all("")) == 1
    app = click(app, "delete-now")
    assert scripted.conversations.all("") == []
    assert shown_questions(app) == []


def test_a_new_conversation_leaves_the_old_one_kept(scripted):
    app = click(ask(run(scripted), "one"), "new")
    ask(app, "two")
    assert sorted(each.title for each in scripted.conversations.all("")) == ["one", "two"]


def test_an_answer_that_cannot_be_kept_is_shown_with_the_reason(scripted, monkeypatch):
    app = run(scripted)

    class Full:
        def all(self, owner: str, search: str = "") -> list:
            return []

        def begin(self, owner: str, question: str) -> str:
            raise LibraryError("the disk is full")

    monkeypatch.setattr(scripted, "conversations", Full())
    app = ask(app, "one")
    assert f"Wilson: “{QUOTE}”" in texts(app)
    assert "the disk is full" in app.warning[0].value


# --- feedback


def test_a_thumb_is_kept_with_the_answer_and_its_reasons_and_comment_follow(scripted):
    app = ask(run(scripted), "one")
    app.feedback("thumbs-0-0").set_value(0).run(timeout=20)
    assert kept(scripted)[0].feedback == Feedback("bad")
    app.pills("reasons-0-bad").set_value(["wrong", "outdated"])
    app.text_input("comment-0-bad").set_value("It was cut.")
    press(app, "Send")
    assert kept(scripted)[0].feedback == Feedback("bad", "wrong, outdated", "It was cut.")


# --- scope


def test_an_empty_scope_reads_all_articles(scripted):
    assert "All articles" in captions(run(scripted)).split("\n")


def test_what_was_set_by_hand_is_a_chip_that_a_click_takes_away(scripted):
    app = run(scripted)
    app.multiselect("filter-publishers").set_value(["The Desk", "The Post"])
    app.date_input("filter-as-of").set_value(date(2025, 11, 12)).run()
    assert chips(app) == ["As of 12 November 2025", "Publisher: The Desk", "Publisher: The Post"]
    ask(click(app, "chip-1"))
    assert scripted.asked[0][2] == Scope(as_of=date(2025, 11, 12), publishers=("The Post",))


def test_the_scope_stays_for_follow_ups_and_is_kept_with_the_turn(scripted):
    app = run(scripted)
    app.multiselect("filter-publishers").set_value(["The Desk"])
    ask(ask(app, "one"), "two")
    assert [turn.given for turn in kept(scripted)] == [Scope(publishers=("The Desk",))] * 2


class Inferring(ScriptedLibrary):
    """Reads a period into every question unless told not to."""

    def stream(self, *asked: object, inferring: bool = True) -> Iterator[Step | Told | Answer]:
        for event in super().stream(*asked, inferring=inferring):
            if isinstance(event, Answer) and inferring:
                yield replace(event, scope=replace(event.scope, since=date(2025, 11, 3), publishers=("The Post",)))
            else:
                yield event


def test_what_was_inferred_is_marked_and_a_click_asks_again_without_it(tmp_path):
    library = Inferring(tmp_path, cited())
    app = ask(run(library), "what did The Post say last week")
    said = [ESCAPED.sub(r"\1", each.label) for each in app.button if (each.key or "").startswith("inferred-")]
    assert said == ["Since 3 November 2025 · from the question", "Publisher: The Post · from the question"]
    click(app, "inferred-0")
    assert [scope for _, _, scope in library.asked] == [Scope(), Scope(publishers=("The Post",))]
    assert len(kept(library)) == 1


def test_what_was_inferred_can_be_kept_for_what_follows(tmp_path):
    library = Inferring(tmp_path, cited())
    app = click(ask(run(library), "one"), "keep-inferred")
    ask(app, "two")
    assert library.asked[1][2] == Scope(since=date(2025, 11, 3), publishers=("The Post",))


@pytest.mark.parametrize("scope", [Scope(since=date(2025, 1, 1)), Scope(firms=("A", "B"), article_ids=("x", "y"))])
def test_a_scope_without_all_that_it_asks_for_is_empty(scope):
    for each in list(restrictions(scope)):
        scope = without(scope, each)
    assert scope == Scope()


def test_what_was_given_is_not_inferred():
    given = Scope(publishers=("The Desk",))
    answer = replace(cited(), scope=replace(given, until=date(2025, 1, 2)))
    assert [each.field for each in inferred(Turn("?", answer, given=given))] == ["until"]


# --- links


def test_a_link_with_a_question_asks_it_once(scripted):
    app = run(scripted, q="who upgraded small caps")
    app.run(timeout=20)
    assert [question for question, *_ in scripted.asked] == ["who upgraded small caps"]
    assert "q" not in app.query_params


def test_a_link_opens_a_conversation_of_the_reader_s_own(scripted):
    conversation_id = scripted.conversations.begin("", "one")
    scripted.conversations.keep("", conversation_id, Turn("one", cited()))
    assert shown_questions(run(scripted, conversation=conversation_id)) == ["one"]


def test_a_link_to_another_reader_s_conversation_opens_nothing_and_says_so(scripted):
    conversation_id = scripted.conversations.begin("someone", "theirs")
    app = run(scripted, conversation=conversation_id)
    assert "no such conversation" in app.warning[0].value
    assert shown_questions(app) == []


def test_a_link_opens_an_article_at_a_quote(scripted):
    start = NOTE.text.index(QUOTE)
    app = run(scripted, article=NOTE.id, start=str(start), end=str(start + len(QUOTE)))
    assert f">{QUOTE}</mark>" in app.get("iframe")[0].proto.srcdoc


@pytest.mark.parametrize(
    "query",
    [
        {"article": "gone"},
        {"article": NOTE.id, "start": "x"},
        {"article": NOTE.id, "start": "5", "end": "2"},
        {"article": NOTE.id, "start": "-1", "end": "2"},
        {"article": NOTE.id, "end": "999999"},
    ],
    ids=["gone", "no number", "backwards", "negative", "beyond"],
)
def test_a_link_to_no_place_of_an_article_says_so_in_one_line(scripted, query):
    app = run(scripted, **query)
    assert len(app.warning) == 1
    assert not app.exception and not app.get("iframe")


def test_the_address_names_the_conversation_and_a_new_one_leaves_it(scripted):
    app = ask(run(scripted), "one")
    assert scripted.conversations.all("")[0].id in app.query_params["conversation"]
    assert "conversation" not in click(app, "new").query_params


# --- what follows, and the model


def test_suggested_questions_are_asked_by_a_click(scripted):
    scripted.answer = replace(cited(), suggestions=("and why?",))
    app = ask(run(scripted), "one")
    assert shown_questions(click(app, "follow-up-0")) == ["one", "and why?"]


class Wording(ScriptedLibrary):
    """Remembers what was to word its answers."""

    def stream(self, *asked: object, **options: object) -> Iterator[Step | Told | Answer]:
        self.wordings.append(asked[3])
        return super().stream(*asked, **options)


@pytest.mark.parametrize(("choice", "wording"), [("As set up", None), ("None", "extractive")])
def test_the_model_of_the_session_words_its_answers(tmp_path, choice, wording):
    library = Wording(tmp_path, cited())
    library.wordings = []
    app = run(library)
    app.session_state["model-choice"] = choice
    ask(app)
    assert library.wordings == [wording]


def test_a_model_that_makes_no_sense_is_said_so_when_it_is_tried(scripted):
    app = run(scripted)
    app.session_state["model-choice"] = "Another"
    app.run(timeout=20)
    app.text_input("model-name").set_value("nosuch:thing")
    assert "nosuch" in click(app, "try-model").error[0].value
