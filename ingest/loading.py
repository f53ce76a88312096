"""A document's bytes: read from disk and unpacked, whole or as a stream, and no more of them than the limits allow."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, Final, cast

from ingest.entries import EMPTY, MIB, told, up_to, why
from ingest.types import Limits, RawDocument
from rag.errors import SourceError

_MUCH: Final = MIB  # up to here nobody asks how many times its size a file unpacks to


def loaded(document: RawDocument) -> RawDocument:
    """Return a document with its bytes, unpacked.

    Raises:
        SourceError: they cannot be had, are too many, or there are none.
    """
    limits = document.limits
    with _raw(document) as stream:
        data = _gunzipped(stream, limits) if document.packed else up_to(stream, limits.file_mb * MIB)
    if len(data) > limits.file_mb * MIB:
        raise SourceError(too_large(limits, unpacked=document.packed))
    if not data.strip():
        raise SourceError(EMPTY)
    return replace(document, data=data, packed=False, on_disk=False)


def size_of(document: RawDocument) -> int:
    """Return how many bytes a document has, packed as it is; none if it is no longer there."""
    if not document.on_disk or document.path is None:
        return len(document.data)
    try:
        return document.path.stat().st_size
    except OSError:
        return 0


@contextmanager
def opened(document: RawDocument) -> Iterator[IO[bytes]]:
    """Open a document as a stream, unpacked, however long it is.

    Raises:
        SourceError: it cannot be read, or unpacks to what only a bomb unpacks to.
    """
    with _raw(document) as stream:
        if not document.packed:
            yield stream
            return
        with told("the .gz file"):
            yield cast("IO[bytes]", _Unpacked(stream, document.limits.archive_ratio))


def too_large(limits: Limits, *, unpacked: bool) -> str:
    """Return what is told of a document above the limit."""
    how = " unpacked" if unpacked else ""
    return f"larger than {limits.file_mb:g} MiB{how}; raise HOUSEVIEW_MAX_FILE_MB or split the file."


class _Unpacked(gzip.GzipFile):
    """A .gz file that is no longer read once it has unpacked to too many times what was read of it."""

    def __init__(self, packed: IO[bytes], ratio: float) -> None:
        super().__init__(fileobj=packed)
        self._packed = packed
        self._ratio = ratio

    def read1(self, size: int = -1) -> bytes:
        """Return some of what it unpacks to.

        Raises:
            SourceError: it is a bomb.
        """
        data = super().read1(size)
        if self.tell() > max(_MUCH, self._ratio * self._packed.tell()):
            raise SourceError(
                f"unpacks to more than {self._ratio:g} times its size, as a bomb does; unpack it and add that file."
            )
        return data


def _gunzipped(stream: IO[bytes], limits: Limits) -> bytes:
    with told("the .gz file"):
        return up_to(cast("IO[bytes]", gzip.GzipFile(fileobj=stream)), limits.file_mb * MIB)


@contextmanager
def _raw(document: RawDocument) -> Iterator[IO[bytes]]:
    """Open the bytes as they are."""
    if not document.on_disk or document.path is None:
        yield io.BytesIO(document.data)
        return
    try:
        with document.path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise SourceError(f"cannot be read ({why(error)}); check the path and its permissions.") from error
