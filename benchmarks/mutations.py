"""Damage to files: bytes cut, flipped, doubled, spliced in and zeroed, outside and inside of their packing."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from random import Random

from benchmarks.whole_files import packed, unpacked

_ZIPS = (".docx", ".pptx", ".zip")
_PACKED = (".md.gz", ".tar.gz")


def damaged(ending: str, data: bytes, other: bytes, random: Random) -> bytes:
    """Return a file's bytes with one to four kinds of damage; `other` is a file from which pieces are spliced in.

    Half of the packed files are damaged inside and packed again, since else a checksum is all that is ever tested.
    """
    inside = random.random() < 0.5
    if inside and ending in _ZIPS:
        return _inside_zip(data, other, random)
    if inside and ending in _PACKED:
        return gzip.compress(_hurt(gzip.decompress(data), other, random), mtime=0)
    return _hurt(data, other, random)


def _inside_zip(data: bytes, other: bytes, random: Random) -> bytes:
    """Return a zip with damage in one or two of its members, whose checksums fit again."""
    parts = unpacked(data)
    for name in random.sample(sorted(parts), random.randint(1, 2)):
        parts[name] = _hurt(parts[name], other, random)
    return packed(parts)


def _hurt(data: bytes, other: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 4)):
        data = random.choice(_KINDS)(data, other, random)
    return data


def _span(data: bytes, random: Random) -> tuple[int, int]:
    """Return where a piece starts and ends: often a few bytes, at times much of the file."""
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.choice((1, 4, 32, 512, len(data) // 2)))


def _truncated(data: bytes, _other: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _flipped(data: bytes, _other: bytes, random: Random) -> bytes:
    found = bytearray(data)
    for _ in range(random.choice((1, 3, 20)) if found else 0):
        found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    return bytes(found)


def _doubled(data: bytes, _other: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 50)) + data[end:]


def _spliced(data: bytes, other: bytes, random: Random) -> bytes:
    (start, end), (first, last) = _span(data, random), _span(other, random)
    return data[:start] + other[first:last] + data[end:]


def _zeroed(data: bytes, _other: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:start] + bytes(end - start) + data[end:]


def _dropped(data: bytes, _other: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:start] + data[end:]


_KINDS: tuple[Callable[[bytes, bytes, Random], bytes], ...] = (
    _truncated,
    _flipped,
    _flipped,
    _doubled,
    _spliced,
    _zeroed,
    _dropped,
)
