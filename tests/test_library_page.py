"""The Library page without a browser: adding, finding, opening, removing, bringing back, and the library's health."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from making import day, make_article, make_record
from pages import ESCAPED, desk_of, finish, press, run, texts
from serving import Said
from streamlit.testing.v1 import AppTest

from rag import Library, LibraryCorrupt, Stats
from rag.catalogue import Alike
from ui.readers import Reader
from ui.session import Opened

QUOTE = "Wilson moved small caps from underweight to neutral."


@pytest.fixture
def filled(library: Library, embedder) -> Library:
    """A library of three articles, the last of which is an update of the first."""
    articles = [
        make_article(
            "https://x.test/oil", "Oil slips.", title="Oil slips", publisher="The Post", published=day("2026-11-01")
        ),
        make_article(
            "https://x.test/tin", "Tin shines.", title="Tin shines", publisher="Tape", published=day("2026-11-02")
        ),
        make_article(
            "https://x.test/more",
            "Oil slips more.",
            title="Oil slips more",
            publisher="The Post",
            published=day("2026-11-03"),
        ),
    ]
    records = [make_record(article, embedder) for article in articles]
    update = Alike(articles[2].id, articles[0].id, "update", 0.7)
    library.put([*records[:2], replace(records[2], likenesses=(update,))])
    return library


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch):
    """Set what the reader may do."""

    def become(**may: bool) -> None:
        for module in ("library", "article_list", "ingest_view", "health", "removal"):
            monkeypatch.setattr(f"ui.{module}.reader", lambda: Reader(**may))

    return become


def titles(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Title"])


def choose(app: AppTest, label: str, value: str) -> AppTest:
    return next(box for box in app.selectbox if box.label == label).set_value(value).run(timeout=20)


def search(app: AppTest, words: str) -> AppTest:
    return app.text_input("list-words").set_value(words).run(timeout=20)


def remover(library: Library, first: int) -> AppTest:
    """Return a page that removes the first articles of the list at a click; selecting rows takes a browser."""

    def script(desk, first) -> None:
        import streamlit as st

        from ui import removal

        removal.show(desk)
        if st.button("Remove"):
            removal.remove(desk, desk.library.articles()[:first])

    return AppTest.from_function(script, kwargs={"desk": desk_of(library), "first": first}).run(timeout=20)


# --- the list


def test_the_list_has_all_articles_newest_first(filled) -> None:
    assert titles(run(filled, "library")) == ["Oil slips more", "Tin shines", "Oil slips"]


def test_a_search_leaves_the_articles_with_the_words(filled) -> None:
    app = search(run(filled, "library"), "oil post")
    assert titles(app) == ["Oil slips more", "Oil slips"]
    assert "2 of 3 articles." in texts(app)


@pytest.mark.parametrize(
    ("label", "value", "left"),
    [
        ("Publisher", "Tape", ["Tin shines"]),
        ("State", "superseded", ["Oil slips"]),
        ("Order", "title", ["Oil slips", "Oil slips more", "Tin shines"]),
    ],
)
def test_a_filter_or_an_order_rules_the_list(filled, label, value, left) -> None:
    assert titles(choose(run(filled, "library"), label, value)) == left


def test_filters_that_nothing_passes_say_so_and_can_be_cleared(filled) -> None:
    app = search(run(filled, "library"), "zebra")
    assert "No article passes" in app.info[0].value
    assert len(titles(press(app, "Clear the filters"))) == 3


def test_the_list_tells_what_stands_for_a_superseded_article(filled) -> None:
    app = run(filled, "library")
    assert list(app.dataframe[0].value["Double"]) == ["", "", "superseded by Oil slips more"]
    assert "1 superseded by an update" in " ".join(each.value for each in app.caption)


def test_many_articles_come_a_page_at_a_time(library, embedder) -> None:
    library.put([make_record(make_article(f"https://x.test/{n:03}", "Words."), embedder) for n in range(60)])
    app = run(library, "library")
    assert len(titles(app)) == 50
    assert app.get("pagination")


def test_an_open_article_stands_beside_the_list_and_is_marked_in_it(filled) -> None:
    app = run(filled, "library")
    app.session_state["opened"] = Opened(filled.articles()[1].id, 0, 0)
    app.run(timeout=20)
    assert "Tin shines." in app.get("iframe")[0].proto.srcdoc
    assert list(app.dataframe[0].value["Open"]) == ["Read", "Reading", "Read"]


# --- removing


def test_what_is_removed_is_gone_at_once_and_can_be_brought_back(filled) -> None:
    before = filled.articles()
    app = press(remover(filled, 2), "Remove")
    assert [article.title for article in filled.articles()] == ["Oil slips"]
    app = press(app, "Undo")
    assert app.success[0].value == r"2 articles brought back\."
    assert filled.articles() == before


def test_a_dismissed_removal_is_still_among_those_of_the_last_days(filled) -> None:
    app = press(remover(filled, 1), "Remove")
    assert "Undo" not in [button.label for button in press(app, "Dismiss").button]
    assert len(filled.removals()) == 1


def lately(library: Library) -> AppTest:
    """Return the page with what was removed lately unfolded, as somebody sees it who has just come."""
    app = run(library, "library")
    app.session_state["removed-lately"] = True
    return app.run(timeout=20)


def test_what_another_session_removed_can_be_brought_back(filled) -> None:
    before = filled.articles()
    filled.withdraw([article.id for article in before[:2]])
    app = press(lately(filled), "Bring back")
    assert "2 articles brought back" in app.success[0].value
    assert (filled.articles(), filled.removals()) == (before, [])


def test_what_was_removed_lately_can_be_deleted_for_good(filled) -> None:
    filled.withdraw([filled.articles()[0].id])
    app = press(lately(filled), "Delete for good")
    assert "gone for good" in app.success[0].value
    assert filled.removals() == []


def test_a_removal_that_somebody_else_undid_says_so(filled) -> None:
    app = press(remover(filled, 1), "Remove")
    filled.restore(filled.removals()[0])
    assert "cannot be brought back" in press(app, "Undo").error[0].value


def test_a_title_that_was_removed_is_no_markup(library, put) -> None:
    removed = put(library, "https://x.test/evil", "Words.", title="**bold** :red[x] <b>")
    put(library, "https://x.test/good", "Other words.")
    library.withdraw([removed.id])
    said = next(each.value for each in lately(library).markdown if "bold" in each.value)
    assert "**" not in said and "<b>" not in said


def test_who_may_not_delete_is_shown_no_removals(filled, role) -> None:
    filled.withdraw([filled.articles()[0].id])
    role(may_delete=False)
    assert not [each for each in run(filled, "library").expander if each.label.startswith("Removed lately")]


def test_what_was_added_anew_meanwhile_is_said_to_have_stayed(filled, put) -> None:
    app = press(remover(filled, 1), "Remove")
    put(filled, "https://x.test/more", "Oil slips further.")
    assert "of 1 a newer version had been added" in press(app, "Undo").success[0].value


def test_removing_the_open_article_closes_it(filled) -> None:
    app = remover(filled, 1)
    app.session_state["opened"] = Opened(filled.articles()[0].id, 0, 0)
    assert press(app, "Remove").session_state["opened"] is None


def test_removing_while_another_writes_says_so_and_removes_nothing(filled, open_library) -> None:
    app = remover(filled, 1)
    with open_library().writer():
        app = press(app, "Remove")
    assert "Another process is writing" in app.error[0].value
    assert len(filled.articles()) == 3


def test_who_may_not_delete_is_offered_no_removal(filled, role) -> None:
    role(may_delete=False)
    assert not [button for button in run(filled, "library").button if button.label.startswith("Remove")]


def test_who_may_not_ingest_is_offered_no_way_to_add(filled, role) -> None:
    role(may_ingest=False)
    app = run(filled, "library")
    assert not app.tabs
    assert not app.get("file_uploader")


# --- adding


def test_an_upload_without_files_asks_for_them(library) -> None:
    app = press(run(library, "library"), "Add to the library")
    assert "Choose one or more files" in app.warning[0].value


def test_an_upload_is_stored_beside_the_library_and_listed(library) -> None:
    app = run(library, "library")
    app.file_uploader[0].set_value([("../note.txt", QUOTE.encode(), "text/plain")])
    app = finish(press(app, "Add to the library"))
    assert "1 added" in app.success[0].value
    assert len(titles(app)) == 1
    assert (library.path / "uploads" / "note.txt").read_text() == QUOTE


def test_a_bad_upload_is_named_with_its_reason_and_stops_no_other(library) -> None:
    app = run(library, "library")
    files = [("empty.txt", b"", "text/plain"), ("note.txt", QUOTE.encode(), "text/plain")]
    app.file_uploader[0].set_value(files)
    app = finish(press(app, "Add to the library"))
    assert "1 added, 1 failed" in app.warning[0].value
    assert any(line.startswith("empty.txt: ") for line in texts(app))
    assert len(library.articles()) == 1


def test_pasted_text_is_stored(library) -> None:
    app = run(library, "library")
    next(box for box in app.text_input if box.label.startswith("Title")).set_value("Small caps to neutral")
    next(box for box in app.text_area if box.label == "Text").set_value(f"{QUOTE} He wants to see earnings rise.")
    finish(press(app, "Add the text"))
    assert [article.title for article in library.articles()] == ["Small caps to neutral"]


def test_an_upload_while_another_writes_says_so_and_adds_nothing(library, open_library) -> None:
    app = run(open_library(), "library")
    app.file_uploader[0].set_value([("note.txt", QUOTE.encode(), "text/plain")])
    with library.writer():
        app = finish(press(app, "Add to the library"))
    assert "Another process is writing" in app.error[0].value
    assert library.articles() == []


def from_the_web(app: AppTest, addresses: str) -> AppTest:
    next(box for box in app.text_area if box.label.startswith("Addresses")).set_value(addresses)
    return finish(press(app, "Add from the web"))


def test_an_address_is_fetched_and_listed(open_library, settings, site) -> None:
    page = (
        f"<html><head><title>Caps</title></head><body><article><h1>Caps</h1><p>{QUOTE * 5}</p></article></body></html>"
    )
    site.pages["/note"] = Said(page.encode(), headers={"Content-Type": "text/html"})
    library = open_library(
        settings=settings.model_copy(update={"fetch_allow": (f"{site.host}:{site.port}",), "fetch_delay": 0.0})
    )
    app = from_the_web(run(library, "library"), site.url("/note"))
    assert "1 added" in app.success[0].value
    assert [article.url for article in library.articles()] == [site.url("/note")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Give one or more addresses"),
        ("notes/caps.html", "notes/caps.html is no web address"),
        ("https://x.test/a javascript:alert(1)", "javascript:alert(1) is no web address"),
        ("\n".join(f"https://x.test/{n}" for n in range(501)), "501 addresses"),
    ],
    ids=["nothing", "a path", "a script", "too many"],
)
def test_what_is_no_address_is_named_and_nothing_is_fetched(library, given, said) -> None:
    app = from_the_web(run(library, "library"), given)
    assert said in ESCAPED.sub(r"\1", app.warning[0].value).replace("\u200b", "")
    assert library.sources.failures() == []


# --- health


class Unsound:
    """A library in which something is wrong."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __getattr__(self, name: str) -> object:
        return getattr(self._library, name)

    def verify(self) -> list[str]:
        return ["vector index gen-1: a file is missing"]


