"""Stories disturbed as syndication, desks and wires disturb them, and stories that only look like others."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from rag.sentences import sentence_spans
from rag.types import Article
from rag.wording import STOP_WORDS

Kind = Literal["copy", "update"]

_DATELINE = re.compile(r"^.{2,60}?\b[A-Z][a-z]{2,8} \d{1,2}\b.{0,12}? - ")
_FIGURE = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?![\w/-])")
_LEADS = (
    "Investors woke to fresh headlines on Tuesday, and this is what our partner newsroom reported.",
    "The report below reached the desk this morning; it is printed with light changes for readers in other time zones.",
    "Markets took note of the news that follows, at the end of a busy week for dealers on both sides of the ocean.",
)
_BOILERPLATE = (
    "This story was supplied by a partner service and has not been edited here except for its headline.",
    "Sign up for the morning letter to get the day's market stories before the opening bell. Terms apply.",
    "Copyright 2026 The Harbour Ledger. All rights reserved. No part of this page may be reproduced without leave.",
    "Write to the desk or call 555 0142 between 9 am and 5 pm. Past performance is no guide to future returns; nothing "
    "on this page is advice.",
)
_ADDED = (
    "Dealers reached later in the day said volumes were thin and that the step had largely been expected. A spokesman "
    "for the group would not comment beyond the statement.",
    "Shares in the sector were mixed in late trading, with the main index down 0.4 pct. One broker said clients had "
    "waited for details since January and were likely to act quickly.",
    "Analysts were divided. Helen Marsh of Pell and Marsh called the step overdue, while others pointed to 17 similar "
    "moves over the past two years that had led nowhere.",
)
_SYNONYMS = {
    **{"pct": "percent", "mln": "million", "dlrs": "dollars", "dlr": "dollar", "cts": "cents", "said": "stated"},
    **{"will": "is to", "about": "some", "company": "firm", "agreement": "deal", "earlier": "previously"},
    **{"also": "too", "because": "as", "However": "But", "quarter": "three months", "yesterday": "on the day before"},
}


@dataclass(frozen=True, slots=True)
class Disturbance:
    """A kind of change, what the outcome is to the story it was made from (None: another story), and how it is made."""

    name: str
    outcome: Kind | None
    make: Callable[[Article, random.Random], Article]


def _elsewhere(story: Article, text: str, draw: random.Random) -> Article:
    return replace(
        _later(story, draw.uniform(1, 40)), text=text, publisher="Harbour Ledger", title=f"Seen abroad: {text[8:40]}"
    )


def _again(story: Article, text: str, draw: random.Random, title: str) -> Article:
    return replace(_later(story, draw.uniform(0.3, 8)), text=text, title=title)


def _later(story: Article, hours: float) -> Article:
    return replace(story, published=story.published + timedelta(hours=hours) if story.published else None)


def _bare(text: str) -> str:
    return _DATELINE.sub("", text)


def _trimmed(text: str, share: float) -> str:
    """Return the first sentences up to a share of the text, at least one."""
    spans = list(sentence_spans(text))
    ends = [end for _, end in spans if end <= share * len(text)]
    return text[: ends[-1] if ends else spans[0][1]]


def _edited(text: str, draw: random.Random) -> str:
    words = [_SYNONYMS.get(word, word) if draw.random() < 0.3 else word for word in text.split(" ")]
    return " ".join(word for word in words if not (word.isalpha() and word.islower() and draw.random() < 0.025))


def _refigured(text: str, draw: random.Random, most: int) -> str:
    """Return the text with up to `most` figures changed, the dateline's left."""
    found = list(_FIGURE.finditer(text, len(text) - len(_bare(text))))
    for match in sorted(draw.sample(found, min(most, len(found))), key=lambda each: -each.start()):
        other = "".join(str((int(c) + draw.randint(1, 8)) % 9 + 1) if c.isdigit() else c for c in match.group())
        text = text[: match.start()] + other + text[match.end() :]
    return text


