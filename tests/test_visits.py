"""When a reader was last there: kept for each, moved forward only, and no change to what answers rest on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_reader_who_never_came_has_no_visit(library) -> None:
    assert library.catalogue.visits.last("ada") is None


def test_a_visit_is_the_readers_own(library) -> None:
    library.catalogue.visits.note("ada", NOON)
    assert (library.catalogue.visits.last("ada"), library.catalogue.visits.last("")) == (NOON, None)


def test_a_later_visit_replaces_an_earlier_one(library) -> None:
    library.catalogue.visits.note("", NOON)
    library.catalogue.visits.note("", NOON + timedelta(hours=1))
    assert library.catalogue.visits.last("") == NOON + timedelta(hours=1)


def test_a_window_left_open_since_yesterday_does_not_move_a_visit_back(library) -> None:
    library.catalogue.visits.note("", NOON)
    library.catalogue.visits.note("", NOON - timedelta(days=1))
    assert library.catalogue.visits.last("") == NOON


def test_a_visit_leaves_what_is_cached_of_the_library(library) -> None:
    before = library.catalogue.vectors.data_version()
    library.catalogue.visits.note("", NOON)
    assert library.catalogue.vectors.data_version() == before


def test_a_visit_is_noted_while_another_writes(library, open_library) -> None:
    with open_library().writer():
        library.catalogue.visits.note("", NOON)
    assert library.catalogue.visits.last("") == NOON
