"""`python -m ingest`: puts articles into a library and looks after it."""

from __future__ import annotations

import logging
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.identity import normalised_url
from rag.terminal import AsJson, Where, as_json, complain, opened, reporting, shown

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import ProgressColumn

    from ingest.types import Failure, IngestReport, Progress
    from rag.types import ArticleRef, Likeness

_FEW = 5
_PATHS = (
    "Files, folders, archives (.zip, .tar, .tar.gz) and quoted patterns ('notes/**/*.pdf'): text, Markdown, HTML, PDF,"
    " Word, PowerPoint, e-mail (.eml), CSV, JSONL; each also as .gz. Web addresses, lists of them (.urls), feeds."
)

app = typer.Typer(
    help="Put articles into a library and look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def add(
    paths: Annotated[list[str], typer.Argument(help=_PATHS)],
    library: Where = None,
    json: AsJson = False,
) -> None:
    """Add files, folders and web addresses; what is in the library already is left as it is.

    Exits with 0 if all inputs were read, 1 if some failed, 2 if none could be.
    """
    from ingest.pipeline import ingest  # noqa: PLC0415 - --help loads nothing heavy

    with opened(library, create=True) as found, _bar() as progress:
        report = ingest(paths, found, progress=progress)
    for failure in report.failed:
        complain(f"{failure.source}: {failure.reason}")
    _mention(report.notes)
    print(as_json(report) if json else _summary(report))
    raise typer.Exit((1 if report.read else 2) if report.failed else 0)


@app.command()
def views(
    library: Where = None,
    everything: Annotated[bool, typer.Option("--all", help="Read all articles, whoever read them before.")] = False,
    json: AsJson = False,
) -> None:
    """Read the views of stored articles that were never read, or by an older version of the rules; embeds nothing.

    Exits with 0 if all were read, 1 if something is missing.
    """
    from ingest.rereading import read_views  # noqa: PLC0415 - --help loads nothing heavy

    with opened(library) as found, _share_bar() as progress:
        report = read_views(found, everything=everything, progress=progress)
    _mention(report.notes)
    counts = f"read {report.read:,} articles: {report.views:,} views in {report.seconds:.1f} s"
    print(as_json(report) if json else counts)
    raise typer.Exit(1 if report.notes else 0)


@app.command("list")
def list_articles(library: Where = None, json: AsJson = False) -> None:
    """List the articles: id, date, publisher, title and source, one a line, and what each is a copy or update of."""
    with opened(library) as found:
        articles, relations = found.articles(), _relations(found.likenesses())
    if json:
        print(as_json([{**asdict(article), **relations.get(article.id, {})} for article in articles]))
        return
    for article in articles:
        day = article.published.date().isoformat() if article.published else "-"
        day = f"about {day}" if article.date_is_guess else day
        said = "; ".join(f"{name.replace('_', ' ')} {other}" for name, other in relations.get(article.id, {}).items())
        columns = (article.id, day, *map(shown, (article.publisher, article.title, article.url or article.source)))
        print("  ".join((*columns, f"({said})") if said else columns))


def _relations(likenesses: Sequence[Likeness]) -> dict[str, dict[str, str]]:
    """Return what articles (by id) are to others: `copy_of`, `update_of` and `superseded_by` with the other's id."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for each in likenesses:
        found[each.article.id][f"{each.kind}_of"] = each.original.id
        if each.kind == "update":
            found[each.original.id].setdefault("superseded_by", each.article.id)
    return found


@app.command()
def remove(
    addresses: Annotated[list[str], typer.Argument(metavar="ID|SOURCE...", help="Ids or sources, as listed.")],
    library: Where = None,
) -> None:
    """Remove articles, by id, address or source."""
    with opened(library) as found:
        hits = {address: found.find(address) or found.find(normalised_url(address)) for address in addresses}
        ids = {ref.id for address, ref in hits.items() if ref and _is_own(address, ref)}
        removed = found.remove(ids)
    missed = [(address, ref) for address, ref in hits.items() if not ref or ref.id not in ids]
    for address, ref in missed:
        said = f"a copy of {ref.id}; remove that" if ref else "no such article; `list` shows what there is"
        complain(f"{address}: {said}.")
    print(f"{removed} removed")
    raise typer.Exit((1 if removed else 2) if missed else 0)


def _is_own(address: str, ref: ArticleRef) -> bool:
    """Return True if the address is the article's and not that of a copy linked to it."""
    return address in (ref.id, ref.url, ref.source) or normalised_url(address) == ref.source


