"""Trying again what could not be stored before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.extract import Extractor, extract
from ingest.run import Given, Run
from ingest.types import IngestReport, Outcome, Progress
from rag.config import Settings
from rag.library import Library
from rag.types import FailedInput


def retry(
    library: Library,
    *,
    settings: Settings | None = None,
    extractor: Extractor | None = extract,
    progress: Callable[[Progress], None] | None = None,
    outcome: Callable[[Outcome], None] | None = None,
) -> IngestReport:
    """Read again each file among `library.sources.failures()`, or what was given then where the failure is no file.

    What can be read now is stored and no longer a failure; nothing is removed. The parameters are those of `ingest`.

    Raises:
        LibraryLocked: another process is writing to the library.
        ModelMismatch: the library was embedded with another model.
    """
    what = {each.place: each for each in map(_again, library.sources.failures())}
    synced = set(library.sources.synced())
    with Run(library, settings, extractor, progress=progress, outcome=outcome) as run:
        for each in what.values():
            run.read(each, in_step=each.root in synced)
        return run.finish()


def _again(failure: FailedInput) -> Given:
    """Return what to read for a failure: the file that it is, or that holds it; else all that was given."""
    file = next((path for path in _files(failure.source) if path.is_file()), None)
    return Given(file or failure.root, failure.root)


def _files(source: str) -> Iterator[Path]:
    """Yield the files that a failure may be about: one of its name, one with such a row, one that it lies packed in."""
    yield Path(source)
    yield Path(source.rpartition(":")[0])
    yield from Path(source).parents
