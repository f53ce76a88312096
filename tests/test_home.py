"""The home page without a browser: what came in since the last visit, which views changed, and what to ask."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from invented_views import extractor, write_import_file
from making import make_article, make_record, make_view
from pages import ESCAPED, HOSTILE, desk_of, press, texts
from streamlit.testing.v1 import AppTest

from ingest import ingest
from rag import Library, LibraryCorrupt, Stats

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def invented(library: Library, tmp_path) -> Library:
    write_import_file(tmp_path / "notes.jsonl")
    ingest([tmp_path / "notes.jsonl"], library, extractor=extractor)
    return library


def home(library: Any, went: list[tuple[str, dict[str, str]]] | None = None, **query: str) -> AppTest:
    """Return the page after its first run; where it goes to is noted in `went`, after which the run ends."""

    def script(desk, went) -> None:
        import streamlit as st

        from ui import home

        def go(page: str, **query: str) -> None:
            went.append((page, query))
            st.stop()

        home.page(desk, go)

    app = AppTest.from_function(script, kwargs={"desk": desk_of(library), "went": [] if went is None else went})
    app.query_params.update(query)
    return app.run(timeout=20)


def headings(app: AppTest) -> list[str]:
    return [each.value for each in app.header]


def lines(app: AppTest, kind: str) -> list[str]:
    """Return the labels of the page's buttons of a kind, without escapes."""
    found = [button for button in app.button if (button.key or "").startswith(f"home-{kind}-")]
    return [ESCAPED.sub(r"\1", button.label).replace("\u200b", "") for button in found]


def test_an_empty_library_offers_samples_and_the_way_to_add(library, monkeypatch, tmp_path) -> None:
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "note.txt").write_text("A note.")
    monkeypatch.setenv("HOUSEVIEW_SAMPLES", str(tmp_path / "samples"))
    assert [button.label for button in home(library).button] == ["Load the sample library", "Add articles"]


def test_a_first_visit_shows_the_latest(invented) -> None:
    app = home(invented)
    assert headings(app) == ["The latest"]
    assert len(lines(app, "article")) == 8


def test_changes_are_told_by_subject(invented) -> None:
    app = home(invented)
    assert lines(app, "views") == ["**small caps**", "**Tessermill**", "**gold**"]
    assert "Mara Ilves (Gantlow Securities) moved small caps from neutral to overweight · 19 Oct 2026" in lines(
        app, "change"
    )


def test_only_what_came_in_since_the_last_visit_is_new(invented, embedder) -> None:
    invented.visits.note("", datetime.now(UTC))
    article = make_article("https://x.test/tin", "Ottermere upgraded tin.", title="Tin up")
    view = make_view(article, "Ottermere upgraded tin.", firm="Ottermere", action="upgrade")
    invented.put([make_record(article, embedder, [view])])
    app = home(invented)
    assert headings(app) == ["Since your last visit, just now"]
    assert (lines(app, "article"), lines(app, "change")) == (["Tin up"], ["Ottermere upgraded tin"])


def test_when_nothing_came_in_it_says_so_and_shows_the_latest(invented) -> None:
    invented.visits.note("", datetime.now(UTC) + timedelta(seconds=5))
    app = home(invented)
    assert "Nothing came in since your last visit, just now." in texts(app)
    assert lines(app, "article")


def test_what_is_new_stays_new_through_a_session(invented) -> None:
    invented.visits.note("", LONG_AGO)
    app = home(invented)
    invented.visits.note("", datetime.now(UTC))
    assert headings(app.run(timeout=20))[0].startswith("Since your last visit, ")


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(hours=1, minutes=5), "1 hour ago"),
        (timedelta(days=3, hours=2), "3 days ago, on "),
    ],
    ids=["minutes", "an hour", "days"],
)
def test_the_last_visit_is_told_in_words(invented, ago, said) -> None:
    invented.visits.note("", datetime.now(UTC) - ago)
    app = home(invented)
    assert said in f"{headings(app)} {texts(app)}"


