"""Finds the files behind the paths a reader gives and reads their bytes, within limits."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ingest.archives import members
from ingest.entries import EMPTY, MIB, printable, why
from ingest.fetch.on_demand import LINKING, OnDemand, is_address
from ingest.formats import ARCHIVES, ROWS, format_of
from ingest.loading import loaded, too_large
from ingest.sidecars import is_sidecar
from ingest.types import USUAL, Failure, Foreign, Limits, RawDocument, Unchanged
from rag.errors import SourceError, UnknownFormat


def documents(
    sources: Iterable[str | Path], *, limits: Limits, web: OnDemand
) -> Iterator[RawDocument | Failure | Unchanged]:
    """Yield every document that `sources` lead to, in a stable order, and a Failure for each that cannot be read.

    A folder is read to its leaves; hidden files and folders are skipped. Files are unpacked when they end in `.gz`,
    archives read member by member. Addresses are fetched, and so are those in feeds and lists.

    Args:
        sources: files, folders, patterns such as `notes/**/*.pdf`, and addresses.
        limits: sizes above which a file or archive is refused.
        web: fetches.
    """
    for are_addresses, some in groupby(sources, key=is_address):
        if are_addresses:
            yield from web.documents(map(str, some))
            continue
        for found in in_files(some, limits):
            if isinstance(found, RawDocument) and found.suffix in LINKING:
                yield from _linked(found, web)
            else:
                yield found


def _linked(document: RawDocument, web: OnDemand) -> Iterator[RawDocument | Failure | Unchanged]:
    try:
        document = loaded(document)
    except SourceError as error:
        yield Failure(document.name, str(error))
    else:
        yield from web.linked(document)


def in_files(sources: Iterable[str | Path], limits: Limits = USUAL) -> Iterator[RawDocument | Failure]:
    """Yield the documents in files, lists of addresses and feeds as they are, and a Failure for each unreadable.

    Files are found and not yet read, but for the members of archives.
    """
    for source in sources:
        for found in _files(source):
            if isinstance(found, Failure):
                yield found
                continue
            path, key = found
            try:
                yield from _documents(path, key, limits)
            except UnknownFormat as error:
                yield Foreign(printable(path), str(error))
            except SourceError as error:
                yield Failure(printable(path), str(error))


def _files(source: str | Path) -> Iterator[tuple[Path, str] | Failure]:
    """Yield (path, key) of the files a source stands for."""
    path = Path(os.path.abspath(source))  # noqa: PTH100 - a link the reader names keeps its own name, so no resolve()
    try:
        if path.is_dir():
            yield from _walk(path, path.parent, path.resolve())
        elif path.is_file():
            # The folder's name is part of the key, so that `add notes/` and `add notes/a.md` agree.
            yield path, printable(path.relative_to(path.parent.parent))
        elif path.exists():
            yield Failure(printable(path), "not a regular file; add a file or a folder.")
        elif glob.has_magic(str(source)):
            yield from _matching(path)
        else:
            yield Failure(str(source), "no such file or folder; check the path.")
    except (OSError, ValueError) as error:
        yield Failure(str(source), f"cannot be opened ({why(error)}); check the path and its permissions.")


def _matching(pattern: Path) -> Iterator[tuple[Path, str] | Failure]:
    """Yield the files that a pattern matches and those in the folders it matches, by the keys they have in its folder.

    That folder is the part of the pattern before the first wildcard. Hidden files match only where the pattern says so.
    """
    wild = next(place for place, part in enumerate(pattern.parts) if glob.has_magic(part))
    folder, rest = Path(*pattern.parts[:wild]), pattern.parts[wild:]
    while rest[-1:] == ("**",):  # all that is below: what reading a folder yields anyway
        rest = rest[:-1]
    inside = folder.resolve()
    seen: set[str] = set()
    shows_hidden = any(part.startswith(".") for part in rest)
    for path in sorted(folder.glob(str(Path(*rest)))) if rest else [folder]:
        if not shows_hidden and any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        is_folder = path.is_dir() and not path.is_symlink()
        found = _walk(path, folder.parent, inside) if is_folder else _one(path, folder.parent, inside)
        for each in found:
            name = each.source if isinstance(each, Failure) else each[1]
            if name not in seen:
                seen.add(name)
                yield each
    if not seen:
        yield Failure(printable(pattern), "no file matches; check the pattern.")


def _walk(folder: Path, above: Path, inside: Path) -> Iterator[tuple[Path, str] | Failure]:
    """Yield the files under a folder, sorted, by their keys below `above`; links out of `inside` are refused."""
    denied: list[OSError] = []
    empty = True
    for root, folders, names in os.walk(folder, onerror=denied.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith(".") and not is_sidecar(Path(root, name)):
                empty = False
                yield from _one(Path(root, name), above, inside)
    for error in denied:
        yield Failure(printable(Path(error.filename)), f"cannot be opened ({why(error)}); check its permissions.")
    if empty and not denied:
        yield Failure(printable(folder), "the folder holds no files; add one that does.")


def _one(path: Path, above: Path, inside: Path) -> Iterator[tuple[Path, str] | Failure]:
    """Yield a file, or why its link is not followed. A link to a folder inside is passed over: its files come."""
    if not path.resolve().is_relative_to(inside):
        yield Failure(printable(path), "a link out of the folder is not followed; add its target itself.")
    elif not (path.is_symlink() and path.is_dir()):
        yield path, printable(path.relative_to(above))


def _documents(path: Path, key: str, limits: Limits) -> Iterator[RawDocument | Failure]:
    """Yield a file's document, or those in it.

    Raises:
        SourceError: it cannot be read.
    """
    if is_sidecar(path):
        raise UnknownFormat(f"a sidecar, which says what {path.stem} is and holds no article; add {path.stem} itself.")
    suffix, packed = format_of(path.name, links=True)
    document = RawDocument(printable(path), path, key, suffix, b"", limits=limits, packed=packed, on_disk=True)
    try:
        _check_size(path, suffix, packed, limits)
        if suffix not in ARCHIVES:
            yield document
            return
        with path.open("rb") as stream:
            yield from members(stream, replace(document, on_disk=False))
    except OSError as error:
        raise SourceError(f"cannot be read ({why(error)}); check the path and its permissions.") from error


def _check_size(path: Path, suffix: str, packed: bool, limits: Limits) -> None:
    """Refuse a file that is too large before it is read; of rows there may be any number.

    Raises:
        SourceError: it is, or it is a pipe, which would have its reader wait for somebody to write into it.
        OSError: it is not there.
    """
    if not path.is_file():
        raise SourceError("not a regular file; add a file or a folder.")
    size = path.stat().st_size
    if not size:
        raise SourceError(EMPTY)
    if suffix in ARCHIVES and size > limits.archive_mb * MIB:
        raise SourceError(
            f"larger than {limits.archive_mb:g} MiB; raise HOUSEVIEW_MAX_ARCHIVE_MB or split the archive."
        )
    if suffix not in (*ARCHIVES, *ROWS) and size > limits.file_mb * MIB:
        raise SourceError(too_large(limits, unpacked=packed))
