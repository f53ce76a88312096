"""The formats that are read, known by the ends of their files' names."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from rag.errors import SourceError

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
ARCHIVES: Final = frozenset(suffix for suffix, reader in READERS.items() if reader == "archive")


def format_of(name: str) -> tuple[str, bool]:
    """Return the extension that says what a file is, and whether the file is packed by gzip on top of that.

    Raises:
        SourceError: there is no reader for it.
    """
    endings = [ending.lower() for ending in PurePosixPath(name).suffixes[-2:]]
    suffix, packed = endings[-1] if endings else "", False
    if "".join(endings) in READERS and suffix == ".gz":
        suffix = "".join(endings)
    elif suffix == ".gz":
        suffix, packed = "".join(endings[:-1]), True
    if suffix not in READERS or (packed and suffix in ARCHIVES):
        known = ", ".join(sorted(READERS))
        unknown = f"{suffix or '(no extension)'}{'.gz' if packed else ''}"
        raise SourceError(f"unknown format {unknown}; read are {known}, and all but archives also as .gz.")
    return suffix, packed
