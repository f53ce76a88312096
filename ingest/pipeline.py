"""The whole way in: sources to articles to passages to vectors to the library, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from ingest.articles import articles_in
from ingest.extract import Extractor, extract
from ingest.fetch.on_demand import OnDemand
from ingest.formats import READERS
from ingest.parsing import Parsing
from ingest.run import Run, Wanted, given
from ingest.totals import expected
from ingest.types import Failure, IngestReport, Outcome, Progress
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
    outcome: Callable[[Outcome], None] | None = None,
    since: date | None = None,
    limit: int | None = None,
    dry_run: bool = False,
) -> IngestReport:
    """Add files, folders and what addresses lead to, and return what was done.

    What is stored already is not embedded again. Each batch is one transaction: interrupt this at any moment, run it
    again, and nothing is lost or doubled. Inputs that fail are reported, kept among `library.sources.failures()` until
    they are read, and never stop the others.

    Args:
        sources: files, folders, patterns such as `notes/**/*.pdf`, web addresses, and lists and feeds of addresses.
        library: an open library; it is locked for writing meanwhile.
        settings: limits; the library's own by default.
        extractor: reads the views out of each article, beside the embedding in a process of its own where there are
            many; by default the rules of `ingest.extract`, None for no views. Articles are stored whatever it does.
        progress: called after each article, failure and stored batch.
        outcome: called with what became of each article once it is stored, and with each failure.
        since: take only what was published on this day or later; what says of no day is left out and counted.
        limit: take at most so many articles that are not stored already, so that the next run takes the next ones.
        dry_run: only say what would be done; writes and embeds nothing, and does not wait for a writer.

    Raises:
        LibraryLocked: another process is writing to the library.
        ModelMismatch: the library was embedded with another model.
    """
    what = given(sources)
    total = expected(each.source for each in what) if progress else None
    with Run(
        library,
        settings,
        extractor,
        wanted=Wanted(since, limit),
        rehearse=dry_run,
        progress=progress,
        outcome=outcome,
        total=total,
    ) as run:
        for each in what:
            run.read(each, in_step=False)
        return run.finish()


def read_articles(source: str | Path, *, settings: Settings | None = None) -> Iterator[Article]:
    """Yield the articles in a file or folder or at an address; parses, stores nothing.

    Raises:
        SourceError: something in it cannot be read; raised after the last article that can, naming the first failure.
    """
    failures = []
    settings = settings or read_settings()
    with OnDemand(settings, READERS) as web, Parsing(settings) as parsing:
        for _, found in articles_in(source, settings, web, parsing):
            if isinstance(found, Failure):
                failures.append(found)
            elif isinstance(found, Article):
                yield found
    if failures:
        others = f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""
        raise SourceError(f"{failures[0].source}: {failures[0].reason}{others}")
