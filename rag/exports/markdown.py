"""A document as Markdown, by hand: all text in it is escaped, and an address stands as text."""

from __future__ import annotations

from collections.abc import Iterator

from rag.exports.paper import Paper, Section
from rag.render import escape_markdown


def as_markdown(paper: Paper) -> str:
    """Return a document as Markdown: a heading for each question, then paragraphs, remarks and sources."""
    blocks = [f"# {escape_markdown(paper.title)}", *(block for each in paper.sections for block in _section(each))]
    return "\n\n".join(blocks) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {escape_markdown(section.question)}"
    for text, marks in section.paragraphs:
        yield f"{escape_markdown(text)} {marks}".rstrip()
    yield from (f"*{escape_markdown(each)}*" for each in section.remarks)
    if section.sources:
        yield "**Sources**"
        yield "\n".join(
            f"{each.marker}. {escape_markdown(each.place)}"
            + (f" {escape_markdown(each.address)}" if each.address else "")
            + f"\n   > “{escape_markdown(each.quote)}”"
            for each in section.sources
        )
