"""Finds the files behind the paths a reader gives and reads their bytes, within limits."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.types import Failure, Foreign, RawDocument
from rag.errors import SourceError, UnknownFormat

_MIB = 1024 * 1024


def documents(
    sources: Iterable[str | Path], *, suffixes: Iterable[str], max_mb: float
) -> Iterator[RawDocument | Failure]:
    """Yield every document under `sources` in a stable order, and a Failure for each that cannot be read.

    A folder is read to its leaves; hidden files and folders are skipped. Files are unpacked when they end in `.gz`.

    Args:
        sources: files and folders.
        suffixes: the extensions that have a reader; others fail with a reason.
        max_mb: the size in MiB, unpacked, above which a file is refused.
    """
    known = frozenset(suffixes)
    for source in sources:
        for found in _files(source):
            if isinstance(found, Failure):
                yield found
                continue
            path, key = found
            try:
                yield _document(path, key, known, max_mb)
            except UnknownFormat as error:
                yield Foreign(printable(path), str(error))
            except SourceError as error:
                yield Failure(printable(path), str(error))


def printable(path: Path) -> str:
    """Return the path as text that any store or terminal can hold, whatever bytes the file system gave."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _files(source: str | Path) -> Iterator[tuple[Path, str] | Failure]:
    """Yield (path, key) of the files a source stands for."""
    if "://" in str(source):
        yield Failure(str(source), "addresses are not fetched; save the page as .html and add the file.")
        return
    path = Path(os.path.abspath(source))  # noqa: PTH100 - a link the reader names keeps its own name, so no resolve()
    try:
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file():
            # The folder's name is part of the key, so that `add notes/` and `add notes/a.md` agree.
            yield path, printable(path.relative_to(path.parent.parent))
        elif path.exists():
            yield Failure(str(source), "not a regular file; add a file or a folder.")
        else:
            yield Failure(str(source), "no such file or folder; check the path.")
    except (OSError, ValueError) as error:
        yield Failure(str(source), f"cannot be opened ({_why(error)}); check the path and its permissions.")


def _walk(folder: Path) -> Iterator[tuple[Path, str] | Failure]:
    """Yield the files under a folder, sorted, links out of it refused."""
    inside = folder.resolve()
    denied: list[OSError] = []
    empty = True
    for root, folders, names in os.walk(folder, onerror=denied.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(root, name)
            if name.startswith("."):
                continue
            empty = False
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                yield Failure(printable(path), "a link out of the folder is not followed; add its target itself.")
            elif name not in links:
                yield path, printable(path.relative_to(folder.parent))
    for error in denied:
        yield Failure(str(error.filename), f"cannot be opened ({_why(error)}); check its permissions.")
    if empty and not denied:
        yield Failure(printable(folder), "the folder holds no files; add one that does.")


def _document(path: Path, key: str, known: frozenset[str], max_mb: float) -> RawDocument:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    suffix = "".join(suffixes[-2:-1] if packed else suffixes[-1:])
    if suffix not in known:
        raise UnknownFormat(
            f"unknown format {suffix or '(no extension)'}; read are {', '.join(sorted(known))}, also as .gz."
        )
    data = _read(path, packed, int(max_mb * _MIB), max_mb)
    if not data.strip():
        raise SourceError("the file is empty; nothing to add.")
    return RawDocument(name=printable(path), path=path, key=key, suffix=suffix, data=data)


def _read(path: Path, packed: bool, limit: int, max_mb: float) -> bytes:
    """Return the file's bytes, never holding more than `limit` and a byte."""
    too_large = (
        f"larger than {max_mb:g} MiB{' unpacked' if packed else ''}; raise HOUSEVIEW_MAX_FILE_MB or split the file."
    )
    try:
        if not path.is_file():
            raise SourceError("not a regular file; add a file or a folder.")
        if path.stat().st_size > limit:
            raise SourceError(too_large)
        with gzip.open(path) if packed else path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"the .gz file is damaged or cut short ({_why(error)}); fetch it again.") from error
    except OSError as error:
        raise SourceError(f"cannot be read ({_why(error)}); check the path and its permissions.") from error
    if len(data) > limit:
        raise SourceError(too_large)
    return data


def _why(error: Exception) -> str:
    """Return the cause in a few words, without the path that the message names anyway."""
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).rstrip(".").lower()
