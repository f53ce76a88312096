"""How far an ingest is, how fast it goes and how long it has yet to go, in one line."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

from ingest.types import Progress

# Batches are stored seconds apart, and what is stored already goes by in no time: the last minute says what comes next.
_WINDOW: Final = 60.0
_SLOWEST: Final = 0.05  # what rounds to nothing is not said


class Pace:
    """The course of an ingest; told of it by calls, it keeps the last one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start the clock."""
        self._clock = clock
        self._marks: deque[tuple[float, float]] = deque([(clock(), 0.0)])
        self.last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        """Take note of how far it is."""
        self.last = progress
        now, position = self._clock(), self._position
        if position != self._marks[-1][1]:
            self._marks.append((now, position))
        while len(self._marks) > 2 and now - self._marks[1][0] > _WINDOW:
            self._marks.popleft()

    @property
    def settled(self) -> int:
        """How many articles are stored, or need not be or cannot be."""
        if self.last is None:
            return 0
        report = self.last.report
        return report.read + report.skipped + report.undated + len(report.failed)

    @property
    def rate(self) -> float:
        """Articles a second, lately; 0 until any was stored or embedded."""
        if self.last is None or self._position == len(self.last.report.failed):
            return 0.0
        (began, first), (_, last) = self._marks[0], self._marks[-1]
        elapsed = self._clock() - began
        return (last - first) / elapsed if elapsed > 0 else 0.0

    @property
    def share(self) -> float | None:
        """How much of all is settled, from 0 to 1; None if nobody knows how much there is."""
        total = self.last.total if self.last else None
        return min(self._position / total, 1.0) if total else None

    @property
    def remaining(self) -> float | None:
        """The seconds that are left at this rate; None if that cannot be told."""
        total = self.last.total if self.last else None
        return max(total - self._position, 0) / self.rate if total and self.rate else None

    @property
    def _position(self) -> float:
        """The articles settled with those embedded; what failed took no time worth mentioning, but is done with."""
        return self.settled + (self.last.embedded if self.last else 0.0)

    def __str__(self) -> str:
        total = self.last.total if self.last else None
        parts = [
            f"{self.settled:,} of {max(total, self.settled):,} articles" if total else f"{self.settled:,} articles"
        ]
        if self.rate >= _SLOWEST:
            parts.append(f"{self.rate:,.1f} a second")
        if (remaining := self.remaining) is not None:
            parts.append(f"about {_duration(remaining)} left")
        waiting = (self.last.done + len(self.last.report.failed) if self.last else 0) - self.settled
        if waiting > 0:
            parts.append(f"{waiting:,} more read")
        return ", ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02d} min"
