"""The web for one run of ingest, opened when the first address comes: most runs have none, and need not load it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from ingest.fetch.web import Web
    from ingest.types import Failure, RawDocument, Unchanged
    from rag.config import Settings
    from rag.library import Library
    from rag.types import Article

LISTS: Final = ".urls"
FEEDS: Final = (".xml", ".rss", ".atom")
LINKING: Final = frozenset({LISTS, *FEEDS})  # the extensions of files that lead to articles and hold none


def is_address(source: object) -> bool:
    """Return True if an input is an address and not a path."""
    return "://" in str(source)


class OnDemand:
    """Fetches for one run; a context manager, left when everything found is stored."""

    def __init__(self, settings: Settings, suffixes: Collection[str], library: Library | None = None) -> None:
        """Open nothing yet.

        Args:
            settings: what may be reached, and the limits.
            suffixes: the extensions that have a reader.
            library: remembers what servers said; None fetches everything anew.
        """
        self._settings = settings
        self._suffixes = suffixes
        self._library = library
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def documents(self, urls: Iterable[str]) -> Iterator[RawDocument | Failure | Unchanged]:
        """Yield what addresses lead to, and a Failure for each that cannot be had; feeds with all that they link."""
        return self._web.documents(urls)

    def linked(self, document: RawDocument) -> Iterator[RawDocument | Failure | Unchanged]:
        """Yield what a list of addresses or a feed leads to, given as a file."""
        return self._web.linked(document)

    def read(self, document: RawDocument, found: Article | Failure) -> None:
        """Note what became of a document."""
        if document.url or document.feed:
            self._web.read(document, found)

    @cached_property
    def _web(self) -> Web:
        from ingest.fetch.visits import Visits  # noqa: PLC0415 - loads an HTTP client and more
        from ingest.fetch.web import open_web  # noqa: PLC0415

        visits = self._open.enter_context(Visits(self._library)) if self._library else None
        return self._open.enter_context(open_web(self._settings, self._suffixes, visits))
