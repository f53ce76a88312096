"""What a log holds of a fault of the program."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterator

import pytest

from rag import tell_faults_in_a_line
from rag.faults import whereabouts

WORDS = "zinc is cheap, says Ann Voss"


def fail() -> None:
    raise ValueError(WORDS)


def failed() -> ValueError:
    with pytest.raises(ValueError, match="zinc") as caught:
        fail()
    return caught.value


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Return what is logged once faults are told in a line."""
    factory, hook = logging.getLogRecordFactory(), threading.excepthook
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("a server").addHandler(handler)
    tell_faults_in_a_line()
    tell_faults_in_a_line()
    yield written
    logging.getLogger("a server").removeHandler(handler)
    logging.setLogRecordFactory(factory)
    threading.excepthook = hook


def test_the_place_of_an_error_is_its_calls_from_the_outside_in():
    said = whereabouts(failed())
    assert [part.split(":")[0] + " " + part.split(" ")[1] for part in said.split(" > ")] == [
        "tests/test_faults_in_logs.py failed",
        "tests/test_faults_in_logs.py fail",
    ]


def test_an_error_that_was_never_raised_has_no_place():
    assert whereabouts(ValueError(WORDS)) == ""


def test_a_logged_error_is_one_line_with_its_place_and_none_of_its_words(log):
    logging.getLogger("a server").error("Uncaught app execution", exc_info=failed())
    line, *more = log.getvalue().splitlines()
    assert line.startswith("Uncaught app execution: ValueError at tests/test_faults_in_logs.py:")
    assert (more, "zinc" in line) == ([], False)


def test_what_a_message_is_filled_with_is_left_out_too(log):
    logging.getLogger("a server").error("Cannot draw %s", WORDS, exc_info=failed())
    assert log.getvalue().startswith("Failed: ValueError at ")


def test_a_message_without_an_error_is_logged_as_it_is(log):
    logging.getLogger("a server").error("Listening on %s", "loopback")
    assert log.getvalue() == "Listening on loopback\n"


@pytest.mark.usefixtures("log")
def test_a_thread_that_fails_says_so_in_one_line_without_the_words(capsys):
    thread = threading.Thread(target=fail, name="answering")
    thread.start()
    thread.join()
    line, *more = capsys.readouterr().err.splitlines()
    assert line.startswith("Thread answering failed: ValueError at ") and line.endswith(" fail")
    assert (more, "zinc" in line) == ([], False)
