"""The page of views, run without a browser over a little ledger of invented houses."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from invented_views import articles, extractor
from making import make_article, make_record

from rag import Answer, Quote, Scope, View

pytest.importorskip("streamlit")
from pages import ESCAPED, HOSTILE, finish, press, run, texts
from streamlit.testing.v1 import AppTest

from ui.found_views import find
from ui.session import Opened
from ui.timeline import amount, ratings, standings, targets
from ui.view_filters import Filters
from ui.view_table import csv_of
from ui.view_wording import house, line


@pytest.fixture
def ledger(library, embedder):
    """Return a library that holds the invented articles and their views."""
    library.put([make_record(article, embedder, extractor(article)) for article in articles()])
    return library


def wanted(**fields) -> Filters:
    empty = {"subject": None, "firm": None, "analyst": None, "action": None, "stance": None, "scope": Scope()}
    return Filters(**(empty | fields))


def table(app):
    return app.dataframe[0].value


def alts(app) -> list[str]:
    """Return what screen readers are told of the charts."""
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


def test_the_table_lists_every_view_newest_first(ledger):
    dates = list(table(run(ledger, "views"))["Date"])
    assert len(dates) == 11
    assert dates == sorted(dates, reverse=True)


def test_a_row_says_who_holds_what_of_which_subject_and_what_changed(ledger):
    rows = table(run(ledger, "views", subject="Tessermill", firm="Penrallow Research"))
    shown = {name: rows[name][0] for name in ("Firm", "Subject", "Action", "Rating", "Target")}
    assert shown == {
        "Firm": "Penrallow Research",
        "Subject": "Tessermill",
        "Action": "downgrade",
        "Rating": "hold → sell",
        "Target": "$90 → $71",
    }


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ({"subject": "small caps"}, 6),
        ({"firm": "Ottermere"}, 4),
        ({"analyst": "Mara Ilves"}, 3),
        ({"action": "raise target"}, 2),
        ({"stance": "bearish"}, 3),
        ({"since": "2026-11-06"}, 3),
        ({"until": "2026-09-08"}, 2),
        ({"as_of": "2026-10-02"}, 4),
        ({"subject": "small caps", "stance": "bearish"}, 2),
    ],
)
def test_a_link_opens_the_page_filtered(ledger, query, rows):
    assert len(table(run(ledger, "views", **query))) == rows


def test_a_filter_that_is_chosen_narrows_the_table(ledger):
    app = run(ledger, "views")
    app.selectbox("subject").set_value("gold").run()
    assert list(table(app)["Subject"]) == ["gold"]


def test_a_replaced_view_is_marked_with_the_day_of_the_newer_one(ledger):
    rows = table(run(ledger, "views", subject="small caps", firm="Gantlow Securities"))
    assert list(rows["Standing"]) == ["current", "superseded 19 Oct 2026"]


def test_a_view_stays_marked_when_a_filter_hides_what_replaced_it(ledger):
    rows = table(run(ledger, "views", subject="small caps", stance="bullish", firm="Wharrowby Bank"))
    assert list(rows["Standing"]) == ["superseded 10 Nov 2026"]


def test_as_of_a_day_what_was_said_later_replaces_nothing(ledger):
    found = find(ledger, wanted(firm="Wharrowby Bank", scope=Scope(as_of=date(2026, 10, 31))))
    assert len(found.views) == len(found.standing) == 1


def test_a_syndicated_copy_is_called_a_copy(ledger, embedder):
    twin = next(article for article in articles() if "starts Tessermill" in article.text)
    copy = make_article("https://wire.example/copy", twin.text, publisher="The Wire", published=twin.published)
    ledger.put([make_record(copy, embedder, extractor(copy))])
    rows = table(run(ledger, "views", subject="Tessermill", firm="Gantlow Securities"))
    assert sorted(rows["Standing"]) == ["copy", "current"]


def test_the_page_says_how_much_is_in_scope_and_how_the_houses_lean(ledger):
    shown = texts(run(ledger, "views", subject="small caps"))[0]
    assert shown.startswith("6 views by 4 houses. 12 articles in scope; 6 state a view on small caps; ")
    assert "1 bullish, 2 bearish, 1 neutral" in shown


def test_across_subjects_no_stances_are_added_up(ledger):
    assert texts(run(ledger, "views"))[0] == "11 views by 4 houses. 12 articles in scope; 11 of them state one."


def test_filters_that_nothing_passes_say_so_and_can_be_cleared(ledger):
    app = run(ledger, "views", subject="gold", stance="bearish")
    assert "No view passes" in app.info[0].value
    next(button for button in app.button if button.label == "Clear the filters").click().run()
    assert len(table(app)) == 11


def test_dates_the_wrong_way_round_are_pointed_out(ledger):
    app = run(ledger, "views", since="2026-11-09", until="2026-11-01")
    assert "after the last" in app.warning[0].value


def test_a_subject_has_a_strip_and_a_timeline_and_its_targets(ledger):
    assert alts(run(ledger, "views", subject="Tessermill")) == [
        "Current stance of each house, earlier ones fainter",
        "Rating by house over time",
        "Price target by house over time",
    ]


def test_a_firm_has_its_timeline_by_subject(ledger):
    assert "Rating by subject over time" in alts(run(ledger, "views", firm="Ottermere"))


def test_views_without_a_date_are_counted_where_they_cannot_be_drawn(ledger, embedder):
    article = make_article("undated", "Ottermere likes gold.")
    quote = Quote(article.id, 0, len(article.text), article.text)
    view = View(article.ref, None, "Ottermere", "gold", "none", None, None, None, None, None, "bullish", quote)
    ledger.put([make_record(article, embedder, [view])])
    app = run(ledger, "views", subject="gold")
    assert any("1 view without a date" in caption.value for caption in app.caption)


def test_a_page_of_undated_views_only_is_drawn_without_a_timeline(library, embedder):
    article = make_article("undated", "Ottermere likes gold.")
    quote = Quote(article.id, 0, len(article.text), article.text)
    view = View(article.ref, None, "Ottermere", "gold", "none", None, None, None, "$2", None, "bullish", quote)
    library.put([make_record(article, embedder, [view])])
    app = run(library, "views", subject="gold")
    assert not app.exception
    assert alts(app) == ["Current stance of each house, earlier ones fainter"]


def test_without_subject_and_firm_the_most_frequent_subjects_are_offered(ledger):
    app = run(ledger, "views")
    assert [button.label for button in app.button if (button.key or "").startswith("view-pick-")] == [
        "small caps",
        "Tessermill",
        "gold",
    ]
    app.button("view-pick-1").click().run()
    assert set(table(app)["Subject"]) == {"Tessermill"}


def test_very_many_views_are_listed_a_page_at_a_time(ledger, monkeypatch):
    monkeypatch.setattr("ui.view_table.ROWS", 10)
    app = run(ledger, "views")
    assert len(table(app)) == 10
    assert "Views 1 to 10 of 11" in [caption.value for caption in app.caption][-1]
    app.session_state[f"view-pages-{hash(wanted())}"] = 2
    app.run()
    assert len(table(app)) == 1


def test_a_library_without_articles_offers_the_samples(library, monkeypatch, tmp_path):
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "note.txt").write_text("A note.")
    monkeypatch.setenv("HOUSEVIEW_SAMPLES", str(tmp_path / "samples"))
    assert "Load the sample library" in [button.label for button in run(library, "views").button]


def test_a_library_whose_views_were_never_read_says_how_to_read_them(library, put):
    put(library, "old.txt", "Ines Falk at Wharrowby Bank likes tin.")
    app = run(library, "views")
    assert f"python -m ingest views --library {library.path}" in app.code[0].value
    assert "Read the views now" in [button.label for button in app.button]


def test_the_views_cannot_be_read_while_another_writes(library, put, open_library):
    put(library, "old.txt", "Ines Falk at Wharrowby Bank likes tin.")
    app = run(open_library(), "views")
    with library.writer():
        finish(press(app, "Read the views now"))
    assert "Another process is writing" in app.error[0].value


def test_a_library_that_fails_is_a_box_and_no_traceback(ledger, monkeypatch):
    ledger.catalogue.close()
    (ledger.path / "catalogue.sqlite3").write_bytes(b"not a database" * 500)
    app = run(ledger, "views")
    assert app.error
    assert not app.exception


def test_hostile_names_reach_markdown_only_escaped(library, embedder):
    article = make_article("evil", HOSTILE, title=HOSTILE, publisher=HOSTILE, published=datetime(2026, 11, 1))
    quote = Quote(article.id, 0, len(HOSTILE), HOSTILE)
    view = View(
        article.ref, HOSTILE, HOSTILE, HOSTILE, "none", HOSTILE, HOSTILE, "$1", "$2 " + HOSTILE, None, "bullish", quote
    )
    library.put([make_record(article, embedder, [view])])
    app = run(library, "views", subject="script")
    written = [*app.markdown, *app.caption, *app.button]
    assert app.caption
    for element in written:
        shown = str(getattr(element, "value", "") or getattr(element, "label", ""))
        assert "](" not in ESCAPED.sub("", shown)
        assert "<script" not in ESCAPED.sub("", shown)


def test_the_csv_has_the_rows_of_the_page_and_starts_no_formula(ledger, embedder):
    article = make_article("formula", "=1+1 is what Ottermere says of zinc.", published=datetime(2026, 11, 1))
    quote = Quote(article.id, 0, len(article.text), article.text)
    view = View(article.ref, None, "Ottermere", "=SUM(A1)", "none", None, None, None, None, None, "bullish", quote)
    ledger.put([make_record(article, embedder, [view])])
    rows = list(csv.DictReader(io.StringIO(csv_of(find(ledger, wanted(firm="Ottermere"))))))
    assert len(rows) == 5
    assert [row["subject"] for row in rows if "SUM" in row["subject"]] == ["'=SUM(A1)"]


def test_the_csv_tells_of_a_view_replaced_by_one_that_is_filtered_out(ledger):
    found = find(ledger, wanted(subject="small caps", stance="bullish", firm="Wharrowby Bank"))
    assert [row["superseded_on"] for row in csv.DictReader(io.StringIO(csv_of(found)))] == ["2026-11-10"]


@pytest.mark.parametrize(
    ("target", "read"),
    [
        ("$131", (131.0, "$")),
        ("$101.50", (101.5, "$")),
        ("C$16.20", (16.2, "C$")),
        ("US$ 40", (40.0, "$")),
        ("Rs 1,150", (1150.0, "₹")),
        ("510 rupees", (510.0, "₹")),
        ("510p", (510.0, "pence")),
        ("24k", (24_000.0, "")),
        ("1.2 million", (1_200_000.0, "")),
        ("$95 a barrel", (95.0, "$")),
        ("3.5%", (3.5, "%")),
        ("4.25 per cent", (4.25, "%")),
        ("7,000 points", (7000.0, "points")),
        ("$120-130", (120.0, "$")),
        ("parity", None),
        ("", None),
    ],
)
def test_a_target_is_read_as_an_amount_and_its_unit(target, read):
    assert amount(target) == read


@pytest.mark.parametrize("junk", ["1" * 50_000, "$" * 50_000, "1," * 25_000, "a" * 50_000, " " * 50_000])
def test_a_target_of_junk_takes_no_time(junk):
    amount(junk)


def test_a_house_stands_by_its_newest_view_and_its_earlier_stances_are_kept(ledger):
    found = find(ledger, wanted(subject="small caps"))
    stood = {(each.series, each.stance): each.current for each in standings(found.views, found.standing, house)}
    assert stood[("Wharrowby Bank", "bearish")]
    assert not stood[("Wharrowby Bank", "bullish")]
    assert sum(stood.values()) == 4


def test_a_timeline_has_a_level_for_each_view_oldest_first(ledger):
    marks = ratings(ledger.views(subject="small caps", firm="Gantlow Securities"), house)
    assert [(mark.day, mark.value) for mark in marks] == [(date(2026, 9, 2), 0), (date(2026, 10, 19), 1)]


def test_targets_of_different_subjects_share_no_scale(ledger):
    panels = targets(ledger.views(firm="Ottermere"), house)
    assert {subject: [mark.value for mark in marks] for (subject, _), marks in panels.items()} == {
        "Tessermill": [98.0, 110.0, 110.0, 131.0],
        "gold": [3100.0, 3400.0],
    }


def test_a_view_reads_as_one_line(ledger):
    view = ledger.views(subject="Tessermill", analyst="Joss Arkady")[-1]
    said = "8 Sep 2026 · Joss Arkady (Ottermere) · Tessermill · reiterate buy · target $98 → $110 · bullish"
    assert line(view) == said


def answer_of(views) -> Answer:
    return Answer(
        question="who",
        text="",
        statements=(),
        citations=(),
        views=tuple(views),
        abstained=False,
        coverage="",
        scope=Scope(),
        model=None,
        timings_ms={},
    )


def shown_answer(views) -> AppTest:
    def script(answer):
        from ui.answer_view import show_answer

        show_answer(0, answer)

    app = AppTest.from_function(script, kwargs={"answer": answer_of(views)})
    app.session_state["views-behind-0"] = True
    return app.run(timeout=20)


def test_the_views_behind_an_answer_open_in_their_source(ledger):
    views = ledger.views(subject="gold")
    app = shown_answer(views)
    assert app.expander[0].label == "Views behind this answer (1)"
    app.button("behind-0-0").click().run()
    quote = views[0].quote
    assert app.session_state["opened"] == Opened(quote.article_id, quote.start, quote.end)


def test_a_view_behind_an_answer_says_if_it_is_superseded(ledger):
    app = shown_answer(ledger.views(subject="small caps", firm="Gantlow Securities"))
    assert ["superseded" in button.label for button in app.button] == [False, True]


def test_an_answer_without_views_has_no_place_for_them(ledger):
    assert [expander.label for expander in shown_answer([]).expander] == ["What was searched"]


def test_of_very_many_views_behind_an_answer_the_first_are_shown_and_the_rest_counted(ledger):
    view = ledger.views(subject="gold")[0]
    app = shown_answer([replace(view, subject=f"gold {number}") for number in range(100)])
    assert len(app.button) == 30
    assert "70 more" in app.caption[0].value
