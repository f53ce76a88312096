"""A little ledger of invented houses: what each article says, and the view that a reader takes out of it."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from making import make_article

from rag import Article, Quote, View

# day, firm, analyst, subject, action, ratings from and to, targets from and to, stance, the sentence that states it
ROWS = (
    ("2026-09-02", "Gantlow Securities", "Mara Ilves", "small caps", "downgrade", "overweight", "neutral", None, None,
     "neutral", "Gantlow Securities' Mara Ilves cut small caps from overweight to neutral."),
    ("2026-10-19", "Gantlow Securities", "Mara Ilves", "small caps", "upgrade", "neutral", "overweight", None, None,
     "bullish", "Mara Ilves of Gantlow Securities lifted small caps back to overweight."),
    ("2026-09-20", "Penrallow Research", "Tobias Wynn", "small caps", "reiterate", None, "underweight", None, None,
     "bearish", "Tobias Wynn of Penrallow Research stays underweight small caps."),
    ("2026-10-02", "Wharrowby Bank", "Ines Falk", "small caps", "none", None, None, None, None,
     "bullish", "Ines Falk at Wharrowby Bank expects small caps to lead into the spring."),
    ("2026-11-10", "Wharrowby Bank", "Ines Falk", "small caps", "none", None, None, None, None,
     "bearish", "Ines Falk at Wharrowby Bank now expects small caps to lag."),
    ("2026-11-12", "Ottermere", None, "small caps", "initiate", None, "neutral", None, None,
     "neutral", "Ottermere began coverage of small caps at neutral."),
    ("2026-09-08", "Ottermere", "Joss Arkady", "Tessermill", "reiterate", None, "buy", "$98", "$110",
     "bullish", "Joss Arkady of Ottermere raised the target on Tessermill from $98 to $110 and stays at buy."),
    ("2026-10-30", "Ottermere", "Joss Arkady", "Tessermill", "raise_target", None, "buy", "$110", "$131",
     "bullish", "Ottermere's Joss Arkady now sees Tessermill at $131, after $110."),
    ("2026-11-05", "Penrallow Research", None, "Tessermill", "downgrade", "hold", "sell", "$90", "$71",
     "bearish", "Penrallow Research cut Tessermill from hold to sell, its target to $71 from $90."),
    ("2026-11-06", "Gantlow Securities", "Mara Ilves", "Tessermill", "initiate", None, "hold", None, "$101.50",
     "neutral", "Gantlow Securities' Mara Ilves starts Tessermill at hold with a target of $101.50."),
    ("2026-10-11", "Ottermere", None, "gold", "raise_target", None, None, "$3,100", "$3,400",
     "bullish", "Ottermere lifts its gold target to $3,400 from $3,100."),
)  # fmt: skip
PLAIN = "Tessermill opens a mill in Lorne. The town turned out to see it."


def articles() -> list[Article]:
    """Return an article for each row, and one that states no view."""
    told = [
        make_article(
            f"https://desk.example/{place}",
            f"The week in brief.\n{row[-1]}\nThe rest of the note is about the weather.",
            title=f"{row[1]} on {row[3]}",
            publisher="Lanternwick Briefs" if place % 3 else "The Halfpenny Tape",
            published=datetime.fromisoformat(row[0]),
            kind="note",
        )
        for place, row in enumerate(ROWS)
    ]
    return [*told, make_article("https://desk.example/plain", PLAIN, publisher="The Halfpenny Tape")]


def extractor(article: Article) -> list[View]:
    """Return the view of the row that the article was made from."""
    for day, firm, analyst, subject, action, *change, stance, sentence in ROWS:
        if sentence in article.text:
            start = article.text.index(sentence)
            quote = Quote(article.id, start, start + len(sentence), sentence)
            said = date.fromisoformat(day)
            return [
                View(article.ref, analyst, firm, subject, action, *change, None, stance, quote, said_on=said)  # type: ignore[arg-type]
            ]
    return []


def write_import_file(path: Path) -> None:
    """Write the articles in the import format."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles():
            row = {"url": article.url, "title": article.title, "publisher": article.publisher, "text": article.text}
            published = article.published.isoformat() if article.published else None
            print(json.dumps(row | {"kind": article.kind, "published": published}), file=file)
