"""Whether a library can answer: its stores are sound, and its embedding model loads and gives vectors that fit."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from rag.errors import HouseviewError

if TYPE_CHECKING:
    from rag.library import Library


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found; sound if there are no `problems`, of which each is one line. `model_ms` is its first word."""

    articles: int
    passages: int
    vectors_pending: int
    embedder: str
    model_ms: float | None
    problems: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check(library: Library) -> Health:
    """Return how an open library is; loads its model."""
    stats, problems = library.stats(), library.verify()
    began = perf_counter()
    model_ms = None
    try:
        width = len(library.embedder.encode(["health"])[0])
        model_ms = round(1000 * (perf_counter() - began), 1)
    except HouseviewError as error:
        problems.append(str(error))
    else:
        if width != stats.dimensions:
            problems.append(f"{stats.embedder}: gives vectors {width} wide; the library's are {stats.dimensions} wide.")
    return Health(stats.articles, stats.passages, stats.vectors_pending, stats.embedder, model_ms, tuple(problems))
