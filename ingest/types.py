"""What travels through the ingest package: raw documents, what readers make of them, and what became of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from rag.config import Settings


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be stored or not wholly be read: its name as the reader knows it, and one line on why."""

    source: str
    reason: str


class Foreign(Failure):
    """A file of a format that has no reader: no article was ever read from it, so that none can be missing now."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken of what a document unpacks to; the settings of the same names say more."""

    file_mb: float
    archive_mb: float
    archive_members: int
    archive_ratio: float

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the limits that the settings name."""
        return cls(
            file_mb=settings.max_file_mb,
            archive_mb=settings.max_archive_mb,
            archive_members=settings.max_archive_members,
            archive_ratio=settings.max_archive_ratio,
        )


USUAL = Limits.of(Settings.model_construct())


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document. `key` is its path relative to the ingest root, `suffix` says its format.

    `data` are its bytes, `packed` by gzip or not; one that is `on_disk` has none yet, `ingest.loading` reads them.

    A document in an archive or a letter has that file's path, and a `depth` of one for each archive and letter around
    it; one that was fetched has a `url` and no path, and the address of the feed that led to it, if one did. `hints`
    say what that feed says of it, for what it leaves open. Of a file of rows, the first `rows_read` were read before.
    """

    name: str
    path: Path | None
    key: str
    suffix: str
    data: bytes
    url: str | None = None
    feed: str | None = None
    hints: Draft | None = None
    limits: Limits = USUAL
    depth: int = 0
    packed: bool = False
    on_disk: bool = False
    rows_read: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Articles, by their source keys, of an address that its server says has not changed since they were stored."""

    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader found in a document: its cleaned text and what it says about itself, and nothing guessed.

    `where` names the place inside the file ("12" for the twelfth row) when the file holds many articles; such a draft
    is known by its url or its content, never by the file's path.
    """

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    kind: str | None = None
    tickers: tuple[str, ...] = ()
    language: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    where: str | None = None


Reader = Callable[[RawDocument], Iterator[Draft | Failure | RawDocument]]
"""The seam for formats: bytes in, drafts out, and the documents that a document holds, to be read by their own readers.

A reader raises SourceError when the file as a whole cannot be read.
"""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did, in articles; `seconds` is wall-clock time.

    `failed` are not in the library. `notes` are about articles that are, for which something is missing (views that
    could not be read or were not kept), and about synced sources from which nothing was removed. `skipped` were
    published before the day asked for, `undated` at a time that they do not say.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()
    seconds: float = 0.0
    notes: tuple[Failure, ...] = ()
    skipped: int = 0
    undated: int = 0

    @property
    def read(self) -> int:
        """Articles that are now in the library, whether or not they were there before."""
        return self.added + self.updated + self.unchanged + self.duplicates


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an ingest stands: articles dealt with so far, the source being worked on, and the report up to here.

    `total` is how many articles there will be, None if that is not known; `embedded` how many of those that wait to be
    stored are embedded already.
    """

    done: int
    source: str
    report: IngestReport
    total: int | None = None
    embedded: float = 0.0


What = Literal["added", "updated", "unchanged", "duplicates", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: of an article by its source key, of a failure by its name, then with the reason."""

    what: What
    source: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ViewsReport:
    """What reading the views of stored articles did: how many articles were read, and the views now stored of them."""

    read: int = 0
    views: int = 0
    notes: tuple[Failure, ...] = ()
    seconds: float = 0.0
