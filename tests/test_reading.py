"""Reading one article: what an extractor returns is checked against the text, what it raises is kept."""

from __future__ import annotations

from datetime import date

import extractors
import pytest
from making import make_article

from ingest.reading import flaw_in, label, notes_on, read
from rag.errors import ModelMismatch
from rag.types import Quote

ARTICLE = make_article("urn:tin", "Tin fell. Zinc rose.")
OTHER = make_article("urn:zinc", "Tin fell. Zinc rose.")
REASON = Quote(ARTICLE.id, 10, 20, "Zinc rose.")


def test_a_view_that_fits_has_no_flaw() -> None:
    view = extractors.view_of(ARTICLE, "Tin fell.", reasons=(REASON,), firm="Quillmark", said_on=date(2026, 3, 2))
    assert flaw_in(view, ARTICLE) is None


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({"quote": Quote(ARTICLE.id, 0, 9, "Tin rose.")}, "it quotes what the article does not say"),
        ({"quote": Quote(ARTICLE.id, -10, -1, "Zinc rose")}, "it quotes what the article does not say"),
        ({"quote": Quote(ARTICLE.id, 4, 4, "")}, "it quotes what the article does not say"),
        ({"quote": Quote(OTHER.id, 0, 9, "Tin fell.")}, "it quotes what the article does not say"),
        ({"reasons": (Quote(ARTICLE.id, 0, 9, "so I say!"),)}, "it quotes what the article does not say"),
        ({"article": OTHER.ref}, "it is another article's"),
        ({"subject": " "}, "it has no subject"),
        ({"subject": None}, "it has no subject"),
        ({"action": "sell"}, "'sell' is no action"),
        ({"stance": "mixed"}, "'mixed' is no stance"),
        ({"attribution": None}, "None is no attribution"),
        ({"firm": ["Quillmark"]}, "its firm cannot be stored"),
        ({"target_to": 12.5}, "its target_to cannot be stored"),
        ({"analyst": "half a pair \ud83d"}, "its analyst cannot be stored"),
        ({"said_on": "2026-03-02"}, "its said_on cannot be stored"),
    ],
)
def test_a_view_that_cannot_stand_is_told_why(fields, flaw) -> None:
    assert flaw_in(extractors.view_of(ARTICLE, "Tin fell.", **fields), ARTICLE) == flaw


def test_what_is_no_view_is_told_by_its_type() -> None:
    assert read(ARTICLE, lambda article: [{"subject": "tin"}]).dropped == ("a dict is no view",)


def test_an_extractor_that_returns_nothing_iterable_is_a_failure() -> None:
    assert "NoneType" in read(ARTICLE, lambda article: None).failure


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("deep"), SystemExit(3), ImportError("no spaCy")])
def test_whatever_an_extractor_raises_is_named(error) -> None:
    def extractor(article):
        yield extractors.view_of(article, "Tin fell.")
        raise error

    reading = read(ARTICLE, extractor)
    assert reading.failure.startswith(type(error).__name__)
    assert reading.views == ()


def test_an_error_of_our_own_is_said_in_its_own_words() -> None:
    def extractor(article):
        raise ModelMismatch("the model: not as expected; reinstall it.")

    assert read(ARTICLE, extractor).failure == "the model: not as expected; reinstall it."


def test_an_interrupt_is_not_taken_for_a_failure() -> None:
    def extractor(article):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(ARTICLE, extractor)


def test_an_extractor_is_known_by_its_name_and_version() -> None:
    assert label(extractors.first_word) == "extractors:first_word 1"
    assert label(None) is None


def test_notes_name_the_article_and_what_to_do() -> None:
    (note,) = notes_on(ARTICLE, read(ARTICLE, lambda article: None))
    assert note.source == "urn:tin"
    assert note.reason.endswith("`python -m ingest views` tries again.")
