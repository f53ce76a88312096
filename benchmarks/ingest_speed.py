"""`ingest`: articles a second, against LangChain's tutorial pipeline on the same stories, weights and threads."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import devset
from benchmarks.options import Options
from benchmarks.pipeline_run import PIPELINES, in_new_process
from benchmarks.report import Result, Table

STORIES = 2_000
_COLUMNS = (
    *("round, pipeline", "articles/s", "seconds", "CPU seconds", "chunks"),
    *("loading s", "peak MB", "load average"),
)

Round = dict[str, dict[str, Any]]  # by pipeline


def run(options: Options) -> Result:
    """Ingest the same stories with both pipelines, in turn, in several rounds."""
    path = options.work / "ingest-stories.jsonl"
    held = devset.write_stories(options.data, options.stories or STORIES, path)
    characters = sum(len(row["text"]) for row in devset.rows(path))
    rounds = [_round(number, path, options.work) for number in range(options.rounds)]
    rows = [_row(number, name, each[name]) for number, each in enumerate(rounds, 1) for name in PIPELINES]
    ratios, by_cpu = _ratios(rounds, "seconds"), _ratios(rounds, "cpu_seconds")
    figures = {
        "stories": held,
        "characters": characters,
        "rounds": rounds,
        "ratio": {"by_round": ratios, "median": median(ratios)},
        "ratio_by_cpu": {"by_round": by_cpu, "median": median(by_cpu)},
    }
    tables = [Table(f"{held}, {characters:,} characters", _COLUMNS, rows), _compared(ratios, by_cpu)]
    return Result(tables, figures, _notes(rounds))


def _round(number: int, stories: Path, work: Path) -> Round:
    """Run both pipelines, the one that went second in the round before now first."""
    order = PIPELINES if number % 2 == 0 else PIPELINES[::-1]
    found: Round = {}
    for name in order:
        with tempfile.TemporaryDirectory(dir=work, prefix=f"{name}-") as folder:
            found[name] = in_new_process(name, stories, Path(folder) / "store")
        print(f"  round {number + 1}: {name} {found[name]['seconds']:.1f} s", flush=True)
    return found


def _ratios(rounds: list[Round], measured: str) -> list[float]:
    return [round(each["langchain"][measured] / each["houseview"][measured], 3) for each in rounds]


def _compared(ratios: list[float], by_cpu: list[float]) -> Table:
    found = (("by the clock", ratios), ("by CPU time", by_cpu))
    rows = [[name, *(f"{each:.2f}" for each in every), f"{median(every):.2f}"] for name, every in found]
    numbers = (f"round {number}" for number in range(1, len(ratios) + 1))
    return Table("Houseview's speed over LangChain's", ("", *numbers, "median"), rows)


def _row(number: int, name: str, found: dict[str, Any]) -> list[str]:
    speed, peak = found["articles"] / found["seconds"], found["peak_mb"]
    return [
        f"{number} {name}",
        f"{speed:.1f}",
        f"{found['seconds']:.1f}",
        f"{found['cpu_seconds']:.1f}",
        f"{found['chunks']:,}",
        f"{found['load_seconds']:.1f}",
        f"{peak:,.0f}" if peak else "–",
        f"{found['load_average']:.1f}",
    ]


def _notes(rounds: list[Round]) -> list[str]:
    """Return what would make the comparison unfair, if anything does."""
    notes = []
    threads = {each[name]["threads"] for each in rounds for name in PIPELINES}
    if len(threads) > 1:
        notes.append(f"NOT COMPARABLE: the pipelines ran on different numbers of torch threads ({threads}).")
    if any(len({each[name]["chunks"] for each in rounds}) > 1 for name in PIPELINES):
        notes.append("NOT COMPARABLE: a pipeline made other chunks in one round than in another; did its code change?")
    pending = max(each["houseview"]["pending"] for each in rounds)
    if pending:
        notes.append(f"{pending:,} of Houseview's vectors were searchable, not yet in Chroma, when the clock stopped.")
    return notes
