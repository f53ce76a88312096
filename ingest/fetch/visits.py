"""What a run learns of the addresses it fetches, kept in the library once all that came of them is stored."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from ingest import identity
from ingest.fetch.fetcher import Page
from ingest.types import Failure, RawDocument, Unchanged
from rag.library import Library
from rag.types import Article, Fetch


class Visits:
    """Remembers addresses; as a context manager it keeps what it learnt on leaving, also after Ctrl-C.

    What is kept makes the next run ask "has it changed?", and a "no" is believed. So an address is kept only if every
    article that came of it is in the library as it was read: killed before that, the run fetches it again.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pages: dict[str, Page] = {}
        self._sources: dict[str, dict[str, str | None]] = {}  # by address: source key to version
        self._spoilt: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or kind is KeyboardInterrupt:
            self._library.sources.remember_fetches(
                [self._known(page) for page in self._pages.values() if self._is_kept(page)]
            )

    def last(self, url: str) -> Fetch | None:
        """Return what is known of an address from earlier runs."""
        return self._library.sources.last_fetch(url)

    def met(self, page: Page) -> None:
        """Note an address that was fetched."""
        if page.headers.get("etag") or page.headers.get("last-modified"):
            self._pages[page.given] = page

    def still(self, feed: str, unchanged: Unchanged) -> None:
        """Note what a feed leads to and has not changed."""
        self._sources.setdefault(feed, {}).update(dict.fromkeys(unchanged.sources))

    def spoil(self, url: str) -> None:
        """Note that not all that an address leads to could be had."""
        self._spoilt.add(url)

    def read(self, document: RawDocument, found: Article | Failure) -> None:
        """Note what became of a document."""
        for url in filter(None, (document.url, document.feed)):
            if isinstance(found, Failure):
                self.spoil(url)
            else:
                self._sources.setdefault(url, {})[found.source] = identity.version(found)

    def _is_kept(self, page: Page) -> bool:
        """Return True if every article that came of a page is stored as it was read."""
        sources = self._sources.get(page.given, {})
        return bool(sources) and page.given not in self._spoilt and all(map(self._holds, sources, sources.values()))

    def _holds(self, source: str, version: str | None) -> bool:
        held = self._library.known(source)
        return held is not None and version in (held, None)

    def _known(self, page: Page) -> Fetch:
        etag, modified = (page.headers.get(name, "")[:1_000] or None for name in ("etag", "last-modified"))
        return Fetch(page.given, page.final, etag, modified, tuple(self._sources[page.given]))
