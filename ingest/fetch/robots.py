"""robots.txt, as RFC 9309 reads it: fetched once for each server, obeyed, and taken for a no when it cannot be had."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Final

from protego import Protego

from ingest.fetch.address import Address
from ingest.fetch.exchange import AGENT, Reply
from rag.errors import AddressRefused, FetchFailed

MAX_BYTES: Final = 500 * 1024  # of a longer file, the RFC lets us read the beginning
_MAX_DELAY: Final = 60.0


class Robots:
    """What servers ask of crawlers, by scheme, host and port."""

    def __init__(self, fetch: Callable[[Address, bool], Reply], slow: Callable[[str, float], None]) -> None:
        """Begin with nothing known.

        Args:
            fetch: returns the reply for a robots.txt, redirects followed, given whether its address is trusted.
            slow: is told the host and the seconds between requests that it asks for.
        """
        self._fetch = fetch
        self._slow = slow
        self._lock = threading.Lock()
        self._locks: dict[tuple[str, str, int], threading.Lock] = defaultdict(threading.Lock)
        self._rules: dict[tuple[str, str, int], Protego | FetchFailed] = {}

    def check(self, address: Address, *, trusted: bool) -> None:
        """Return if the server lets us fetch the address.

        Raises:
            AddressRefused: it does not, or must not even be asked.
            FetchFailed: it cannot say.
        """
        rules = self._of(address, trusted)
        if isinstance(rules, FetchFailed):
            raise FetchFailed(str(rules))
        if not rules.can_fetch(address.url, AGENT):
            raise AddressRefused("the site's robots.txt forbids it; save the page yourself and add the file.")

    def _of(self, address: Address, trusted: bool) -> Protego | FetchFailed:
        server = (address.scheme, address.host, address.port)
        with self._lock:
            lock = self._locks[server]
        with lock:
            if server not in self._rules:
                self._rules[server] = self._read(address.at("/robots.txt"), trusted)
            return self._rules[server]

    def _read(self, address: Address, trusted: bool) -> Protego | FetchFailed:
        try:
            reply = self._fetch(address, trusted)
        except FetchFailed as error:
            return error
        if reply.status == 429 or reply.status >= 500:
            return FetchFailed(
                f"its robots.txt, which may forbid it, is answered with {reply.status}; try again later."
            )
        # Any other answer but 200 is the server saying that it has no rules.
        rules = Protego.parse(reply.body.decode("utf-8", "replace"))
        if delay := rules.crawl_delay(AGENT):
            self._slow(address.host, min(delay, _MAX_DELAY))
        return rules
