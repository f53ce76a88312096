"""What an exported document holds, before it takes a form: questions, statements with their marks, numbered sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rag.conversations import Turn
from rag.render import NEAREST, REFUSAL, marks, nearest_lines, on_page, source_line
from rag.types import Answer, Citation


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source: where it stands and its words; `address` only if it is safe to offer as a link."""

    marker: int
    place: str
    quote: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A question with what was answered: paragraphs of (text, marks), remarks on the whole, and the sources."""

    question: str
    paragraphs: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title and one section for each question. Each text is one line, as it was said."""

    title: str
    sections: tuple[Section, ...]


def paper(turns: Sequence[Turn], title: str) -> Paper:
    """Return the document that a conversation makes."""
    return Paper(_line(title), tuple(map(_section, turns)))


def web_address(url: str | None) -> str | None:
    """Return `url` if it is safe to offer as a link: http or https with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _section(turn: Turn) -> Section:
    answer = turn.answer
    if answer is None:
        return Section(_line(turn.question), (), (_line(turn.problem or ""),), ())
    said = [(_line(each.text), marks(each)) for each in answer.statements]
    return Section(
        question=_line(turn.question),
        paragraphs=((REFUSAL, ""),) if answer.abstained else tuple(said),
        remarks=tuple(map(_line, _remarks(answer))),
        sources=tuple(map(_source, answer.citations)),
    )


def _remarks(answer: Answer) -> Iterator[str]:
    if not answer.statements or answer.statements[0].text != answer.coverage:  # a list says it first
        yield f"Searched: {answer.coverage}"
    yield from answer.notes
    if answer.nearest:
        yield NEAREST
        yield from nearest_lines(answer.nearest)
    if answer.model:
        yield f"Written by {answer.model}; each statement was checked against its quotes."


def _source(citation: Citation) -> Source:
    place = ", ".join(part for part in (source_line(citation.article), on_page(citation.page)) if part)
    return Source(citation.marker, _line(place), _line(citation.quote), web_address(citation.article.url))


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
