"""How much room a library takes on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Storage:
    """Bytes on the disk: of the catalogue, of the vector index, and of what else lies in the library's folder."""

    catalogue: int
    index: int
    other: int


def storage(folder: Path, catalogue: str, index: str) -> Storage:
    """Return the sizes of a library's files; those that go while they are counted count nothing."""
    sizes = {"catalogue": 0, "index": 0, "other": 0}
    for place, _, names in os.walk(folder):
        first = Path(place).relative_to(folder).parts[:1]
        for name in names:
            part = "index" if first == (index,) else "other"
            part = "catalogue" if not first and name.startswith(catalogue) else part
            sizes[part] += _size(Path(place, name))
    return Storage(**sizes)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0
