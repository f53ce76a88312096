"""Disclosures: told apart at a note's end, kept in its text, never read for views."""

from __future__ import annotations

import pytest
from making import make_article

from ingest.disclosures import start_of_disclosures
from ingest.reading import read
from rag.types import Article, Quote, View

NOTE = "Ottermere moves up\n\nTern raised Ottermere to buy from hold, with a target of $80. Orders have turned.\n\n"
LEGAL = (
    "Tern or its affiliates may seek investment banking business from companies in this report. It is not to be "
    "construed as an offer or a solicitation. Past performance is no guide. Buy means a return above 15%.\n\n"
)
HEADINGS = [
    "Important Disclosures",
    "DISCLOSURES",
    "Disclosure Appendix",
    "Analyst Certification",
    "Reg AC certification",
    "Disclaimer:",
    "Legal notice",
    "Important information",
    "7. Required disclosures",
    "Important disclosures and disclaimers",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_they_begin_at_their_heading(heading: str) -> None:
    assert start_of_disclosures(f"{NOTE}{heading}\n\n{LEGAL * 3}") == len(NOTE)


@pytest.mark.parametrize(
    "text",
    [
        NOTE,
        NOTE + "Disclosures\n\nOttermere's new chief says he will tell investors more than his predecessor did. " * 3,
        f"Disclosures\n\n{LEGAL}",
        NOTE + "See Important Disclosures on the last page.\n\nTern likes the orders.",
        NOTE + f"Disclosures\n\n{LEGAL}" + "Outlook\n\n" + "We think that orders grow again in the spring. " * 200,
    ],
    ids=["none", "a section on disclosing", "nothing but", "a pointer", "in the middle"],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert start_of_disclosures(text) is None


def test_a_history_of_ratings_among_them_is_part_of_them() -> None:
    history = "".join(f"{day} March 2026 | Hold | $12\n" for day in range(1, 30)) * 2
    text = f"{NOTE}Important Disclosures\n\n{LEGAL * 6}{history}\n{LEGAL * 6}"
    assert start_of_disclosures(text) == len(NOTE)


def every_sentence(article: Article) -> list[View]:
    """Return a view for each full stop: what an extractor might do at worst."""
    return [
        View(article.ref, None, "Tern", "x", "none", None, None, None, None, None, "neutral",
             Quote(article.id, at, at + 1, "."))
        for at, character in enumerate(article.text) if character == "."
    ]  # fmt: skip


def test_no_view_is_read_in_them_and_their_text_stays() -> None:
    article = make_article("a.pdf", f"{NOTE}Important Disclosures\n\n{LEGAL * 3}")
    reading = read(article, every_sentence)
    assert len(reading.views) == NOTE.count(".")
    assert reading.dropped == ()


@pytest.mark.parametrize(
    "text",
    [
        "Disclosures\n" * 80_000,
        "important and " * 100_000,
        " \t" * 100_000,
        "1) " * 90_000,
        f"Disclaimer\n{LEGAL}" * 9_000,
    ],
)
def test_hostile_text_ends(text: str) -> None:
    assert start_of_disclosures(NOTE + text) in (None, len(NOTE))
