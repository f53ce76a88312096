"""From a source to the articles in it, each with the place where it was read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ingest.identity import normalised_url
from ingest.parse import READERS, parse
from ingest.sources import documents, printable
from ingest.types import Failure, RawDocument
from rag.config import Settings
from rag.types import Article


def articles_in(source: str | Path, settings: Settings) -> Iterator[tuple[str, Article | Failure]]:
    """Yield what a source holds, and a Failure for each thing in it that cannot be read, each with its place."""
    for found in documents([source], suffixes=READERS, max_mb=settings.max_file_mb):
        if isinstance(found, Failure):
            yield place_of(source), found
        else:
            place = _place(found, source)
            yield from ((place, each) for each in parse(found, settings.max_article_chars))


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
