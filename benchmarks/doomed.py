"""Work on a library in processes that may be killed, and how to kill them.

Real SQLite, real Chroma and the real ingest, with an embedder that costs nothing. The processes are forked from one
that has imported everything, so that a kill finds them at work and not at importing. Each adds to the file
`acknowledged`, whenever a batch has been stored, the number of stories done so far; on SIGUSR1 it writes to `trace`
where it stands. None of their files may grow beyond `FILE_LIMIT`: a broken Chroma store has been seen to ask for
terabytes.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from benchmarks.invented import HashedWords, first_view
from benchmarks.options import CHECKOUT
from rag import Library, Settings

if TYPE_CHECKING:
    from ingest import Progress

FILE_LIMIT: Final = 256 * 2**20
BATCH_PASSAGES: Final = 60  # instead of 1,000, so that a small ingest commits often
_TO_TRACE: Final = 0.1  # seconds

# Where a process stood: by the first of these that a line of its stack matches.
_STAGES: Final = (
    ("upgrading the schema", r"catalogue/upgrade\.py|in upgrade$"),
    ("sealing: writing to Chroma", r"vectors/chroma\.py.* in write$"),
    ("sealing: looking up samples", r"in _check_written$"),
    ("sealing: hashing and syncing", r"vectors/generation\.py.* in seal$"),
    ("sealing: naming the new generation", r"stored_vectors\.py.* in seal$"),
    ("sealing: sweeping old generations", r"vectors/generation\.py.* in sweep$"),
    ("opening", r"rag/stores\.py.* in open$"),
    ("reading views", r"ingest/extraction\.py"),
    ("embedding", r"benchmarks/invented\.py.* in encode$"),
    ("storing: linking copies", r"catalogue/catalogue\.py.* in link$"),
    ("storing: within the transaction", r"catalogue/changes\.py"),
    ("storing: beginning or committing", r"catalogue/database\.py.* in writing$"),
    ("reading and splitting articles", r"/ingest/"),
    ("closing", r"rag/stores\.py.* in (close|__exit__)$"),
)


class Nursery:
    """Starts processes that work on a library, one at a time; a context manager."""

    def __init__(self, scratch: Path) -> None:
        """Start the process that the others are forked from; `scratch` is a folder for what they leave behind."""
        self._trace, self._acknowledged = scratch / "trace", scratch / "acknowledged"
        self._server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.doomed", str(self._trace), str(self._acknowledged)],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        self._pid = 0

    def begin(self, work: str, stories: Path, library: Path) -> None:
        """Start "ingest", "rebuild" or just "open" on the library in a folder; the work before must have ended."""
        self._ask(work, str(stories.resolve()), str(library.resolve()))
        self._pid = int(self._answer())

    def ended(self) -> int:
        """Wait for the work's end and return its exit code, as `subprocess` has it."""
        return int(self._answer())

    def kill_after(self, seconds: float) -> str | None:
        """Kill the work after so long; return the stage that it was in, None if it had ended before."""
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGUSR1)
            self._await_trace()
            os.kill(self._pid, signal.SIGKILL)
        return stage(self._trace.read_text()) if self.ended() == -signal.SIGKILL else None

    def acknowledged(self) -> int:
        """Return how many stories, from the first on, the last work said it had stored."""
        said = self._acknowledged.read_text().split()
        return int(said[-1]) if said else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate()

    def _ask(self, *words: str) -> None:
        assert self._server.stdin
        print(json.dumps(words), file=self._server.stdin, flush=True)

    def _answer(self) -> str:
        assert self._server.stdout
        return self._server.stdout.readline()

    def _await_trace(self) -> None:
        """Wait until the trace grows no more."""
        before, deadline = 0, time.monotonic() + _TO_TRACE
        while time.monotonic() < deadline:
            time.sleep(0.003)
            size = self._trace.stat().st_size
            if size and size == before:
                return
            before = size


def stage(trace: str) -> str:
    """Return in a few words where a process stood that wrote this traceback."""
    lines = [line.strip() for line in trace.splitlines()]
    found = (name for name, pattern in _STAGES if any(re.search(pattern, line) for line in lines))
    return next(found, "elsewhere")


def opened(folder: Path) -> Library:
    """Open a library with the embedder that these processes use."""
    return Library.open(folder, settings=Settings(_env_file=None), embedder=HashedWords())  # type: ignore[call-arg]


@contextmanager
def small_files() -> Iterator[None]:
    """Keep the files that this process writes meanwhile from growing beyond `FILE_LIMIT`, as `ulimit -f` does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def main(trace: Path, acknowledged: Path) -> None:
    """Fork a process for each line of standard input; print its number, and its exit code once it has ended."""
    import chromadb.api.rust  # noqa: F401 - like the next, imported once for all

    from ingest import intake, pipeline  # noqa: F401

    intake._BATCH_PASSAGES = BATCH_PASSAGES  # type: ignore[misc]
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _work(*json.loads(line), trace, acknowledged)
            os._exit(0)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _work(work: str, stories: str, folder: str, trace: Path, acknowledged: Path) -> None:
    """Open the library, do the work and close it."""
    from ingest import ingest

    with trace.open("w") as where, acknowledged.open("w", buffering=1) as told:
        faulthandler.register(signal.SIGUSR1, file=where)
        with small_files(), opened(Path(folder)) as library:
            if work == "ingest":
                ingest(stories, library, extractor=first_view, progress=_acknowledging(told.write))
            elif work == "rebuild":
                library.rebuild()


def _acknowledging(tell: Callable[[str], object]) -> Callable[[Progress], None]:
    stored = 0

    def on_progress(now: Progress) -> None:
        nonlocal stored
        total = now.report.added + now.report.updated + now.report.duplicates
        if total > stored:
            stored = total
            tell(f"{now.done}\n")

    return on_progress


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