@app.command()
def rebuild(
    library: Where = None,
    reembed: Annotated[bool, typer.Option(help="Embed everything anew with the model of the settings.")] = False,
) -> None:
    """Build the vector index anew from the stored vectors; embeds nothing unless told to."""
    if reembed:
        with reporting(library) as (folder, settings):
            from rag.library import Library  # noqa: PLC0415 - --help loads nothing heavy

            print(f"{Library.reembed(folder, settings=settings)} passages embedded and indexed")
        return
    with opened(library) as found:
        print(f"{found.rebuild()} vectors indexed")


@app.command()
def status(library: Where = None, json: AsJson = False) -> None:
    """Say what the library holds and whether it is sound."""
    from ingest.extract import extract  # noqa: PLC0415 - --help loads nothing heavy
    from ingest.reading import label  # noqa: PLC0415 - --help loads nothing heavy

    with opened(library) as found:
        stats, problems = found.stats(), found.verify()
        unread = len(found.unread_by(label(extract)))
    if json:
        print(as_json({**asdict(stats), "views_unread": unread, "problems": problems}))
    else:
        for name, value in asdict(stats).items():
            said = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            print(f"{name.replace('_', ' '):16} {shown(said)}")
        remedy = "; `python -m ingest views` reads them" if unread else ""
        print(f"{'views not read':16} {unread} articles{remedy}")
    for problem in problems:
        complain(problem)
    raise typer.Exit(1 if problems else 0)


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """Show the articles done, the time taken and the source at hand on stderr, if that is a terminal."""
    from rich import progress as bars  # noqa: PLC0415

    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.completed} articles", markup=False),
        bars.TimeElapsedColumn(),
        bars.TextColumn("{task.fields[source]}", markup=False),
    )
    with _drawn(columns) as bar:
        task = bar.add_task("add", total=None, source="")
        yield lambda now: bar.update(task, completed=now.done, source=shown(now.source)[-60:])


@contextmanager
def _share_bar() -> Iterator[Callable[[int, int], None]]:
    """Show how many of all articles are done and the time left on stderr, if that is a terminal."""
    from rich import progress as bars  # noqa: PLC0415

    with _drawn((bars.BarColumn(), bars.MofNCompleteColumn(), bars.TimeRemainingColumn())) as bar:
        task = bar.add_task("views", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _drawn(columns: Sequence[ProgressColumn]) -> Iterator[Bars]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    console = Console(stderr=True)
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar


def _mention(notes: Sequence[Failure]) -> None:
    """Print what is missing of articles that are in the library, the first few one a line."""
    for note in notes[:_FEW]:
        print(f"note: {shown(f'{note.source}: {note.reason}')}", file=sys.stderr)
    if len(notes) > _FEW:
        print(f"note: and {len(notes) - _FEW:,} more; --json lists all", file=sys.stderr)


def _summary(report: IngestReport) -> str:
    counts = ("added", "updated", "unchanged", "duplicates")
    parts = [f"{getattr(report, name)} {name}" for name in counts]
    return f"{', '.join(parts)}, {len(report.failed)} failed in {report.seconds:.1f} s"


if __name__ == "__main__":
    logging.basicConfig(
        level=logging.CRITICAL
    )  # libraries' warnings about broken files; the failures say it in our words
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    app(prog_name="python -m ingest")
