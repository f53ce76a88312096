"""The ledger in the catalogue: found by any name, shown under one, replaced whole, and brought over from schema 1."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest
from making import day, make_article, make_record

from rag.errors import InputError, LibraryLocked
from rag.library import Library
from rag.types import Quote, Scope, View

WORDS = "Oakmere will do well, he said."


def make_view(article, **fields):
    values = {
        "analyst": None,
        "firm": None,
        "subject": "Oakmere",
        "action": "none",
        "from_rating": None,
        "to_rating": None,
        "target_from": None,
        "target_to": None,
        "horizon": None,
        "stance": "bullish",
    }
    return View(article.ref, quote=Quote(article.id, 0, len(article.text), article.text), **(values | fields))


@pytest.fixture
def tell(library, embedder):
    """Store an article of its own for each view, given by its fields, in one transaction."""
    stored = 0

    def store(*views, **fields):
        nonlocal stored
        records = []
        for each in views:
            stored += 1
            article = make_article(f"note {stored}", f"{WORDS} {stored}", **fields)
            records.append(make_record(article, embedder, [make_view(article, **each)]))
        library.put(records)
        return [record.article for record in records]

    return store


def found(library, **asked):
    """Return (analyst, firm, subject) of the views found, sorted."""
    return sorted((view.analyst or "", view.firm or "", view.subject) for view in library.views(**asked))


# --- by any name


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ({"subject": "AMD"}, {"subject": "Advanced Micro Devices"}),
        ({"subject": "small caps"}, {"subject": "Russell 2000"}),
        ({"subject": "small caps"}, {"subject": "small- and mid-caps"}),
        ({"subject": "CAPS"}, {"subject": "small caps"}),
        ({"subject": "Apple"}, {"subject": "Apple services revenue"}),
        ({"subject": "AAPL"}, {"subject": "Apple services revenue"}),
        ({"subject": "oakmere"}, {"subject": "Oakmere Corp"}),
        ({"subject": "gold"}, {"subject": "gold demand in Asia"}),
        ({"firm": "BofA"}, {"firm": "Bank of America"}),
        ({"firm": "goldman"}, {"firm": "Goldman Sachs Asset Management"}),
        ({"firm": "Merrill Lynch"}, {"firm": "BofA Merrill Lynch"}),
        ({"firm": "WEXLEY"}, {"firm": "Wexley Securities"}),
        ({"analyst": "lane"}, {"analyst": "Mara Lane"}),
        ({"analyst": "Mike Brandt"}, {"analyst": "Michael J. Brandt"}),
        ({"analyst": "Mara Lane"}, {"analyst": "Mara Lane", "firm": "Tarn"}),
    ],
)
def test_a_name_finds_what_goes_by_another(library, tell, asked, stored):
    tell(stored)
    assert len(library.views(**asked)) == 1


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ({"subject": "gold"}, {"subject": "Golden Entertainment"}),
        ({"subject": "oil"}, {"subject": "palm oil"}),
        ({"subject": "mere"}, {"subject": "Oakmere"}),
        ({"subject": "&"}, {"subject": "Oakmere"}),
        ({"firm": "Bank of America"}, {"firm": "Merrill Lynch"}),
        ({"firm": "Wexley"}, {"firm": None}),
        ({"analyst": "Mara Lane"}, {"analyst": "Lane"}),
        ({"analyst": "Mara Lane"}, {"analyst": "Ann Lane"}),
        ({"analyst": "."}, {"analyst": "Ann Lane"}),
    ],
)
def test_a_name_does_not_find_another_thing(library, tell, asked, stored):
    tell(stored)
    assert library.views(**asked) == []


def test_an_empty_name_does_not_restrict(library, tell):
    tell({"firm": "Wexley"})
    assert len(library.views(subject="", firm="", analyst="")) == 1


def test_action_and_stance_are_exact(library, tell):
    tell({"action": "upgrade"}, {"action": "downgrade", "stance": "bearish"})
    assert [view.action for view in library.views(action="upgrade", stance="bullish")] == ["upgrade"]
    assert library.views(action="upgrade", stance="bearish") == []


# --- under one name


def test_a_firm_is_shown_in_the_form_used_most(library, tell):
    tell({"firm": "BofA"}, {"firm": "BofA"}, {"firm": "Bank of America"})
    assert {view.firm for view in library.views()} == {"BofA"}


def test_of_forms_used_as_often_the_longest_is_shown(library, tell):
    tell({"firm": "BofA"}, {"firm": "Bank of America"})
    assert {view.firm for view in library.views()} == {"Bank of America"}


def test_a_bare_surname_is_shown_as_the_only_full_name_of_the_firm(library, tell):
    tell({"analyst": "Lane", "firm": "Wexley"}, {"analyst": "Lane", "firm": "Wexley"})
    tell({"analyst": "Mara Lane", "firm": "Wexley Securities"})
    assert {view.analyst for view in library.views(analyst="Mara Lane")} == {"Mara Lane"}
    assert len(library.views(analyst="Mara Lane")) == 3


def test_a_bare_surname_that_may_be_two_people_stays_bare(library, tell):
    tell(*({"analyst": name, "firm": "Wexley"} for name in ("Lane", "Mara Lane", "Ann Lane")))
    assert found(library, analyst="Mara Lane") == [("Mara Lane", "Wexley", "Oakmere")]
    assert ("Lane", "Wexley", "Oakmere") in found(library)


def test_a_bare_surname_of_another_firm_is_another_person(library, tell):
    tell({"analyst": "Lane", "firm": "Tarn"}, {"analyst": "Mara Lane", "firm": "Wexley"})
    assert found(library, firm="Tarn") == [("Lane", "Tarn", "Oakmere")]


def test_the_names_shown_follow_what_is_stored(library, tell):
    tell({"subject": "AMD"}, {"subject": "AMD"}, {"subject": "Advanced Micro Devices"})
    before = {view.subject for view in library.views()}
    tell({"subject": "Advanced Micro Devices"}, {"subject": "Advanced Micro Devices"})
    assert (before, {view.subject for view in library.views()}) == ({"AMD"}, {"Advanced Micro Devices"})


def test_the_words_of_a_view_are_never_changed(library, tell):
    tell({"firm": "BofA"}, {"firm": "Bank of America"})
    quotes = [view.quote for view in library.views()]
    assert [library.article(each.article_id).text[each.start : each.end] for each in quotes] == [e.text for e in quotes]


# --- in scope and in order


def test_views_come_newest_first_and_undated_last(library, tell):
    tell({"firm": "Undated"})
    tell({"firm": "Published"}, published=day("2026-03-02"))
    tell({"firm": "Said", "said_on": date(2026, 3, 9)}, published=day("2026-03-20"))
    assert [view.firm for view in library.views()] == ["Said", "Published", "Undated"]


def test_a_day_hides_what_was_published_later(library, tell):
    tell({"firm": "Early"}, published=day("2026-03-02"))
    tell({"firm": "Late", "said_on": date(2026, 3, 1)}, published=day("2026-03-20"))
    assert found(library, scope=Scope(as_of=date(2026, 3, 3))) == [("", "Early", "Oakmere")]


@pytest.mark.parametrize(
    ("scope", "firms"),
    [
        (Scope(firms=("J.P. Morgan",)), ["JPMorgan"]),
        (Scope(firms=("J.P. Morgan", "wexley")), ["JPMorgan", "Wexley Securities"]),
        (Scope(analysts=("Mara Lane",)), ["JPMorgan"]),
        (Scope(subjects=("small caps",)), ["Wexley Securities"]),
        (Scope(subjects=("small caps",), firms=("J.P. Morgan",)), []),
    ],
)
def test_a_scope_names_the_holder_and_the_subject_of_the_view(library, embedder, scope, firms):
    article = make_article("both", "JPMorgan and Wexley differ on small caps, says Mara Lane.")
    views = [
        make_view(article, firm="JPMorgan", analyst="Mara Lane"),
        make_view(article, firm="Wexley Securities", subject="Russell 2000"),
    ]
    library.put([make_record(article, embedder, views)])
    assert sorted(view.firm for view in library.views(scope=scope)) == firms


def test_a_view_that_names_nobody_is_its_authors_and_its_publishers(library, tell):
    tell({}, publisher="Wexley Research", authors=("Mara Lane",))
    assert len(library.views(scope=Scope(firms=("Wexley",), analysts=("Mara J. Lane",)))) == 1


def test_articles_are_in_scope_by_any_name_of_a_firm_in_their_views(library, tell):
    (article,) = tell({"firm": "BofA"})
    assert [ref.id for ref in library.articles(Scope(firms=("Bank of America",)))] == [article.id]


# --- replaced


def test_new_views_take_the_place_of_the_old_and_bring_their_names(library, tell):
    (article,) = tell({"firm": "Wexley", "analyst": "Mara Lane"})
    library.replace_views({article.id: [make_view(article, firm="Tarn")]})
    assert found(library) == [("", "Tarn", "Oakmere")]
    assert library.catalogue.known_names("firm") == [("firm", "Tarn")]
    assert library.catalogue.known_names("person") == []


def test_names_found_in_the_prose_outlive_the_views(library, embedder):
    article = make_article("a", WORDS)
    library.put([make_record(article, embedder, [make_view(article, firm="Wexley")], [("firm", "Wexley")])])
    library.replace_views({article.id: []})
    assert library.catalogue.known_names("firm") == [("firm", "Wexley")]


def test_replacing_views_embeds_and_moves_nothing(library, tell):
    (article,) = tell({})
    before = library.catalogue.vectors.last()
    library.replace_views({article.id: []})
    assert (library.views(), library.catalogue.vectors.last()) == ([], before)


def test_one_quote_that_is_not_the_articles_keeps_all_views_as_they_were(library, tell):
    one, other = tell({"firm": "Wexley"}, {"firm": "Tarn"})
    with pytest.raises(InputError, match="is not its text"):
        library.replace_views({one.id: [], other.id: [make_view(one)]})
    assert len(library.views()) == 2


def test_an_unknown_article_is_named(library):
    with pytest.raises(InputError, match="nobody"):
        library.replace_views({"nobody": []})


def test_every_article_is_handed_out_whole_once(library, tell):
    stored = tell({}, {}, {})
    assert {article.id: article for article in library.catalogue.all_articles(batch=2)} == {a.id: a for a in stored}


def test_what_no_extractor_has_read_is_counted(library, tell):
    one, _ = tell({}, {})
    library.replace_views({one.id: []}, "rules 1")
    assert library.catalogue.views.never_read() == 1


# --- from schema 1

_TO_SCHEMA_2 = (
    *(f"DROP TABLE {name}" for name in ("likenesses", "signatures", "failures", "holdings", "fetches")),
    "UPDATE meta SET value = '2' WHERE key = 'schema_version'",
)
_TO_SCHEMA_1 = (
    *_TO_SCHEMA_2,
    "DROP INDEX ix_names_key",
    *(f"DROP INDEX ix_views_{name}" for name in ("analyst_key", "firm_key", "subject_key", "day")),
    *(f"ALTER TABLE views DROP COLUMN {name}" for name in ("analyst_key", "firm_key", "subject_key", "day")),
    "ALTER TABLE names DROP COLUMN key",
    "ALTER TABLE names DROP COLUMN of_view",
    "DROP TABLE readings",
    "UPDATE meta SET value = '1' WHERE key = 'schema_version'",
)


@pytest.fixture
def old(tmp_path, open_library, put) -> Callable[..., Library]:
    """Store one article, take the library back to schema 1, and return how to open it."""
    library = open_library("old")
    put(library, "a.md", WORDS, published=day("2026-03-02"), publisher="J.P. Morgan Research")
    library.close()
    take_back(tmp_path / "old", _TO_SCHEMA_1)
    return lambda: open_library("old")


def take_back(folder, statements) -> None:
    with sqlite3.connect(folder / "catalogue.sqlite3") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def schema_of(path) -> set[str]:
    with sqlite3.connect(path / "catalogue.sqlite3") as connection:
        return {
            f"{table}.{row[1]}"
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")
            for row in connection.execute(f"PRAGMA table_info('{table}')").fetchall() or [(0, "")]
        }


def test_an_old_library_keeps_its_articles_and_vectors(old):
    library = old()
    assert [article.text for article in library.articles_with_text()] == [WORDS]
    assert library.search("Oakmere", k=1)[0].text == WORDS


def test_an_old_library_holds_no_views_and_says_that_none_were_read(old):
    library = old()
    assert (library.views(), library.catalogue.views.never_read()) == ([], 1)


def test_an_old_library_answers_by_key_after_the_upgrade(old):
    assert len(old().articles(Scope(firms=("JPMorgan",)))) == 1


def test_an_upgraded_library_is_like_a_new_one(old, open_library, tmp_path):
    old()
    open_library("new")
    assert schema_of(tmp_path / "old") == schema_of(tmp_path / "new")


def test_a_library_of_schema_2_gets_the_tables_that_it_lacks(open_library, tmp_path):
    open_library("new").close()
    open_library("old").close()
    take_back(tmp_path / "old", _TO_SCHEMA_2)
    open_library("old")
    assert schema_of(tmp_path / "old") == schema_of(tmp_path / "new")


def test_an_old_library_that_is_being_written_to_is_left_alone(old, tmp_path):
    from filelock import FileLock

    with FileLock(tmp_path / "old" / "write.lock"), pytest.raises(LibraryLocked):
        old()


def test_an_upgrade_that_fails_leaves_the_old_library(old, tmp_path, monkeypatch):
    from rag.catalogue import upgrade

    monkeypatch.setattr(upgrade, "_key_views", lambda connection: connection.exec_driver_sql("SELECT * FROM nowhere"))
    before = schema_of(tmp_path / "old")
    with pytest.raises(Exception, match="nowhere"):
        old()
    assert schema_of(tmp_path / "old") == before


def test_views_stored_by_a_script_are_keyed(old, tmp_path):
    with sqlite3.connect(tmp_path / "old" / "catalogue.sqlite3") as connection:
        connection.execute(
            "INSERT INTO views (article_id, analyst, firm, subject, action, stance, quote, reasons, attribution) "
            "SELECT id, 'Mara Lane', 'BofA', 'AMD', 'none', 'bullish', '[0, 7, \"Oakmere\"]', '[]', 'own' FROM articles"
        )
    connection.close()
    assert found(old(), firm="Bank of America", subject="Advanced Micro Devices") == [("Mara Lane", "BofA", "AMD")]
