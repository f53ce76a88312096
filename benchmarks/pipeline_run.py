"""One ingest in a process of its own: `python -m benchmarks.pipeline_run PIPELINE STORIES FOLDER`.

Prints one JSON object. Imports and the loading of the model are timed apart; the timed part begins at reading the
stories' file and ends when everything is on disk.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import devset, tutorial
from benchmarks.invented import HashedWords
from benchmarks.options import CHECKOUT

PIPELINES = ("houseview", "langchain")  # neither reads views
WITH_VIEWS = "houseview-with-views"
WITHOUT_MODEL = "houseview-without-model"  # with an embedder that costs nothing, without views
_WARM_UP = ["One short text, so that the first call's costs are not timed."]

Work = Callable[[], dict[str, int]]


def in_new_process(pipeline: str, stories: Path, folder: Path) -> dict[str, Any]:
    """Run one of the pipelines named above over stories into a new folder and return what its process printed."""
    command = [sys.executable, "-m", "benchmarks.pipeline_run", pipeline, str(stories.resolve()), str(folder.resolve())]
    done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main(pipeline: str, stories: Path, folder: Path) -> None:
    """Load, then run and measure, then print."""
    began = time.perf_counter()
    work = _langchain(stories, folder) if pipeline == "langchain" else _houseview(pipeline, stories, folder)
    loaded = {"load_seconds": time.perf_counter() - began, "loaded_mb": _peak_mb()}
    loaded["load_average"] = os.getloadavg()[0]
    began, used = time.perf_counter(), _cpu_seconds()
    counted = work()
    seconds = time.perf_counter() - began
    measured = {"seconds": seconds, "cpu_seconds": _cpu_seconds() - used, "peak_mb": _peak_mb()}
    torch = sys.modules.get("torch")
    print(json.dumps({**loaded, **measured, **counted, "threads": torch.get_num_threads() if torch else None}))


def _houseview(pipeline: str, stories: Path, folder: Path) -> Work:
    import chromadb  # noqa: F401 - imported before the clock starts, as LangChain's side has it

    from ingest import ingest
    from ingest.extract import extract
    from rag import Library
    from rag.embed import load_embedder

    embedder = HashedWords(384) if pipeline == WITHOUT_MODEL else load_embedder()
    embedder.encode(_WARM_UP)

    def work() -> dict[str, int]:
        with Library.open(folder, embedder=embedder) as library:
            report = ingest(stories, library, extractor=extract if pipeline == WITH_VIEWS else None)
            held = library.stats()
            found = {"articles": report.read, "chunks": held.passages, "pending": held.vectors_pending}
            return found | {"views": held.views, "unread": len(report.notes)}

    return work


def _langchain(stories: Path, folder: Path) -> Work:
    import langchain_text_splitters  # noqa: F401

    embedder = tutorial.embeddings()
    embedder.embed_documents(_WARM_UP)

    def work() -> dict[str, int]:
        documents = tutorial.documents(devset.rows(stories))
        return {"articles": len(documents), "chunks": tutorial.index(documents, embedder, folder), "pending": 0}

    return work


def _cpu_seconds() -> float:
    """Return the processor time of this process and of those that it has started and that have ended."""
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in each)


def _peak_mb() -> float | None:
    """Return this process's peak resident memory; `ru_maxrss` would count the parent's too."""
    status = Path(f"/proc/{os.getpid()}/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
