"""Answers as Markdown and plain text; text from articles stands in Markdown escaped, so that it is never markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from rag.types import Answer, ArticleRef, Passage, Statement

REFUSAL = "Nothing in the library answers that."
NEAREST = "Nearest passages, which do not answer the question:"
_LINE_START = re.compile(r"^(\d*)([-+.)=])")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#$~|]|&(?=#?\w+;))")


def escape_markdown(text: str) -> str:
    """Return the text on one line with every character that Markdown could read as markup escaped."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def day(published: datetime | None) -> str:
    """Return a publication date as an answer writes it: "20 March 2026", or "undated"."""
    return f"{published.day} {published:%B %Y}" if published else "undated"


def source_line(article: ArticleRef) -> str:
    """Return where a quote comes from in one line: title, publisher, date."""
    name = article.title or article.url or article.source
    return ", ".join(part for part in (name, article.publisher, day(article.published)) if part)


def markdown(statements: Sequence[Statement]) -> str:
    """Return the statements as Markdown paragraphs, each followed by its citation marks."""
    return "\n\n".join(f"{escape_markdown(each.text)} {marks(each)}" for each in statements)


def marks(statement: Statement) -> str:
    """Return a statement's citation marks: "[1][3]"."""
    return "".join(f"[{marker}]" for marker in statement.markers)


def as_terminal_text(answer: Answer) -> str:
    """Return an answer for a terminal: notes, statements, then the numbered sources with their quotes."""
    lines = list(answer.notes)
    if answer.abstained:
        lines += [REFUSAL, f"Searched: {answer.coverage}"]
        if answer.nearest:
            lines += ["", NEAREST] + [f"- {line}" for line in nearest_lines(answer.nearest)]
        return "\n".join(lines)
    lines += [f"{each.text} {marks(each)}" for each in answer.statements]
    lines += ["", "Sources:"]
    lines += [f"[{c.marker}] {source_line(c.article)}\n    “{' '.join(c.quote.split())}”" for c in answer.citations]
    return "\n".join([*lines, "", answer.coverage])


def nearest_lines(passages: Sequence[Passage]) -> list[str]:
    """Return passages offered in place of an answer, one line each, shortened."""
    return [f"{source_line(each.article)}: “{_shortened(each.text)}”" for each in passages]


def _shortened(text: str, limit: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
