"""From what a server calls a document, to the extension whose reader reads it."""

from __future__ import annotations

import codecs
import mimetypes
import re
from collections.abc import Collection
from email.message import Message
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from ingest.fetch.fetcher import Page
from rag.errors import SourceError

FEED: Final = ".xml"
_SUFFIXES: Final = {
    "text/plain": ".txt",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "text/markdown": ".md",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/rss+xml": FEED,
    "application/atom+xml": FEED,
    "application/rdf+xml": FEED,
    "application/xml": FEED,
    "text/xml": FEED,
}
# Says nothing: the path's extension or the first bytes tell more.
_VAGUE: Final = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
_FEED_ROOT: Final = re.compile(
    rb"(?:\s|<\?[^>]{0,400}>|<!--(?:[^-]|-(?!->)){0,2000}-->)*<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE
)
_HTML_ROOT: Final = re.compile(rb"<(?:!doctype html|html)[\s>]", re.IGNORECASE)
_CODEC: Final = re.compile(r"(?:iso|windows|cp|koi8|mac|gb|big5|euc|shift|utf|latin)[\w.-]{0,20}", re.IGNORECASE)


def suffix_of(page: Page, suffixes: Collection[str]) -> str:
    """Return the extension whose reader reads a page; FEED for a feed.

    Raises:
        SourceError: none does.
    """
    said = _content_type(page).get_content_type() if page.headers.get("content-type") else ""
    start = page.body[:4096].removeprefix(codecs.BOM_UTF8)
    looks_html = _HTML_ROOT.search(start) is not None
    found: str | None
    if start.startswith(b"%PDF-"):
        found = ".pdf"
    elif _FEED_ROOT.match(start):
        found = FEED
    elif said in _VAGUE:
        found = _by_path(page, suffixes) or (".html" if looks_html else _SUFFIXES.get(said))
    else:
        found = _SUFFIXES.get(said) or mimetypes.guess_extension(said)
        found = ".html" if found == FEED and looks_html else found
    if found not in (*suffixes, FEED):
        raise SourceError(f"a document of type {said[:80] or 'unknown'} is not read; save it in another format.")
    return found


def _by_path(page: Page, suffixes: Collection[str]) -> str | None:
    own = PurePosixPath(urlsplit(page.final).path).suffix.lower()
    return own if own in suffixes else None


def utf8_of(page: Page) -> bytes:
    """Return the body, in UTF-8 where the server says which encoding a text is in."""
    charset = _content_type(page).get_content_charset() or ""
    if not _CODEC.fullmatch(charset):
        return page.body
    try:
        if codecs.lookup(charset).name == "utf-8":
            return page.body
        return page.body.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):  # the server is wrong; the reader looks for itself
        return page.body


def _content_type(page: Page) -> Message:
    message = Message()
    message["Content-Type"] = page.headers.get("content-type", "").replace("\r", " ").replace("\n", " ")[:200]
    return message
