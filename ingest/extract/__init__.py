"""Reading the views out of an article: who judges what, how, and why.

sentences with their speakers → moves and opinions → subjects → stances → one view per holder, subject and action

The rules work on the text alone, without a chat model; `Extractor` is the seam through which one can do the same.
"""

from __future__ import annotations

from typing import Protocol

from rag.types import Article, View

VERSION = "2"  # raised with every change of the rules that changes what they read, so that libraries can be re-read
__all__ = ["Extractor", "extract"]


class Extractor(Protocol):
    """Reads the views that an article states."""

    def __call__(self, article: Article) -> list[View]:
        """Return the views, each with a quote from the article's text."""
        ...


def extract(article: Article) -> list[View]:
    """Return the views that the article states, read by rules; every quote and reason is verbatim.

    Raises:
        ModelMismatch: the English model is not installed as it should be.
    """
    from ingest.extract.rules import views_of  # noqa: PLC0415 - loads the grammar

    return views_of(article)
