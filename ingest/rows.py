"""Files that hold one article a row, line by line: a file of any length takes no more memory than its longest row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import Final

from ingest.clean import announced, decode
from ingest.entries import EMPTY, MIB, up_to
from ingest.loading import opened
from ingest.types import RawDocument
from rag.errors import SourceError

# Up to here the whole file says best which encoding it is in; beyond, its start and each line do.
_WHOLE: Final = 2 * MIB


def lines(document: RawDocument, newline: str) -> Iterator[str]:
    r"""Yield the lines of a document with their ends; `newline` is "\n" or, for any kind of line end, "".

    Raises:
        SourceError: it is empty, no text or damaged, or a line is longer than any document may be.
    """
    with opened(document) as stream:
        start = up_to(stream, _WHOLE)
    if not start.strip():
        raise SourceError(EMPTY)
    limit = int(document.limits.file_mb * MIB)
    if len(start) <= _WHOLE:
        yield from _each(io.StringIO(decode(start), newline=newline), limit)
        return
    encoding = announced(start)
    with opened(document) as stream:
        text = io.TextIOWrapper(
            stream, encoding or "utf-8", errors="replace" if encoding else "surrogateescape", newline=newline
        )
        yield from map(_mended, _each(text, limit))


def _each(text: io.TextIOBase, limit: int) -> Iterator[str]:
    for number, line in enumerate(iter(partial(text.readline, limit + 1), ""), start=1):
        if len(line) > limit:
            raise SourceError(
                f"line {number:,} is longer than {limit / MIB:g} MiB, so that nothing after it was read;"
                " raise HOUSEVIEW_MAX_FILE_MB or split the file."
            )
        yield line


def _mended(line: str) -> str:
    """Return a line of a file in UTF-8; one that is not is in some other encoding, as files joined from several are."""
    try:
        line.encode()
    except UnicodeEncodeError:
        data = line.encode("utf-8", "surrogateescape")
    else:
        return line
    try:
        return decode(data)
    except SourceError:
        return data.decode("utf-8", "replace")
