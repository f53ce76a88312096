"""`python -m ingest`: puts articles into a library and looks after it."""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ingest import upkeep
from ingest.display import mention, share_bar, stoppable
from ingest.fetch.address import masked
from ingest.identity import normalised_url
from rag.terminal import AsJson, Where, as_json, complain, opened, reporting, shown

if TYPE_CHECKING:
    from rag.types import ArticleRef, Likeness

app = typer.Typer(
    help="Put articles into a library and look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


for command in (upkeep.add, upkeep.sync, upkeep.forget, upkeep.watch, upkeep.failures, upkeep.retry):
    app.command()(command)


@app.command()
def views(
    library: Where = None,
    everything: Annotated[bool, typer.Option("--all", help="Read all articles, whoever read them before.")] = False,
    by_model: Annotated[
        bool, typer.Option("--by-model", help="Have the model of HOUSEVIEW_MODEL read what it has not read yet.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Read the views of stored articles that were never read, or by an older version of the rules; embeds nothing.

    Exits with 0 if all were read, 1 if something is missing.
    """
    from ingest.extract import extract  # noqa: PLC0415 - --help loads nothing heavy
    from ingest.rereading import read_views  # noqa: PLC0415 - --help loads nothing heavy

    with stoppable(), opened(library) as found, share_bar() as progress:
        if by_model:
            from ingest.by_model.setting import by_settings  # noqa: PLC0415 - the same
        reader = by_settings(found.settings) if by_model else extract
        report = read_views(found, everything=everything, others=by_model, extractor=reader, progress=progress)
    mention(report.notes)
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
        synced, failed = list(map(masked, found.sources.synced())), len(found.sources.failures())
    if json:
        more = {"views_unread": unread, "synced": synced, "failures": failed, "problems": problems}
        print(as_json(asdict(stats) | more))
    else:
        for name, value in asdict(stats).items():
            said = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            print(f"{name.replace('_', ' '):16} {shown(said)}")
        remedy = "; `python -m ingest views` reads them" if unread else ""
        print(f"{'views not read':16} {unread} articles{remedy}")
        for source in synced:
            print(f"{'in step with':16} {shown(source)}")
        if failed:
            print(f"{'failed':16} {failed} inputs; `python -m ingest failures` lists them")
    for problem in problems:
        complain(problem)
    raise typer.Exit(1 if problems else 0)


if __name__ == "__main__":
    # Libraries warn about broken files, of which the failures tell in our words; our own warnings are for the reader.
    logging.basicConfig(level=logging.CRITICAL, format="warning: %(message)s")
    logging.getLogger("rag").setLevel(logging.WARNING)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    app(prog_name="python -m ingest")
