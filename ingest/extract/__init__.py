"""The seam for reading views out of an article at ingest."""

from __future__ import annotations

from typing import Protocol

from rag.types import Article, View


class Extractor(Protocol):
    """Reads the views that an article states."""

    def __call__(self, article: Article) -> list[View]:
        """Return the views, each with a quote from the article's text."""
        ...
