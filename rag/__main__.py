"""`python -m rag`: asks, searches and lists the views of a library from the shell."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from rag.conversation_commands import conversations, feedback
from rag.terminal import (
    AsJson,
    Where,
    as_json,
    chosen_model,
    complain,
    day_given,
    fail,
    opened,
    reporting,
    shown,
    shown_lines,
)
from rag.types import Action, Scope, Stance

app = typer.Typer(
    help="Ask, search and list the views of a library of market commentary.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(conversations)
app.command()(feedback)
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="openai:…, anthropic:…, ollama:… or http://…/v1#… (HOUSEVIEW_MODEL)."),
]
Day = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")]
Names = Annotated[list[str] | None, typer.Option(metavar="NAME", help="May be given more than once.")]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in plain words.")],
    library: Where = None,
    json: AsJson = False,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    publisher: Names = None,
    firm: Names = None,
    analyst: Names = None,
    kind: Names = None,
    model: Model = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Answer in the sources' own words only.")] = False,
    export: Annotated[
        Path | None, typer.Option(help="Also write the answer to this file: .md, .html or .pdf.", dir_okay=False)
    ] = None,
) -> None:
    """Answer a question with checked citations, or say that nothing in the library does.

    A chat model words the answer where one is set; every sentence of it is checked.
    Exits with 0 when there is an answer, 1 when there is none, 2 on an error.
    """
    if model and no_model:
        fail("choose one of --model and --no-model.")
    scope = _scope((since, until, as_of), publisher, firm, analyst, kind)
    with opened(library) as found:
        from rag.exports.files import checked, write_answer  # noqa: PLC0415 - --help loads nothing heavy

        file = checked(export) if export else None
        writer = None if no_model else chosen_model(found.settings, model)
        answer = found.ask(question, scope=scope, writer=writer or "extractive")
        if file:
            write_answer(file, answer)
    if json:
        print(as_json(answer))
    else:
        from rag.render import as_terminal_text  # noqa: PLC0415 - --help loads nothing heavy

        print(shown_lines(as_terminal_text(answer)))
    raise typer.Exit(1 if answer.abstained else 0)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    library: Where = None,
    json: AsJson = False,
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="How many passages.")] = 8,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    publisher: Names = None,
    firm: Names = None,
    analyst: Names = None,
    kind: Names = None,
) -> None:
    """Print the best passages for some words, verbatim, with where they come from."""
    scope = _scope((since, until, as_of), publisher, firm, analyst, kind)
    with opened(library) as found:
        passages = found.search(query, k, scope)
    if json:
        print(as_json({"query": query, "passages": passages}))
        return
    from rag.render import source_line  # noqa: PLC0415 - --help loads nothing heavy

    for number, passage in enumerate(passages, start=1):
        print(f"{number}. {shown(source_line(passage.article))}  (score {passage.score:.2f})\n{shown(passage.text)}\n")


@app.command()
def views(
    subject: Annotated[str | None, typer.Argument(help="A company, ticker, sector, market, currency …")] = None,
    library: Where = None,
    firm: Names = None,
    analyst: Names = None,
    action: Annotated[Action | None, typer.Option(help="What was done.")] = None,
    stance: Annotated[Stance | None, typer.Option(help="Where the holder stands.")] = None,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    publisher: Names = None,
    kind: Names = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Print only the newest so many.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row each.")] = False,
    json: AsJson = False,
    table: Annotated[bool, typer.Option("--table", help="Print a table (the default).")] = False,
) -> None:
    """List who holds which view, newest first, out of every article in scope.

    Exits with 0 when there are views, 1 when there are none, 2 on an error.
    """
    if csv + json + table > 1:
        fail("choose one of --csv, --json and --table.")
    scope = _scope((since, until, as_of), publisher, firm, analyst, kind)
    with opened(library) as found:
        from rag.listing import list_views  # noqa: PLC0415 - --help loads nothing heavy

        listing = list_views(found, scope, subject, action, stance, limit)
    if json:
        print(as_json({"subject": subject, "scope": scope, "coverage": listing.coverage, "views": listing.rows}))
    elif csv:
        from rag.spreadsheet import as_csv  # noqa: PLC0415

        print(as_csv(listing.rows), end="")
        print(shown(listing.coverage), file=sys.stderr)
    else:
        from rag.printed_views import print_views  # noqa: PLC0415

        if listing.rows:
            print_views(listing.rows)
        print(shown(listing.coverage))
    raise typer.Exit(0 if listing.rows else 1)


@app.command("model")
def try_model(model: Model = None) -> None:
    """Ask the chat model for one word, and print its name, the time and the tokens; exits with 2 if it fails."""
    with reporting(None, create=True) as (_, settings):
        writer = chosen_model(settings, model)
        if writer is None:
            fail("no model is set; set HOUSEVIEW_MODEL, or name one by --model openai:NAME.")
        from rag.models.trial import check_model  # noqa: PLC0415 - --help loads nothing heavy
        from rag.render import used  # noqa: PLC0415

        print(shown(f"{writer.name} answers. {used(check_model(writer).usage)}."))


@app.command()
def health(library: Where = None, json: AsJson = False) -> None:
    """Say whether a library opens, its stores are sound and its embedding model loads.

    Exits with 0 if so, 1 if something is wrong, 2 if there is no library to open.
    """
    with opened(library) as found:
        from rag.health import check  # noqa: PLC0415 - --help loads nothing heavy

        report = check(found)
    if json:
        print(as_json(report))
    else:
        loaded = f"loaded in {report.model_ms:,.0f} ms" if report.model_ms is not None else "not loaded"
        print(f"{report.articles:,} articles, {report.passages:,} passages; {shown(report.embedder)} {loaded}")
        for problem in report.problems:
            complain(problem)
    raise typer.Exit(0 if report.is_sound else 1)


def _scope(
    days: tuple[str | None, str | None, str | None],
    publishers: list[str] | None,
    firms: list[str] | None,
    analysts: list[str] | None,
    kinds: list[str] | None,
) -> Scope:
    since, until, as_of = map(day_given, days)
    return Scope(
        since=since,
        until=until,
        as_of=as_of,
        publishers=tuple(publishers or ()),
        firms=tuple(firms or ()),
        analysts=tuple(analysts or ()),
        kinds=tuple(kinds or ()),
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    app(prog_name="python -m rag")
