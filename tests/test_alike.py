"""Two articles are one story or they are not: retitled, trimmed, edited, extended, updated; never by template alone."""

from __future__ import annotations

import pytest
from making import day, make_article

from ingest.alike import MOST_WORDS, Story, in_order, likeness

LEAD = (
    "PORT ELLERY, March 4 - Ormsby Tin Corp said on Wednesday it would close its smelter at Gull Point, the largest on "
    "the coast, after talks with the dockers' union broke down over pay."
)
BODY = (
    "The company told staff that 430 jobs would go by the end of June and that ore from its northern pits would be "
    "shipped abroad instead. It expects a charge of 61.5 million crowns in the second quarter.",
    "Union leader Hanne Brask called the decision a bluff and said members would vote on a strike on Friday. Talks had "
    "foundered, she said, because the company refused to put its last offer in writing.",
    "Traders in the metal said the closure would take some 18,000 tonnes a year off the market, though stocks held in "
    "warehouses were enough to cover the gap until winter. Tin closed 2.1 percent higher.",
    "Ormsby has sold two of its four smelters since its chairman, Piet Lagerwey, took over in 2019. He told reporters "
    "that the two left would be run at full load.",
)
STORY = "\n\n".join((LEAD, *BODY))
LATER = (
    "The provincial minister for labour said she had asked both sides to return to the table before the weekend ends."
)


def told(
    text: str, at: str = "2026-03-04T10:00", publisher: str | None = "Ellery Wire", title: str = "Smelter to close"
):
    published = day(at) if at else None
    return Story(make_article(text[:40] + at, text, published=published, publisher=publisher, title=title))


def compared(original: str, text: str, **fields: object) -> str | None:
    return likeness(*in_order(told(original), told(text, **{"at": "2026-03-04T15:00", **fields})))


ELSEWHERE = {"publisher": "Harbour Gazette", "title": "Hundreds to lose work on coast"}


@pytest.mark.parametrize(
    "text",
    [
        STORY.partition(" - ")[2],
        "\n\n".join((LEAD, *BODY[:2])),
        LEAD + "\n\n" + BODY[0],
        "Our partner on the coast reports the following.\n\n" + STORY,
        STORY + "\n\nSubscribe to the Gazette for the day's news in your letter box. All rights reserved.",
        STORY.replace("percent", "per cent")
        .replace("said on Wednesday", "announced")
        .replace("called the", "termed the"),
    ],
    ids=["without dateline", "trimmed", "two paragraphs", "with a lead", "with boilerplate", "edited"],
)
def test_what_another_publisher_prints_of_a_story_is_a_copy(text) -> None:
    assert compared(STORY, text, **ELSEWHERE) == "copy"


@pytest.mark.parametrize(
    "text",
    [STORY + "\n\n" + LATER, STORY.replace("430", "510") + "\n\n" + LATER, STORY.replace("61.5", "66.5")],
    ids=["added", "added and changed", "changed"],
)
def test_what_its_publisher_adds_or_changes_later_is_an_update(text) -> None:
    assert compared(STORY, text) == "update"


@pytest.mark.parametrize(
    "title", ["UPDATE 2-Smelter to close", "CORRECTED - Smelter to close", "Smelter to close - UPDATE"]
)
def test_a_marked_update_may_come_days_later_and_from_an_unnamed_publisher(title) -> None:
    changed = STORY.replace("61.5", "66.5")
    assert compared(STORY, changed, at="2026-03-08T10:00", publisher=None, title=title) == "update"


def test_a_mark_tells_the_order_where_dates_do_not() -> None:
    first, second = told(STORY, at="", title="UPDATE 1-Smelter to close"), told(STORY, at="")
    assert in_order(first, second) == (second, first)


def test_a_short_correction_supersedes_the_longer_story_it_corrects() -> None:
    assert (
        compared(STORY, LEAD + "\n\n" + BODY[0].replace("430", "340"), title="CORRECTED - Smelter to close") == "update"
    )


def test_what_its_publisher_prints_again_word_for_word_is_a_copy() -> None:
    assert compared(STORY, STORY, at="2026-03-05T08:00") == "copy"


def test_other_figures_under_another_name_are_no_copy() -> None:
    other = STORY.replace("430", "510").replace("61.5", "66.5").replace("18,000", "12,000").replace("2.1", "3.4")
    assert compared(STORY, other, **ELSEWHERE) is None


