"""The open source beside an answer or the views, run without a browser over a little library of invented houses."""

from __future__ import annotations

import pytest
from invented_views import articles, extractor
from making import make_article, make_record, make_view

from rag import Answer, Citation, Scope, own_views
from rag.catalogue.record import Alike

pytest.importorskip("streamlit")
from pages import ESCAPED, HOSTILE
from streamlit.testing.v1 import AppTest

from ui.session import Opened, Turn, place_of

TEXTS = {
    "one": "Ines Falk of Wharrowby Bank likes tin. She sees $30,000 by June. Nobody else does.",
    "two": "Bo Lind sells tin. He sees no demand.",
}


@pytest.fixture
def shelf(library, put):
    """Return a library of two articles by one publisher and author."""
    for source, text in TEXTS.items():
        put(library, source, text, title=f"Tin {source}", publisher="The Desk", authors=("Ann Other",))
    return library


@pytest.fixture
def ledger(library, embedder):
    library.put([make_record(article, embedder, extractor(article)) for article in articles()])
    return library


def citation(library, marker: int, source: str, words: str) -> Citation:
    start = TEXTS[source].index(words)
    return Citation(marker, library.find(source), start, start + len(words), words)


def cited(library, *given: tuple[str, str]) -> Answer:
    """Return an answer that cites words of articles, given as (source, words), in that order."""
    return Answer(
        question="who likes tin",
        text="",
        statements=(),
        citations=tuple(citation(library, marker, *each) for marker, each in enumerate(given, start=1)),
        views=(),
        abstained=False,
        coverage="",
        scope=Scope(),
        model=None,
        timings_ms={},
    )


def at(answer: Answer, marker: int) -> Opened:
    found = answer.citations[marker - 1]
    return Opened(found.article.id, found.start, found.end, marker)


def show(library, source: Opened | None, answer: Answer | None = None, earlier: tuple[Answer, ...] = ()) -> AppTest:
    """Return the panel on a page of its own; what is pressed in it is opened in it."""

    def script(library, answer):
        from ui import session, source_panel

        source_panel.show(library, session.opened(), answer)

    app = AppTest.from_function(script, kwargs={"library": library, "answer": answer})
    app.session_state["opened"] = source
    app.session_state["turns"] = [Turn(each.question, each) for each in earlier]
    return app.run(timeout=20)


def marks(app: AppTest) -> list[str]:
    """Return what is marked in the frame."""
    pieces = app.get("iframe")[0].proto.srcdoc.split("<mark ")[1:]
    return [piece.split(">", 1)[1].split("</mark>")[0] for piece in pieces]


def said(app: AppTest) -> list[str]:
    return [ESCAPED.sub(r"\1", caption.value) for caption in app.caption]


def labels(app: AppTest) -> list[str]:
    return [ESCAPED.sub(r"\1", button.label).replace("\u200b", "") for button in app.button]


def press(app: AppTest, start: str) -> AppTest:
    """Press the button whose label begins so."""
    place = next(place for place, label in enumerate(labels(app)) if label.startswith(start))
    return app.button[place].click().run(timeout=20)


def choose(app: AppTest, section: str) -> AppTest:
    return app.segmented_control("source-section").set_value(section).run(timeout=20)


def test_all_that_the_answer_cites_of_the_article_is_marked_and_nothing_of_others(shelf):
    answer = cited(shelf, ("one", "likes tin"), ("two", "sells tin"), ("one", "Nobody else"))
    assert marks(show(shelf, at(answer, 1), answer)) == ["likes tin", "Nobody else"]


def test_next_and_previous_go_through_the_citations_of_the_whole_answer(shelf):
    answer = cited(shelf, ("one", "likes tin"), ("two", "sells tin"), ("one", "Nobody else"))
    app = press(show(shelf, at(answer, 1), answer), "Next")
    assert app.session_state["opened"] == at(answer, 2)
    assert "2 of 3" in said(app)
    app = press(press(app, "Next"), "Previous")
    assert app.session_state["opened"] == at(answer, 2)


def test_there_is_nothing_before_the_first_and_after_the_last(shelf):
    answer = cited(shelf, ("one", "likes tin"), ("two", "sells tin"))
    disabled = {
        marker: [button.key for button in show(shelf, at(answer, marker), answer).button if button.disabled]
        for marker in (1, 2)
    }
    assert disabled == {1: ["previous-citation"], 2: ["next-citation"]}


def test_what_else_is_cited_in_the_article_is_one_press_away(shelf):
    answer = cited(shelf, ("one", "likes tin"), ("two", "sells tin"), ("one", "Nobody else"))
    app = show(shelf, at(answer, 1), answer)
    assert [label for label in labels(app) if label.startswith("[")] == ["[1]", "[3]"]
    assert press(app, "[3]").session_state["opened"] == at(answer, 3)


def test_going_on_within_an_article_sends_no_article_again(shelf):
    answer = cited(shelf, ("one", "likes tin"), ("one", "Nobody else"))
    app = show(shelf, at(answer, 1), answer)
    before = app.get("iframe")[0].proto.srcdoc
    assert press(app, "Next").get("iframe")[0].proto.srcdoc == before


