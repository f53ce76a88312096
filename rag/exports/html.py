"""A document as one HTML page that needs nothing beside it: everything is escaped, and its policy loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rag.exports.paper import Paper, Section, Source

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 Georgia, "Times New Roman", serif;
  overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; font-size: 1.2rem; }
sup a { text-decoration: none; }
.remark { font-size: 0.875rem; opacity: 0.75; }
ol { padding-left: 1.5rem; font-size: 0.9rem; }
blockquote { margin: 0.25rem 0 1rem; padding-left: 0.75rem; border-left: 3px solid #b98900; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def as_html(paper: Paper) -> str:
    """Return a document as a page; each mark leads to its source."""
    body = "\n".join(line for number, each in enumerate(paper.sections, start=1) for line in _section(number, each))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(paper.title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(paper.title)}</h1>\n{body}\n</body></html>\n"
    )


def _section(number: int, section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.question)}</h2>"
    for text, marks in section.paragraphs:
        yield f"<p>{escape(text)} {_linked(number, marks)}</p>"
    yield from (f'<p class="remark">{escape(each)}</p>' for each in section.remarks)
    if section.sources:
        yield f"<ol>{''.join(_source(number, each) for each in section.sources)}</ol>"


def _linked(number: int, marks: str) -> str:
    """Return marks like "[1][2]", each a link to its source in the same section."""
    each = [mark for mark in marks.strip("[]").split("][") if mark]
    return "".join(f'<sup><a href="#source-{number}-{mark}">[{mark}]</a></sup>' for mark in each)


def _source(number: int, source: Source) -> str:
    place = escape(source.place)
    if source.address:
        place = f'<a href="{escape(source.address)}" rel="noopener noreferrer">{place}</a>'
    return (
        f'<li id="source-{number}-{source.marker}" value="{source.marker}">{place}'
        f"<blockquote>“{escape(source.quote)}”</blockquote></li>"
    )
