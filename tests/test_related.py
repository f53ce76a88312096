"""What a library holds around an article: its views, what came later, its doubles, more by the same people."""

from __future__ import annotations

import pytest
from invented_views import articles, extractor
from making import make_record

from rag import doubles_of, later_views, others_by, own_views
from rag.catalogue.record import Alike


@pytest.fixture
def ledger(library, embedder):
    library.put([make_record(article, embedder, extractor(article)) for article in articles()])
    return library


def holding(ledger, firm: str, subject: str):
    """Return a house's views on a subject, oldest first."""
    return ledger.views(firm=firm, subject=subject)[::-1]


def test_the_views_of_an_article_are_its_own_in_the_order_of_its_text(ledger):
    for article in ledger.articles():
        views = own_views(ledger, article.id)
        assert {view.article.id for view in views} <= {article.id}
        assert [view.quote.start for view in views] == sorted(view.quote.start for view in views)


def test_an_early_view_leads_to_the_newest_of_the_same_house(ledger):
    old, *_, new = holding(ledger, "Gantlow Securities", "small caps")
    assert later_views(ledger, [old]) == {old: new}


def test_the_newest_view_leads_nowhere(ledger):
    *_, new = holding(ledger, "Gantlow Securities", "small caps")
    assert later_views(ledger, [new]) == {}


def test_what_a_superseded_article_said_leads_to_the_later_view_too(library, embedder, put):
    from making import make_article, make_view

    texts = {"old": "Ottermere sells tin.", "update": "Ottermere sells tin now.", "later": "Ottermere buys tin."}
    for number, (source, text) in enumerate(texts.items()):
        article = make_article(source, text, published=_day(number))
        view = make_view(article, text, firm="Ottermere", stance="bullish" if source == "later" else "bearish")
        library.put([make_record(article, embedder, [view])])
    old, update, later = (library.find(source) for source in texts)
    with library.writer():
        library.catalogue.likenesses.sign({}, [Alike(update.id, old.id, "update", 0.9)])
    (view,) = own_views(library, old.id)
    assert later_views(library, [view])[view].article.id == later.id
    assert [each.kind for each in doubles_of(library, old.id)] == ["update"]
    assert doubles_of(library, later.id) == []


def test_more_by_a_person_is_what_they_wrote_or_state_a_view_in_newest_first(library, embedder):
    from making import make_article, make_view

    said = make_article("said", "Ines Falk likes tin.", published=_day(0))
    wrote = make_article("wrote", "Tin again.", published=_day(1), authors=("Ines Falk",))
    other = make_article("other", "Zinc.", published=_day(2), authors=("Bo Lind",))
    here = make_article("here", "Ines Falk likes zinc.", published=_day(3), authors=("Ines Falk",))
    view = make_view(said, "Ines Falk likes tin.", analyst="Ines Falk")
    library.put([make_record(said, embedder, [view]), *(make_record(each, embedder) for each in (wrote, other, here))])
    found = others_by(library, here.ref, ["Ines Falk", "Nobody Known"])
    assert {person: [each.source for each in others] for person, others in found.items()} == {
        "Ines Falk": ["wrote", "said"]
    }


def _day(number: int):
    from datetime import datetime

    return datetime(2026, 11, 1 + number)
