"""How long each stage of an answer takes."""

from __future__ import annotations

from time import perf_counter


class Stopwatch:
    """Milliseconds by stage, each since the one before."""

    def __init__(self) -> None:
        """Start."""
        self._last = perf_counter()
        self.timings: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Book the time since the last lap under a stage's name."""
        now = perf_counter()
        self.timings[stage] = self.timings.get(stage, 0.0) + 1000 * (now - self._last)
        self._last = now
