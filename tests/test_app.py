"""The app's pages run without a browser, over a library whose answers are written out here."""

from __future__ import annotations

import string
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag import (
    InputError,
    Scope,
    SourceError,
    web_address,
)
from rag.types import GUESSED_DATE

pytest.importorskip("streamlit")
from pages import ESCAPED, HOSTILE, run, texts
from scripted import NOTE, QUOTE, ScriptedLibrary, abstained, ask, captions, cited
from streamlit.testing.v1 import AppTest

from ui.escape import escape_markdown
from ui.session import Desk
from ui.uploads import keep, keep_pasted, safe_name


@pytest.fixture
def scripted(tmp_path: Path) -> ScriptedLibrary:
    return ScriptedLibrary(tmp_path, cited())


def test_a_source_says_the_page_in_the_list_and_when_open(scripted):
    paged = replace(NOTE, metadata=(("pages", f"0,{NOTE.text.index(QUOTE)}"),))
    scripted.held[NOTE.id] = paged
    scripted.answer = replace(cited(), citations=(replace(cited().citations[0], page=2),))
    app = ask(run(scripted))
    assert "p. 2" in captions(app).split("\n")
    opened = next(button for button in app.button if "1" in button.label and "source-mark" in button.key).click()
    assert "14 November 2025 · p. 2" in captions(opened.run(timeout=20))


def test_a_guessed_date_is_shown_as_one(scripted):
    guessed = replace(NOTE, metadata=(GUESSED_DATE,))
    scripted.answer = cited(guessed)
    assert "about 14 November 2025" in captions(ask(run(scripted)))


def test_an_empty_chat_offers_four_questions_and_a_click_asks_one(scripted):
    app = run(scripted)
    examples = [button for button in app.button if (button.key or "").startswith("example-")]
    assert len(examples) == 4
    examples[0].click().run()
    assert scripted.asked[0][0] == ESCAPED.sub(r"\1", examples[0].label)


def test_an_empty_library_offers_the_samples(scripted, monkeypatch, tmp_path):
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "note.txt").write_text("A note.")
    monkeypatch.setenv("HOUSEVIEW_SAMPLES", str(tmp_path / "samples"))
    scripted.held.clear()
    assert "Load the sample library" in [button.label for button in run(scripted).button]


def test_an_answer_shows_each_statement_and_its_mark(scripted):
    app = ask(run(scripted))
    assert f"Wilson: “{QUOTE}”" in texts(app)
    assert app.button("cite-0-0-1").label == r"\[1\]"


def test_a_mark_opens_the_article_at_the_cited_words_and_close_closes_it(scripted):
    app = ask(run(scripted))
    app.button("cite-0-0-1").click().run()
    frame = app.get("iframe")[0].proto.srcdoc
    assert f'<mark data-cites="0">{QUOTE}</mark>' in frame
    app.button("close-source").click().run()
    assert not app.get("iframe")


def test_the_panel_says_when_the_article_is_gone(scripted):
    app = ask(run(scripted))
    scripted.held.clear()
    app.button("cite-0-0-1").click().run()
    assert "No article note" in app.error[0].value.replace("\\", "")


def test_an_abstention_says_so_and_offers_passages_as_such(scripted):
    scripted.answer = abstained()
    app = ask(run(scripted))
    assert (
        ESCAPED.sub(r"\1", app.info[0].value) == "Nothing in the library answers that. It does not mention [Zorblatt]."
    )
    assert any("do not answer" in caption.value for caption in app.caption)
    assert "We open." in texts(app)


def test_what_was_searched_names_scope_coverage_and_timings(scripted):
    scripted.answer = replace(cited(), notes=("Read 'last week' as 3 to 9 November.",))
    app = run(scripted)
    app.multiselect("filter-publishers").set_value(["The Desk"])
    app = ask(app)
    shown = "\n".join(texts(app) + [caption.value for caption in app.caption])
    assert "1 of 1 articles in scope" in shown
    assert "Publisher: The Desk" in shown
    assert "Read 'last week' as 3 to 9 November." in shown
    assert "retrieve 12 ms" in shown


def test_filters_become_the_scope_of_the_question(scripted):
    app = run(scripted)
    app.date_input("filter-since").set_value(date(2025, 11, 1))
    app.date_input("filter-until").set_value(date(2025, 11, 9))
    app.date_input("filter-as-of").set_value(date(2025, 11, 12))
    app.multiselect("filter-kinds").set_value(["note"])
    ask(app)
    assert scripted.asked[0][2] == Scope(
        since=date(2025, 11, 1), until=date(2025, 11, 9), as_of=date(2025, 11, 12), kinds=("note",)
    )


def test_dates_the_wrong_way_round_are_pointed_out(scripted):
    app = run(scripted)
    app.date_input("filter-since").set_value(date(2025, 11, 9))
    app.date_input("filter-until").set_value(date(2025, 11, 1)).run()
    assert "after the last" in app.warning[0].value


