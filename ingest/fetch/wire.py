"""Connections that go where they were checked to go, and end when their time is up.

httpcore2 asks a network backend for every connection, by the name in the address. The one here resolves that name
once, checks every address it has, and connects to one of those; no later step looks the name up again, so a name
server has no second chance to point elsewhere. TLS is begun above it, with the name, and verifies it.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import httpcore2

from ingest.fetch.address import Address
from ingest.fetch.reach import Reach
from rag.errors import FetchFailed

Resolver = Callable[[str, int], Sequence[str]]
"""The seam for name servers: a host and port in, the addresses it has out. Raises OSError if there is none."""

_CONNECT_SECONDS: Final = 10.0
_SLICE: Final = 0.25  # seconds after which a wait looks whether it should go on


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system finds for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """The time that an exchange has left; none once `stop` is set."""

    def __init__(self, seconds: float, stop: threading.Event) -> None:
        self._stop = stop
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left.

        Raises:
            FetchFailed: there are none.
        """
        left = self._end - time.monotonic()
        if self._stop.is_set():
            raise FetchFailed("stopped; run the same command again.")
        if left <= 0:
            raise FetchFailed("took too long; try again, or raise HOUSEVIEW_FETCH_SECONDS.")
        return left

    def unspent(self) -> float:
        """Return the seconds left, or 0."""
        return max(0.0, self._end - time.monotonic())

    def slice(self) -> float:
        """Return how long to wait before asking again."""
        return min(self.left(), _SLICE)


class PinnedBackend(httpcore2.NetworkBackend):
    """Makes the connections for one address, to a machine that its host stands for and that may be reached."""

    def __init__(
        self, address: Address, reach: Reach, resolver: Resolver, deadline: Deadline, *, trusted: bool
    ) -> None:
        self._address = address
        self._reach = reach
        self._resolver = resolver
        self._deadline = deadline
        self._trusted = trusted

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a stream to one of the machines behind the host, all of which were checked.

        Raises:
            AddressRefused: one of them may not be reached; nothing was sent to any.
            FetchFailed: there are none, or none answers in time.
        """
        self._reach.check_port(self._address)
        ips = [ipaddress.ip_address(each) for each in self._resolved(host, port)]
        for ip in ips:
            self._reach.check(ip, self._address, trusted=self._trusted)
        for ip in ips:
            seconds = min(self._deadline.left(), _CONNECT_SECONDS)
            try:
                stream = httpcore2.SyncBackend().connect_tcp(str(ip), port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
            return _TimedStream(stream, self._deadline)
        raise FetchFailed("the server cannot be reached; check the address or try again later.")

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host; a name server that never answers costs no more than the deadline."""
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            pass
        answer: queue.Queue[Sequence[str] | OSError | UnicodeError] = queue.Queue()

        def ask() -> None:
            try:
                answer.put(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                answer.put(error)

        threading.Thread(target=ask, daemon=True, name=f"resolve {host}").start()
        while True:
            try:
                found = answer.get(timeout=self._deadline.slice())
            except queue.Empty:
                continue
            if isinstance(found, Exception) or not found:
                raise FetchFailed(f"{host} is not known to the name server; check the address.")
            return found


class _TimedStream(httpcore2.NetworkStream):
    """A stream on which every wait, and all of them together, end at the deadline."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline decides
        while True:
            try:
                return self._inner.read(max_bytes, self._deadline.slice())
            except httpcore2.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline decides
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
    ) -> httpcore2.NetworkStream:
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)
