"""One question to one server, and as much of its answer as the limits allow."""

from __future__ import annotations

import logging
import ssl
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import httpcore2

from ingest.fetch.address import Address
from ingest.fetch.wire import PinnedBackend
from rag.errors import FetchFailed

AGENT: Final = "Houseview"  # what robots.txt calls us
_MIB: Final = 1024 * 1024
_GZIP: Final = b"\x1f\x8b"
_HEADERS: Final = {
    "User-Agent": f"{AGENT}/1.0 (reads market commentary for its user)",
    "Accept": "text/html, application/xhtml+xml, application/pdf, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_BROKEN: Final = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException)

# At its finest, the library's log holds headers, and with them the secrets in redirects.
logging.getLogger("httpcore2").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; header names are in lower case, the body is unpacked and empty unless status is 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(
    address: Address,
    backend: PinnedBackend,
    tls: ssl.SSLContext | None,
    headers: Mapping[str, str],
    limit: int,
    *,
    whole: bool = True,
) -> Reply:
    """Return a server's answer to a GET, on a connection of its own that is closed afterwards.

    Args:
        address: what to ask for.
        backend: makes the connection, within its deadline.
        tls: verifies the server of an https address.
        headers: sent beside the usual ones.
        limit: the size in bytes, as sent and unpacked alike, above which a body is refused.
        whole: False to take the first `limit` bytes of a longer body instead.

    Raises:
        AddressRefused: the address may not be reached; nothing was sent.
        FetchFailed: the server cannot be reached, takes too long, says too much or nothing intelligible.
    """
    origin = httpcore2.Origin(address.scheme.encode(), address.host.encode(), address.port)
    url = httpcore2.URL(
        scheme=origin.scheme, host=origin.host, port=address.port, target=address.target.encode("ascii")
    )
    sent = [*{"Host": address.authority, **_HEADERS, **headers}.items()]
    try:
        with (
            httpcore2.HTTPConnection(origin, ssl_context=tls, network_backend=backend) as connection,
            connection.stream("GET", url, headers=sent) as response,
        ):
            said = {name.decode("ascii").lower(): _text(value) for name, value in response.headers}
            body = _body(response.iter_stream(), said, limit, whole) if response.status == 200 else b""
            return Reply(response.status, said, body)
    except _BROKEN as error:
        raise FetchFailed(f"the server's answer cannot be used ({_why(error)}); try again later.") from error


def _text(value: bytes) -> str:
    """Return a header's value; servers mean UTF-8 where the standard says Latin-1."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _body(chunks: Iterable[bytes], headers: Mapping[str, str], limit: int, whole: bool) -> bytes:
    """Return the body, never holding more than `limit` and a chunk."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchFailed(f"sent as {encoding[:40]!r}, which was not asked for; save the page and add the file.")
    announced = headers.get("content-length", "")
    if whole and announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)
    chunks = _counted(chunks, limit, whole)
    body = bytearray()
    for chunk in inflated(chunks, limit + 1) if "gzip" in encoding else chunks:
        body += chunk
        if len(body) > limit:
            if whole:
                raise _too_large(limit)
            break
    return bytes(body[:limit])


def _counted(chunks: Iterable[bytes], limit: int, whole: bool) -> Iterator[bytes]:
    """Yield what arrives, until it is more than `limit`."""
    count = 0
    for chunk in chunks:
        count += len(chunk)
        yield chunk
        if count > limit:
            if whole:
                raise _too_large(limit)
            return


def inflated(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield what gzip packed, at most `limit` bytes of it.

    Raises:
        FetchFailed: it is damaged or cut short.
    """
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for chunk in chunks:
            rest = chunk
            while rest and limit > 0:
                if unpack.eof:  # another member follows, or padding
                    if not rest.startswith(_GZIP):
                        return
                    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
                out = unpack.decompress(rest, min(limit, _MIB))
                limit -= len(out)
                yield out
                rest = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
    except zlib.error as error:
        raise FetchFailed("what the server packed with gzip is damaged; try again later.") from error
    if limit > 0 and not unpack.eof:
        raise FetchFailed("what the server packed with gzip is cut short; try again later.")


def _too_large(limit: int) -> FetchFailed:
    return FetchFailed(f"larger than {limit / _MIB:g} MiB; raise HOUSEVIEW_MAX_FILE_MB or save a part of it.")


def _why(error: Exception) -> str:
    """Return the cause in a few words; what the server itself wrote is no part of it."""
    cause = error.__cause__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError):
        return "no secure connection"
    if isinstance(cause, ConnectionError):
        return "the connection broke off"
    if isinstance(error, httpcore2.ProtocolError):
        return "not proper HTTP, cut short, or headers too long"
    return "the connection failed"
