"""Zip archives, and the Office documents that are zips: what their directories say, checked before it is believed."""

from __future__ import annotations

import bz2
import copy
import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import IO, Final, cast

from ingest.entries import MIB, Bounded, Entry, told
from ingest.types import Limits, RawDocument
from rag.errors import SourceError

_ENCRYPTED, _UTF8 = 0x1, 0x800
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_LOCAL = struct.Struct("<26x2H")  # the lengths of name and extra field end a local header of 30 bytes
_OLE: Final = b"\xd0\xcf\x11\xe0"
# An Office document's text is parsed as a tree, which takes some ten times its size.
_PART_MB, _PACKAGE_MB, _PARTS = 32, 300, 10_000


def entries(stream: IO[bytes], limits: Limits) -> Iterator[Entry]:
    """Yield the members of a zip archive in the order of its directory, folders left out.

    Raises:
        SourceError: it has no directory that can be read.
    """
    with told("the .zip file"):
        archive = zipfile.ZipFile(cast("IO[bytes]", Bounded(stream)))
    with archive:
        infos = archive.infolist()
        with told("the .zip file"):
            overlapping = _overlapping(stream, infos, archive.start_dir)
        for info, overlaps in zip(infos, overlapping, strict=True):
            if not info.is_dir():
                flaw = _flaw(info, limits.archive_ratio)
                if overlaps:
                    flaw = "it shares its bytes with another member, as in a zip bomb; pack the archive anew."
                yield Entry(_name(info), info.file_size, partial(_opened, archive, info), flaw)


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """Open a member. Of bzip2, zipfile unpacks all that it reads: 658 bytes took 1.7 GB, whatever size they stated."""
    if info.compress_type != zipfile.ZIP_BZIP2:
        return archive.open(info)
    packed = copy.copy(info)
    packed.compress_type, packed.file_size = zipfile.ZIP_STORED, info.compress_size
    packed.CRC = None  # type: ignore[assignment]  # zipfile then checks none; bzip2 has checksums of its own
    return cast("IO[bytes]", bz2.BZ2File(archive.open(packed)))


def check_package(document: RawDocument) -> None:
    """Make sure that an Office document can be opened without unpacking to more than is safe.

    Raises:
        SourceError: it cannot; or it is encrypted or of the formats before 2007.
    """
    if document.data.startswith(_OLE):
        raise SourceError(f"password-protected or older than {document.suffix}; save an unprotected copy as that.")
    total = 0
    for number, entry in enumerate(entries(io.BytesIO(document.data), document.limits), start=1):
        total += entry.size
        if entry.flaw:
            raise SourceError(f"its part {entry.name!r}: {entry.flaw}")
        is_tree = entry.name.lower().endswith((".xml", ".rels"))
        if number > _PARTS or total > _PACKAGE_MB * MIB or (is_tree and entry.size > _PART_MB * MIB):
            raise SourceError(f"unpacks to more than {_PACKAGE_MB} MiB, or {_PART_MB} of text; split the document.")


def _flaw(info: zipfile.ZipInfo, ratio: float) -> str | None:
    """Return why a member is not to be read; sizes need no further check, since zipfile holds members to them."""
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; unpack it with its password and add the file itself."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link inside an archive is not followed; add its target itself."
    if info.compress_type not in _READ:
        return f"packed by a method that is not read ({info.compress_type}); pack it anew with deflate."
    if info.file_size > MIB and info.file_size > ratio * info.compress_size:
        return f"unpacks to more than {ratio:g} times its size, as a zip bomb does; unpack it and add the file itself."
    return None


def _overlapping(stream: IO[bytes], infos: list[zipfile.ZipInfo], directory: int) -> list[bool]:
    """Return of each member whether it runs into the next one or into the directory (CVE-2024-0450).

    Without these no byte is unpacked twice. Python notices only from 3.11.8 on.
    """
    order = sorted(range(len(infos)), key=lambda place: infos[place].header_offset)
    found = [False] * len(infos)
    for place, after in pairwise([*order, -1]):
        next_start = infos[after].header_offset if after >= 0 else directory
        found[place] = _end(stream, infos[place]) > next_start
    return found


def _end(stream: IO[bytes], info: zipfile.ZipInfo) -> int:
    """Return where a member's bytes end, by the lengths in its own header."""
    stream.seek(max(info.header_offset, 0))
    header = stream.read(_LOCAL.size)
    lengths = sum(_LOCAL.unpack(header)) if len(header) == _LOCAL.size else 0
    return info.header_offset + _LOCAL.size + lengths + info.compress_size


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; many programs write UTF-8 without the flag that says so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
