"""What a benchmark is told, and how it says that it cannot run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


class DataMissingError(Exception):
    """A benchmark's data are not there; its text says which. The benchmark is skipped."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where data are read and scratch files written, and how much is measured.

    `library` is an ingested newswire library to use instead of ingesting one under `work`. `stories` limits the
    newswire stories (None for each benchmark's own number). `source` is a file of articles in the import format that
    `extraction` ingests instead of them. `kills` is how many processes `crashes` kills.
    """

    data: Path = CHECKOUT.parent / "shared"
    work: Path = CHECKOUT / "build" / "benchmarks" / "work"
    json: Path = CHECKOUT / "build" / "benchmarks"
    library: Path | None = None
    stories: int | None = None
    rounds: int = 3
    source: Path | None = None
    kills: int = 100
