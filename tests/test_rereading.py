"""Reading the views of stored articles anew: nothing is embedded, nothing read twice, nothing lost."""

from __future__ import annotations

import extractors
import pytest

from ingest import read_views
from ingest.reading import label
from rag.errors import LibraryLocked

FORM = "{} fell on day {}, said Ada Okoro of Quillmark Research."


@pytest.fixture
def stored(library, put):
    """A library of five articles whose views were never read, that can no longer embed."""
    for n in range(5):
        put(library, f"urn:{n}", FORM.format(extractors.POISON if n == 3 else "Tin", n))
    library.embedder.encode = None
    return library


def quotes(library) -> set[str]:
    return {view.quote.text for view in library.views()}


def test_the_views_of_articles_never_read_are_read(stored) -> None:
    report = read_views(stored, extractor=extractors.first_word)
    assert (report.read, report.views, report.notes) == (5, 5, ())
    assert stored.stats().views == 5


def test_what_was_read_is_not_read_again(stored) -> None:
    read_views(stored, extractor=extractors.first_word)
    assert read_views(stored, extractor=extractors.first_word).read == 0


def test_all_are_read_again_when_asked_for(stored) -> None:
    read_views(stored, extractor=extractors.first_word)
    assert read_views(stored, extractor=extractors.misquoting, everything=True).read == 5
    assert stored.stats().views == 5


def test_a_newer_version_of_the_extractor_reads_again(stored, monkeypatch) -> None:
    read_views(stored, extractor=extractors.first_word)
    monkeypatch.setattr(extractors, "VERSION", "2")
    assert read_views(stored, extractor=extractors.first_word).read == 5


def test_what_another_extractor_read_is_left_alone(stored) -> None:
    read_views(stored, extractor=extractors.first_word)
    assert read_views(stored, extractor=extractors.printing).read == 0


def test_an_article_that_cannot_be_read_keeps_its_views_and_is_tried_again(stored) -> None:
    read_views(stored, extractor=extractors.first_word)
    report = read_views(stored, extractor=extractors.raising, everything=True)
    assert (report.read, len(report.notes), report.notes[0].source) == (4, 1, "urn:3")
    assert extractors.POISON in quotes(stored)


def test_an_article_on_which_reading_failed_is_read_next_time(stored) -> None:
    read_views(stored, extractor=extractors.raising)
    (still,) = stored.unread_by(label(extractors.raising))
    assert stored.article(still).source == "urn:3"


def test_an_interrupt_keeps_the_batches_that_are_done(stored, monkeypatch) -> None:
    monkeypatch.setattr("ingest.rereading._BATCH", 2)

    def stop(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_views(stored, extractor=extractors.first_word, progress=stop)
    assert stored.stats().views == 4
    assert read_views(stored, extractor=extractors.first_word).read == 1


def test_progress_is_told_out_of_all(stored, monkeypatch) -> None:
    monkeypatch.setattr("ingest.rereading._BATCH", 2)
    told: list[tuple[int, int]] = []
    read_views(stored, extractor=extractors.first_word, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_another_writer_is_waited_for_by_name(stored, open_library) -> None:
    with open_library().writer(), pytest.raises(LibraryLocked):
        read_views(stored, extractor=extractors.first_word)


def test_an_article_ingested_again_in_a_new_version_is_marked_as_read(stored, put) -> None:
    read_views(stored, extractor=extractors.first_word)
    stored.embedder.__dict__.pop("encode")
    put(stored, "urn:0", "Zinc rose.")
    assert len(stored.unread_by(label(extractors.first_word))) == 1
