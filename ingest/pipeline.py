"""The whole way in: sources to articles to passages to vectors to the library, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ingest.extract import Extractor, extract
from ingest.extraction import Extraction
from ingest.fetch.on_demand import OnDemand
from ingest.formats import READERS
from ingest.intake import Intake
from ingest.parse import parse
from ingest.sources import documents
from ingest.types import Failure, IngestReport, Limits, Progress, RawDocument, Unchanged
from rag.config import Settings, read_settings
from rag.errors import SourceError
from rag.library import Library
from rag.types import Article


def ingest(
    sources: Iterable[str | Path] | str | Path,
    library: Library,
    *,
    settings: Settings | None = None,
    extractor: Extractor | None = extract,
    progress: Callable[[Progress], None] | None = None,
) -> IngestReport:
    """Add files, folders and what addresses lead to, and return what was done.

    What is stored already is not embedded again. Each batch is one transaction: interrupt this at any moment, run it
    again, and nothing is lost or doubled. Inputs that fail are reported and never stop the others.

    Args:
        sources: files, folders, patterns such as `notes/**/*.pdf`, web addresses, and lists and feeds of addresses.
        library: an open library; it is locked for writing meanwhile.
        settings: limits; the library's own by default.
        extractor: reads the views out of each article, beside the embedding in a process of its own where there are
            many; by default the rules of `ingest.extract`, None for no views. Articles are stored whatever it does.
        progress: called after each article, failure and stored batch.

    Raises:
        LibraryLocked: another process is writing to the library.
        ModelMismatch: the library was embedded with another model.
    """
    settings = settings or library.settings
    with library.writer(), Extraction(extractor) as extraction, OnDemand(settings, READERS, library) as web:
        intake = Intake(library, extraction, progress)
        for found in _articles(sources, settings, web):
            intake.take(found)
        return intake.finish()


def read_articles(source: str | Path, *, settings: Settings | None = None) -> Iterator[Article]:
    """Yield the articles in a file or folder or at an address; parses, stores nothing.

    Raises:
        SourceError: something in it cannot be read; raised after the last article that can, naming the first failure.
    """
    failures = []
    settings = settings or read_settings()
    with OnDemand(settings, READERS) as web:
        for found in _articles(source, settings, web):
            if isinstance(found, Failure):
                failures.append(found)
            elif isinstance(found, Article):
                yield found
    if failures:
        others = f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""
        raise SourceError(f"{failures[0].source}: {failures[0].reason}{others}")


def _articles(
    sources: Iterable[str | Path] | str | Path, settings: Settings, web: OnDemand
) -> Iterator[Article | Failure | Unchanged]:
    given = [sources] if isinstance(sources, (str, Path)) else sources
    for document in documents(given, limits=Limits.of(settings), web=web):
        if not isinstance(document, RawDocument):
            yield document
            continue
        for found in parse(document, settings.max_article_chars):
            web.read(document, found)
            yield found
