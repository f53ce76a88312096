"""All that a library holds and answers, piece by piece, so that two libraries can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.doomed import opened, small_files
from rag import Library

QUERIES: Final = (
    "Harbor Street Research says small caps",
    "why did tin rally",
    "ferry operators drifted because rain was short",
    "Quillmark Research on rubber in week 31",
    "stocks ran low at desk 12",
)
_NEAREST: Final = 20


@dataclass(frozen=True, slots=True)
class Contents:
    """What is stored, each piece as one line with how often it is there, and what is answered, each hit as one line."""

    pieces: Counter[str]
    answers: dict[str, list[str]]
    problems: list[str]

    def lost(self, found: Contents) -> list[str]:
        """Return the pieces that another library lacks of this one's."""
        return sorted((self.pieces - found.pieces).elements())

    def doubled(self, found: Contents) -> list[str]:
        """Return the pieces that another library has over this one's."""
        return sorted((found.pieces - self.pieces).elements())

    def different(self, found: Contents) -> list[str]:
        """Return the queries that another library answers otherwise."""
        return [query for query, hits in self.answers.items() if found.answers[query] != hits]


def contents(folder: Path) -> Contents:
    """Open a library of invented stories and return what it holds."""
    with small_files(), opened(folder) as library:
        return Contents(Counter(_pieces(library)), all_answers(library), library.verify())


def all_answers(library: Library) -> dict[str, list[str]]:
    """Return what each query finds, and the nearest passages by vector, each with its score."""
    return {query: _answers(library, query) for query in QUERIES}


def _answers(library: Library, query: str) -> list[str]:
    found = [f"{hit.id}-{hit.end} {hit.score:.3f}" for hit in library.search(query)]
    vector = library.embedder.encode([query])[0]
    near = sorted((f"{cosine:.3f}", passage) for passage, cosine in library.nearest(vector, _NEAREST))
    return found + [f"{passage} {cosine}" for cosine, passage in near]


def _pieces(library: Library) -> list[str]:
    refs, copies = library.articles(), library.duplicates()
    passages = library.catalogue.passages(library.catalogue.all_passage_ids())
    sources = [*(ref.source for ref in refs), *(source for source, _ in copies)]
    return [
        *(f"article {ref.id} {ref.source}" for ref in refs),
        *(f"copy {source} of {article}" for source, article in copies),
        *(f"version {source} {library.known(source)}" for source in sources),
        *(f"passage {passage.id}-{passage.end} {passage.text}" for passage in passages),
        *(f"keywords {passage}" for passage, _ in library.catalogue.keyword('"desk"', 1_000_000)),
        *(f"view {view.article.id} {view.firm} {view.subject} {view.quote.text}" for view in library.views()),
    ]
