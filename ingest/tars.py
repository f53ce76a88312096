"""Tar archives, plain or packed by gzip, read from front to back."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterator
from functools import partial
from typing import IO, Any, cast

from ingest.entries import MIB, Bounded, Entry, told
from ingest.types import Limits
from rag.errors import SourceError

_HEADER = tarfile.BLOCKSIZE


class _Unpacked(gzip.GzipFile):
    """Hands over what it has before it unpacks more, so that damage costs only what comes after it."""

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - as in the library
        return self.readinto1(buffer)


def entries(stream: IO[bytes], limits: Limits, *, packed: bool) -> Iterator[Entry]:
    """Yield the members of a tar archive in order, folders left out; each must be read before the next is asked for.

    What follows a damaged header is searched for further members; the damage is yielded as a member that has a flaw.

    Raises:
        SourceError: it cannot be read any further.
    """
    # The buffer lets tarfile look one byte back, where gzip alone would unpack all from the start again.
    unpacked = io.BufferedReader(cast("io.RawIOBase", _Unpacked(fileobj=stream)), MIB) if packed else stream
    what = f"the {'.tar.gz' if packed else '.tar'} file"
    with told(what):
        archive = tarfile.open(fileobj=cast("IO[bytes]", Bounded(unpacked)), mode="r:")  # noqa: SIM115
    while True:
        with told(what):
            info = archive.next()
            ended = info is not None or archive.ignore_zeros or _ended(archive, unpacked)
        if info is not None:
            # Passing over a member of a packed archive unpacks it too.
            if packed and info.offset_data + info.size > limits.archive_mb * MIB:
                raise SourceError(
                    f"unpacks to more than {limits.archive_mb:g} MiB; what comes after that is not read."
                    " Raise HOUSEVIEW_MAX_ARCHIVE_MB or split the archive."
                )
            if not info.isdir():
                yield Entry(info.name, max(info.size, 0), partial(_open, archive, info), _flaw(info))
        elif ended:
            return
        else:
            yield Entry(f"(byte {archive.offset:,})", 0, io.BytesIO, "damaged here; what stood here is not read.")
            archive.ignore_zeros = True


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    found = archive.extractfile(info)
    if found is None:
        raise SourceError("not a regular file; add the file itself.")
    return found


def _ended(archive: tarfile.TarFile, stream: IO[bytes]) -> bool:
    """Return whether an archive is over where tarfile stopped; it stops at damaged headers just the same."""
    stream.seek(archive.offset)
    block = stream.read(_HEADER)
    return not block.strip(b"\0")


def _flaw(info: tarfile.TarInfo) -> str | None:
    if info.issym() or info.islnk():
        return "a link inside an archive is not followed; add its target itself."
    return None if info.isreg() else "a device or pipe, not a regular file; nothing to add."