DIVIDEND = (
    "{place} - {company} said its board declared a quarterly dividend of {amount} cents a share on its common stock, "
    "payable on {pay} to holders of record at the close of business on {record}. The company has paid a dividend in "
    "every quarter since it was listed and expects to go on doing so while its earnings allow."
)
FIRST = {"place": "HALE", "company": "Pell Foundries Inc", "amount": "12.5", "pay": "April 10", "record": "March 27"}
RELEASE = (
    " About {company}: the company designs and makes parts for pumps, valves and turbines and employs people at plants "
    "on two continents. Forward-looking statements in this release involve risks and uncertainties that may cause "
    "actual results to differ from those expressed or implied; the company undertakes no duty to update them. "
    "Investors should read the filings with the regulator for a fuller account of such risks before they decide."
)


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"company": "Marrow Gas Plc", "place": "DUNMORE"}, "2026-03-04T10:05"),
        ({"amount": "14"}, "2026-06-04T10:00"),
        ({"amount": "14", "pay": "July 10", "record": "June 26"}, "2026-06-04T10:00"),
        ({"company": "Marrow Gas Plc", "amount": "7", "pay": "April 3"}, "2026-03-04T10:05"),
        ({"company": "Marrow Foundries Inc"}, "2026-03-04T10:05"),
    ],
    ids=["another company", "another amount", "another quarter", "another notice", "another first name"],
)
@pytest.mark.parametrize("form", [DIVIDEND, DIVIDEND + RELEASE], ids=["short", "with boilerplate"])
def test_notices_on_one_form_are_different_articles(form, changes, at) -> None:
    first, second = form.format(**FIRST), form.format(**{**FIRST, **changes})
    assert likeness(*in_order(told(first), told(second, at=at))) is None


NOTES = (
    "We raise our view on small companies to overweight. Earnings have turned, and falling rates help those with debts "
    "most. Our target for the index rises to 2,600, and we would buy on weakness before the November data.",
    "Copper has run ahead of itself. Stocks in bonded sheds grew for a fifth week and the arbitrage is shut, so we "
    "expect a fall to 9,100 dollars before the new year, and advise producers to sell forward.",
)


@pytest.mark.parametrize("at", ["2026-03-04T13:00", "2026-03-05T10:00", "2026-05-04T10:00"])
@pytest.mark.parametrize("title", ["Smelter to close", "Daily market update"])
@pytest.mark.parametrize("publisher", ["Ellery Wire", "Harbour Gazette"])
def test_notes_over_one_long_disclaimer_are_different_articles(at, title, publisher) -> None:
    first, second = (f"{note}\n\n{RELEASE * 3}\n\n{' '.join(BODY)}" for note in NOTES)
    original, other = told(first, title=title), told(second, at=at, title=title, publisher=publisher)
    assert likeness(*in_order(original, other)) is None


def test_tomorrows_market_update_does_not_supersede_todays() -> None:
    tomorrow = STORY.replace("430", "510").replace("61.5", "66.5").replace("18,000", "12,000") + "\n\n" + LATER
    first, second = told(STORY, title="Market update"), told(tomorrow, at="2026-03-05T10:00", title="Market update")
    assert likeness(*in_order(first, second)) is None


def test_tables_that_differ_in_figures_only_are_different_articles() -> None:
    row = "Shr {} cts vs {} cts\nNet {},000 vs {},000\nRevs {}.2 mln vs {}.7 mln\nAvg shrs {},100,000 vs {},300,000\n"
    tables = [f"4th qtr\n{row}Year\n{row}".format(*range(first, first + 16)) for first in (20, 50)]
    assert likeness(*in_order(told(tables[0]), told(tables[1], at="2026-03-04T10:20"))) is None


def test_daily_notes_on_one_form_are_different_articles_though_their_figures_agree() -> None:
    note = (
        "{} - The central bank left its lending rate at 3.5 percent after today's meeting of its council, a spokesman "
        "said when asked. The rate for overnight funds stays at 4.0 percent, he said, and no briefing will be held."
    )
    first, second = told(note.format("ELLERY, March 4")), told(note.format("ELLERY, March 18"), at="2026-03-18T10:00")
    assert likeness(*in_order(first, second)) is None


def test_a_headline_is_too_short_to_be_judged() -> None:
    assert (
        compared("Ormsby to close smelter at Gull Point", "Ormsby to close smelter at Gull Point, says union") is None
    )


def test_a_digest_is_no_copy_of_a_story_in_it() -> None:
    others = "\n\n".join(
        f"Item {n}: " + LATER.replace("labour", f"portfolio {n}") + f" Case {n} of many." for n in range(30)
    )
    assert compared(LEAD + "\n\n" + BODY[0], LEAD + "\n\n" + BODY[0] + "\n\n" + others, **ELSEWHERE) is None


def test_times_with_and_without_a_zone_are_put_in_order() -> None:
    first, second = told(STORY, at="2026-03-04T10:00:00+00:00"), told(STORY, at="2026-03-04T11:00")
    assert in_order(second, first) == (first, second)


@pytest.mark.parametrize(
    "text", ["", "…", "word", "A" * 2_000_000, "a,b " * 500_000, "(" * 500_000, "x\n" * 500_000, "A, " * 500_000]
)
def test_hostile_texts_are_read_in_part(text) -> None:
    story = told(text)
    assert likeness(story, story) in (None, "copy")
    assert len(story.runs) <= MOST_WORDS
