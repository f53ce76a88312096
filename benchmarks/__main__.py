"""`python -m benchmarks`: measures, prints a table and writes a JSON file for each benchmark."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import report
from benchmarks.options import DataMissingError, Options
from rag.errors import HouseviewError

BENCHMARKS = {
    "ingest": "benchmarks.ingest_speed",
    "extraction": "benchmarks.extraction_cost",
    "latency": "benchmarks.latency",
    "recall": "benchmarks.recall",
    "retrieval": "benchmarks.retrieval",
    "memory": "benchmarks.memory",
    "near": "benchmarks.near_duplicates",
    "views": "benchmarks.views",
    "malformed": "benchmarks.malformed",
    "subjects": "benchmarks.subjects",
    "crashes": "benchmarks.crashes",
    "readers": "benchmarks.readers",
    "upkeep": "benchmarks.upkeep",
    "models": "benchmarks.model_overhead",
    "planted": "benchmarks.planted",
    "liar": "benchmarks.liar",
    "perturbations": "benchmarks.perturbations",
    "app": "benchmarks.app_speed",
    "sessions": "benchmarks.app_sessions",
}
_DEFAULTS = Options()
_QUIET = {"ANONYMIZED_TELEMETRY": "False", "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_OFFLINE": "1", "DO_NOT_TRACK": "1"}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(BENCHMARKS)}; all without any.")] = None,
    data: Annotated[Path, typer.Option(help="Folder of the evaluation data.", show_default=False)] = _DEFAULTS.data,
    work: Annotated[Path, typer.Option(help="Folder for libraries.", show_default=False)] = _DEFAULTS.work,
    json: Annotated[Path, typer.Option(help="Folder for the JSON files.", show_default=False)] = _DEFAULTS.json,
    library: Annotated[Path | None, typer.Option(help="An ingested newswire library to measure on.")] = None,
    stories: Annotated[int | None, typer.Option(min=1, help="Use only so many newswire stories.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of what is timed.")] = _DEFAULTS.rounds,
    source: Annotated[Path | None, typer.Option(help="Articles (.jsonl) for `extraction` to ingest.")] = None,
    kills: Annotated[int, typer.Option(min=1, help="Processes that `crashes` kills.")] = _DEFAULTS.kills,
) -> None:
    """Run benchmarks; those whose data are absent are skipped and say so."""
    unknown = sorted(set(names or ()) - set(BENCHMARKS))
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: there is no such benchmark; choose of {', '.join(BENCHMARKS)}")
    os.environ.update(_QUIET)
    options = Options(data, work, json, library, stories, rounds, source, kills)
    options.work.mkdir(parents=True, exist_ok=True)
    failed = [name for name in names or BENCHMARKS if not _run(name, options)]
    raise typer.Exit(1 if failed else 0)


def _run(name: str, options: Options) -> bool:
    """Run one benchmark; return False if it failed."""
    began = report.facts()
    print(f"== {name}", flush=True)
    try:
        result = import_module(BENCHMARKS[name]).run(options)
    except DataMissingError as missing:
        print(f"skipped: {missing}; --data names the folder of the evaluation data\n", flush=True)
        return True
    except HouseviewError as error:
        print(f"failed: {error}\n", flush=True)
        return False
    report.show(result)
    print(f"written: {report.write(name, result, options, began)}\n", flush=True)
    return True


if __name__ == "__main__":
    app(prog_name="python -m benchmarks")
