"""Articles on their way into a library: what is new, changed, unchanged or a copy, and batches of what needs work."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest import identity
from ingest.claims import Claims
from ingest.extraction import Extraction
from ingest.fetch.address import masked
from ingest.near import Near
from ingest.parse import with_source
from ingest.reading import notes_on
from ingest.split import split
from ingest.types import Failure, IngestReport, Outcome, Progress, Unchanged, What
from rag.embed import embedding_text
from rag.errors import InputError
from rag.library import Holding, Library, Record
from rag.types import Article, Passage

# Enough that texts of like length meet when the encoder sorts them, and few enough that a kill loses only seconds.
_BATCH_PASSAGES = 1_000
# Embedded at once, texts of like length: some seconds, the longest that a reader who stops an ingest has to wait.
_PORTION = 128
_DOOMED = 200  # articles that go, whose copies are looked for at once

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article to be embedded and stored with the next batch; not counted if it is not one that was read."""

    article: Article
    version: str
    text_hash: str
    passages: list[Passage]
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class _Copy:
    """An article whose text another one holds already."""

    article: Article
    version: str
    twin: str


class Intake:
    """Takes articles one by one and stores them batch by batch; valid while the library's writer lock is held."""

    def __init__(
        self,
        library: Library,
        extraction: Extraction,
        progress: Callable[[Progress], None] | None = None,
        *,
        outcome: Callable[[Outcome], None] | None = None,
        total: int | None = None,
    ) -> None:
        """Begin an ingest; the time it takes counts from here."""
        self.claims = Claims(library)
        self._library = library
        self._extraction = extraction
        self._progress = progress
        self._near = Near(library)
        self._outcome = outcome
        self._total = total
        self._began = time.perf_counter()
        self._waiting: dict[str, _Waiting] = {}  # by article id
        self._links: dict[str, _Copy] = {}  # by article id
        self._linked: dict[str, str | None] = {}  # the copies that this run linked, by source, and their files
        self._counts: Counter[str] = Counter()
        self._failed: list[Failure] = []
        self._notes: list[Failure] = []
        self._done = 0

    @property
    def work(self) -> int:
        """How many articles were taken that are not stored as they are already."""
        return self._done - sum(self._counts[each] for each in ("unchanged", "skipped", "undated"))

    def take(self, found: Article | Failure | Unchanged) -> None:
        """Count an article that needs no work, or let it wait for the next batch."""
        if isinstance(found, Unchanged):
            self._counts["unchanged"] += len(found.sources)
            self._done += len(found.sources)
            self._tell(found.sources[-1])
            return
        if isinstance(found, Failure):
            self._failed.append(found)
            self._say(Outcome("failed", found.source, found.reason))
            self._tell(found.source)
            return
        version = identity.version(found)
        article, held = known_as(found, version, self._library)
        self.claims.note(article.source, was_there=held is not None)
        if self._is_entangled(article.id):
            self._store()
            held = self._library.known(article.source)
        if held == version:
            self._count("unchanged", article)
        else:
            self._sort(article, version)
        self._done += 1
        self._tell(article.source)
        if sum(len(each.passages) for each in self._waiting.values()) >= _BATCH_PASSAGES:
            self._store()

    def leave_out(self, article: Article) -> None:
        """Count an article that is not among those asked for."""
        self._counts["skipped" if article.published else "undated"] += 1
        self._done += 1
        self._tell(article.source)

    def mention(self, source: str, note: str) -> None:
        """Note what a reader should know of a source that was not wholly taken."""
        self._notes.append(Failure(source, note))

    def release(self, gone: Collection[Holding]) -> None:
        """Remove what only these places held; of what has copies elsewhere, one is stored on its own before."""
        self._store()
        doomed = self._library.sources.unheld(gone)
        for first in range(0, len(doomed), _DOOMED):
            for heir in self._library.sources.heirs(doomed[first : first + _DOOMED], frozenset(doomed)):
                self._promote(heir)
            self._store()
        for source in self._library.sources.release(gone):
            self._counts["removed"] += 1
            self._say(Outcome("removed", source))

    def finish(self) -> IngestReport:
        """Store what still waits and return what was done."""
        self._store()
        return self._report()

    def _is_entangled(self, article_id: str) -> bool:
        """Return True if what waits must be stored before this article can be judged."""
        twins = {copy.twin for copy in self._links.values()}
        return article_id in self._waiting or article_id in self._links or article_id in twins

    def _sort(self, article: Article, version: str) -> None:
        """Let the article wait as a copy of one with the same text, or as one to embed."""
        text_hash = identity.text_hash(article.text)
        changing = {each.article.source for each in self._waiting.values()}
        changing |= {each.article.source for each in self._links.values()}
        for heir in self._library.sources.heirs([article.source], changing):
            if identity.text_hash(heir.text) != text_hash:
                self._promote(heir)
        twin = self._library.twin(text_hash)
        if twin and (twin in self._waiting or twin in self._links):
            self._store()  # the twin itself is about to change
            twin = self._library.twin(text_hash)
        twin = twin or next((i for i, each in self._waiting.items() if each.text_hash == text_hash), None)
        if twin and twin != article.id:
            self._links[article.id] = _Copy(article, version, twin)
        else:
            self._wait(_Waiting(article, version, text_hash, split(article)))

    def _promote(self, heir: Article) -> None:
        """Let a copy wait as an article of its own, since the article that it is linked to is about to go or change."""
        is_new = heir.source in self._linked
        path = self._linked.pop(heir.source, None)
        article = with_source(heir, heir.source)
        if path:
            article = replace(article, metadata=(*article.metadata, ("path", path)))
        self._counts["duplicates"] -= is_new
        text_hash = identity.text_hash(article.text)
        self._wait(_Waiting(article, identity.version(article), text_hash, split(article), is_counted=is_new))

    def _wait(self, waiting: _Waiting) -> None:
        self._waiting[waiting.article.id] = waiting
        self._extraction.submit(waiting.article)

    def _store(self) -> None:
        """Embed what waits and store it in one transaction, then link the copies."""
        self.claims.flush()
        if self._waiting:
            records = self._records()
            for record, change in zip(records, self._library.put(records), strict=True):
                if self._waiting[record.article.id].is_counted:
                    self._count(change, record.article)
        for copy in self._links.values():
            self._library.link(copy.article.source, copy.article, copy.version, copy.twin)
            self._linked[copy.article.source] = dict(copy.article.metadata).get("path")
            self._count("duplicates", copy.article)
        stored = [each.article.source for each in self._waiting.values()]
        stored += [copy.article.source for copy in self._links.values()]
        self._waiting.clear()
        self._links.clear()
        if stored:
            self._tell(stored[-1])

    def _records(self) -> list[Record]:
        texts = [embedding_text(passage) for each in self._waiting.values() for passage in each.passages]
        vectors = self._encoded(texts)
        readings = self._extraction.collect()
        articles = {article_id: each.article for article_id, each in self._waiting.items()}
        records, row = [], 0
        for each in self._waiting.values():
            signature, likenesses = self._near.find(each.article, articles)
            reading = readings[each.article.id]
            self._notes += notes_on(each.article, reading)
            record = Record(
                article=each.article,
                version=each.version,
                text_hash=each.text_hash,
                passages=tuple(each.passages),
                vectors=vectors[row : row + len(each.passages)],
                views=reading.views,
                names=reading.names,
                extractor=None if reading.failure else self._extraction.label,
                signature=signature,
                likenesses=tuple(likenesses),
            )
            records.append(record)
            row += len(each.passages)
        return records

    def _encoded(self, texts: list[str]) -> Vectors:
        """Return the vectors of texts, embedded a portion at a time: in between, a reader is told and may stop it."""
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        vectors = np.empty((len(texts), self._library.embedder.dimensions), np.float32)
        for first in range(0, len(order), _PORTION):
            rows = order[first : first + _PORTION]
            vectors[rows] = self._library.embedder.encode([texts[row] for row in rows])
            if first + _PORTION < len(order):
                share = (first + _PORTION) / len(order)
                self._tell(next(iter(self._waiting.values())).article.source, share * len(self._waiting))
        return vectors

    def _count(self, outcome: What, article: Article) -> None:
        self._counts[outcome] += 1
        self._say(Outcome(outcome, article.source))

    def _report(self) -> IngestReport:
        seconds = time.perf_counter() - self._began
        return IngestReport(**self._counts, failed=tuple(self._failed), notes=tuple(self._notes), seconds=seconds)

    def _tell(self, source: str, embedded: float = 0.0) -> None:
        if self._progress:
            self._progress(Progress(self._done, masked(source), self._report(), self._total, embedded))

    def _say(self, outcome: Outcome) -> None:
        if self._outcome:
            self._outcome(outcome)


def known_as(article: Article, version: str, library: Library) -> tuple[Article, str | None]:
    """Return a file's article under the key that the library knows this very file by, and the version held there.

    The same file may be added alone, with its folder or with that folder's parent: the key it was first stored under
    stays. Two files that share a relative path are two articles: the second is known by its whole path.
    """
    held = library.known(article.source)
    path = dict(article.metadata).get("path")
    if held == version or path is None or article.url is not None:
        return article, held
    parts = Path(path).parts
    for start in range(len(parts)):
        key = str(Path(*parts[start:]))
        if _path_of(key, library) == path:
            return with_source(article, key), library.known(key)
    holder = _path_of(article.source, library) if held else None
    is_other_file = holder is not None and holder != path and Path(holder).exists()
    return (with_source(article, path), library.known(path)) if is_other_file else (article, held)


def _path_of(source: str, library: Library) -> str | None:
    """Return where the file lay whose article is stored under the key; None if none is, or a copy's link."""
    try:
        return dict(library.article(identity.article_id(source)).metadata).get("path")
    except InputError:
        return None
