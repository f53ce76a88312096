"""Ingested libraries to measure on, kept between runs for as long as the code that fills them stays the same."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

from benchmarks import devset
from benchmarks.options import CHECKOUT, Options
from ingest import ingest
from rag import Library

# What decides about passages, their vectors and the keyword index.
_FILLED_BY = (
    *("ingest/**/*.py", "rag/catalogue/*.py"),
    *(f"rag/{name}.py" for name in ("embed", "introductions", "sentences", "speakers", "wording")),
)
_ALL_STORIES = 1_000_000


def newswire(options: Options) -> tuple[Library, str]:
    """Return the library of newswire stories, ingested now if need be, and in a few words what it holds."""
    if options.library:
        library = Library.open(options.library)
        return library, f"{library.stats().articles:,} articles of the given library"
    number = options.stories or (_ALL_STORIES if (options.data / devset.REUTERS).is_file() else 2_000)
    path = options.work / "stories.jsonl"
    held = devset.write_stories(options.data, number, path)
    return ingested(path, options.work / f"newswire-{options.stories or 'all'}"), held


def ingested(source: Path, folder: Path) -> Library:
    """Return the library that holds a source, ingested by this very code; older ones beside it are deleted."""
    current = folder.with_name(f"{folder.name}-{_digest(source)}")
    for old in folder.parent.glob(f"{folder.name}-????????"):
        if old != current:
            shutil.rmtree(old)
    library = Library.open(current)
    began = time.perf_counter()
    report = ingest(source, library)
    if report.added:
        took = time.perf_counter() - began
        print(f"ingested {source.name}: {report.added:,} added, {report.duplicates:,} copies, {took:.0f} s", flush=True)
    return library


def _digest(source: Path) -> str:
    digest = hashlib.blake2b(source.read_bytes(), digest_size=4)
    for pattern in _FILLED_BY:
        for path in sorted(CHECKOUT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
