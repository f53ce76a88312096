"""`readers`: processes that search a library while another one writes to it: what fails, and when they see what is new.

Also how long a second writer waits until it is told that there is a first. As `python -m benchmarks.readers FOLDER
SECONDS` it is one such reader: it searches until the time is over and prints what it saw as one JSON object.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks import doomed, invented
from benchmarks.contents import QUERIES
from benchmarks.options import CHECKOUT, Options
from benchmarks.report import Result, Table
from ingest import Progress, ingest
from rag.errors import HouseviewError, LibraryLocked

READERS: Final = 8
SECONDS: Final = 120.0
STORIES: Final = 150
AT_MOST: Final = 2.0  # seconds from a commit until every reader sees it
_PAUSE: Final = 0.05  # seconds between a reader's searches
_BETWEEN: Final = 1.0  # seconds between the writer's ingests
_TRIES: Final = 10  # of a second writer


@dataclass(frozen=True, slots=True)
class Shared:
    """What came of readers beside a writer; times in seconds."""

    searches: int
    failures: list[str]
    commits: int
    delays: list[float]  # of each commit at each reader
    unseen: int  # commits that a reader had not seen when its time was over
    refusals: list[float]  # how long each try of a second writer took


def run(options: Options) -> Result:
    """Let eight readers search for two minutes while articles are added."""
    with tempfile.TemporaryDirectory(dir=options.work, prefix="readers-") as folder:
        return result(share(Path(folder), SECONDS, READERS))


def share(work: Path, seconds: float, readers: int) -> Shared:
    """Let so many processes search a library for so long while this one writes to it."""
    folder = work / "library"
    with doomed.opened(folder) as library:
        ingest(invented.write_stories(work / "stories.jsonl", STORIES), library, extractor=invented.first_view)
    command = [sys.executable, "-m", "benchmarks.readers", str(folder.resolve()), str(seconds)]
    processes = [
        subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(readers)
    ]
    for process in processes:
        assert process.stdout
        process.stdout.readline()
    committed, refusals = _written(work, folder, seconds)
    found = [_read(process) for process in processes]
    delays = [each["seen"][name] - at for each in found for name, at in committed.items() if name in each["seen"]]
    return Shared(
        searches=sum(each["searches"] for each in found),
        failures=[failure for each in found for failure in each["failures"]],
        commits=len(committed),
        delays=[max(0.0, delay) for delay in delays],
        unseen=len(committed) * readers - len(delays),
        refusals=refusals,
    )


def result(found: Shared) -> Result:
    """Return the table and figures of a run."""
    delays = sorted(found.delays) or [0.0]
    figures = {
        "searches": found.searches,
        "failed": len(found.failures),
        "commits": found.commits,
        "seen after, median s": round(median(delays), 3),
        "seen after, at most s": round(delays[-1], 3),
        "not seen": found.unseen,
        "second writer told after, at most s": round(max(found.refusals, default=0.0), 3),
    }
    rows = [[name, f"{value:,}"] for name, value in figures.items()]
    failures = [f"{line} ({count} times)" for line, count in Counter(found.failures).most_common(10)]
    return Result([Table("Readers beside a writer", ("", ""), rows)], {**figures, "failures": failures}, failures)


def _written(work: Path, folder: Path, seconds: float) -> tuple[dict[str, float], list[float]]:
    """Add a story now and then; return when each was committed, by its word, and how long a second writer waited."""
    committed: dict[str, float] = {}
    refusals: list[float] = []
    until = time.monotonic() + seconds - AT_MOST
    with doomed.opened(folder) as library, doomed.opened(folder) as other:
        while time.monotonic() < until:
            word = f"marker{len(committed)}"
            story = invented.stories(1)[0] | {"url": f"urn:{word}", "text": f"Pell & Marsh say {word} about tin."}
            (work / "one.jsonl").write_text(json.dumps(story), encoding="utf-8")

            def tell(now: Progress, word: str = word) -> None:
                if now.report.added:
                    committed.setdefault(word, time.monotonic())

            with library.writer():
                ingest(work / "one.jsonl", library, extractor=None, progress=tell)
                if len(refusals) < _TRIES:
                    refusals.append(_refused(other))
            time.sleep(_BETWEEN)
    return committed, refusals


def _refused(other: doomed.Library) -> float:
    """Return how long a second writer takes to be told that there is a first."""
    began = time.monotonic()
    try:
        other.remove(["nobody"])
    except LibraryLocked:
        return time.monotonic() - began
    return float("inf")


def _read(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what a reader printed; one that crashed has failed."""
    out, err = process.communicate()
    if process.returncode:
        last = (err.strip().splitlines() or [""])[-1]
        return {"searches": 0, "failures": [f"ended with code {process.returncode}: {last}"], "seen": {}}
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def main(folder: Path, seconds: float) -> None:
    """Search again and again: for what is there, and for the next story that was not there before."""
    seen: dict[str, float] = {}
    failures: list[str] = []
    searches = 0
    with doomed.opened(folder) as library:
        library.search(QUERIES[0])
        print("reads", flush=True)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            word = f"marker{len(seen)}"
            try:
                if not library.search(QUERIES[searches % len(QUERIES)]):
                    failures.append("nothing found")
                if any(word in hit.text for hit in library.search(word)):
                    seen[word] = time.monotonic()
            except HouseviewError as error:
                failures.append(str(error))
            searches += 2
            time.sleep(_PAUSE)
    print(json.dumps({"searches": searches, "failures": failures, "seen": seen}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