def healthy(library) -> AppTest:
    """Return the page with its drawer of health open."""
    app = run(library, "library", desk_of(library))
    app.session_state["health"] = True
    return app.run(timeout=20)


def test_a_check_finds_nothing_wrong_with_a_sound_library(filled) -> None:
    app = finish(press(healthy(filled), "Check the library"))
    assert "nothing is wrong" in app.success[0].value


def test_a_check_names_what_is_wrong(filled) -> None:
    app = finish(press(healthy(Unsound(filled)), "Check the library"))
    assert "The library is damaged" in app.error[0].value
    assert "vector index gen-1: a file is missing" in texts(app)


def test_a_rebuild_says_how_many_passages_the_index_holds(filled) -> None:
    app = finish(press(healthy(filled), "Rebuild the vector index"))
    assert "it holds 3 passages" in app.success[0].value


def test_who_may_not_ingest_may_check_but_not_rebuild(filled, role) -> None:
    role(may_ingest=False)
    labels = [button.label for button in healthy(filled).button]
    assert ("Check the library" in labels, "Rebuild the vector index" in labels) == (True, False)


def test_views_are_read_in_the_background(filled) -> None:
    app = finish(press(healthy(filled), "Read the views now"))
    assert "3 articles read; none of them states a view" in app.warning[0].value
    assert filled.browse(state="not read for views").total == 0


def test_health_tells_the_sizes_and_the_embedder(filled) -> None:
    told = " ".join(map(str, healthy(filled).table[0].value.to_numpy().ravel()))
    assert "words, 64 numbers a passage, loaded" in ESCAPED.sub(r"\1", told)


def test_a_library_that_cannot_be_read_is_a_box_and_no_traceback(filled) -> None:
    class Gone(Unsound):
        def stats(self) -> Stats:
            raise LibraryCorrupt("catalogue.sqlite3: not a readable catalogue; restore it from a copy.")

    app = run(Gone(filled), "library")
    assert "restore it from a copy" in app.error[0].value.replace("\\", "")
    assert not app.exception


def test_storage_counts_the_files_of_a_library(filled: Library) -> None:
    (filled.path / "uploads").mkdir()
    (filled.path / "uploads" / "note.txt").write_bytes(b"x" * 100)
    size = filled.storage()
    assert size.catalogue >= Path(filled.path, "catalogue.sqlite3").stat().st_size > 0
    assert size.index == sum(path.stat().st_size for path in (filled.path / "chroma").rglob("*") if path.is_file())
    assert size.other >= 100
