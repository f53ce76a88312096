"""`recall`: the vector leg against exact search over the catalogue's vectors; Chroma's default index as baseline."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import fmean
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks import devset, libraries, tutorial
from benchmarks.measures import percentiles
from benchmarks.options import Options
from benchmarks.report import Result, Table
from rag import Library

QUERIES = 300
DEPTHS = (4, 10, 100)
_EQUAL = 1e-6  # cosines that differ by less rank alike: equal passages may stand in any order

Vectors = NDArray[np.float32]
Index = Callable[[Vectors, int], list[str]]


def run(options: Options) -> Result:
    """Ask both indexes for the neighbours of questions and passages."""
    library, held = libraries.newswire(options)
    with closing(library):
        texts = queries(library, devset.asked(options.data))
        vectors = library.embedder.encode(texts)
        found = {"houseview": recall(library, vectors, houseview(library))}
        with tempfile.TemporaryDirectory(dir=options.work) as folder:
            found["chroma's defaults"] = recall(library, vectors, _defaults(library, Path(folder)))
        total, pending, _ = library.catalogue.vectors.backlog()
    columns = ("index", *(f"recall@{depth}" for depth in DEPTHS), "p50 ms", "p95 ms")
    rows = [
        [name, *(f"{value:.2f}" if key.endswith("ms") else f"{value:.4f}" for key, value in figures.items())]
        for name, figures in found.items()
    ]
    title = f"{len(texts)} questions and passages as queries; {held}, {total:,} vectors"
    notes = [f"{pending:,} vectors are not in Chroma yet and were compared one by one."] if pending else []
    sizes = {"library": held, "vectors": total, "pending": pending, "queries": len(texts)}
    return Result([Table(title, columns, rows)], {**sizes, "indexes": found}, notes)


def queries(library: Library, questions: Sequence[str]) -> list[str]:
    """Return questions, at most half of `QUERIES`, and passages' bare words to make up their number."""
    ids = library.catalogue.all_passage_ids()
    asked = list(questions)[: QUERIES // 2]
    drawn = random.Random(0).sample(ids, min(QUERIES - len(asked), len(ids)))
    return asked + [passage.text for passage in library.catalogue.passages(drawn)]


def recall(library: Library, vectors: Vectors, index: Index) -> dict[str, float]:
    """Return recall at each of `DEPTHS` against exact search, and the time of a search for 10."""
    ids, stored = _stored(library)
    place = {passage_id: row for row, passage_id in enumerate(ids)}
    index(vectors[0], max(DEPTHS))  # opens the index
    shares: dict[int, list[float]] = {depth: [] for depth in DEPTHS}
    took = []
    for vector in vectors:
        exact = stored @ vector
        for depth in DEPTHS:
            began = perf_counter()
            found = index(vector, depth)
            if depth == 10:
                took.append(1000 * (perf_counter() - began))
            shares[depth].append(_share(exact, [place[each] for each in found], min(depth, len(ids))))
    return {**{f"recall@{depth}": round(fmean(each), 4) for depth, each in shares.items()}, **percentiles(took)}


def houseview(library: Library) -> Index:
    """Return the vector leg as retrieval uses it."""
    return lambda vector, k: [passage_id for passage_id, _ in library.nearest(vector, k)]


def _defaults(library: Library, folder: Path) -> Index:
    store = tutorial.over(library, None, folder)
    return lambda vector, k: store._collection.query(query_embeddings=vector[None], n_results=k, include=[])["ids"][0]


def _stored(library: Library) -> tuple[list[str], Vectors]:
    """Return all passage ids and their vectors, in the same order."""
    ids: list[str] = []
    parts = []
    for seqs, vectors in library.catalogue.vectors.batches(5_000):
        by_seq = library.catalogue.vectors.passage_ids(seqs.tolist())
        ids += [by_seq[seq] for seq in seqs.tolist()]
        parts.append(vectors)
    return ids, np.concatenate(parts)


def _share(exact: Vectors, found: Sequence[int], depth: int) -> float:
    """Return the share of the `depth` nearest that were found; one as near as the last of them counts as it."""
    last = np.partition(exact, len(exact) - depth)[len(exact) - depth]
    return float((exact[list(found)] >= last - _EQUAL).sum()) / depth
