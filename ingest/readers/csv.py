"""CSV, one article a row, its columns named as in the import format; separated by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from ingest.clean import one_line, visible
from ingest.entries import MIB
from ingest.metadata import from_mapping
from ingest.rows import lines
from ingest.types import Draft, Failure, RawDocument
from rag.errors import SourceError

if TYPE_CHECKING:
    from _csv import Reader

_SEPARATORS = ",;\t|"
_EXCEL = "sep="  # Excel writes the separator into a line before the header
_FEW = 20
_HEADER: Final = 20  # lines within which the header ends


def read(document: RawDocument) -> Iterator[Draft | Failure]:
    """Yield the article in each row, and a Failure named file:line for each row that holds none.

    Raises:
        SourceError: it has no column called "text", or the rest of the file cannot be read.
    """
    # A field may be a whole article; how long an article may be is told where it is made.
    csv.field_size_limit(int(document.limits.file_mb * MIB) + 1)
    rows, header = _opened(lines(document, ""))
    for found in islice(_fields(document.name, rows), document.rows_read, None):
        yield found if isinstance(found, Failure) else _row(*found, header)


def _fields(name: str, rows: Reader) -> Iterator[tuple[str, list[str]] | Failure]:
    """Yield the name and the fields of each row that has any, or why they cannot be told apart."""
    while True:
        where = f"{name}:{rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(where, f"not CSV ({error}); put its fields in quotes and double the quotes in them.")
            continue
        if any(field.strip() for field in row):
            yield where, row


def _opened(text: Iterator[str]) -> tuple[Reader, list[str]]:
    """Return the rows after the header, and the header, read with the separator that makes a text column of it.

    The header alone is looked at: what is guessed from the fields, as `csv.Sniffer` does, prose easily misleads.

    Raises:
        SourceError: no separator does.
    """
    found: list[str] = []
    start = list(islice(text, _HEADER)) or [""]
    for separator in _SEPARATORS:
        header = _header(start, separator)
        names = [name.strip().lower() for name in header]
        if "text" in names:
            rows = csv.reader(chain(start, text), delimiter=separator, strict=True)
            return _after_header(rows, start), names
        found = max(found, header, key=len)
    columns = ", ".join(one_line(name, 40) or "(no name)" for name in found[:_FEW]) or "none"
    more = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
    raise SourceError(f'no column is called "text"; its columns are {columns}{more}. Rename the one with the articles.')


def _header(start: list[str], separator: str) -> list[str]:
    """Return the names of the columns as a separator parts them; none where it makes no sense of the first lines."""
    rows = csv.reader(start, delimiter=separator, strict=True)
    try:
        header = next(rows, [])
        return next(rows, []) if start[0].startswith(_EXCEL) else header
    except csv.Error:
        return []


def _after_header(rows: Reader, start: list[str]) -> Reader:
    for _ in range(2 if start[0].startswith(_EXCEL) else 1):
        next(rows)
    return rows


def _row(where: str, row: list[str], header: list[str]) -> Draft | Failure:
    if len(row) > len(header):
        return Failure(
            where, f"{len(row)} fields, the header has {len(header)}; put fields that hold the separator in quotes."
        )
    given = {name: field for name, field in zip(header, row, strict=False) if name and field.strip()}
    text = visible(given.pop("text", ""))
    if not text:
        return Failure(where, 'the row has no text; fill its column "text".')
    return from_mapping(given, text, where=where.rpartition(":")[2])
