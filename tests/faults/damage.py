"""Ways to spoil a file."""

from __future__ import annotations

import os
from pathlib import Path


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def zero(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\0" * path.stat().st_size)


def flip(path: Path) -> None:
    """Turn over one bit in the middle of what is not zero."""
    content = bytearray(path.read_bytes())
    places = [place for place, byte in enumerate(content) if byte]
    content[places[len(places) // 2]] ^= 1
    with path.open("r+b") as file:
        file.write(content)


def delete(path: Path) -> None:
    path.unlink()


def lengthen(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


WAYS = (truncate, empty, zero, flip, delete, lengthen)
