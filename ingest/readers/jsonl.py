"""JSON lines, one article an object: the import format. Its text stays verbatim but for what nobody can see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from ingest.clean import visible
from ingest.metadata import from_mapping
from ingest.rows import lines
from ingest.types import Draft, Failure, RawDocument


def read(document: RawDocument) -> Iterator[Draft | Failure]:
    """Yield the article in each row, and a Failure named file:line for each row that holds none.

    Raises:
        SourceError: the rest of the file cannot be read.
    """
    rows = ((number, line) for number, line in enumerate(lines(document, "\n"), start=1) if line.strip())
    for number, line in islice(rows, document.rows_read, None):
        yield _row(document.name, number, line.removesuffix("\n"))


def _row(name: str, number: int, line: str) -> Draft | Failure:
    where = f"{name}:{number}"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Failure(where, f"not JSON ({error}); each line must be one object.")
    if not isinstance(row, dict):
        return Failure(where, "not a JSON object; each line must be one object with a text.")
    text = row.get("text")
    if not isinstance(text, str) or not (text := visible(text)):
        return Failure(where, 'the row has no text; give it a non-empty "text".')
    return from_mapping(row, text, where=str(number))
