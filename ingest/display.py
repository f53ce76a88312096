"""What the commands show while they work and when they are stopped, on a terminal or in a log."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import TYPE_CHECKING, Final

import typer

from ingest.pace import Pace
from rag.terminal import Stopped, opened, shown

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import ProgressColumn

    from ingest.types import Failure, IngestReport, Progress
    from rag.library import Library

_FEW: Final = 5
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_EVERY: Final = 5.0  # seconds between lines in a log
_COUNTS: Final = ("added", "updated", "unchanged", "duplicates")


@contextmanager
def working(path: Path | None, *, create: bool = False) -> Iterator[tuple[Library, Callable[[Progress], None]]]:
    """Open a library and show the progress that is told of it.

    Ctrl-C and SIGTERM end the command in one line that says what is stored, with exit code 130 or 143.
    """
    pace = Pace()
    with stoppable(), opened(path, create=create) as library:
        try:
            with _progress(pace) as progress:
                yield library, progress
        except KeyboardInterrupt as stop:
            said = counts(pace.last.report) if pace.last else "nothing new"
            print(f"stopped: {said} stored; run the same command again to go on from there.", file=sys.stderr)
            raise typer.Exit(stop.code if isinstance(stop, Stopped) else 130) from None


@contextmanager
def stoppable() -> Iterator[None]:
    """Have Ctrl-C and SIGTERM raise `Stopped`; a second one ends the process at once, which loses nothing stored."""

    def stop(number: int, _: FrameType | None) -> None:
        for each in _SIGNALS:
            signal.signal(each, lambda again, _: os._exit(128 + again))
        raise Stopped(128 + number)

    before = {each: signal.signal(each, stop) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def share_bar() -> Iterator[Callable[[int, int], None]]:
    """Show how many of all articles are done and the time left on stderr, if that is a terminal."""
    from rich import progress as bars  # noqa: PLC0415

    with _drawn((bars.BarColumn(), bars.MofNCompleteColumn(), bars.TimeRemainingColumn())) as bar:
        task = bar.add_task("views", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _progress(pace: Pace) -> Iterator[Callable[[Progress], None]]:
    """Show how far it is on stderr: a bar on a terminal, else a line every few seconds."""
    from rich import progress as bars  # noqa: PLC0415

    columns = (bars.SpinnerColumn(), bars.BarColumn(), bars.TextColumn("{task.description}", markup=False))
    with _drawn(columns) as bar, _logged(pace, is_wanted=bar.disable):
        task = bar.add_task("", total=1.0)

        def tell(progress: Progress) -> None:
            pace(progress)
            line = f"{pace}: {shown(progress.source)[-40:]}"
            bar.update(task, completed=pace.share or 0.0, total=progress.total and 1.0, description=line)

        yield tell


@contextmanager
def _logged(pace: Pace, *, is_wanted: bool) -> Iterator[None]:
    """Print the pace every few seconds, also while a batch is embedded and nothing is told of."""
    done = Event()

    def tick() -> None:
        while not done.wait(_EVERY):
            print(pace, file=sys.stderr, flush=True)

    if is_wanted:
        Thread(target=tick, daemon=True).start()
    try:
        yield
    finally:
        done.set()


@contextmanager
def _drawn(columns: Sequence[ProgressColumn]) -> Iterator[Bars]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    console = Console(stderr=True)
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar


def mention(notes: Sequence[Failure]) -> None:
    """Print what is missing of articles that are in the library, the first few one a line."""
    for note in notes[:_FEW]:
        print(f"note: {shown(f'{note.source}: {note.reason}')}", file=sys.stderr)
    if len(notes) > _FEW:
        print(f"note: and {len(notes) - _FEW:,} more; --json lists all", file=sys.stderr)


def counts(report: IngestReport) -> str:
    """Return how many articles came to be what; removals and what was left out only where there are any."""
    parts = [f"{getattr(report, name):,} {name}" for name in _COUNTS]
    parts += [f"{report.removed:,} removed"] if report.removed else []
    parts += [f"{report.skipped:,} older left out"] if report.skipped else []
    parts += [f"{report.undated:,} without a date left out"] if report.undated else []
    return ", ".join(parts)


def summary(report: IngestReport) -> str:
    """Return the report in one line."""
    return f"{counts(report)}, {len(report.failed):,} failed in {report.seconds:.1f} s"
