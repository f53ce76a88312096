"""How many articles there will be, so far as that can be told from the outside, for the time that is left."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_CHUNK: Final = 1 << 20
_ONE_A_LINE: Final = ".jsonl"
# What holds any number of articles; whatever else there is holds one, or fails as one.
_MANY: Final = frozenset(".gz .tgz .tar .zip .csv .eml .mbox .msg .xml .rss .atom .url .urls".split())


def expected(sources: Iterable[str | Path]) -> int | None:
    """Return the number of articles in files and folders; None if it cannot be told without reading them."""
    total = 0
    for source in sources:
        path = Path(source)
        try:
            counts = [_articles(each) for each in ([path] if path.is_file() else _files(path))]
        except (OSError, ValueError):
            return None
        if not counts or None in counts:
            return None
        total += sum(filter(None, counts))
    return total


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in names if not name.startswith("."))


def _articles(path: Path) -> int | None:
    suffix = path.suffix.lower()
    if suffix != _ONE_A_LINE:
        return None if suffix in _MANY else 1
    lines, last = 0, b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            lines += chunk.count(b"\n")
            last = chunk
    return lines + (not last.endswith(b"\n"))
