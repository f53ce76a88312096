"""Reading the views out of an article: who judges what, how, and why.

sentences with their speakers → moves and opinions → subjects → stances → one view per holder, subject and action

The rules work on the text alone, without a chat model; `Extractor` is the seam through which one can do the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rag.errors import HouseviewError
from rag.types import Article, View

VERSION = "2"  # raised with every change of the rules that changes what they read, so that libraries can be re-read
__all__ = ["Extractor", "PartlyRead", "extract"]


class PartlyRead(HouseviewError):
    """An extractor could not finish; `views` are those that it found all the same."""

    def __init__(self, reason: str, views: Sequence[View]) -> None:
        """Keep the views beside the reason."""
        super().__init__(reason)
        self.views = tuple(views)


class Extractor(Protocol):
    """Reads the views that an article states."""

    def __call__(self, article: Article) -> list[View]:
        """Return the views, each with a quote from the article's text.

        Raises:
            PartlyRead: some could not be read.
        """
        ...


def extract(article: Article) -> list[View]:
    """Return the views that the article states, read by rules; every quote and reason is verbatim.

    Raises:
        ModelMismatch: the English model is not installed as it should be.
    """
    from ingest.extract.rules import views_of  # noqa: PLC0415 - loads the grammar

    return views_of(article)
