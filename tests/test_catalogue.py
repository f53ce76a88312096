"""The catalogue: what is stored, found by words, and in scope. Real SQLite files throughout."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import day, digest, make_article, make_record

from rag.catalogue import Catalogue, Record, Wanted, quoted, stems
from rag.errors import InputError, LibraryCorrupt, LibraryError
from rag.types import Quote, Scope, View

TEXT = "Small caps rally, says Ann Lee of Goldman Sachs.\nRates fall (NYSE: ABC)."


@pytest.fixture
def catalogue(tmp_path):
    opened = Catalogue(tmp_path / "catalogue.sqlite3")
    opened.create("words", 64)
    yield opened
    opened.close()


@pytest.fixture
def store(catalogue, embedder):
    def one(source, text, *, views=(), names=(), **fields):
        article = make_article(source, text, **fields)
        assert catalogue.put([make_record(article, embedder, views, names)])
        return article

    return one


def view_of(article, quote, **fields):
    start = article.text.index(quote)
    values = {
        "analyst": None,
        "firm": None,
        "subject": "small caps",
        "action": "upgrade",
        "from_rating": None,
        "to_rating": None,
        "target_from": None,
        "target_to": None,
        "horizon": None,
        "stance": "bullish",
    }
    return View(article.ref, quote=Quote(article.id, start, start + len(quote), quote), **(values | fields))


# --- storing


def test_an_article_comes_back_as_it_was_put(catalogue, store):
    article = store(
        "https://x.test/a",
        TEXT,
        title="Über alles",
        publisher="Desk",
        authors=("Ann Lee", "Bo"),
        published=day("2025-09-03T10:30:00+02:00"),
        kind="note",
        tickers=("ABC",),
        language="en",
        metadata=(("path", "a.md"),),
    )
    assert catalogue.articles([article.id]) == {article.id: article}


def test_passages_are_the_articles_own_words_in_the_order_asked_for(catalogue, store):
    article = store("a.md", "Ünïcode 😀 first.\nSecond “line”.")
    ids = catalogue.passage_ids(article.id)
    found = catalogue.passages([ids[1], "gone", ids[0]])
    assert [passage.text for passage in found] == ["Second “line”.", "Ünïcode 😀 first."]
    assert all(article.text[passage.start : passage.end] == passage.text for passage in found)


def test_a_new_version_takes_the_place_of_the_old_with_all_that_hung_on_it(catalogue, embedder):
    first = make_article("a.md", "Gold shines.", tickers=("GLD",))
    catalogue.put([make_record(first, embedder, [view_of(first, "Gold shines.")], [("firm", "Acme")])])
    second = make_article("a.md", "Oil slips.")
    assert catalogue.put([make_record(second, embedder)]) == ["updated"]
    assert catalogue.articles([first.id])[first.id].text == "Oil slips."
    assert catalogue.keyword('"gold"', 5) == []
    assert catalogue.views.find(Scope(), Wanted()) == []
    assert catalogue.known_names() == []
    assert len(catalogue.vectors.after(0)[0]) == 1


def test_a_replaced_passage_gets_a_number_never_used_before(catalogue, store):
    store("a.md", "Gold shines.")
    before = catalogue.vectors.last()
    store("a.md", "Gold shines.")
    assert catalogue.vectors.after(0)[0].tolist() == [before + 1]


def test_one_bad_record_keeps_the_whole_call_out(catalogue, embedder):
    good = make_record(make_article("a.md", "Gold shines."), embedder)
    with pytest.raises(InputError, match="UNIQUE"):
        catalogue.put([good, make_record(make_article("b.md", "Oil slips.", id=good.article.id), embedder)])
    assert catalogue.figures()["articles"] == 0


@pytest.mark.parametrize("text", ["nul \0 here", "half \ud83d pair"])
def test_what_sqlite_cannot_hold_is_refused_by_name(embedder, text):
    article = make_article("odd.md", text)
    with pytest.raises(InputError, match=r"odd\.md"):
        Record(article, "v", "h", (), embedder.encode([])).check(64)


def test_a_quote_that_is_not_the_articles_words_is_refused(embedder):
    article = make_article("a.md", "Gold shines.")
    bad = replace(view_of(article, "Gold"), quote=Quote(article.id, 0, 4, "Oil!"))
    with pytest.raises(InputError, match="Oil!"):
        make_record(article, embedder, [bad]).check(64)


def test_every_change_raises_the_data_version(catalogue, store):
    versions = [catalogue.vectors.data_version()]
    article = store("a.md", "Gold shines.")
    versions.append(catalogue.vectors.data_version())
    catalogue.remove([article.id])
    versions.append(catalogue.vectors.data_version())
    assert versions == sorted(set(versions))


# --- duplicates


def test_a_duplicate_is_known_and_found_by_its_own_address(catalogue, store):
    article = store("https://x.test/a", "Gold shines.")
    copy = make_article("https://y.test/b", "Gold shines.")
    catalogue.link(copy.source, copy, "v1", article.id)
    assert catalogue.known("https://y.test/b") == "v1"
    assert catalogue.find("https://y.test/b") == catalogue.find("https://x.test/a") == article.ref
    assert catalogue.duplicates() == [("https://y.test/b", article.id)]
    assert catalogue.figures()["articles"] == 1


def test_a_link_survives_a_new_version_with_the_same_text_only(catalogue, store):
    article = store("a.md", "Gold shines.", title="One")
    catalogue.link("b.md", make_article("b.md", "Gold shines."), "v1", article.id)
    store("a.md", "Gold shines.", title="Two")
    assert catalogue.known("b.md") == "v1"
    store("a.md", "Oil slips.")
    assert catalogue.known("b.md") is None


def test_an_article_that_becomes_a_copy_of_another_leaves_no_second_text(catalogue, store):
    kept, gone = store("a.md", "Gold shines."), store("b.md", "Oil slips.")
    catalogue.link("b.md", make_article("b.md", "Gold shines."), "v2", kept.id)
    assert catalogue.articles([gone.id]) == {}
    assert catalogue.keyword('"oil"', 5) == []


def test_a_copy_that_gets_a_text_of_its_own_stops_being_one(catalogue, store):
    kept = store("a.md", "Gold shines.")
    catalogue.link("b.md", make_article("b.md", "Gold shines."), "v1", kept.id)
    store("b.md", "Oil slips.")
    assert catalogue.duplicates() == []


def test_an_article_cannot_be_its_own_duplicate_nor_a_strangers(catalogue, store):
    article = store("a.md", "Gold shines.")
    for source, twin in (("a.md", article.id), ("b.md", "nobody")):
        with pytest.raises(InputError, match=source):
            catalogue.link(source, article, "v", twin)


# --- words


def test_keywords_are_stemmed_and_a_rarer_word_counts_for_more(catalogue, store):
    store("a.md", "Rates fall.\nBanks rallied.\nRates hold.")
    ((passage, score),) = catalogue.keyword('"rally"', 5)
    assert passage.endswith(":12")
    assert score > max(score for _, score in catalogue.keyword('"rates"', 5))


def test_a_title_is_searched_with_its_own_weight(catalogue, store):
    store("a.md", "Nothing here.", title="Gold")
    assert catalogue.keyword('"gold"', 5, weights=(1.0, 1.0))
    assert catalogue.keyword('"gold"', 5, weights=(1.0, 0.0))[0][1] == pytest.approx(0.0, abs=1e-5)


def test_keywords_stay_within_the_given_articles(catalogue, store):
    one, _ = store("a.md", "Gold shines."), store("b.md", "Gold shines.")
    assert [passage for passage, _ in catalogue.keyword('"gold"', 5, [one.id])] == [f"{one.id}:0"]
    assert catalogue.keyword('"gold"', 5, []) == []


@pytest.mark.parametrize("match", ["gold", '"gold" NEAR oil', 'text : "gold"', '"gold" *', '"a" OR "', "", '"a"\0'])
def test_a_match_string_holds_nothing_but_quoted_words(catalogue, match):
    with pytest.raises(InputError):
        catalogue.keyword(match, 5)


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=5))
def test_no_phrase_can_break_out_of_its_quotes(tmp_path_factory, phrases):
    catalogue = Catalogue(tmp_path_factory.getbasetemp() / "phrases.sqlite3")
    catalogue.create("words", 64)
    phrases = [phrase.encode(errors="ignore").decode() for phrase in phrases]
    match = quoted(phrases)
    assert match == "" or catalogue.keyword(match, 5) == []
    assert catalogue.articles_with_phrases(phrases) == set()
    catalogue.close()


def test_document_frequencies_count_passages_by_stem(catalogue, store):
    store("a.md", "Banks rally.\nA bank fails.\nGold.")
    assert stems(["Banks", "S&P", "…"]) == {"Banks": ("bank",), "S&P": ("s", "p"), "…": ()}
    assert catalogue.document_frequency(["bank", "zebra"]) == {"bank": 2, "zebra": 0}


def test_a_phrase_is_found_as_a_phrase(catalogue, store):
    article = store("a.md", TEXT)
    assert catalogue.articles_with_phrases(["goldman sachs", "nobody"]) == {article.id}
    assert not catalogue.has_phrase("sachs goldman")


# --- scope


@pytest.fixture
def desk(store):
    store("d0", "Undated words.", publisher="Desk")
    store("d1", TEXT, publisher="Desk", authors=("Ann Lee",), published=day("2025-09-01T23:59"), kind="note")
    store("d2", "Oil slips. It is all over.", publisher="WIRE", published=day("2025-09-02"), tickers=("XOM",))
    store("d3", "Gold shines.", publisher="Straße", published=day("2025-09-03"), names=[("firm", "Acme & Sons")])


def sources(catalogue, **fields):
    return [ref.source for ref in reversed(catalogue.refs(Scope(**fields)))]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"since": date(2025, 9, 2)}, ["d2", "d3"]),
        ({"until": date(2025, 9, 1)}, ["d1"]),
        ({"as_of": date(2025, 9, 2)}, ["d1", "d2"]),
        ({"since": date(2025, 9, 1), "until": date(2025, 9, 3), "as_of": date(2025, 9, 1)}, ["d1"]),
        ({"publishers": ("desk",)}, ["d0", "d1"]),
        ({"publishers": ("STRASSE", "wire")}, ["d2", "d3"]),
        ({"publishers": ("Des",)}, []),
        ({"authors": ("ann  lee",)}, ["d1"]),
        ({"kinds": ("NOTE",)}, ["d1"]),
        ({"tickers": ("xom",)}, ["d2"]),
        ({"tickers": ("abc",)}, ["d1"]),
        ({"tickers": ("ALL",)}, []),
        ({"firms": ("goldman sachs",)}, ["d1"]),
        ({"firms": ("acme & sons",)}, ["d3"]),
        ({"firms": ("&",)}, []),
        ({"analysts": ("Ann Lee",)}, ["d1"]),
        ({"subjects": ("small caps", "gold")}, ["d1", "d3"]),
        ({"subjects": ("gold",), "publishers": ("desk",)}, []),
        ({"article_ids": (digest("d3"), "nobody")}, ["d3"]),
        ({"tickers": ("",)}, []),
    ],
)
def test_scope(catalogue, desk, fields, expected):
    assert sorted(sources(catalogue, **fields)) == expected
    assert catalogue.count(Scope(**fields)) == len(expected)


def test_an_empty_scope_does_not_restrict(catalogue, desk):
    assert catalogue.article_ids(Scope()) is None
    assert catalogue.count(Scope()) == 4


_days = st.none() | st.dates(date(2025, 8, 30), date(2025, 9, 5))
_scopes = st.builds(
    Scope,
    since=_days,
    until=_days,
    as_of=_days,
    publishers=st.lists(st.sampled_from(["Desk", "wire", "none"]), max_size=2).map(tuple),
    firms=st.lists(st.sampled_from(["Goldman Sachs", "Acme & Sons", '"', "*"]), max_size=2).map(tuple),
    subjects=st.lists(st.sampled_from(["gold", "small caps", "oil OR gold"]), max_size=2).map(tuple),
    tickers=st.lists(st.sampled_from(["XOM", "ABC", "%"]), max_size=2).map(tuple),
)


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory):
    from making import WordEmbedder

    catalogue = Catalogue(tmp_path_factory.mktemp("scope") / "catalogue.sqlite3")
    catalogue.create("words", 64)
    embedder = WordEmbedder()
    for number, (text, publisher) in enumerate([(TEXT, "Desk"), ("Oil slips.", "WIRE"), ("Gold.", None)] * 2):
        published = day(f"2025-09-0{number + 1}") if number < 5 else None
        article = make_article(
            f"s{number}", text, publisher=publisher, published=published, tickers=("XOM",) * (number % 2)
        )
        catalogue.put([make_record(article, embedder)])
    yield catalogue
    catalogue.close()


@given(_scopes, _scopes)
def test_another_condition_never_widens_a_scope(shared_desk, one, other):
    both = Scope(
        **{name: getattr(one, name) or getattr(other, name) for name in ("publishers", "firms", "subjects", "tickers")},
        since=max(filter(None, (one.since, other.since)), default=None),
        until=min(filter(None, (one.until, other.until)), default=None),
        as_of=min(filter(None, (one.as_of, other.as_of)), default=None),
    )
    everything = frozenset(ref.id for ref in shared_desk.refs(Scope()))
    wide = shared_desk.article_ids(one)
    narrow = shared_desk.article_ids(both)
    assert (everything if narrow is None else narrow) <= (everything if wide is None else wide)


# --- views


def test_views_come_newest_first_and_by_part_of_a_name(catalogue, embedder):
    for source, firm, said in (("a", "Goldman Sachs", date(2025, 9, 1)), ("b", "Acme", date(2025, 9, 2))):
        article = make_article(source, "Small caps rally.")
        view = view_of(article, "Small caps", firm=firm, said_on=said, reasons=(Quote(article.id, 11, 16, "rally"),))
        catalogue.put([make_record(article, embedder, [view])])
    found = catalogue.views.find(Scope(), Wanted(subject="CAPS", action="upgrade"))
    assert [view.firm for view in found] == ["Acme", "Goldman Sachs"]
    assert found[1] == view_of(
        make_article("a", "Small caps rally."),
        "Small caps",
        firm="Goldman Sachs",
        said_on=date(2025, 9, 1),
        reasons=(Quote(digest("a"), 11, 16, "rally"),),
    )
    assert catalogue.views.find(Scope(), Wanted(firm="goldman", action="downgrade")) == []
    assert [view.firm for view in catalogue.views.find(Scope(firms=("Acme",)), Wanted())] == ["Acme"]


def test_names_are_known_once_however_often_they_stand(catalogue, store):
    store("a", "One.", publisher="Desk", names=[("firm", "Acme")])
    store("b", "Two.", publisher="DESK", names=[("firm", "Acme"), ("person", "Ann Lee")])
    assert sorted(catalogue.known_names()) == [("firm", "Acme"), ("person", "Ann Lee"), ("publisher", "DESK")]
    assert catalogue.known_names("person") == [("person", "Ann Lee")]


# --- files that are not what they should be


@pytest.mark.parametrize("content", [b"hello" * 500, b"\0" * 8192])
def test_a_file_that_is_no_catalogue_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "catalogue.sqlite3"
    path.write_bytes(content)
    catalogue = Catalogue(path)
    with pytest.raises(LibraryCorrupt, match=r"catalogue\.sqlite3"):
        catalogue.is_empty()
    catalogue.close()


def test_somebody_elses_database_is_not_taken_for_a_catalogue(tmp_path):
    path = tmp_path / "catalogue.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (words)")
    connection.close()
    catalogue = Catalogue(path)
    with pytest.raises(LibraryCorrupt):
        catalogue.is_outdated()
    catalogue.close()


def test_another_schema_version_is_refused_with_a_remedy(catalogue, tmp_path):
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    connection.close()
    with pytest.raises(LibraryError, match="schema 99"):
        catalogue.is_outdated()
