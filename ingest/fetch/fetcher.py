"""Fetches one address: robots.txt first, then redirect by redirect, with a second try where the server asks for one."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import Final

import httpcore2

from ingest.fetch.address import Address, masked, parse_address
from ingest.fetch.exchange import Reply, ask
from ingest.fetch.pace import Pace
from ingest.fetch.reach import Reach
from ingest.fetch.robots import MAX_BYTES, Robots
from ingest.fetch.wire import Deadline, PinnedBackend, Resolver, resolve
from rag.errors import AddressRefused, FetchFailed
from rag.types import Fetch

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS: Final = 5
_TRIES: Final = 3
_MAX_WAIT: Final = 60.0  # seconds; a server that asks for more is left for another day
_REMEDIES: Final = {
    401: "it wants a login; save the page yourself and add the file.",
    403: "it is for readers or subscribers only; save the page yourself and add the file.",
    404: "check the address.",
    410: "the page is gone for good; take the address off your list.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost: bytes of a body, seconds on the wire, seconds a host rests between two requests."""

    bytes: int = 50 * 1024 * 1024
    seconds: float = 60.0
    delay: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: `final` is where its redirects ended; header names are in lower case."""

    given: str
    final: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class _Purse:
    """The seconds on the wire that one fetch has left over all its redirects and tries."""

    seconds: float


class Fetcher:
    """Fetches addresses; safe to share between threads. `close` ends what is under way."""

    def __init__(
        self,
        reach: Reach,
        limits: Limits | None = None,
        *,
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] | None = None,
    ) -> None:
        """Begin with no host known.

        Args:
            reach: which machines may be reached.
            limits: what a fetch may cost.
            resolver: finds the addresses of a host.
            tls: verifies servers; by default against the certificates that the system trusts.
            clock: the time in seconds, for the rests between requests.
            wait: waits for some seconds.
        """
        self._reach = reach
        self._limits = limits or Limits()
        self._resolver = resolver
        self._tls = tls
        self._stop = threading.Event()
        self._pace = Pace(self._limits.delay, clock, wait or self._wait)
        self._robots = Robots(self._robots_txt, self._pace.slow)

    def get(self, given: str, known: Fetch | None = None, linked_from: str | None = None) -> Page | None:
        """Return what an address leads to, or None if that is what is known already.

        Args:
            given: the address.
            known: what its server said of it when it was last fetched.
            linked_from: the address of the page that gave it; None if the user did.

        Raises:
            AddressRefused: it, or where it redirects to, may not be fetched.
            FetchFailed: the server did not deliver.
        """
        address = parse_address(given)
        trusted = linked_from is None or self._reach.named(parse_address(linked_from))

        def headers(hop: Address) -> dict[str, str]:
            return _conditions(known) if known and known.final == hop.url else {}

        final, reply = self._follow(address, trusted, headers, self._limits.bytes, obedient=True)
        if reply.status == HTTPStatus.NOT_MODIFIED and headers(final):
            return None
        if reply.status != HTTPStatus.OK:
            raise FetchFailed(_said(reply.status))
        return Page(given, final.url, reply.headers, reply.body)

    def close(self) -> None:
        """End whatever waits or reads; nothing is fetched afterwards."""
        self._stop.set()

    def _robots_txt(self, address: Address, trusted: bool) -> Reply:
        try:
            return self._follow(address, trusted, lambda _: {}, MAX_BYTES, obedient=False)[1]
        except _TooManyRedirects:
            return Reply(HTTPStatus.NOT_FOUND, {}, b"")  # "unavailable" in the words of the RFC

    def _follow(
        self,
        start: Address,
        trusted: bool,
        headers: Callable[[Address], Mapping[str, str]],
        limit: int,
        *,
        obedient: bool,
    ) -> tuple[Address, Reply]:
        """Return the address and the answer that redirects end at; each hop is checked as the first one was."""
        purse, seen, address = _Purse(self._limits.seconds), {start.url}, start
        while True:
            try:
                if obedient:
                    self._robots.check(address, trusted=trusted)
                reply = self._patiently(address, trusted, headers(address), limit, purse, whole=obedient)
            except AddressRefused as error:
                raise _redirected(error, start, address) from error
            if reply.status not in _REDIRECTS:
                return address, reply
            trusted = self._reach.named(address)
            address = _next(address, reply)
            if address.url in seen:
                raise _TooManyRedirects("redirects in a circle; check the address.")
            if len(seen) > _MAX_REDIRECTS:
                raise _TooManyRedirects(f"redirects more than {_MAX_REDIRECTS} times; check the address.")
            seen.add(address.url)

    def _patiently(
        self, address: Address, trusted: bool, headers: Mapping[str, str], limit: int, purse: _Purse, *, whole: bool
    ) -> Reply:
        """Return a server's answer, asked again while it is busy or failing."""
        for attempt in range(1, _TRIES + 1):
            with self._pace.turn(address.host):
                reply = self._once(address, trusted, headers, limit, purse, whole=whole)
            if reply.status != HTTPStatus.TOO_MANY_REQUESTS and reply.status < 500:
                break
            pause = _retry_after(reply.headers.get("retry-after", ""))
            if pause is None:
                pause = 2.0**attempt
            if pause > _MAX_WAIT:
                raise FetchFailed(f"the server asks to come back in {pause:,.0f} s; try again then.")
            self._pace.rest(address.host, pause)
        return reply

    def _once(
        self, address: Address, trusted: bool, headers: Mapping[str, str], limit: int, purse: _Purse, *, whole: bool
    ) -> Reply:
        deadline = Deadline(purse.seconds, self._stop)
        try:
            backend = PinnedBackend(address, self._reach, self._resolver, deadline, trusted=trusted)
            tls = (self._tls or _trusted_by_system()) if address.scheme == "https" else None
            return ask(address, backend, tls, headers, limit, whole=whole)
        finally:
            purse.seconds = deadline.unspent()

    def _wait(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise FetchFailed("stopped; run the same command again.")


@cache
def _trusted_by_system() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


class _TooManyRedirects(FetchFailed):
    """Redirects lead nowhere."""


def _redirected(error: AddressRefused, start: Address, refused: Address) -> AddressRefused:
    """Return the refusal, with the address that it is about if that is not the one given."""
    return error if refused == start else AddressRefused(f"redirects to {masked(refused.url)}: {error}")


def _conditions(known: Fetch) -> dict[str, str]:
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}


def _next(address: Address, reply: Reply) -> Address:
    location = reply.headers.get("location")
    if not location:
        raise FetchFailed("redirects to nowhere; check the address.")
    try:
        return address.joined(location)
    except AddressRefused as error:
        raise AddressRefused(f"redirects to {masked(location)[:200]}: {error}") from error


def _retry_after(value: str) -> float | None:
    """Return the seconds that a Retry-After header names, directly or as a date; None if it names none."""
    if value.strip().isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _said(status: int) -> str:
    """Return what an answer other than success means, in one line."""
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "unknown"
    return f"the server answers {status} ({phrase}); {_REMEDIES.get(status, 'try again later.')}"
