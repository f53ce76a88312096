"""Answers as Markdown and plain text; text from articles stands in Markdown escaped, so that it is never markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from rag.types import Answer, ArticleRef, Citation, Passage, Statement, Usage

REFUSAL = "Nothing in the library answers that."
EARLIER = "Earlier view: "
REASON_GIVEN = "Reason given: "
NEAREST = "Nearest passages, which do not answer the question:"
_MORE = "… and "
_LINE_START = re.compile(r"^(\d*)([-+.)=])")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#$~|]|&(?=#?\w+;))")


def escape_markdown(text: str) -> str:
    """Return the text on one line with every character that Markdown could read as markup escaped."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def day(published: datetime | None) -> str:
    """Return a publication date as an answer writes it: "20 March 2026", or "undated"."""
    return f"{published.day} {published:%B %Y}" if published else "undated"


def dated(article: ArticleRef) -> str:
    """Return an article's date as an answer writes it; one that is only a guess as "about 20 March 2026"."""
    return f"about {day(article.published)}" if article.date_is_guess else day(article.published)


def listing(names: Sequence[str]) -> str:
    """Return names, each once, as a list in words: "A, B and C"."""
    distinct = list(dict.fromkeys(names))
    return " and ".join([", ".join(distinct[:-1]), distinct[-1]] if len(distinct) > 1 else distinct)


def source_line(article: ArticleRef) -> str:
    """Return where a quote comes from in one line: title, publisher, date."""
    name = article.title or article.url or article.source
    return ", ".join(part for part in (name, article.publisher, dated(article)) if part)


def markdown(statements: Sequence[Statement], more: int = 0, citations: Sequence[Citation] = ()) -> str:
    """Return the statements as Markdown paragraphs, each with its citation marks, then how many views are left.

    A mark whose citation stands on a page says so: "[1] (p. 3)".
    """
    pages = {each.marker: f" ({on_page(each.page)})" for each in citations if each.page}
    paragraphs = [f"{escape_markdown(each.text)} {marks(each, pages)}" for each in statements]
    return "\n\n".join([*paragraphs, more_views(more)] if more else paragraphs)


def more_views(more: int) -> str:
    """Return how many views there was no room for: "… and 3 more views."."""
    return f"{_MORE}{more:,} more {'view' if more == 1 else 'views'}."


def marks(statement: Statement, pages: Mapping[int, str] | None = None) -> str:
    """Return a statement's citation marks: "[1][3]", each with what `pages` holds for it behind it."""
    said = pages or {}
    return "".join(f"[{marker}]{said.get(marker, '')}" for marker in statement.markers)


def on_page(page: int | None) -> str:
    """Return "p. 3" for page 3, nothing for None."""
    return f"p. {page}" if page else ""


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
    lines += [f"[{c.marker}] {_place(c)}\n    “{' '.join(c.quote.split())}”" for c in answer.citations]
    *_, last = answer.text.split("\n\n")
    closing = [last] if last.startswith(_MORE) else []
    # A list has said its coverage first.
    closing += [] if answer.statements[0].text == answer.coverage else [answer.coverage]
    closing += [f"{used(answer.usage)}{f', {answer.model}' if answer.model else ', not used'}."] if answer.usage else []
    return "\n".join([*lines, "", *closing] if closing else lines)


def used(usage: Usage) -> str:
    """Return what asking a chat model took, in words: "Model: 1.2 s, first word after 0.3 s, 310 tokens in, 45 out"."""
    parts = [f"{usage.total_ms / 1000:.1f} s"]
    if usage.first_token_ms is not None:
        parts.append(f"first word after {usage.first_token_ms / 1000:.1f} s")
    if usage.tokens_in is not None:
        parts.append(f"{usage.tokens_in:,} tokens in, {usage.tokens_out:,} out")
    return f"Model: {', '.join(parts)}"


def _place(citation: Citation) -> str:
    return ", ".join(part for part in (source_line(citation.article), on_page(citation.page)) if part)


def nearest_lines(passages: Sequence[Passage]) -> list[str]:
    """Return passages offered in place of an answer, one line each, shortened."""
    return [f"{source_line(each.article)}: “{_shortened(each.text)}”" for each in passages]


def _shortened(text: str, limit: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
