"""A dry run: says what an ingest would do with each article, and embeds, reads and stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection

from ingest import identity
from ingest.extraction import Extraction
from ingest.intake import Intake
from ingest.types import Outcome, Progress
from rag.library import Holding, Library
from rag.types import Article


class Rehearsal(Intake):
    """Takes articles as `Intake` does, from a library that may be in use by a writer, and keeps only what they are.

    Where a copy and its original both change in one run, the counts may come out otherwise than they would in earnest.
    """

    def __init__(
        self,
        library: Library,
        extraction: Extraction,
        progress: Callable[[Progress], None] | None = None,
        *,
        outcome: Callable[[Outcome], None] | None = None,
        total: int | None = None,
    ) -> None:
        """Begin a rehearsal; the time it takes counts from here."""
        super().__init__(library, extraction, progress, outcome=outcome, total=total)
        self.claims.is_rehearsed = True
        self._met: dict[str, str] = {}  # the version of each article of this run that is not stored, by source
        self._texts: dict[str, str] = {}  # its source, by the hash of its text
        self._paths: dict[str, str] = {}  # its file, by source

    def release(self, gone: Collection[Holding]) -> None:
        """Count what would be removed."""
        for source in self._library.sources.unheld(gone):
            self._counts["removed"] += 1
            self._say(Outcome("removed", source))

    def _sort(self, article: Article, version: str) -> None:
        text = identity.text_hash(article.text)
        source = self._own_key(article)
        twin = self._library.twin(text)
        if self._met.get(source) == version:
            self._count("unchanged", article)
        elif (twin and twin != article.id) or self._texts.get(text, source) != source:
            self._count("duplicates", article)
        else:
            is_held = source in self._met or self._library.known(source) is not None
            self._count("updated" if is_held else "added", article)
            self._texts.setdefault(text, source)
        self._met[source] = version

    def _store(self) -> None:
        """Store nothing."""

    def _own_key(self, article: Article) -> str:
        """Return the key of an article; two files of this run that share a relative path are two articles."""
        path = dict(article.metadata).get("path")
        is_other = path is not None and self._paths.setdefault(article.source, path) != path
        return path if path is not None and is_other else article.source
