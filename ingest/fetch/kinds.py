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
    rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,200}\?>)?(?:\s|<!--(?:[^-]|-(?!->)){0,2000}-->)*<(?:rss|feed|rdf:RDF)[\s>]",
    re.IGNORECASE,
)
_HTML_ROOT: Final = re.compile(rb"<(?:!doctype html|html)[\s>]", re.IGNORECASE)
_CODEC: Final = re.compile(r"(?:iso|windows|cp|koi8|mac|gb|big5|euc|shift|utf|latin)[\w.-]{0,20}", re.IGNORECASE)


def suffix_of(page: Page, suffixes: Collection[str]) -> str:
    """Return the extension whose reader reads a page; FEED for a feed.

    Raises:
        SourceError: none does.
    """
    said = _content_type(page).get_content_type() if page.headers.get("content-type") else ""
    start = page.body[:4096]
    if start.startswith(b"%PDF-"):
        return ".pdf"
    if _FEED_ROOT.match(start):
        return FEED
    if _SUFFIXES.get(said) == FEED and _HTML_ROOT.search(start):
        return ".html"
    own = PurePosixPath(urlsplit(page.final).path).suffix.lower()
    if said in _VAGUE:
        found = (
            own
            if own in suffixes
            else (".html" if _HTML_ROOT.search(start) else ".txt" if said.startswith("text/") else None)
        )
    else:
        found = _SUFFIXES.get(said) or mimetypes.guess_extension(said)
    if found not in (*suffixes, FEED):
        raise SourceError(f"a document of type {said[:80] or 'unknown'} is not read; save it in another format.")
    return found


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
