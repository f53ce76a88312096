"""Dates and periods in questions. Today is Wednesday, 14 October 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.periods import Period, find_period

TODAY = date(2026, 10, 14)


def period(question: str, newest: date | None = None) -> tuple[str, str, str] | None:
    found = find_period(question, TODAY, newest)
    return found and tuple(str(each or "") for each in (found.since, found.until, found.as_of))


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("last week", "2026-10-05", "2026-10-11"),
        ("this week", "2026-10-12", "2026-10-14"),
        ("last month", "2026-09-01", "2026-09-30"),
        ("this month", "2026-10-01", "2026-10-14"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("this year", "2026-01-01", "2026-10-14"),
        ("yesterday", "2026-10-13", "2026-10-13"),
        ("today", "2026-10-14", "2026-10-14"),
        ("in the last 10 days", "2026-10-04", "2026-10-14"),
        ("over the past two weeks", "2026-09-30", "2026-10-14"),
        ("on 2026-03-20", "2026-03-20", "2026-03-20"),
        ("on 3 September", "2026-09-03", "2026-09-03"),
        ("on September 3, 2025", "2025-09-03", "2025-09-03"),
        ("on the 3rd of September", "2026-09-03", "2026-09-03"),
        ("on 5 May 2026", "2026-05-05", "2026-05-05"),
        ("on Sept. 5", "2026-09-05", "2026-09-05"),
        ("in August", "2026-08-01", "2026-08-31"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("in February 2024", "2024-02-01", "2024-02-29"),
        ("in May", "2026-05-01", "2026-05-31"),
        ("in may 2026", "2026-05-01", "2026-05-31"),
        ("in mid-March 1987", "1987-03-10", "1987-03-21"),
        ("in early July", "2026-07-01", "2026-07-11"),
        ("in late June 2025", "2025-06-20", "2025-06-30"),
        ("in the first week of September", "2026-09-01", "2026-09-07"),
        ("in the last week of February 2024", "2024-02-23", "2024-02-29"),
        ("in the last three days of May", "2026-05-29", "2026-05-31"),
        ("between 3 and 9 September", "2026-09-03", "2026-09-09"),
        ("September 3-9", "2026-09-03", "2026-09-09"),
        ("in 2025", "2025-01-01", "2025-12-31"),
        ("since August", "2026-08-01", ""),
        ("since last week", "2026-10-05", ""),
        ("after June", "2026-07-01", ""),
        ("before 5 June 2026", "", "2026-06-04"),
        ("until 5 June", "", "2026-06-05"),
    ],
)
def test_a_period_is_read_as_inclusive_days(words, since, until):
    assert period(f"What was said about copper {words}?") == (since, until, "")


def test_as_of_hides_what_came_later_and_restricts_nothing_else():
    assert period("As of 3 March 2026, what did Tern say?") == ("", "", "2026-03-03")


def test_a_named_event_after_a_month_lies_within_it():
    assert period("What did Tern say after the January 2026 results?") == ("2026-01-01", "", "")


def test_a_month_is_the_latest_one_that_the_library_reaches():
    assert period("What was said in September?", newest=date(2019, 5, 1)) == ("2018-09-01", "2018-09-30", "")


@pytest.mark.parametrize(
    "question",
    [
        "What may happen to gold?",
        "May gold rise?",
        "Do markets march higher?",
        "Who cut 2026 earnings estimates?",
        "What about the 1987 crash?",
        "What was said on 2026-02-30?",
        "Who upgraded copper?",
        "",
    ],
)
def test_what_names_no_period_gives_none(question):
    assert period(question) is None


def test_the_words_are_those_of_the_question():
    found = find_period("Who cut copper in the last 10 days, and why?", TODAY)
    assert found and found.words in "Who cut copper in the last 10 days, and why?"


@pytest.mark.parametrize("words", ["the LAST TWO WEEKS", "the Last 3 Months"])
def test_capitals_do_not_matter(words):
    assert period(f"Who cut copper in {words}?") == period(f"Who cut copper in {words.lower()}?")


@pytest.mark.parametrize("words", ["the last 99999999 days", "the past 5000 years"])
def test_a_count_beyond_the_calendar_does_no_harm(words):
    found = find_period(f"Who cut copper in {words}?", TODAY)
    assert found is None or found.until == TODAY


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("from 3 to 9 September", ("2026-09-03", "2026-09-09", "")),
        ("from March to May 2026", ("2026-03-01", "2026-05-31", "")),
        ("between March and May 2026", ("2026-03-01", "2026-05-31", "")),
        ("by 5 June", ("", "2026-06-05", "")),
        ("on 5 may 2026", ("2026-05-05", "2026-05-05", "")),
        ("over the past year", ("2025-10-14", "2026-10-14", "")),
        ("since Monday", ("2026-10-12", "", "")),
        ("last Monday", ("2026-10-12", "2026-10-12", "")),
    ],
)
def test_common_ways_to_say_a_period_are_read_right(words, expected):
    assert period(f"Who cut copper {words}?") == expected


FRAGMENTS = st.sampled_from(
    """last past previous first since before after until by from as of the in on to and mid early late week month year
    quarter days weeks 0 1 3 9 31 99 2024 1987 2026-13-40 march may february sept. june yesterday few couple
    of - 29""".split()
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=9).map(" ".join)), st.dates(date(1950, 1, 1)))
def test_any_question_gives_a_period_or_none(question, today):
    found = find_period(question, today)
    assert found is None or isinstance(found, Period)


def test_last_week_may_end_in_the_first_days_of_a_year() -> None:
    assert find_period("what changed last week?", date(2000, 1, 3), None) == Period(
        date(1999, 12, 27), date(2000, 1, 2), None, "last week"
    )
