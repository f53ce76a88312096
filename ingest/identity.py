"""What an article is known by: its source key, the id that follows from it, and the hashes that tell versions apart."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ingest.origins import ORIGINS
from rag.types import Article

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


def normalised_url(url: str) -> str:
    """Return the address with scheme and host in lower case, and without default port, fragment and tracking.

    What is not a web address (`urn:…`) is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:  # a malformed port or IPv6 host: still a fine key
        return url.strip()
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        return url.strip()
    scheme = parts.scheme.lower()
    host = parts.hostname.lower() + (f":{port}" if port and port != _DEFAULT_PORTS[scheme] else "")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not name.lower().startswith(_TRACKING)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((scheme, host, parts.path or "/", query, ""))


def article_id(source: str) -> str:
    """Return the id that follows from a source key: 16 hexadecimal digits."""
    return _digest(source)[:16]


def content_key(text: str) -> str:
    """Return the source key of a text that has neither url nor file of its own."""
    return f"content:{text_hash(text)[:32]}"


def text_hash(text: str) -> str:
    """Return a hash that texts share when they differ only in white space and case."""
    return _digest(" ".join(text.split()).lower())


def version(article: Article) -> str:
    """Return a hash of everything parsed from the document.

    Where the file happened to lie is no part of it, so that a library moved with its folder stays unchanged. Neither is
    how its fields were found.
    """
    fields = (
        article.url,
        article.title,
        article.publisher,
        article.authors,
        article.published and article.published.isoformat(),
        article.kind,
        article.tickers,
        article.language,
        tuple(pair for pair in article.metadata if pair[0] != "path" and pair[0] not in ORIGINS),
        article.text,
    )
    return _digest(repr(fields))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
