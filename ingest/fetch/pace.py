"""Politeness: one request at a time to a host, and a rest after each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class _Host:
    """When a host may be asked again; the lock is held by whoever asks it."""

    free_at: float = float("-inf")
    delay: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Pace:
    """Lets threads take turns with each host."""

    def __init__(self, delay: float, clock: Callable[[], float], wait: Callable[[float], None]) -> None:
        """Begin with all hosts rested.

        Args:
            delay: seconds that a host rests after each request.
            clock: the time in seconds, from any beginning.
            wait: waits for some seconds.
        """
        self._delay = delay
        self._clock = clock
        self._wait = wait
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait until the host is rested and nobody else asks it; it rests again afterwards."""
        host = self._host(name)
        with host.lock:
            pause = host.free_at - self._clock()
            if pause > 0:
                self._wait(pause)
            try:
                yield
            finally:
                host.free_at = max(host.free_at, self._clock() + max(self._delay, host.delay))

    def rest(self, name: str, seconds: float) -> None:
        """Let the host rest for so long from now."""
        host = self._host(name)
        host.free_at = max(host.free_at, self._clock() + seconds)

    def slow(self, name: str, delay: float) -> None:
        """Let the host rest at least so long after each request."""
        self._host(name).delay = delay

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host())