def test_a_mark_of_an_earlier_answer_is_shown_among_that_answer_s_citations(shelf):
    earlier = cited(shelf, ("one", "likes tin"), ("one", "Nobody else"))
    last = cited(shelf, ("two", "sells tin"))
    app = show(shelf, at(earlier, 2), last, earlier=(earlier, last))
    assert "2 of 2" in said(app)


def test_words_that_nothing_cites_are_marked_by_themselves(shelf):
    start = TEXTS["one"].index("She sees")
    app = show(shelf, Opened(shelf.find("one").id, start, start + 8), cited(shelf, ("two", "sells tin")))
    assert marks(app) == ["She sees"]


def test_without_an_answer_the_steps_go_through_the_article_s_own_views(ledger):
    (view,) = ledger.views(subject="small caps", firm="Penrallow Research")
    app = press(show(ledger, Opened(view.article.id, 0, 0)), "Next")
    assert app.session_state["opened"] == place_of(own_views(ledger, view.article.id)[0].quote)


def test_a_view_that_was_replaced_leads_to_the_later_one(ledger):
    *_, old = ledger.views(subject="small caps", firm="Gantlow Securities")
    app = show(ledger, place_of(old.quote))
    new = ledger.views(subject="small caps", firm="Gantlow Securities")[0]
    assert press(app, "Later view by the same house").session_state["opened"] == place_of(new.quote)


def test_a_view_that_stands_leads_to_no_other(ledger):
    new = ledger.views(subject="small caps", firm="Gantlow Securities")[0]
    assert not [label for label in labels(show(ledger, place_of(new.quote))) if label.startswith("Later")]


def test_the_views_of_the_article_are_listed_and_open_at_their_words(ledger):
    view = ledger.views(subject="gold")[0]
    app = choose(show(ledger, Opened(view.article.id, 0, 0)), "views")
    assert not app.get("iframe")
    pressed = app.button("around-own-view-0").click().run(timeout=20)
    assert pressed.session_state["opened"] == place_of(own_views(ledger, view.article.id)[0].quote)


def test_an_article_tells_of_its_update_and_the_update_of_what_it_updates(shelf):
    one, two = shelf.find("one"), shelf.find("two")
    with shelf.writer():
        shelf.catalogue.likenesses.sign({}, [Alike(two.id, one.id, "update", 0.9)])
    app = press(show(shelf, Opened(one.id, 0, 5)), "There is an update of this: Tin two")
    assert app.session_state["opened"].article_id == two.id
    assert "Update of: Tin one · The Desk · Ann Other" in labels(choose(app, "more"))


def test_other_articles_by_the_author_and_from_the_publisher_are_offered(shelf):
    app = choose(show(shelf, Opened(shelf.find("one").id, 0, 5)), "more")
    titles = [ESCAPED.sub(r"\1", each.value) for each in app.markdown]
    assert "**More by Ann Other**" in titles
    assert "**The latest from The Desk**" in titles
    assert press(app, "Tin two").session_state["opened"].article_id == shelf.find("two").id


def test_another_article_is_first_shown_as_its_text(shelf):
    app = choose(show(shelf, Opened(shelf.find("one").id, 0, 5)), "more")
    assert press(app, "Tin two").get("iframe")


def test_an_article_of_nobody_says_that_there_is_nothing_else(library, put):
    article = put(library, "alone", "Tin fell.")
    app = choose(show(library, Opened(article.id, 0, 3)), "more")
    assert "nothing else" in said(app)[-1]


def test_a_pdf_that_is_gone_is_told_of_and_its_text_stays(library, put):
    paged = (("pages", "0"), ("path", "/nowhere/note.pdf"))
    article = put(library, "note.pdf", "Tin fell.", metadata=paged)
    app = choose(show(library, Opened(article.id, 0, 3)), "page")
    assert "is no longer there" in ESCAPED.sub(r"\1", app.info[0].value)
    assert choose(app, "article").get("iframe")


def test_only_what_was_read_from_a_pdf_offers_a_page_of_it(shelf):
    offered = show(shelf, Opened(shelf.find("one").id, 0, 5)).segmented_control("source-section").options
    assert "PDF page" not in offered


def test_hostile_names_around_an_article_reach_markdown_only_escaped(library, embedder):
    made = []
    for number in range(2):
        article = make_article(
            f"evil-{number}", f"{HOSTILE} {number}", title=HOSTILE, publisher=HOSTILE, authors=(HOSTILE,)
        )
        view = make_view(article, HOSTILE, analyst=HOSTILE, firm=HOSTILE, subject=HOSTILE)
        library.put([make_record(article, embedder, [view])])
        made.append(article)
    app = show(library, Opened(made[0].id, 0, 5))
    shown = [app.markdown, app.caption, app.button]
    for section in ("views", "more"):
        choose(app, section)
        shown += [app.markdown, app.caption, app.button]
    for element in (each for elements in shown for each in elements):
        written = ESCAPED.sub("", str(getattr(element, "value", "") or getattr(element, "label", "")))
        assert "](" not in written
        assert "<script" not in written
