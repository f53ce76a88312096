"""What a benchmark found: tables to read, figures to keep, and the machine they were measured on."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as RichTable

from benchmarks.options import CHECKOUT, Options

_LIBRARIES = (
    *("chromadb", "langchain", "langchain-chroma", "langchain-core", "langchain-huggingface"),
    *("langchain-text-splitters", "numpy", "sentence-transformers", "SQLAlchemy", "torch", "transformers"),
)
_WIDTH = 140


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; cells are shown as they are."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """A benchmark's tables, its figures for the JSON file, and notes on what limits them."""

    tables: Sequence[Table]
    figures: Mapping[str, Any]
    notes: Sequence[str] = ()


def show(result: Result) -> None:
    """Print the tables and notes."""
    console = Console(width=_WIDTH, highlight=False, markup=False)
    for table in result.tables:
        console.print(table.title)
        shown = RichTable(box=None, pad_edge=False)
        for place, column in enumerate(table.columns):
            shown.add_column(column, justify="left" if place == 0 else "right")
        for row in table.rows:
            shown.add_row(*row)
        console.print(shown)
        console.print()
    for note in result.notes:
        console.print(note)


def write(name: str, result: Result, options: Options, began: Mapping[str, Any]) -> Path:
    """Write `<name>.json` with the figures and `began`, the facts as they were at the start; return its path."""
    options.json.mkdir(parents=True, exist_ok=True)
    path = options.json / f"{name}.json"
    asked = {"rounds": options.rounds, "stories": options.stories}
    content = {"benchmark": name, **began, "options": asked, "notes": list(result.notes), "figures": result.figures}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def facts() -> dict[str, Any]:
    """Return the time, the commit, the machine, its load, and the versions of what is measured."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "HEAD"),
        "uncommitted": (_git("status", "--porcelain") or "").splitlines(),
        "machine": {
            "cores": os.cpu_count(),
            "processor": _processor(),
            "memory_mb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20),
            "system": platform.platform(),
            "load_average": [round(each, 2) for each in os.getloadavg()],
        },
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _git(*words: str) -> str | None:
    """Return what git prints, None outside a repository."""
    try:
        done = subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
