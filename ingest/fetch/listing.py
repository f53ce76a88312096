"""Feeds read in a process of their own, like any other document: what hangs or swells over one costs that feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest import feeds
from ingest.parser import Parser, Terms, UnfinishedError
from ingest.process import NoWorkerError
from ingest.types import Failure, RawDocument
from rag.errors import SourceError

if TYPE_CHECKING:
    from rag.config import Settings


class Listing:
    """Reads feeds, one at a time; the process starts with the first of them."""

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet; feeds have the limits of documents."""
        self._terms = Terms(listed, settings.max_article_chars, settings.parse_seconds, settings.parse_mb)
        self._parser: Parser | None = None

    def entries(self, data: bytes, base: str) -> list[feeds.Entry]:
        """Return what a feed lists, as `feeds.entries` does.

        Raises:
            SourceError: it is no feed, lists nothing, is built to do harm or takes too much.
        """
        try:
            parser = self._parser = self._parser or Parser(self._terms)
        except NoWorkerError as error:
            raise SourceError(f"no process can be started to read it in ({error}); try it again.") from error
        feed = RawDocument(base, None, base, ".xml", data)
        try:
            found: list[Any] = [each for some in parser.parse(feed) for each in some]
        except UnfinishedError as error:
            raise SourceError(str(error)) from error
        finally:
            if parser.is_spent:
                self.close()
        failures = [each for each in found if isinstance(each, Failure)]
        if failures:
            raise SourceError(failures[0].reason)
        return found

    def close(self) -> None:
        """End the process, if there is one."""
        parser, self._parser = self._parser, None
        if parser:
            parser.close()


def listed(feed: RawDocument, _: int) -> Iterator[Any]:
    """Yield the entries of a feed, whose key its links are relative to; a Failure if there are none to be had."""
    try:
        yield from feeds.entries(feed.data, feed.key)
    except SourceError as error:
        yield Failure(feed.name, str(error))
