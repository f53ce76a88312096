"""From a source to the articles in it, each with the place where it was read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ingest.entries import printable
from ingest.fetch.on_demand import OnDemand
from ingest.identity import normalised_url
from ingest.parsing import Parsing, Result
from ingest.sources import documents
from ingest.types import Limits, RawDocument, Unchanged
from rag.config import Settings


def articles_in(
    source: str | Path, settings: Settings, web: OnDemand, parsing: Parsing
) -> Iterator[tuple[str, Result]]:
    """Yield what a source holds, and a Failure for each thing in it that cannot be read, each with its place."""
    found = documents([source], limits=Limits.of(settings), web=web)
    for document, each in parsing.results(found):
        if document is None or isinstance(each, Unchanged):
            yield place_of(source), each
        else:
            web.read(document, each)
            yield _place(document, source), each


def place_of(source: str | Path) -> str:
    """Return the one name of a source, wherever the command is run: an address, or a whole path."""
    if "://" in str(source):
        return normalised_url(str(source))
    return printable(Path(os.path.abspath(source)))  # noqa: PTH100 - as `ingest.sources` names files: links kept


def listed_by(feed: str | Path) -> str:
    """Return the place of what a feed lists: not the feed, since it drops what is old, and nothing goes for that."""
    return f"{place_of(feed)}#listed"


def _place(document: RawDocument, source: str | Path) -> str:
    """Return a document's file, or the feed or other source that led to it where it is in none."""
    if document.feed:
        return listed_by(document.feed)
    return printable(document.path) if document.path else place_of(source)
