"""`upkeep`: what it costs to ingest what is stored already, to rebuild the vector index, and to check it on opening."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import devset, invented
from benchmarks.options import CHECKOUT, Options
from benchmarks.report import Result, Table
from ingest import ingest
from rag import Library, Settings
from rag.embed import Embedder, load_embedder

STORIES: Final = 1_000
INVENTED: Final = 5_800  # stories of a little more than 20,000 passages
WIDTH: Final = 384
AT_LEAST: Final = 20.0  # times as fast as the first ingest
AT_MOST: Final = 60.0  # seconds for rebuilding the index of 20,000 passages
_LOADED: Final = """
import sys
from pathlib import Path
import numpy as np
from rag.vectors.chroma import Store
store = Store(Path(sys.argv[1]))
store.count()
store.nearest(np.ones(int(sys.argv[2]), dtype=np.float32), 10)
"""


class Counting:
    """An embedder that counts what it embeds."""

    def __init__(self, embedder: Embedder) -> None:
        """Count for `embedder`."""
        self._embedder = embedder
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.embedded = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return what the embedder returns."""
        self.embedded += len(texts)
        return self._embedder.encode(texts)


def run(options: Options) -> Result:
    """Measure all three."""
    with tempfile.TemporaryDirectory(dir=options.work, prefix="upkeep-") as folder:
        stories = Path(folder) / "stories.jsonl"
        held = devset.write_stories(options.data, options.stories or STORIES, stories)
        load_embedder().encode(["Loaded before the clock starts."])
        again = unchanged(stories, Path(folder) / "again", Counting(load_embedder()))
        invented.write_stories(stories, INVENTED)
        rebuilding = rebuilt(stories, Path(folder) / "rebuilt", Counting(invented.HashedWords(WIDTH)))
    return result(held, again, rebuilding)


def unchanged(stories: Path, folder: Path, embedder: Counting) -> dict[str, Any]:
    """Ingest stories and ingest them again; return the seconds and the passages embedded of both."""
    with _opened(folder, embedder) as library:
        began, used = time.perf_counter(), time.process_time()
        ingest(stories, library, extractor=None)
        first = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - used}
        embedded = embedder.embedded
        began, used = time.perf_counter(), time.process_time()
        report = ingest(stories, library, extractor=None)
        again = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - used}
    return {
        "articles": report.unchanged,
        "first": {**first, "embedded": embedded},
        "again": {**again, "embedded": embedder.embedded - embedded},
        "times_as_fast": first["seconds"] / again["seconds"],
        "times_as_fast_by_cpu": first["cpu_seconds"] / again["cpu_seconds"],
    }


def rebuilt(stories: Path, folder: Path, embedder: Counting) -> dict[str, Any]:
    """Ingest stories and rebuild their vector index; then check it by its hashes, and by loading it in a process."""
    with _opened(folder, embedder) as library:
        ingest(stories, library, extractor=None)
        embedded = embedder.embedded
        seconds, passages = _timed(library.rebuild)
        hashing, problems = _timed(library.vectors.problems)
        sealed = library.catalogue.vectors.sealed()
        assert sealed and not problems, problems
        command = [sys.executable, "-c", _LOADED, str((folder / "chroma" / sealed.name).resolve()), str(WIDTH)]
        loading, _ = _timed(lambda: subprocess.run(command, cwd=CHECKOUT, check=True))
    return {
        "passages": passages,
        "seconds": seconds,
        "embedded": embedder.embedded - embedded,
        "checked_by_hashes_seconds": hashing,
        "checked_in_a_process_seconds": loading,
    }


def result(held: str, again: dict[str, Any], rebuilding: dict[str, Any]) -> Result:
    """Return the tables and figures of both measurements."""
    ingests = [
        [name, *(f"{again[name][unit]:.2f}" for unit in ("seconds", "cpu_seconds")), f"{again[name]['embedded']:,}"]
        for name in ("first", "again")
    ]
    ingests.append(["times as fast", f"{again['times_as_fast']:.1f}", f"{again['times_as_fast_by_cpu']:.1f}", ""])
    checks = [
        ["rebuilt", f"{rebuilding['seconds']:.1f}", f"{rebuilding['embedded']:,}"],
        ["checked by its hashes", f"{rebuilding['checked_by_hashes_seconds']:.2f}", ""],
        ["checked by loading it in a process", f"{rebuilding['checked_in_a_process_seconds']:.2f}", ""],
    ]
    tables = [
        Table(f"Ingest of {held}", ("", "seconds", "CPU seconds", "embedded"), ingests),
        Table(f"Vector index of {rebuilding['passages']:,} passages", ("", "seconds", "embedded"), checks),
    ]
    figures = {"stories": held, "again": {**again, "at_least": AT_LEAST}, "rebuild": {**rebuilding, "at_most": AT_MOST}}
    return Result(tables, figures)


def _opened(folder: Path, embedder: Embedder) -> Library:
    return Library.open(folder, settings=Settings(_env_file=None), embedder=embedder)  # type: ignore[call-arg]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found
