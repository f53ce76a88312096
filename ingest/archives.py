"""Archives, read member by member and never unpacked to disk; what is wrong with a member costs that member only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import IO

from ingest import tars, zips
from ingest.clean import spelt_out
from ingest.entries import EMPTY, MIB, Entry, printable, told, up_to
from ingest.formats import ARCHIVES, format_of
from ingest.loading import too_large
from ingest.types import Failure, RawDocument
from rag.errors import SourceError

_DRIVE = re.compile(r"^[A-Za-z]:")
_LONGEST_NAME = 1_000


def members(stream: IO[bytes], archive: RawDocument) -> Iterator[RawDocument | Failure]:
    """Yield the documents in an archive, known as `<its key>/<name>`, and a Failure for each that is not read.

    Hidden members are skipped, as they are in folders.

    Args:
        stream: the archive's bytes, seekable.
        archive: what the archive is known by; its data are not looked at.

    Raises:
        SourceError: it is no archive, or damaged or over a limit; what was yielded before stands.
    """
    limits = archive.limits
    left = limits.archive_mb * MIB
    names: set[str] = set()
    if archive.suffix == ".zip":
        found = zips.entries(stream, limits)
    else:
        found = tars.entries(stream, limits, packed=archive.suffix != ".tar")
    for entry in islice(found, limits.archive_members):
        name = _name(entry)
        if _is_hidden(name):
            continue
        try:
            document = _document(archive, entry, name, names, left)
        except SourceError as error:
            yield Failure(f"{archive.name}/{name}", str(error))
        else:
            left -= entry.size
            yield document
    if next(found, None):
        raise SourceError(
            f"more than {limits.archive_members:,} members, of which the first were read;"
            " raise HOUSEVIEW_MAX_ARCHIVE_MEMBERS or split the archive."
        )


def _document(archive: RawDocument, entry: Entry, name: str, names: set[str], left: float) -> RawDocument:
    """Return a member's document; `names` are those of the members before, `left` the bytes that may yet be unpacked.

    Raises:
        SourceError: it cannot be read, or should not.
    """
    if entry.flaw:
        raise SourceError(entry.flaw)
    if name.startswith("/") or ".." in PurePosixPath(name).parts or _DRIVE.match(name):
        raise SourceError("its name leads out of the archive; unpack it and add the file itself.")
    if name in names:
        raise SourceError("another member has the same name; rename one of them.")
    names.add(name)
    suffix, packed = format_of(name)
    if suffix in ARCHIVES:
        raise SourceError("an archive inside an archive is not opened; unpack it and add it by itself.")
    if entry.size > archive.limits.file_mb * MIB:
        raise SourceError(too_large(archive.limits, unpacked=True))
    if entry.size > left:
        raise SourceError(
            f"the archive unpacks to more than {archive.limits.archive_mb:g} MiB;"
            " raise HOUSEVIEW_MAX_ARCHIVE_MB or split it."
        )
    with told("the member"), entry.open() as stream:
        data = up_to(stream, entry.size)
    if len(data) > entry.size:
        raise SourceError("it unpacks to more than it says; pack the archive anew.")
    if not data.strip():
        raise SourceError(EMPTY)
    return RawDocument(
        name=f"{archive.name}/{name}",
        path=archive.path,
        key=f"{archive.key}/{name}",
        suffix=suffix,
        data=data,
        limits=archive.limits,
        depth=archive.depth + 1,
        packed=packed,
    )


def _name(entry: Entry) -> str:
    """Return a member's name with one way of writing folders, so that equal ones are seen to be."""
    name = printable(entry.name.replace("\\", "/"))[:_LONGEST_NAME]
    return spelt_out(str(PurePosixPath(name)))


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[:1] == ("__MACOSX",) or any(part.startswith(".") and part != ".." for part in parts)
