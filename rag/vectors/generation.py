"""Sealed generations: folders that are written once, described by a manifest, and trusted only while they match it.

Chroma writes to a store's database each time it is opened, but only to a table of its own that holds no data
(`acquire_write`). A database is therefore known by the hash of its rows, every other file by that of its bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from rag.vectors.chroma import DATABASE

MANIFEST: Final = "manifest.json"
_NAME: Final = re.compile(r"gen-(\d+)(-[0-9a-f]+)?")
_CHROMAS_OWN: Final = "acquire_write"


def seal(folder: Path, described: dict[str, object]) -> str:
    """Sync a finished generation to disk, write its manifest, and return the manifest's hash."""
    files = {name: fingerprint(folder / name) for name in _files(folder)}
    for name in files:
        _sync(folder / name)
    manifest = json.dumps({**described, "files": files}, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    for path in (folder / MANIFEST, *(path for path in folder.rglob("*") if path.is_dir()), folder, folder.parent):
        _sync(path)
    return _hash(manifest.encode())


def damage(folder: Path, digest: str, described: dict[str, object]) -> str | None:
    """Return in a few words what is not as it was sealed, None if all is.

    `described` is what the generation should be; entries that its manifest lacks are not compared.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
        if _hash(content) != digest:
            return f"{MANIFEST} is not the one that was sealed"
        manifest = json.loads(content)
        if any(manifest.get(name, value) != value for name, value in described.items()):
            return f"{MANIFEST} describes another generation than the catalogue"
        sealed: dict[str, str] = manifest["files"]
        found = set(_files(folder))
        if found != set(sealed):
            return f"{', '.join(sorted(found ^ set(sealed)))} missing or unknown"
        return next((f"{name} has changed" for name in sealed if fingerprint(folder / name) != sealed[name]), None)
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        return f"{type(error).__name__}: {error}"


def stamp(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return the sizes and times of a generation's files: as long as they stay, what was found of them holds."""
    try:
        found = [(name, (folder / name).stat()) for name in (*_files(folder), MANIFEST)]
    except OSError:
        return frozenset()
    return frozenset((name, status.st_size, status.st_mtime_ns) for name, status in found)


def fingerprint(path: Path) -> str:
    """Return the hash of a file's bytes; of a Chroma database, that of its rows."""
    if path.name == DATABASE:
        return _fingerprint_rows(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def new_folder(root: Path) -> Path:
    """Return a new empty generation folder, numbered after all that are there, with a name that never was before.

    Chroma keeps what it has opened, and what it has failed to open, by path for as long as the process lives.
    """
    root.mkdir(exist_ok=True)
    number = max([number for number, _ in numbered(root)], default=0) + 1
    folder = root / f"gen-{number}-{secrets.token_hex(4)}"
    folder.mkdir()
    return folder


def sweep(root: Path, serving: str | None) -> None:
    """Delete all generations but the serving one and the last sealed one before it, which a reader may hold open."""
    found = numbered(root)
    current = next((number for number, path in found if path.name == serving), -1)
    before = [path for number, path in found if number < current and (path / MANIFEST).exists()]
    keep = {serving, *(path.name for path in before[-1:])}
    for _, path in found:
        if path.name not in keep:
            discard(path)


def discard(folder: Path) -> None:
    """Delete a generation as far as possible; what is left of it is no generation."""
    shutil.rmtree(folder, ignore_errors=True)


def numbered(root: Path) -> list[tuple[int, Path]]:
    """Return the generation folders with their numbers, oldest first."""
    if not root.is_dir():
        return []
    matches = [(_NAME.fullmatch(path.name), path) for path in root.iterdir()]
    return sorted((int(match[1]), path) for match, path in matches if match)


def _files(folder: Path) -> list[str]:
    found = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    # A reader that is just opening the store may have the database's journal beside it for a moment.
    return sorted(name for name in found if name != MANIFEST and not name.startswith(f"{DATABASE}-"))


def _fingerprint_rows(path: Path) -> str:
    if not path.is_file():
        raise FileNotFoundError(path)
    digest = hashlib.blake2b(digest_size=16)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        connection.text_factory = bytes
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != b"ok":
            raise sqlite3.DatabaseError(f"{path.name} fails its integrity check")
        tables = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        digest.update(repr(tables).encode())
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
            table = name.decode()
            if table != _CHROMAS_OWN:
                for row in connection.execute(f'SELECT * FROM "{table}"'):
                    digest.update(repr(row).encode())
    return digest.hexdigest()


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
