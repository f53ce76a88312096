"""RSS and Atom: what a feed lists, with what it says of each article. The XML is checked before feedparser sees it."""

from __future__ import annotations

import html
import io
import re
import xml.sax
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

import feedparser
from defusedxml import DefusedXmlException
from defusedxml import sax as defused
from lxml import etree

from ingest.clean import one_line
from ingest.metadata import authors_from, published_from, words_from
from ingest.types import Draft
from rag.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MAX_BYTES: Final = 10 * 1024 * 1024
_MAX_ENTRIES: Final = 1_000
_FULL_TEXT: Final = 1_000  # characters from which a description is the article and no summary
# feedparser answers malformed addresses and names with more than its own errors.
_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_TAG: Final = re.compile(r"<[^<>]*>")
_ENTITY: Final = re.compile(rb"&([A-Za-z]{2,31});")
_XML_ENTITIES: Final = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
# "ann@desk.finance (Ann Pell)": feedparser knows domains of up to four letters, and leaves "nce (Ann Pell" as the name.
_IN_BRACKETS: Final = re.compile(r"\(([^()]+)\)?$")
_LEFTOVER: Final = re.compile(r"[a-z]{1,20}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in a feed: where it is, what the feed says of it, and its text as HTML if the feed holds it whole."""

    url: str | None
    key: str
    hints: Draft
    content: str | None


def entries(data: bytes, base: str) -> list[Entry]:
    """Return what a feed lists, in its order.

    Args:
        data: the feed.
        base: the address or file it is from; links may be relative to it.

    Raises:
        SourceError: it is no feed, lists nothing, or is built to do harm.
    """
    if len(data) > _MAX_BYTES:
        raise SourceError(f"a feed larger than {_MAX_BYTES // 1024 // 1024} MiB; add the pages it links instead.")
    # A stream: given bytes, feedparser would try them as an address and as a file's name first. What it does to the
    # HTML within takes time that grows with the square of some inputs; the reader of pages does that work here.
    try:
        found = feedparser.parse(io.BytesIO(_checked(data)), sanitize_html=False, resolve_relative_uris=False)
    except _BROKEN as error:
        raise SourceError(f"a malformed feed ({type(error).__name__}); add the pages it links instead.") from error
    if not found.version:
        raise SourceError("not an RSS or Atom feed; XML of other kinds is not read.")
    if not found.entries:
        raise SourceError("the feed lists no articles; nothing to add.")
    if len(found.entries) > _MAX_ENTRIES:
        raise SourceError(f"the feed lists more than {_MAX_ENTRIES:,} articles; split it.")
    publisher = words_from(found.feed.get("title"))
    return [_entry(each, base, publisher) for each in found.entries]


def as_page(entry: Entry) -> bytes:
    """Return an entry's own text as a page that the reader of HTML reads."""
    title = html.escape(entry.hints.title or "")
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    page = f"<html>{head}<body><article><h1>{title}</h1>{entry.content or ''}</article></body></html>"
    return page.encode("utf-8", "replace")


def _checked(data: bytes) -> bytes:
    """Return well-formed XML without a document type, and so without entities that could grow or reach for files."""
    if _is_sound(data):
        return data
    repaired = _repaired(data)
    if repaired is None or not _is_sound(repaired):
        raise SourceError("not well-formed XML, beyond repair; add the pages it links instead.")
    return repaired


def _is_sound(data: bytes) -> bool:
    """Return whether the XML is well-formed.

    Raises:
        SourceError: it declares a document type or entities.
    """
    try:
        defused.parseString(data, xml.sax.ContentHandler(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceError("declares a document type, as attacks do; feeds need none. Ask for another feed.") from error
    except (xml.sax.SAXException, ValueError, LookupError):  # the latter two: encodings that expat cannot take
        return False
    return True


def _repaired(data: bytes) -> bytes | None:
    """Return the XML with what careless feeds get wrong set right; None if nothing is left of it."""
    named = _ENTITY.sub(_as_number, data)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(named, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None else etree.tostring(root, encoding="utf-8")


def _as_number(entity: re.Match[bytes]) -> bytes:
    """Return an HTML entity as XML knows it."""
    if entity[1] in _XML_ENTITIES:
        return entity[0]
    plain = html.unescape(entity[0].decode("ascii"))
    return b"&amp;" + entity[1] + b";" if plain.startswith("&") else b"".join(b"&#%d;" % ord(c) for c in plain)


def _entry(given: Mapping[str, Any], base: str, publisher: str | None) -> Entry:
    identity = str(given.get("id") or "")
    link = str(given.get("link") or "") or identity
    if link == identity and not link.startswith(("http://", "https://")):
        link = ""  # an identity that feedparser took for a link, or one that is none
    title = one_line(html.unescape(_TAG.sub("", str(given.get("title") or "")))) or None
    hints = Draft(text="", title=title, publisher=publisher, authors=_authors(given), published=_moment(given))
    key = identity or link or title or ""
    return Entry(_absolute(link, base), key, hints, _content(given))


def _absolute(link: str, base: str) -> str | None:
    """Return a link made absolute; None if there is none, and a malformed one as it is, for the fetcher to refuse."""
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return link


def _authors(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of an entry's authors, without their mail addresses."""
    names: list[str] = []
    for each in given.get("authors") or ():
        name = words_from(each.get("name")) or ""
        if in_brackets := _IN_BRACKETS.search(name):
            name = in_brackets[1]
        elif each.get("email") and _LEFTOVER.fullmatch(name):
            continue
        names += authors_from(name) if "@" not in name else ()
    return tuple(dict.fromkeys(names))


def _moment(given: Mapping[str, Any]) -> datetime | None:
    """Return the date as the feed wrote it, else as feedparser understood it."""
    for field in ("published", "updated"):
        if field in given and (found := published_from(given[field]) or _understood(given.get(f"{field}_parsed"))):
            return found
    return None


def _understood(parsed: Sequence[int] | None) -> datetime | None:
    if not parsed:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:  # the year -1
        return None


def _content(given: Mapping[str, Any]) -> str | None:
    """Return the article as the feed holds it, as HTML; None if it holds a summary at most."""
    whole = max(_texts(given.get("content") or ()), key=len, default="")
    if not whole:
        summary = next(_texts([given.get("summary_detail") or {}]), "")
        whole = summary if len(_TAG.sub("", summary)) >= _FULL_TEXT else ""
    return whole.strip() or None


def _texts(details: Any) -> Iterator[str]:  # noqa: ANN401 - as feedparser has them
    for detail in details:
        value = str(detail.get("value") or "")
        yield value if "html" in str(detail.get("type")) else html.escape(value)
