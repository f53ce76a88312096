"""Citations numbered in the order of reading; a span cited twice has one number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rag.types import Citation


class Numbering:
    """The citations of an answer so far, from 1."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._markers: dict[tuple[str, int, int], int] = {}

    def marks(self, cited: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of some citations, each once; those not cited before take the next ones."""
        found = []
        for citation in cited:
            span = (citation.article.id, citation.start, citation.end)
            if span not in self._markers:
                self._markers[span] = len(self.citations) + 1
                self.citations.append(replace(citation, marker=self._markers[span]))
            found.append(self._markers[span])
        return tuple(dict.fromkeys(found))

    def since(self, known: int) -> tuple[Citation, ...]:
        """Return the citations numbered after the first `known`."""
        return tuple(self.citations[known:])
