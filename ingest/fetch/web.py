"""Addresses, lists of addresses and feeds turned into documents: several hosts at once, in the order given."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Final, Self

from ingest import feeds
from ingest.clean import decode
from ingest.fetch import kinds
from ingest.fetch.address import masked
from ingest.fetch.fetcher import Fetcher, Limits, Page
from ingest.fetch.listing import Listing
from ingest.fetch.on_demand import LISTS, is_address
from ingest.fetch.reach import Reach
from ingest.fetch.visits import Visits
from ingest.identity import normalised_url
from ingest.types import Failure, RawDocument, Unchanged
from rag.config import Settings
from rag.errors import SourceError
from rag.types import Article, Fetch

_TEXTS: Final = frozenset({".html", ".md", ".txt"})
_MIB: Final = 1024 * 1024

Found = RawDocument | Failure | Unchanged


@dataclass(frozen=True, slots=True)
class _Link:
    """An address to fetch; the feed and the entry that gave it, and the page that the feed was found on."""

    url: str
    feed: str | None = None
    found_on: str | None = None
    entry: feeds.Entry | None = None


class Web:
    """Fetches for one run; a context manager that ends what is under way on leaving."""

    def __init__(
        self,
        fetcher: Fetcher,
        suffixes: Collection[str],
        at_once: int,
        visits: Visits | None = None,
        listing: Listing | None = None,
    ) -> None:
        """Begin a run.

        Args:
            fetcher: fetches one address.
            suffixes: the extensions that have a reader.
            at_once: how many addresses are fetched at the same time.
            visits: remembers what servers said; None fetches everything anew.
            listing: reads feeds; one with the usual limits if None.
        """
        self._fetcher = fetcher
        self._listing = listing or Listing(Settings.model_construct())
        self._suffixes = suffixes
        self._at_once = at_once
        self._visits = visits
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="fetch")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fetcher.close()
        self._listing.close()
        self._pool.shutdown(cancel_futures=True)

    def documents(self, urls: Iterable[str]) -> Iterator[Found]:
        """Yield what addresses lead to, and a Failure for each that cannot be had; feeds with all that they link."""
        for link, got in self._each(_Link(url) for url in dict.fromkeys(urls)):
            found = self._found(link, got)
            if isinstance(got, Page) and isinstance(found, RawDocument) and found.suffix == kinds.FEED:
                yield from self._feed(found, got.final)
            else:
                yield found

    def linked(self, document: RawDocument) -> Iterator[Found]:
        """Yield what a list of addresses or a feed leads to, given as a file."""
        if document.suffix == LISTS:
            yield from self._list(document)
        else:
            yield from self._feed(document, None)

    def read(self, document: RawDocument, found: Article | Failure) -> None:
        """Note what became of a document."""
        if self._visits:
            self._visits.read(document, found)

    def _list(self, document: RawDocument) -> Iterator[Found]:
        """One address a line; what follows # at the start of a line or after a blank is a comment."""
        urls = []
        try:
            lines = decode(document.data).split("\n")
        except SourceError as error:
            yield Failure(document.name, str(error))
            return
        for number, line in enumerate(lines, start=1):
            url = f" {line}".partition(" #")[0].strip()
            if url and is_address(url):
                urls.append(url)
            elif url:
                yield Failure(f"{document.name}:{number}", "no address; write one a line, from https:// on.")
        if not urls:
            yield Failure(document.name, "the list holds no addresses; write one a line, from https:// on.")
        yield from self.documents(urls)

    def _feed(self, document: RawDocument, final: str | None) -> Iterator[Found]:
        """Yield the articles of a feed.

        Args:
            document: the feed, a file or fetched.
            final: where it was fetched from, in the end; links are relative to it and trusted no more than it is.
        """
        try:
            listed = self._listing.entries(document.data, final or "")
        except SourceError as error:
            yield Failure(document.name, str(error))
            return
        links: dict[str, _Link] = {}
        for entry in listed:
            if entry.url:
                links.setdefault(entry.url, _Link(entry.url, document.url, final, entry))
            else:
                yield self._held(document, entry)
        for link, got in self._each(links.values()):
            found = self._found(link, got)
            if isinstance(found, RawDocument) and found.suffix == kinds.FEED:
                found = Failure(found.name, "a feed that a feed links to is not followed; add it by itself.")
            if isinstance(found, Failure):
                self._spoil(document.url)
                found = self._held(document, link.entry) if link.entry and link.entry.content else found
            yield found

    def _held(self, document: RawDocument, entry: feeds.Entry) -> RawDocument | Failure:
        """Return an article as the feed itself holds it."""
        name = masked(entry.url) if entry.url else f"{document.name}:{masked(entry.key)[:200]}"
        if not entry.content:
            self._spoil(document.url)
            return Failure(name, "the feed gives neither its address nor its text; nothing to add.")
        return RawDocument(
            name=name,
            path=None,
            key=normalised_url(entry.url) if entry.url else f"{document.key}#{entry.key}",
            suffix=".html",
            data=feeds.as_page(entry),
            url=entry.url,
            feed=document.url,
            hints=replace(entry.hints, metadata=(("text_from", "feed"),)),
        )

    def _each(self, links: Iterable[_Link]) -> Iterator[tuple[_Link, Page | Unchanged | Failure]]:
        """Yield what links lead to in their order, a few fetched ahead and no more."""
        ahead: deque[tuple[_Link, Future[Page | Unchanged | Failure]]] = deque()
        for link in links:
            known = self._visits.last(link.url) if self._visits else None
            ahead.append((link, self._pool.submit(self._fetch, link, known)))
            if len(ahead) >= self._at_once:
                first, future = ahead.popleft()
                yield first, future.result()
        for link, future in ahead:
            yield link, future.result()

    def _fetch(self, link: _Link, known: Fetch | None) -> Page | Unchanged | Failure:
        try:
            page = self._fetcher.get(link.url, known, link.found_on)
        except SourceError as error:
            return Failure(masked(link.url), str(error))
        return page or Unchanged(known.sources if known else ())

    def _found(self, link: _Link, got: Page | Unchanged | Failure) -> Found:
        """Return what a link led to, noted for the next run."""
        if isinstance(got, Page):
            return self._document(link, got)
        if isinstance(got, Unchanged) and self._visits and link.feed:
            self._visits.still(link.feed, got)
        return got

    def _document(self, link: _Link, page: Page) -> RawDocument | Failure:
        name = masked(link.url)
        try:
            suffix = kinds.suffix_of(page, self._suffixes)
        except SourceError as error:
            return Failure(name, str(error))
        if not page.body.strip():
            return Failure(name, "the server sent an empty page; nothing to add.")
        if self._visits:
            self._visits.met(page)
        return RawDocument(
            name=name,
            path=None,
            key=normalised_url(link.url),
            suffix=suffix,
            data=kinds.utf8_of(page) if suffix in _TEXTS else page.body,
            url=link.url,
            feed=link.feed,
            hints=replace(link.entry.hints, publisher=None) if link.entry else None,
        )

    def _spoil(self, feed: str | None) -> None:
        if feed and self._visits:
            self._visits.spoil(feed)


def open_web(settings: Settings, suffixes: Collection[str], visits: Visits | None = None) -> Web:
    """Return the web as the settings let it be reached.

    Raises:
        SettingsError: an entry of `fetch_allow` is no host.
    """
    limits = Limits(int(settings.max_file_mb * _MIB), settings.fetch_seconds, settings.fetch_delay)
    fetcher, listing = Fetcher(Reach(settings.fetch_allow), limits), Listing(settings)
    return Web(fetcher, suffixes, settings.fetch_at_once, visits, listing)
