"""`extraction`: what reading the views costs an ingest: its speed with views against its speed without."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import devset
from benchmarks.options import Options
from benchmarks.pipeline_run import WITH_VIEWS, in_new_process
from benchmarks.report import Result, Table

STORIES = 2_000
WITHOUT = "houseview"
AT_LEAST = 0.7  # of the speed without views, as the project asks
_KINDS = {WITHOUT: "without views", WITH_VIEWS: "with views"}
_COLUMNS = ("round, ingest", "articles/s", "seconds", "CPU seconds", "views", "load average")

Round = dict[str, dict[str, Any]]  # by kind of ingest


def run(options: Options) -> Result:
    """Ingest the same stories with and without views, in turn, in several rounds."""
    path = options.work / "extraction-stories.jsonl"
    held = devset.write_stories(options.data, options.stories or STORIES, path, options.source)
    return result(held, [_round(number, path, options.work) for number in range(options.rounds)])


def result(held: str, rounds: list[Round]) -> Result:
    """Return the tables and figures of rounds over some stories."""
    rows = [_row(number, kind, each[kind]) for number, each in enumerate(rounds, 1) for kind in _KINDS]
    speeds = {kind: median(each[kind]["articles"] / each[kind]["seconds"] for each in rounds) for kind in _KINDS}
    ratios = [round(each[WITHOUT]["seconds"] / each[WITH_VIEWS]["seconds"], 3) for each in rounds]
    compared = [
        [said, *(f"{each[kind]['articles'] / each[kind]['seconds']:.1f}" for each in rounds), f"{speeds[kind]:.1f}"]
        for kind, said in _KINDS.items()
    ]
    compared.append(["ratio", *(f"{ratio:.2f}" for ratio in ratios), f"{median(ratios):.2f}"])
    numbers = [f"round {number}" for number in range(1, len(rounds) + 1)]
    tables = [Table(held, _COLUMNS, rows), Table("Articles a second", ("", *numbers, "median"), compared)]
    figures = {
        "stories": held,
        "rounds": rounds,
        "articles_per_second": {_KINDS[kind]: round(speed, 2) for kind, speed in speeds.items()},
        "ratio": {"by_round": ratios, "median": median(ratios), "at_least": AT_LEAST},
    }
    return Result(tables, figures, _notes(rounds))


def _round(number: int, stories: Path, work: Path) -> Round:
    """Run both ingests, the one that went second in the round before now first."""
    order = list(_KINDS) if number % 2 == 0 else list(_KINDS)[::-1]
    found: Round = {}
    for kind in order:
        with tempfile.TemporaryDirectory(dir=work, prefix=f"{kind}-") as folder:
            found[kind] = in_new_process(kind, stories, Path(folder) / "store")
        print(f"  round {number + 1}: {_KINDS[kind]} {found[kind]['seconds']:.1f} s", flush=True)
    return found


def _row(number: int, kind: str, found: dict[str, Any]) -> list[str]:
    return [
        f"{number} {_KINDS[kind]}",
        f"{found['articles'] / found['seconds']:.1f}",
        f"{found['seconds']:.1f}",
        f"{found['cpu_seconds']:.1f}",
        f"{found['views']:,}",
        f"{found['load_average']:.1f}",
    ]


def _notes(rounds: list[Round]) -> list[str]:
    """Return what would make the comparison unfair, if anything does."""
    unread = max(each[WITH_VIEWS]["unread"] for each in rounds)
    return [f"NOT COMPARABLE: {unread:,} notes of views that were not read or not kept."] if unread else []
