"""Archives that came as a document: attached to a letter, or fetched. Those on disk never are in memory as a whole."""

from __future__ import annotations

import io
from collections.abc import Iterator

from ingest.archives import members
from ingest.types import Failure, RawDocument
from rag.errors import SourceError

_DEEPEST = 1  # in a letter, which may have been in anything but an archive


def read(document: RawDocument) -> Iterator[RawDocument | Failure]:
    """Yield the documents in an archive, and a Failure for each that cannot be had.

    Raises:
        SourceError: the archive lies in an archive, or cannot be read.
    """
    if document.depth > _DEEPEST:
        raise SourceError("an archive this far inside others is not opened; unpack it and add what it holds.")
    yield from members(io.BytesIO(document.data), document)
