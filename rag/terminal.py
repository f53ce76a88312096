"""What the two commands share: opening a library with errors as one line, and text from articles made safe to print."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from rag.errors import HouseviewError, LibraryError
from rag.journal import keep_journal

if TYPE_CHECKING:
    from rag.config import Settings
    from rag.library import Library
    from rag.models.writer import Writer

Where = Annotated[
    Path | None, typer.Option("--library", help="The library's folder (HOUSEVIEW_LIBRARY, else library/).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class Stopped(KeyboardInterrupt):
    """A signal asks the command to end; `code` is the exit code that says which."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


@contextmanager
def opened(path: Path | None, *, create: bool = False) -> Iterator[Library]:
    """Open the library that a command names, with errors as `reporting` has them."""
    with reporting(path, create=create) as (folder, settings):
        from rag.library import Library  # noqa: PLC0415 - --help loads nothing heavy

        with Library.open(folder, settings=settings) as library:
            yield library


@contextmanager
def reporting(path: Path | None, *, create: bool = False) -> Iterator[tuple[Path, Settings]]:
    """Yield a library's folder and the settings; an error raised on purpose ends the command in one line, code 2."""
    from rag.config import read_settings  # noqa: PLC0415 - --help loads nothing heavy

    try:
        settings = read_settings()
        keep_journal(settings)
        folder = path or settings.library
        if not create and not (folder.is_file() or (folder / "catalogue.sqlite3").exists()):
            raise LibraryError(f"{folder}: no library here; `python -m ingest add PATH --library {folder}` makes one.")
        yield folder, settings
    except HouseviewError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or path or 'library'}: {error.strerror or error}; check the disk and permissions.")
    except KeyboardInterrupt as stop:
        complain("interrupted; what was stored is kept, run the command again to go on.")
        raise typer.Exit(stop.code if isinstance(stop, Stopped) else 130) from None


def chosen_model(settings: Settings, name: str | None) -> Writer | None:
    """Return the chat model that an option names, else that of the settings; None if neither names one.

    Raises:
        SettingsError: it cannot be set up.
    """
    from rag.models.load import load_model  # noqa: PLC0415 - --help loads nothing heavy

    return load_model(settings.model_copy(update={"model": name}) if name else settings)


def day_given(text: str | None) -> date | None:
    """Return the day that an option names, None if it was not given; ends the command if it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fail(f"{text!r} is no date; write it like 2026-03-20.")


def shown(value: object) -> str:
    """Return a value from an article as one line that is safe to print to a terminal; a dash for nothing."""
    line = " ".join(str(value).split()) if value is not None else ""
    return "".join(c for c in line if c.isprintable()) or "-"


def shown_lines(text: str) -> str:
    """Return a text of several lines without the control characters that a terminal would obey."""
    return "\n".join("".join(c for c in line if c.isprintable()) for line in text.split("\n"))


def complain(message: str) -> None:
    """Print one line on standard error."""
    print(f"error: {shown(message)}", file=sys.stderr)


def fail(message: str) -> NoReturn:
    """Print one line on standard error and end the command with exit code 2."""
    complain(message)
    raise typer.Exit(2)


def as_json(value: object) -> str:
    """Return a value as one line of JSON: dataclasses as objects, dates as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> object:  # noqa: ANN401 - json hands over whatever it does not know
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return dict(value)
