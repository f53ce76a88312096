"""The formats that are read, known by the ends of their files' names."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from ingest.fetch.on_demand import LINKING, LISTS
from rag.errors import UnknownFormat

# Extension to module in ingest.readers, imported when the first such file comes. A new format is a module and a line.
READERS: Final = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".pdf": "pdf",
    ".docx": "word",
    ".pptx": "slides",
    ".eml": "mail",
    ".zip": "archive",
    ".tar": "archive",
    ".tar.gz": "archive",
    ".tgz": "archive",
}
ROWS: Final = frozenset({".jsonl", ".csv", ".tsv"})
"""The formats that hold one article a row, and are read row by row."""
ARCHIVES: Final = frozenset(suffix for suffix, reader in READERS.items() if reader == "archive")


def format_of(name: str, *, links: bool = False) -> tuple[str, bool]:
    """Return the extension that says what a file is, and whether the file is packed by gzip on top of that.

    Args:
        name: the file's name.
        links: whether it may be a list of addresses or a feed, which hold no articles and lead to them.

    Raises:
        UnknownFormat: there is no reader for it.
    """
    endings = [ending.lower() for ending in PurePosixPath(name).suffixes[-2:]]
    if links and endings in ([".url", ".txt"], [".urls", ".txt"]):
        return LISTS, False
    suffix, packed = endings[-1] if endings else "", False
    if "".join(endings) in READERS and suffix == ".gz":
        suffix = "".join(endings)
    elif suffix == ".gz":
        suffix, packed = "".join(endings[:-1]), True
    known_here = {*READERS, *(LINKING if links else ())}
    if suffix not in known_here or (packed and suffix in ARCHIVES):
        known = ", ".join(sorted(known_here))
        unknown = f"{suffix or '(no extension)'}{'.gz' if packed else ''}"
        raise UnknownFormat(f"unknown format {unknown}; read are {known}, and all but archives also as .gz.")
    return suffix, packed
