"""Title, byline, publisher and date where plain text gives them: in its first lines, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.metadata import authors_from, published_from
from ingest.origins import noted
from ingest.types import Draft
from rag.sentences import is_heading

_LABEL = re.compile(
    r"^(title|headline|by|authors?|published|date|source|publisher|url|link|kind|type|tickers?)\s*:\s+(\S.*)$",
    re.IGNORECASE,
)
_FIELDS = {
    "headline": "title",
    "by": "authors",
    "author": "authors",
    "date": "published",
    "source": "publisher",
    "link": "url",
    "type": "kind",
    "ticker": "tickers",
}
_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:(?:de|van|von|der|al|bin)\s+)?[A-ZÀ-Þ][\w.’'-]*){1,3}"
_BYLINE = re.compile(rf"^(?i:by)\s+({_NAME}(?:(?:\s*,\s*|,?\s+and\s+|\s*&\s*)(?:{_NAME}|CFA|CAIA|CMT|PhD))*)$")
_SEPARATOR = re.compile(r"\s+[|·•–—]\s+")
_POSTED = re.compile(r"^(?:published|updated|posted):?\s+(?:on\s+)?", re.IGNORECASE)
_DATELINE = re.compile(
    r"""^[A-Z][A-Z .,’'/-]{2,40},\s+(?P<date>[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?)\s*
        (?:\((?P<agency>[A-Z][\w .&-]{1,30})\)\s*)?[-–—]+\s""",
    re.VERBOSE,
)
_MORE_THAN_DATE = re.compile(r"\d{4}.*?\b(?!at\b|am\b|pm\b|t\d|[A-Z]{1,4}T\b|UTC\b|GMT\b)[A-Za-z]{2,}")
_REST = "rest"  # what a line says beyond the fields; such a line stays in the text
_HEADER_LINES, _BODY_CHARS, _TITLE_CHARS = 10, 240, 160


def with_first_lines(draft: Draft) -> Draft:
    """Return the draft with what its first lines state, those that state nothing else taken out of the text.

    The title's line stays in the text: it is the article's own words. What the draft already holds is never replaced.
    """
    lines = draft.text.split("\n")
    header = _header(lines)
    draft = _with_title(draft, lines, header)
    for number in header:
        stated = _stated(lines[number])
        if stated:
            labelled = _LABEL.match(lines[number].strip().strip("*_"))
            draft = noted(_filled(draft, stated), "label" if labelled else "byline", draft)
            lines[number] = lines[number] if _REST in stated else ""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() if header else draft.text
    return _with_dateline(replace(draft, text=text or draft.text))


def _header(lines: list[str]) -> list[int]:
    """Return the numbers of the non-blank lines before the body: short ones, up to the last that states something."""
    seen: list[int] = []
    for number, line in enumerate(lines):
        if len(seen) == _HEADER_LINES or len(line) > _BODY_CHARS:
            break
        if line.strip():
            seen.append(number)
    while seen and not _stated(lines[seen[-1]]):
        seen.pop()
    return _without_late(lines, seen)


def _without_late(lines: list[str], seen: list[int]) -> list[int]:
    """Return the header without what follows two lines of prose: that is body, whatever it looks like."""
    prose = 0
    for position, number in enumerate(seen):
        prose += not _stated(lines[number])
        if prose > 2:
            return seen[:position]
    return seen


def _with_title(draft: Draft, lines: list[str], header: list[int]) -> Draft:
    if draft.title:
        return draft
    full = [number for number, line in enumerate(lines) if line.strip()]
    first = next((n for n in full if "|" not in lines[n] and not (n in header and _stated(lines[n]))), None)
    if first is None or first == full[-1]:
        return draft
    line = lines[first].strip()
    is_title = len(line) <= _TITLE_CHARS and (is_heading(line) or (line[0].isupper() and line[-1] not in ".;,:…"))
    return noted(replace(draft, title=line), "first line", draft) if is_title else draft


def _stated(line: str) -> dict[str, str]:
    """Return the fields that the line states, empty unless stating them is all it does."""
    line = line.strip().strip("*_")
    if match := _LABEL.match(line):
        return _labelled(match[1].lower(), match[2].strip())
    found: dict[str, str] = {}
    for piece in _SEPARATOR.split(line) if len(line) <= _TITLE_CHARS else ():
        part = _POSTED.sub("", piece.strip("*_ "))
        if published_from(part) and (part != piece or not _MORE_THAN_DATE.search(part)):
            found.setdefault("published", part)
            found |= {_REST: part} if _MORE_THAN_DATE.search(part) else {}
        elif byline := _BYLINE.match(part):
            found.setdefault("authors", byline[1])
        elif len(part) > 60:
            return {}
        else:
            found |= {_REST: part} if "publisher" in found else {"publisher": part}
    # A name alone is prose or a heading; beside a date or a byline it is the house that publishes.
    return found if found.keys() & {"published", "authors"} else {}


def _labelled(label: str, value: str) -> dict[str, str]:
    field = _FIELDS.get(label, label)
    if field == "published" and not published_from(value):
        return {}
    if field in {"publisher", "authors", "kind", "tickers"} and len(value) > 120:
        return {}
    return {field: value}


def _filled(draft: Draft, stated: dict[str, str]) -> Draft:
    """Return the draft with the stated fields that it does not hold yet."""
    return replace(
        draft,
        title=draft.title or stated.get("title"),
        url=draft.url or stated.get("url"),
        publisher=draft.publisher or stated.get("publisher"),
        authors=draft.authors or authors_from(stated.get("authors")),
        published=draft.published or published_from(stated.get("published")),
        kind=draft.kind or stated.get("kind"),
        tickers=draft.tickers or tuple(re.split(r"[\s,;]+", stated["tickers"]) if "tickers" in stated else ()),
    )


def _with_dateline(draft: Draft) -> Draft:
    """Return the draft with the agency and date of a dateline ("NEW YORK, March 4, 2026 (Agency) - "), which stays."""
    for line in draft.text.split("\n", 6)[:6]:
        if match := _DATELINE.match(line):
            stated = replace(
                draft,
                publisher=draft.publisher or match["agency"],
                published=draft.published or published_from(match["date"]),
            )
            return noted(stated, "dateline", draft)
    return draft
