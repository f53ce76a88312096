"""Leafing through a library: what is searched, what each state means, in which order, and that pages miss nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import day, make_article, make_record, make_view

from rag import InputError, Scope
from rag.catalogue import Alike

OIL, CAPS, PLAIN = "https://x.test/oil", "https://x.test/caps", "notes/plain.txt"


@pytest.fixture
def filled(library, embedder):
    """A library of three articles: an update of the first, with an author and a view, and one that says little."""
    oil = make_article(
        OIL, "Oil slips.\nOpec waits.", title="Oil market", publisher="The Post", published=day("2026-11-01")
    )
    caps = make_article(
        CAPS,
        "Small caps rally.",
        title="Caps up",
        publisher="A Desk",
        authors=("Ann Öther",),
        published=day("2026-11-03"),
    )
    plain = make_article(PLAIN, "Nothing in it.\n100% of_nothing.", metadata=(("published is", "a guess"),))
    update = Alike(caps.id, oil.id, "update", 0.8)
    view = make_view(caps, "Small caps rally.", subject="small caps")
    library.put([make_record(oil, embedder)])
    library.put([replace(make_record(caps, embedder, [view]), extractor="rules 1", likenesses=(update,))])
    library.put([make_record(plain, embedder)])
    library.link("https://y.test/oil", oil, "v", oil.id)
    return library


def sources(listing) -> list[str]:
    return [row.article.source for row in listing.rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("market", [OIL]),
        ("post", [OIL]),
        ("öth", [CAPS]),
        ("opec", [OIL]),
        ("OPE", [OIL]),
        ("oil wait", [OIL]),
        ("oil rally", []),
        ('"opec waits"', [OIL]),
        ('"waits opec"', []),
        ("plain.txt", [PLAIN]),
        ("100%", [PLAIN]),
        ("%", []),
        ("n_tes", []),
        ('"', [CAPS, OIL, PLAIN]),
        ("zebra", []),
        ('AND OR NOT ( * " NEAR', []),
    ],
)  # fmt: skip
def test_words_are_looked_for_in_title_publisher_author_source_and_text(filled, words, found) -> None:
    assert sources(filled.browse(words)) == found


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("states views", [CAPS]),
        ("not read for views", [OIL, PLAIN]),
        ("a copy", []),
        ("superseded", [OIL]),
        ("several addresses", [OIL]),
        ("undated", [PLAIN]),
        ("date is a guess", []),
    ],
)
def test_a_state_leaves_the_articles_in_it(filled, state, found) -> None:
    assert sources(filled.browse(state=state)) == found


def test_a_guessed_date_is_a_state(library, put) -> None:
    put(library, OIL, "Oil slips.", published=day("2026-11-01"), metadata=(("published is", "a guess"),))
    assert sources(library.browse(state="date is a guess")) == [OIL]


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("newest", [CAPS, OIL, PLAIN]),
        ("oldest", [OIL, CAPS, PLAIN]),
        ("added", [PLAIN, CAPS, OIL]),
        ("title", [CAPS, OIL, PLAIN]),
        ("publisher", [CAPS, OIL, PLAIN]),
    ],
)
def test_articles_come_in_the_order_asked_for(filled, order, found) -> None:
    assert sources(filled.browse(order=order)) == found


def test_a_row_says_what_there_is_of_an_article(filled) -> None:
    caps, oil, _ = filled.browse().rows
    assert (caps.views, caps.addresses, caps.state, caps.stands_for_it) == (1, 0, None, None)
    assert (oil.views, oil.addresses, oil.state, oil.stands_for_it) == (0, 1, "superseded", caps.article)


def test_a_scope_narrows_the_articles_down(filled) -> None:
    assert sources(filled.browse(scope=Scope(publishers=("the post",)))) == [OIL]


@pytest.mark.parametrize("order", ["newest", "added", "title", "publisher"])
def test_pages_together_hold_each_article_once(library, embedder, order) -> None:
    library.put([make_record(make_article(f"https://x.test/{n}", "Same words."), embedder) for n in range(25)])
    pages = [library.browse(order=order, limit=10, offset=first) for first in (0, 10, 20)]
    assert sorted(source for page in pages for source in sources(page)) == sorted(
        f"https://x.test/{n}" for n in range(25)
    )
    assert {page.total for page in pages} == {25}


def test_too_many_words_are_refused(filled) -> None:
    with pytest.raises(InputError, match="21 words"):
        filled.browse("oil " * 21)
