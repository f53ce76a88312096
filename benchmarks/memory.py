"""`memory`: the peak resident memory of an ingest, and how it grows with the number of stories.

With an embedder that costs nothing, what grows is what is kept of the stories, most of it Chroma's index while it is
written. With the model there is more: tensors of many sizes leave gaps that the allocator keeps.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks import devset
from benchmarks.options import DataMissingError, Options
from benchmarks.pipeline_run import WITH_VIEWS, WITHOUT_MODEL, in_new_process
from benchmarks.report import Result, Table

STORIES: Final = (1_000, 9_766)
AT_MOST: Final = 300  # MB that the peak may grow by
_SAID: Final = {WITHOUT_MODEL: "an embedder that costs nothing, no views", WITH_VIEWS: "the model, and views"}


def run(options: Options) -> Result:
    """Ingest few stories and many, each in a new process, without the model and with it.

    Raises:
        DataMissingError: the system does not tell a process's peak memory.
    """
    measured = {pipeline: _peaks(options, pipeline) for pipeline in _SAID}
    tables = [_table(_SAID[pipeline], found) for pipeline, found in measured.items()]
    figures = {
        pipeline: {"grows_mb": round(_growth(found), 1), "stories": {str(n): each for n, each in found.items()}}
        for pipeline, found in measured.items()
    }
    return Result(tables, {**figures, "at_most_mb": AT_MOST})


def _peaks(options: Options, pipeline: str) -> dict[int, dict[str, Any]]:
    most = options.stories or STORIES[1]
    return {each: _peak(options, pipeline, each) for each in (min(STORIES[0], max(1, most // 4)), most)}


def _table(said: str, found: dict[int, dict[str, Any]]) -> Table:
    rows = [
        [f"{stories:,}", f"{each['loaded_mb']:,.0f}", f"{each['peak_mb']:,.0f}", f"{each['chunks']:,}"]
        for stories, each in found.items()
    ]
    rows.append(["grows by", "", f"{_growth(found):,.0f}", ""])
    return Table(f"Peak resident memory of `ingest`: {said}", ("stories", "loaded, MB", "peak, MB", "passages"), rows)


def _growth(found: dict[int, dict[str, Any]]) -> float:
    few, many = (each["peak_mb"] for each in found.values())
    return float(many - few)


def _peak(options: Options, pipeline: str, stories: int) -> dict[str, Any]:
    path = options.work / "memory-stories.jsonl"
    held = devset.write_stories(options.data, stories, path)
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        found = in_new_process(pipeline, path, Path(folder) / "store")
    if found["peak_mb"] is None:
        raise DataMissingError("this system does not tell a process's peak memory")
    return {"stories": held, **found}