def test_a_visit_counts_once_the_reader_has_left(invented) -> None:
    app = home(invented)
    before = invented.visits.last("")

    def elsewhere(desk) -> None:
        from ui import home

        home.leave(desk)

    other = AppTest.from_function(elsewhere, kwargs={"desk": desk_of(invented)})
    other.session_state["home-opened"] = app.session_state["home-opened"]
    other.run(timeout=20)
    assert (before, invented.visits.last("")) == (None, app.session_state["home-opened"])


def test_a_question_typed_here_begins_a_conversation_on_the_page_that_asks(invented) -> None:
    went: list[tuple[str, dict[str, str]]] = []
    app = home(invented, went)
    app.chat_input[0].set_value("who upgraded small caps").run(timeout=20)
    assert (went, app.session_state["asked"].question) == ([("ask", {})], "who upgraded small caps")


def test_an_example_is_asked_at_a_click(invented) -> None:
    went: list[tuple[str, dict[str, str]]] = []
    app = home(invented, went)
    question = invented.examples()[0]
    next(button for button in app.button if button.key == "home-example-0").click().run(timeout=20)
    assert (went, app.session_state["asked"].question) == ([("ask", {})], question)


def test_a_change_opens_its_words(invented) -> None:
    app = home(invented)
    next(button for button in app.button if button.key == "home-change-0-0").click().run(timeout=20)
    marked = re.findall(r'<mark data-cites="[\d ]+">([^<]*)</mark>', app.get("iframe")[0].proto.srcdoc)
    assert marked == ["Ottermere began coverage of small caps at neutral."]


def test_an_article_opens_at_its_beginning(invented) -> None:
    app = home(invented)
    next(button for button in app.button if button.key == "home-article-0").click().run(timeout=20)
    assert (app.session_state["opened"].start, len(app.get("iframe"))) == (0, 1)


def test_a_subject_leads_to_its_views(invented) -> None:
    went: list[tuple[str, dict[str, str]]] = []
    press(home(invented, went), "**small caps**")
    assert went == [("views", {"subject": "small caps"})]


def test_a_link_from_when_asking_was_the_first_page_leads_there(invented) -> None:
    went: list[tuple[str, dict[str, str]]] = []
    home(invented, went, conversation="c1")
    assert went == [("ask", {"conversation": "c1"})]


def test_a_library_without_views_offers_no_examples_and_says_that_none_changed(library, put) -> None:
    put(library, "https://x.test/a", "Oil slips.", title="Oil")
    app = home(library)
    assert (lines(app, "example"), lines(app, "article")) == ([], ["Oil"])
    assert any("No upgrade" in each.value for each in app.caption)


def test_hostile_words_reach_markdown_only_escaped(library, put) -> None:
    article = make_article("https://x.test/a", HOSTILE, title=HOSTILE, publisher=HOSTILE)
    view = make_view(
        article, HOSTILE, firm=HOSTILE, analyst=HOSTILE, subject=HOSTILE, action="upgrade", to_rating=HOSTILE
    )
    put(library, "https://x.test/a", HOSTILE, title=HOSTILE, publisher=HOSTILE, views=[view])
    app = home(library)
    shown = [button.label for button in app.button] + [each.value for each in (*app.markdown, *app.caption)]
    assert sum("planted" in each for each in shown) >= 3
    assert [each for each in shown if "<script" in each.replace("\\<", "") or "](" in each] == []


def test_a_library_that_cannot_be_read_is_a_box_and_no_traceback(library) -> None:
    class Gone:
        path = library.path

        def stats(self) -> Stats:
            raise LibraryCorrupt("catalogue.sqlite3: not a readable catalogue; restore it from a copy.")

    app = home(Gone())
    assert "restore it from a copy" in app.error[0].value.replace("\\", "")
    assert not app.exception
