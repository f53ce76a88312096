"""Nearest passages by vector: sealed Chroma generations, and exact search over whatever they do not hold."""

from rag.vectors.index import VectorIndex

__all__ = ["VectorIndex"]
