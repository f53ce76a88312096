"""Nobody is told as another house's, nor as the author of an article that others wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from rag import verify
from rag.types import ArticleRef, Sourced

ARTICLE = ArticleRef("a", None, "Tin slides", "Harbour Wire", ("Ann Pell",), datetime(2026, 9, 24), None, (), "en")
LANE = Sourced("Smelters of Vortex will reopen, writes analyst Mara Lane.", ARTICLE, ("Mara Lane", "Tern Capital"))


@pytest.mark.parametrize(
    "statement",
    ["Vortex's Mara Lane writes that smelters will reopen.", "Mara Lane of Vortex writes that smelters will reopen."],
)
def test_a_person_is_not_given_another_house(statement):
    assert any("not a house of" in each for each in verify(statement, [LANE]).problems)


def test_an_article_is_not_given_another_author():
    problems = verify("The article by Mara Lane says that smelters of Vortex will reopen.", [LANE]).problems
    assert any("not the author" in each for each in problems)


@pytest.mark.parametrize(
    "statement",
    [
        "Tern's Mara Lane writes that smelters of Vortex will reopen.",
        "Tern Capital's Mara Lane writes that smelters of Vortex will reopen.",
        "Mara Lane of Tern Capital writes that smelters of Vortex will reopen.",
        "Mara Lane (Tern Capital), 24 September 2026: Smelters of Vortex will reopen.",
        "Vortex's smelters will reopen, Mara Lane writes.",
    ],
)
def test_a_person_may_be_told_with_the_own_house(statement):
    assert verify(statement, [LANE]).problems == ()


def test_an_article_may_be_told_as_its_authors():
    own = replace(LANE, said_by=("Ann Pell",), text="Smelters of Vortex will reopen.")
    assert verify("The article by Ann Pell says that smelters of Vortex will reopen.", [own]).problems == ()


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("BofA's Mara Lane cut tin.", ["Mara Lane of Bank of America cut tin."]),
        ("Tern's Mara Lane cut tin.", ["Mara Lane, who left Oakmere Securities for Tern, cut tin."]),
    ],
)
def test_a_house_may_be_called_by_another_name_or_told_elsewhere(statement, quotes):
    assert verify(statement, quotes).problems == ()


HOUSELESS = Sourced("We believe that Vortex's smelters will reopen, writes analyst Mara Lane.", ARTICLE, ("Mara Lane",))


@pytest.mark.parametrize("title", ["Tin slides", "Tern sees Vortex doubling"])
def test_nobody_is_told_as_of_what_is_only_spoken_of(title):
    quote = replace(HOUSELESS, article=replace(ARTICLE, title=title))
    problems = verify("Vortex's Mara Lane believes that its smelters will reopen.", [quote]).problems
    assert any("not a house of Mara Lane" in each for each in problems)


def test_a_house_with_the_name_of_a_person_is_told_from_one():
    quote = "Mara Lane of Morgan Stanley cut tin."
    assert verify("Morgan Stanley's Mara Lane cut tin.", [quote]).problems == ()
    assert any("not a house of" in each for each in verify("JP Morgan's Mara Lane cut tin.", [quote]).problems)


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("Vortex's Mara Lane says smelters reopen.", ["Smelters reopen, says Mara Lane, who runs Vortex."]),
        ("Tern's Mara Lane cut tin.", ["Tern cut tin to sell. Demand is weak, writes Mara Lane, who cut tin."]),
        ("Tern's Mara Lane cut tin.", [Sourced("Mara Lane cut tin.", ARTICLE, ("Mara Lane",)), "Tern said so."]),
    ],
)
def test_one_whose_house_no_source_tells_may_be_of_one_that_speaks_or_stands_beside(statement, quotes):
    assert not any("not a house" in each for each in verify(statement, quotes).problems)


def test_a_stock_is_not_told_as_that_of_the_house_with_a_view_on_it():
    quote = "Morgan Stanley raised its target on Vortex; the stock may reach $100."
    assert any("whose stock" in each for each in verify("Morgan Stanley's stock may reach $100.", [quote]).problems)


@pytest.mark.parametrize(
    "quote", ["Morgan Stanley’s stock may reach $100.", "Shares of Morgan Stanley may reach $100."]
)
def test_a_house_may_have_a_stock_of_its_own(quote):
    assert not any(
        "whose stock" in each for each in verify("Morgan Stanley's shares may reach $100.", [quote]).problems
    )
