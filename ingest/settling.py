"""Which files have stayed as they are for a while: a file that still grows, or is just being replaced, is let be."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Stamp = tuple[int, int, int]
"""Size, time of the last change and inode of a file."""


@dataclass(frozen=True, slots=True)
class _Seen:
    stamp: Stamp | None
    since: float


class Settling:
    """Files under observation."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Observe nothing yet; a file has settled when it was the same for some seconds."""
        self._seconds = seconds
        self._clock = clock
        self._seen: dict[str, _Seen] = {}

    def settled(self, stamps: Mapping[str, Stamp | None]) -> list[str]:
        """Return the files among those now observed, None for one that is gone, that have settled.

        Files that are observed no longer are forgotten.
        """
        now = self._clock()
        fresh = {place: _Seen(stamp, now) for place, stamp in stamps.items()}
        self._seen = {
            place: before if (before := self._seen.get(place)) and before.stamp == seen.stamp else seen
            for place, seen in fresh.items()
        }
        return [place for place, seen in self._seen.items() if now - seen.since >= self._seconds]