def _renamed(text: str, draw: random.Random) -> str:
    """Return the text with each name in it replaced by another throughout."""
    names = {word for word in re.findall(r"\b[A-Z][a-zA-Z]+\b", text) if word.lower() not in STOP_WORDS}
    other = {name: name[0] + "".join(draw.choice("aeioulnrst") for _ in range(6)) for name in names}
    return re.sub(r"\b[A-Z][a-zA-Z]+\b", lambda match: other.get(match.group(), match.group()), text)


def facts_in(text: str) -> int:
    """Return how many figures a text tells after its dateline, or how many names if these are fewer."""
    body = _bare(text)
    names = {word for word in re.findall(r"\b[A-Z][a-zA-Z]+\b", body) if word.lower() not in STOP_WORDS}
    return min(len(set(_FIGURE.findall(body))), len(names))


def _boilerplate(draw: random.Random, number: int) -> str:
    return "\n\n".join(draw.sample(_BOILERPLATE, number))


DISTURBANCES = (
    Disturbance("retitled, no dateline", "copy", lambda s, d: _elsewhere(s, f"(Wire) {_bare(s.text)}", d)),
    Disturbance("trimmed to 75%", "copy", lambda s, d: _elsewhere(s, _trimmed(s.text, 0.75), d)),
    Disturbance("trimmed to 50%", "copy", lambda s, d: _elsewhere(s, _trimmed(s.text, 0.5), d)),
    Disturbance("trimmed to 30%", "copy", lambda s, d: _elsewhere(s, _trimmed(s.text, 0.3), d)),
    Disturbance("lightly edited", "copy", lambda s, d: _elsewhere(s, _edited(s.text, d), d)),
    Disturbance("with a lead", "copy", lambda s, d: _elsewhere(s, f"{d.choice(_LEADS)}\n\n{s.text}", d)),
    Disturbance("with boilerplate", "copy", lambda s, d: _elsewhere(s, f"{s.text}\n\n{_boilerplate(d, 3)}", d)),
    Disturbance(
        "trimmed to 50%, boilerplate", "copy",
        lambda s, d: _elsewhere(s, f"{_trimmed(_bare(s.text), 0.5)}\n\n{_boilerplate(d, 2)}", d),
    ),
    Disturbance(
        "lead, edits, boilerplate", "copy",
        lambda s, d: _elsewhere(s, f"{d.choice(_LEADS)}\n\n{_edited(_bare(s.text), d)}\n\n{_boilerplate(d, 1)}", d),
    ),
    Disturbance(
        "update: paragraph added", "update",
        lambda s, d: _again(s, f"{s.text}\n\n{d.choice(_ADDED)}", d, f"UPDATE 1-{s.title}"),
    ),
    Disturbance(
        "update, unmarked: 1-3 figures, paragraph", "update",
        lambda s, d: _again(s, f"{_refigured(s.text, d, d.randint(1, 3))}\n\n{d.choice(_ADDED)}", d, s.title or ""),
    ),
    Disturbance(
        "update: 2 figures, paragraph after the first", "update",
        lambda s, d: _again(
            s, _refigured(s.text, d, 2).replace("\n\n", f"\n\n{d.choice(_ADDED)}\n\n", 1), d, f"{s.title} - UPDATE"
        ),
    ),
    Disturbance(
        "corrected: one figure", "update",
        lambda s, d: _again(s, _refigured(s.text, d, 1), d, f"CORRECTED-{s.title}"),
    ),
    Disturbance(
        "form: all names and figures others", None,
        lambda s, d: _again(s, _renamed(_refigured(s.text, d, 999), d), d, s.title or ""),
    ),
    Disturbance("form: all names others", None, lambda s, d: _again(s, _renamed(s.text, d), d, s.title or "")),
    Disturbance(
        "form: all figures others, elsewhere", None, lambda s, d: _elsewhere(s, _refigured(s.text, d, 999), d)
    ),
    Disturbance(
        "form: all figures others, a day later", None,
        lambda s, d: replace(_later(s, 24), text=_refigured(s.text, d, 999)),
    ),
    Disturbance(
        "form: half the figures others, a quarter later", None,
        lambda s, d: replace(_later(s, 24 * 91), text=_refigured(s.text, d, max(1, len(_FIGURE.findall(s.text)) // 2))),
    ),
)  # fmt: skip
