"""From a source to the articles in it, each with the place where it was read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ingest.entries import printable
from ingest.fetch.on_demand import OnDemand
from ingest.identity import normalised_url
from ingest.parse import parse
from ingest.sources import documents
from ingest.types import Failure, Limits, RawDocument, Unchanged
from rag.config import Settings
from rag.types import Article


def articles_in(
    source: str | Path, settings: Settings, web: OnDemand
) -> Iterator[tuple[str, Article | Failure | Unchanged]]:
    """Yield what a source holds, and a Failure for each thing in it that cannot be read, each with its place."""
    for found in documents([source], limits=Limits.of(settings), web=web):
        if not isinstance(found, RawDocument):
            yield place_of(source), found
            continue
        place = _place(found, source)
        for each in parse(found, settings.max_article_chars):
            web.read(found, each)
            yield place, each


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
