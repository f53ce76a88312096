"""`memory`: the peak resident memory of an ingest, and how it grows with the number of stories."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks import devset
from benchmarks.options import DataMissingError, Options
from benchmarks.pipeline_run import WITH_VIEWS, in_new_process
from benchmarks.report import Result, Table

STORIES = 2_000
SHARES = (4, 1)  # a quarter of the stories, then all


def run(options: Options) -> Result:
    """Ingest a quarter of the stories and all of them, each in a new process.

    Raises:
        DataMissingError: the system does not tell a process's peak memory.
    """
    number = options.stories or STORIES
    found = {each: _peak(options, each) for each in (max(1, number // share) for share in SHARES)}
    rows = [
        [f"{stories:,}", f"{each['loaded_mb']:,.0f}", f"{each['peak_mb']:,.0f}", f"{each['chunks']:,}"]
        for stories, each in found.items()
    ]
    table = Table("Peak resident memory of `ingest`", ("stories", "model loaded, MB", "peak, MB", "passages"), rows)
    return Result([table], {str(stories): each for stories, each in found.items()})


def _peak(options: Options, stories: int) -> dict[str, Any]:
    path = options.work / "memory-stories.jsonl"
    held = devset.write_stories(options.data, stories, path)
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        found = in_new_process(WITH_VIEWS, path, Path(folder) / "store")
    if found["peak_mb"] is None:
        raise DataMissingError("this system does not tell a process's peak memory")
    return {"stories": held, **found}
