"""The commands that bring articles into a library and keep it in step with its sources."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.display import counts, mention, stoppable, summary, working
from ingest.fetch.address import masked
from rag.terminal import AsJson, Where, as_json, complain, day_given, fail, opened, reporting, shown

if TYPE_CHECKING:
    from ingest.types import IngestReport, Outcome

_PATHS = (
    "Files, folders, archives (.zip, .tar, .tar.gz) and quoted patterns ('notes/**/*.pdf'): text, Markdown, HTML, PDF,"
    " Word, PowerPoint, e-mail (.eml), CSV, JSONL; each also as .gz. Web addresses, lists of them (.urls), feeds."
)
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done; write and embed nothing.")]


def add(
    paths: Annotated[list[str], typer.Argument(help=_PATHS)],
    library: Where = None,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Only what was published on this day or later.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many articles that are not stored yet.")] = None,
    views_by_model: Annotated[
        bool, typer.Option("--views-by-model", help="Have the model of HOUSEVIEW_MODEL read views too.")
    ] = False,
    dry_run: DryRun = False,
    json: AsJson = False,
) -> None:
    """Add files, folders and web addresses; what is in the library already is left as it is.

    Exits with 0 if all inputs were read, 1 if some failed, 2 if none could be; 130 or 143 if stopped.
    """
    first = day_given(since)
    with _place(library, rehearse=dry_run) as place, working(place, create=True) as (found, progress):
        from ingest.extract import extract  # noqa: PLC0415 - --help loads nothing heavy
        from ingest.pipeline import ingest  # noqa: PLC0415 - --help loads nothing heavy

        if views_by_model:
            from ingest.by_model.setting import by_settings  # noqa: PLC0415 - the same
        extractor = by_settings(found.settings) if views_by_model else extract
        report = ingest(paths, found, extractor=extractor, progress=progress, since=first, limit=limit, dry_run=dry_run)
    _end(report, as_object=json, rehearsed=dry_run)


def sync(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Files and folders; without any, all that were synced before.")
    ] = None,
    library: Where = None,
    dry_run: DryRun = False,
    json: AsJson = False,
) -> None:
    """Add and update what sources hold, and remove what they no longer have.

    A source of which anything fails to be read loses nothing. Exits as `add` does.
    """
    with _place(library, rehearse=dry_run) as place, working(place, create=bool(sources)) as (found, progress):
        from ingest.syncing import sync  # noqa: PLC0415 - --help loads nothing heavy

        if not sources and not found.sources.synced():
            fail(f"{found.path}: in step with no source yet; `python -m ingest sync SOURCE` names the first.")
        report = sync(sources or None, found, progress=progress, dry_run=dry_run)
    _end(report, as_object=json, rehearsed=dry_run)


def forget(
    sources: Annotated[list[str], typer.Argument(help="Sources that were synced or watched; they are not read.")],
    library: Where = None,
    json: AsJson = False,
) -> None:
    """Stop keeping sources in step, and remove what only they held."""
    from ingest.syncing import forget  # noqa: PLC0415 - --help loads nothing heavy

    with opened(library) as found:
        report = forget(sources, found)
    print(as_json(report) if json else f"{report.removed:,} removed")


def watch(
    folder: Annotated[Path, typer.Argument(help="The folder; what it holds now is brought in first.")],
    library: Where = None,
) -> None:
    """Keep the library in step with a folder until Ctrl-C or SIGTERM; a line for each change.

    Other commands may write to the library in between.
    """
    with stoppable(), opened(library, create=True) as found:
        from ingest.watching import watch  # noqa: PLC0415 - --help loads nothing heavy

        try:
            _line("watching", folder)
            watch(folder, found, outcome=_tell)
        except KeyboardInterrupt:
            _line("stopped", folder)


def failures(library: Where = None, json: AsJson = False) -> None:
    """List the inputs that could not be stored so far: when last tried, how often, what and why, one a line."""
    with opened(library) as found:
        stored = [
            replace(each, source=masked(each.source), root=masked(each.root)) for each in found.sources.failures()
        ]
    if json:
        print(as_json(stored))
        return
    for each in stored:
        when = each.failed_at.astimezone().isoformat(" ", "seconds")[:19]
        print("  ".join((when, f"{each.attempts}x", f"{shown(each.source)}: {shown(each.reason)}")))


def retry(library: Where = None, json: AsJson = False) -> None:
    """Try again what could not be stored before. Exits as `add` does."""
    with working(library) as (found, progress):
        from ingest.retrying import retry  # noqa: PLC0415 - --help loads nothing heavy

        report = retry(found, progress=progress)
    _end(report, as_object=json)


@contextmanager
def _place(library: Path | None, *, rehearse: bool) -> Iterator[Path | None]:
    """Give the library's folder; for a rehearsal without a library an empty one elsewhere, so that none is made."""
    if not rehearse:
        yield library
        return
    with reporting(library, create=True) as (folder, _), tempfile.TemporaryDirectory() as elsewhere:
        is_there = folder.is_file() or (folder / "catalogue.sqlite3").exists()
        yield folder if is_there else Path(elsewhere, "library")


def _end(report: IngestReport, *, as_object: bool, rehearsed: bool = False) -> None:
    """Print what was done and end the command with the code that says how well."""
    for failure in report.failed:
        complain(f"{failure.source}: {failure.reason}")
    mention(report.notes)
    if as_object:
        print(as_json(report))
    else:
        print(f"would be {counts(report)}, {len(report.failed):,} failed" if rehearsed else summary(report))
    raise typer.Exit((1 if report.read or report.removed else 2) if report.failed else 0)


def _tell(outcome: Outcome) -> None:
    if outcome.what != "unchanged":
        _line(outcome.what, f"{outcome.source}: {outcome.reason}" if outcome.reason else outcome.source)


def _line(what: str, subject: object) -> None:
    print(f"{datetime.now().isoformat(' ', 'seconds')}  {what:10}  {shown(subject)}", flush=True)
