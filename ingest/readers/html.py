"""Web pages: the article's body by trafilatura, and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import trafilatura

from ingest.clean import clean, decode, one_line
from ingest.first_lines import with_first_lines
from ingest.metadata import authors_from, published_from
from ingest.pitches import without_pitches, without_pointers
from ingest.types import Draft, RawDocument
from rag.errors import SourceError

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
# What a page does not show is not what it says.
_STYLE = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ ', 'abcdefghijklmnopqrstuvwxyz')"
HIDDEN = [
    "//*[@hidden or self::template or self::noscript]",
    *(f"//*[contains({_STYLE}, '{how}')]" for how in ("display:none", "visibility:hidden", "font-size:0")),
]


def read(document: RawDocument) -> Iterator[Draft]:
    """Yield the article on a page.

    Raises:
        SourceError: no article is to be found on it.
    """
    declared = _CHARSET.search(document.data[:4096])
    page = decode(document.data, declared[1].decode("ascii") if declared else None)
    found = trafilatura.bare_extraction(
        page,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        prune_xpath=HIDDEN,
        # Dates the page states, not ones dug out of its footer.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, trafilatura.settings.Document) or not found.text:
        raise SourceError("no article text found on the page; save its text as .txt or .md instead.")
    title = one_line(found.title) if found.title else None
    language = _LANGUAGE.search(page[:20_000])
    draft = Draft(
        text=_body(clean(found.text), title),
        title=title,
        url=_address(found.url),
        publisher=one_line(found.sitename, 120) if found.sitename else None,
        authors=authors_from(found.author),
        published=published_from(found.date),
        kind=found.pagetype or None,
        language=language[1].lower() if language else None,
    )
    yield with_first_lines(draft)


def _body(text: str, title: str | None) -> str:
    """Return the text without the headline that opens it, pointers to other pages and closing pitches."""
    first, _, rest = text.partition("\n")
    if title and rest and len(first) > 10 and _folded(first) in _folded(title):
        text = rest.lstrip()
    return without_pitches(without_pointers(text)) or text


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _address(url: str | None) -> str | None:
    """Return the page's own address; a bare site, as careless templates give it, is the address of no article."""
    parts = urlsplit(url or "")
    return url if parts.path.strip("/") or parts.query else None
