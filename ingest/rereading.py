"""The views of articles that are stored already, read anew: by other rules, or where reading them failed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ingest.extract import Extractor, extract
from ingest.extraction import Extraction
from ingest.reading import notes_on
from ingest.types import Failure, ViewsReport
from rag.library import Library

# Each batch is one transaction, so that an interrupt loses only seconds.
_BATCH: Final = 200
# Nothing is embedded meanwhile, so the processors are free.
_WORKERS: Final = 2


def read_views(
    library: Library,
    *,
    everything: bool = False,
    others: bool = False,
    extractor: Extractor = extract,
    progress: Callable[[int, int], None] | None = None,
) -> ViewsReport:
    """Read the views of stored articles and put them in place of those stored; nothing is embedded.

    Read are the articles that no extractor has read, or only another version of this one. Interrupt this at any moment
    and run it again to go on. An article that cannot be read keeps the views it had.

    Args:
        library: an open library; it is locked for writing meanwhile.
        everything: read all articles, whoever read them before.
        others: read also what an extractor of another name has read.
        extractor: reads the views of an article.
        progress: is told (done, total) after each batch.

    Raises:
        LibraryLocked: another process is writing to the library.
    """
    began = time.perf_counter()
    read = views = done = 0
    notes: list[Failure] = []
    workers = min(_WORKERS, os.cpu_count() or 1)
    with library.writer(), Extraction(extractor, workers=workers) as extraction:
        ids = library.unread_by(None if everything else extraction.label, others=others)
        for batch in _batches(ids):
            found = library.catalogue.articles(batch)
            for article in found.values():
                extraction.submit(article)
            readings = extraction.collect()
            stored = {key: reading.views for key, reading in readings.items() if reading.failure is None}
            library.replace_views(stored, extraction.label)
            read += len(stored)
            views += sum(map(len, stored.values()))
            notes += [note for key, reading in readings.items() for note in notes_on(found[key], reading)]
            done += len(batch)
            if progress:
                progress(done, len(ids))
    return ViewsReport(read, views, tuple(notes), time.perf_counter() - began)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (ids[first : first + _BATCH] for first in range(0, len(ids), _BATCH))
