"""`python -m ingest`: puts articles into a library and looks after it."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ingest.identity import normalised_url
from rag.errors import HouseviewError, LibraryError

if TYPE_CHECKING:
    from ingest.types import IngestReport, Progress
    from rag.library import Library
    from rag.types import ArticleRef

app = typer.Typer(
    help="Put articles into a library and look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Where = Annotated[
    Path | None, typer.Option("--library", help="The library's folder (HOUSEVIEW_LIBRARY, else library/).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def add(
    paths: Annotated[list[str], typer.Argument(help="Files and folders: text, Markdown, HTML, JSONL, PDF, .gz.")],
    library: Where = None,
    as_json: AsJson = False,
) -> None:
    """Add files and folders; what is in the library already is left as it is.

    Exits with 0 if all inputs were read, 1 if some failed, 2 if none could be.
    """
    from ingest.pipeline import ingest  # noqa: PLC0415 - --help loads nothing heavy

    with _opened(library, create=True) as opened, _bar() as progress:
        report = ingest(paths, opened, progress=progress)
    for failure in report.failed:
        _complain(f"{failure.source}: {failure.reason}")
    print(json.dumps(asdict(report), ensure_ascii=False) if as_json else _summary(report))
    raise typer.Exit((1 if report.read else 2) if report.failed else 0)


@app.command("list")
def list_articles(library: Where = None, as_json: AsJson = False) -> None:
    """List the articles: id, date, publisher, title and source, one a line."""
    with _opened(library) as opened:
        articles = opened.articles()
    if as_json:
        print(json.dumps([asdict(article) for article in articles], ensure_ascii=False, default=str))
        return
    for article in articles:
        day = article.published.date().isoformat() if article.published else "-"
        print(
            "  ".join((article.id, day, *map(shown, (article.publisher, article.title, article.url or article.source))))
        )


@app.command()
def remove(
    addresses: Annotated[list[str], typer.Argument(metavar="ID|SOURCE...", help="Ids or sources, as listed.")],
    library: Where = None,
) -> None:
    """Remove articles, by id, address or source."""
    with _opened(library) as opened:
        found = {address: opened.find(address) or opened.find(normalised_url(address)) for address in addresses}
        ids = {ref.id for address, ref in found.items() if ref and _is_own(address, ref)}
        removed = opened.remove(ids)
    missed = [(address, ref) for address, ref in found.items() if not ref or ref.id not in ids]
    for address, ref in missed:
        said = f"a copy of {ref.id}; remove that" if ref else "no such article; `list` shows what there is"
        _complain(f"{address}: {said}.")
    print(f"{removed} removed")
    raise typer.Exit((1 if removed else 2) if missed else 0)


def _is_own(address: str, ref: ArticleRef) -> bool:
    """Return True if the address is the article's and not that of a copy linked to it."""
    return address in (ref.id, ref.url, ref.source) or normalised_url(address) == ref.source


@app.command()
def rebuild(library: Where = None) -> None:
    """Build the vector index anew from the stored vectors; embeds nothing."""
    with _opened(library) as opened:
        print(f"{opened.rebuild()} vectors indexed")


@app.command()
def status(library: Where = None, as_json: AsJson = False) -> None:
    """Say what the library holds and whether it is sound."""
    with _opened(library) as opened:
        stats, problems = opened.stats(), opened.verify()
    if as_json:
        print(json.dumps({**asdict(stats), "problems": problems}, ensure_ascii=False, default=str))
    else:
        for name, value in asdict(stats).items():
            said = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            print(f"{name.replace('_', ' '):16} {shown(said)}")
    for problem in problems:
        _complain(problem)
    raise typer.Exit(1 if problems else 0)


def shown(value: object) -> str:
    """Return a value from an article as one line that is safe to print to a terminal; a dash for nothing."""
    line = " ".join(str(value).split()) if value is not None else ""
    return "".join(c for c in line if c.isprintable()) or "-"


@contextmanager
def _opened(path: Path | None, create: bool = False) -> Iterator[Library]:
    """Open the library; whatever Houseview raises on purpose ends the command with one line and exit code 2."""
    from rag.config import read_settings  # noqa: PLC0415
    from rag.library import Library  # noqa: PLC0415

    try:
        settings = read_settings()
        folder = path or settings.library
        if not create and not folder.is_dir():
            raise LibraryError(f"{folder}: no library here; `python -m ingest add PATH --library {folder}` makes one.")
        with Library.open(folder, settings=settings) as library:
            yield library
    except HouseviewError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename or path or 'library'}: {error.strerror or error}; check the disk and permissions.")
    except KeyboardInterrupt:
        _complain("interrupted; what was stored is kept, run the command again to go on.")
        raise typer.Exit(130) from None


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """Show the articles done, the time taken and the source at hand on stderr, if that is a terminal."""
    from rich import progress as bars  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415

    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.completed} articles", markup=False),
        bars.TimeElapsedColumn(),
        bars.TextColumn("{task.fields[source]}", markup=False),
    )
    console = Console(stderr=True)
    with bars.Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("add", total=None, source="")
        yield lambda now: bar.update(task, completed=now.done, source=shown(now.source)[-60:])


def _summary(report: IngestReport) -> str:
    counts = ("added", "updated", "unchanged", "duplicates")
    parts = [f"{getattr(report, name)} {name}" for name in counts]
    return f"{', '.join(parts)}, {len(report.failed)} failed in {report.seconds:.1f} s"


def _complain(message: str) -> None:
    print(f"error: {shown(message)}", file=sys.stderr)


def _fail(message: str) -> NoReturn:
    _complain(message)
    raise typer.Exit(2)


if __name__ == "__main__":
    logging.basicConfig(
        level=logging.CRITICAL
    )  # libraries' warnings about broken files; the failures say it in our words
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    app(prog_name="python -m ingest")