def test_a_follow_up_carries_the_answers_before_it(scripted):
    app = ask(run(scripted), "who upgraded small caps")
    ask(app, "and why?")
    assert [answer.question for answer in scripted.asked[1][1]] == ["who upgraded small caps"]


def test_a_new_conversation_forgets(scripted):
    app = ask(run(scripted))
    next(button for button in app.button if button.label == "New conversation").click().run()
    assert len([button for button in app.button if (button.key or "").startswith("example-")]) == 4
    ask(app, "again")
    assert scripted.asked[1][1] == ()


def test_a_question_that_cannot_be_used_gets_one_line_and_the_next_one_works(scripted):
    scripted.answer = InputError("The question has 20,000 characters, the limit is 2,000: shorten it.")
    app = ask(run(scripted), "x" * 20_000)
    assert "20,000 characters" in app.error[0].value.replace("\\", "")
    assert not app.exception
    scripted.answer = cited()
    assert f"Wilson: “{QUOTE}”" in texts(ask(app))


def test_a_model_that_does_not_load_is_a_box_and_no_traceback(scripted):
    app = run(scripted)

    def broken(desk):
        from ui.chat import page

        page(desk)

    model: Future[object] = Future()
    model.set_exception(InputError("The weights are not the expected ones: install them again."))
    app = AppTest.from_function(broken, kwargs={"desk": Desk(scripted, model)}).run(timeout=20)
    assert "install them again" in ask(app).error[0].value
    assert not app.exception


def test_hostile_words_reach_markdown_only_escaped(scripted):
    evil = replace(NOTE, title=HOSTILE, publisher=HOSTILE, authors=(HOSTILE,), url="javascript:alert(1)", text=HOSTILE)
    scripted.held = {evil.id: evil}
    scripted.answer = cited(evil, HOSTILE)
    app = ask(run(scripted))
    app.button("cite-0-0-1").click().run()
    marked = [*app.markdown, *app.caption, *app.button, *app.error]
    for written in (getattr(element, "value", "") or "" for element in marked):
        assert "<script" not in str(written).replace("\\<", "")
        assert "](" not in str(written)
    assert not app.get("link_button")


def test_a_damaged_library_is_a_box_and_no_traceback(tmp_path, monkeypatch):
    (tmp_path / "catalogue.sqlite3").write_bytes(b"not a database" * 100)
    monkeypatch.setenv("HOUSEVIEW_LIBRARY", str(tmp_path))
    app = AppTest.from_file("../app.py").run(timeout=20)
    assert str(tmp_path.name) in ESCAPED.sub(r"\1", app.error[0].value)
    assert not app.exception


@pytest.mark.parametrize("text", [HOSTILE, "1. one", "# head", "a | b", "- item", ":material/home:", "\\"])
def test_escaping_hides_every_punctuation_mark_and_changes_nothing_else(text):
    escaped = escape_markdown(text)
    assert not set(ESCAPED.sub("", escaped)) & set(string.punctuation)
    assert ESCAPED.sub(r"\1", escaped).replace("\u200b", "") == text


@pytest.mark.parametrize("text", [":smile:", "https://example.com", "www.example.com", "a@example.com", "a -> b"])
def test_what_streamlit_looks_at_again_is_broken_up_invisibly(text):
    assert "\u200b" in escape_markdown(text)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("note.txt", "note.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs/olute.md", "olute.md"),
        ("<img src=x>.txt", "_img src_x_.txt"),
        ("..", "upload"),
        ("", "upload"),
        (".hidden", "hidden"),
        ("rows.jsonl.gz", "rows.jsonl.gz"),
        ("a\0b\n.txt", "a_b_.txt"),
    ],
)
def test_an_upload_keeps_to_its_folder(given, kept):
    assert safe_name(given) == kept


def test_a_very_long_name_fits_the_file_system(tmp_path):
    name = safe_name("é" * 400 + ".jsonl.gz")
    (tmp_path / name).write_text("fits")
    assert name.endswith(".jsonl.gz")


def test_pasted_text_becomes_a_file_that_starts_with_its_title(tmp_path):
    (path,) = keep_pasted(tmp_path, " A view ", "The text.")
    assert path.read_text() == "A view\n\nThe text."
    assert path.parent == tmp_path


def test_two_files_of_one_name_are_both_kept(tmp_path):
    paths = keep(tmp_path, [("a/note.txt", b"one"), ("b/note.txt", b"two")])
    assert [path.read_bytes() for path in paths] == [b"one", b"two"]


def test_an_earlier_file_of_the_same_name_is_replaced(tmp_path):
    keep(tmp_path, [("note.txt", b"old")])
    keep(tmp_path, [("note.txt", b"new")])
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "uploads").write_text("in the way")
    with pytest.raises(SourceError, match="uploads"):
        keep(tmp_path / "uploads", [("note.txt", b"text")])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "http://[", "", None]
)
def test_only_web_addresses_become_links(url):
    assert web_address(url) is None
