"""JSON lines, one article an object: the import format. Its text stays verbatim but for what nobody can see."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ingest.clean import decode, visible
from ingest.metadata import from_mapping
from ingest.types import Draft, Failure, RawDocument


def read(document: RawDocument) -> Iterator[Draft | Failure]:
    """Yield the article in each row, and a Failure named file:line for each row that holds none."""
    for number, line in enumerate(decode(document.data).split("\n"), start=1):
        if line.strip():
            yield _row(document.name, number, line)


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
