"""Who counts as a holder of views, who writes in the author's voice, and what a firm is called."""

from __future__ import annotations

import pytest

from ingest.extract.holders import authors_voice, is_outsider
from rag.introductions import Speaker
from rag.speakers import attribute
from rag.types import Article


def article(text: str, *, title: str | None = "Tin slips", kind: str = "news", **given: object) -> Article:
    fields = {"publisher": "Dock Street Wire", "authors": (), "tickers": ()} | given
    return Article(id="a", url=None, title=title, published=None, kind=kind, text=text, **fields)


def holds(text: str, *, title: str | None = "Tin slips") -> bool:
    """Return whether the first speaker of the text is a holder of views."""
    speaker = next(each.speaker for each in attribute(text) if each.speaker)
    return is_outsider(speaker, article(text, title=title))


@pytest.mark.parametrize(
    "text",
    [
        "Mara Lane, an analyst at Tern Capital, said tin would fall.",
        "Mara Lane, chief market strategist at Tern Capital, said tin would fall.",
        "Tern Capital economist Mara Lane said tin would fall.",
        "Mara Lane, a portfolio manager with Tern Capital, said tin would fall.",
        "Mara Lane, who runs a bond fund at Tern Capital, said tin would fall.",
        "Mara Lane, head of equity research at Tern Capital, said tin would fall.",
        "Mara Lane, chief investment officer of Tern Capital, said tin would fall.",
        "Mara Lane, director of research at Hale and Moor, said tin would fall.",
        "Mara Lane, vice president at Tern Securities, said tin would fall.",
        "Mara Lane, a technical analyst with Hale Brothers, said tin would fall.",
        "Mara Lane, a trader at Tern Securities, said tin would fall.",
        "Independent oil analyst Mara Lane said tin would fall.",
        "“Tin will fall,” said Mara Lane of Tern Securities.",
        "Mara Lane, president of Tern Capital Management, said tin would fall.",
        "Mara Lane, chairman of Tern Investment Advisors, said tin would fall.",
        "Mara Lane, a partner at hedge fund Tern Capital, said tin would fall.",
        "A Tern analyst said tin would fall.",
        "Economists at Tern Securities expect tin to fall.",
        "Tern Securities lifted its target for Oakmere to $40.",
        "Oakmere was downgraded to hold from buy at Tern.",
        "Moody's said it may downgrade Oakmere's debt.",
        "Standard and Poor's Corp lowered Oakmere's debt to BBB from A.",
        "Fitch Ratings affirmed Oakmere's long-term rating.",
    ],
)
def test_those_who_judge_from_outside_are_holders(text):
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mara Lane, chairman of Oakmere Foods, said sales would rise.",
        "Oakmere Foods chief executive Mara Lane said sales would rise.",
        "Mara Lane, president of Oakmere Foods, said sales would rise.",
        "Oakmere finance director Mara Lane said sales would rise.",
        "Mara Lane, a spokeswoman for Tern Securities, said sales would rise.",
        "Finance Minister Mara Lane said growth would slow.",
        "Mara Lane, governor of the Bank of England, said growth would slow.",
        "Mara Lane, an economist at the Commerce Department, said growth would slow.",
        "Mara Lane, chief economist of the Oakmere Growers Association, said the crop would shrink.",
        "Mara Lane, an economist at the Federal Reserve Bank of Boston, said growth would slow.",
        "Senator Mara Lane said the tariff would pass.",
        "Mara Lane, a lawyer for Oakmere, said the appeal would fail.",
        "Mara Lane, head of the tin workers union, said the strike would last.",
        "Mara Lane, a private investor from Ely, told the court she would sell.",
        "The Ministry of Mines expects tin output to fall.",
        "The Tin Exchange expects volumes to rise.",
        "The National Statistics Office forecasts slower growth.",
        "The Bank of Japan expects growth to slow.",
        "The Aldmere Grain Council expects a smaller crop.",
        "Mara Lane said tin would fall.",
    ],
)
def test_managers_officials_and_the_unknown_are_not(text):
    assert not holds(text)


def test_a_company_that_the_article_is_about_is_no_holder():
    assert not holds("Oakmere Capital said it expects higher profit.", title="Oakmere Capital sees profit up")


def test_a_house_that_heads_its_own_call_is_a_holder():
    assert holds("Goldman Sachs sees 30% upside in Oakmere.", title="Goldman Sachs sees 30% upside in Oakmere")


def test_a_bank_that_manages_an_issue_is_no_holder():
    text = "Oakmere is issuing a 75 mln dlr eurobond due 1993, lead manager Credit Suisse said."
    assert not holds(text, title="Oakmere issues eurobond")


def test_an_adviser_hired_in_a_bid_is_no_speaker():
    text = "Hale Peabody and Co Inc has been retained to advise on the sale, Oakmere said."
    assert {each.speaker.firm for each in attribute(text) if each.speaker} == {"Oakmere"}


@pytest.mark.parametrize(
    "title",
    [
        "Sell Oakmere with a target of Rs 380: Mara Lane",
        "Bullish on Oakmere: Mara Lane",
        "Book profit in tin – Mara Lane",
    ],
)
def test_someone_who_signs_a_trade_is_a_holder(title):
    assert is_outsider(Speaker("Mara Lane", None), article(title, title=title))


def test_someone_who_signs_no_trade_is_none():
    title = "Our plant opens in May: Mara Lane"
    assert not is_outsider(Speaker("Mara Lane", None), article(title, title=title))


@pytest.mark.parametrize("firm", ["Reuters", "Wall Street", "Bloomberg News", "CNBC"])
def test_the_press_and_the_street_hold_no_views(firm):
    assert not is_outsider(Speaker(None, firm), article(f"{firm} said tin fell."))


def test_an_opinion_piece_is_its_authors():
    text = "I think Oakmere is cheap. In my view the dividend is safe, and I would buy more."
    voice = authors_voice(article(text, authors=("Mara Lane",), publisher="Tern Letter"))
    assert voice == Speaker("Mara Lane", "Tern Letter", role="author")


def test_a_disclosure_names_author_and_house():
    text = "I'd avoid tin. Mara Lane has no position in the stocks mentioned. The Tern Letter owns shares of Oakmere."
    voice = authors_voice(article(text, publisher="quotes.example"))
    assert voice == Speaker("Mara Lane", "Tern Letter", role="author")


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Tin fell 3%. Analysts expect it to recover.", "Dock Street Wire"),
        ("“I think tin is cheap and I would buy more,” Mara Lane said. “I expect a rise.”", "Dock Street Wire"),
        ("I think tin is cheap. I would buy more.", "Reuters"),
        ("I think tin is cheap. I would buy more.", None),
    ],
)
def test_news_has_no_authors_voice(text, publisher):
    assert authors_voice(article(text, publisher=publisher)) is None
