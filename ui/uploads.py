"""Where uploaded and pasted text is kept, so that a source survives the browser it came from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath

from rag import SourceError

_UNSAFE = re.compile(r"[^\w .()+-]")
# A file system allows 255 bytes a name; this leaves room for a number and for what tells the format.
_LONGEST = 200


def safe_name(given: str) -> str:
    """Return a file name for `given` that stays in its folder, keeping the extension; never empty or hidden."""
    bare = PureWindowsPath(PurePosixPath(given).name).name
    clean = PurePosixPath(_UNSAFE.sub("_", bare).strip(" .") or "upload")
    suffix = "".join(clean.suffixes[-2:])[-16:]
    stem = clean.name.removesuffix(suffix).encode()[:_LONGEST].decode(errors="ignore")
    return (stem or "upload") + suffix


def keep(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Write files, given as name and content, into `folder` under safe names and return their paths.

    An earlier file of the same name is replaced; two of the same name given together are both kept.

    Raises:
        SourceError: a file cannot be written.
    """
    paths: list[Path] = []
    for given, content in files:
        path = folder / safe_name(given)
        twins = 1
        while path in paths:
            twins += 1
            path = folder / f"{twins} {safe_name(given)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise SourceError(
                f"{path}: cannot be written ({error.strerror}); make room for it and try again."
            ) from error
        paths.append(path)
    return paths


def keep_pasted(folder: Path, title: str, text: str) -> list[Path]:
    """Write pasted text as a plain-text file, the title as its first line, and return its path, alone in a list.

    Raises:
        SourceError: the file cannot be written.
    """
    whole = (f"{title.strip()}\n\n{text}" if title.strip() else text).encode(errors="replace")
    digest = hashlib.sha256(whole).hexdigest()[:8]
    return keep(folder, [(f"{title.strip()[:60] or 'pasted'} {digest}.txt", whole)])
