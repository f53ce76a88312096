"""CSV, one article a row, its columns named as in the import format; separated by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.clean import decode, one_line, visible
from ingest.metadata import from_mapping
from ingest.types import Draft, Failure, RawDocument
from rag.errors import SourceError

if TYPE_CHECKING:
    from _csv import Reader

_SEPARATORS = ",;\t|"
_EXCEL = "sep="  # Excel writes the separator into a line before the header
_FEW = 20


def read(document: RawDocument) -> Iterator[Draft | Failure]:
    """Yield the article in each row, and a Failure named file:line for each row that holds none.

    Raises:
        SourceError: it has no column called "text".
    """
    text = decode(document.data)
    # A field may be a whole article; how long an article may be is told where it is made.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    rows, header = _opened(text)
    while True:
        where = f"{document.name}:{rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(where, f"not CSV ({error}); put its fields in quotes and double the quotes in them.")
            continue
        if any(field.strip() for field in row):
            yield _row(where, header, row)


def _opened(text: str) -> tuple[Reader, list[str]]:
    """Return the rows after the header, and the header, read with the separator that makes a text column of it.

    The header alone is looked at: what is guessed from the fields, as `csv.Sniffer` does, prose easily misleads.

    Raises:
        SourceError: no separator does.
    """
    found: list[str] = []
    for separator in _SEPARATORS:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            header = next(rows, [])
            if text.startswith(_EXCEL):
                header = next(rows, [])
        except csv.Error:
            continue
        names = [name.strip().lower() for name in header]
        if "text" in names:
            return rows, names
        found = max(found, header, key=len)
    columns = ", ".join(one_line(name, 40) or "(no name)" for name in found[:_FEW]) or "none"
    more = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
    raise SourceError(f'no column is called "text"; its columns are {columns}{more}. Rename the one with the articles.')


def _row(where: str, header: list[str], row: list[str]) -> Draft | Failure:
    if len(row) > len(header):
        return Failure(
            where, f"{len(row)} fields, the header has {len(header)}; put fields that hold the separator in quotes."
        )
    given = {name: field for name, field in zip(header, row, strict=False) if name and field.strip()}
    text = visible(given.pop("text", ""))
    if not text:
        return Failure(where, 'the row has no text; fill its column "text".')
    return from_mapping(given, text, where=where.rpartition(":")[2])
