"""Tells a library which place each article was read from, and always before the article is stored.

A kill may so leave a claim to an article that is not stored, which the next run puts right, and never an article of a
synced source that looks as if it had been added by hand, which no later run would remove.
"""

from __future__ import annotations

from typing import Final

from rag.library import BY_HAND, Holding, Library

_MOST: Final = 1_000


class Claims:
    """What was read from the place at hand; `place` is to be set before each article.

    A rehearsal records nothing.
    """

    def __init__(self, library: Library) -> None:
        """Begin with nothing read, and by hand."""
        self.place = BY_HAND
        self.is_rehearsed = False
        self.made: set[Holding] = set()
        self._library = library
        self._waiting: list[tuple[Holding, bool]] = []

    def note(self, source: str, *, was_there: bool) -> None:
        """Note that the place holds an article, and whether the library had that already."""
        claim = Holding(self.place, source)
        self._waiting.append((claim, was_there))
        if self.place != BY_HAND:
            self.made.add(claim)
        if len(self._waiting) >= _MOST:
            self.flush()

    def keep_in_step(self, root: str) -> None:
        """Note that the library is kept in step with a source, whatever it holds."""
        self._waiting.append((Holding(root), False))

    def flush(self) -> None:
        """Record what was noted; to be called before what it is about is stored."""
        if self._waiting and not self.is_rehearsed:
            self._library.sources.claim(self._waiting)
        self._waiting.clear()
