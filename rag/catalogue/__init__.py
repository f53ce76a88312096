"""The catalogue: articles, passages with their vectors, views, names and the keyword index, in one SQLite file."""

from rag.catalogue.catalogue import Catalogue
from rag.catalogue.keywords import quoted, stems
from rag.catalogue.likenesses import Doubled
from rag.catalogue.record import Alike, Record
from rag.catalogue.stored_vectors import Generation, StoredVectors
from rag.catalogue.stored_views import StoredViews, Wanted

__all__ = [
    "Alike",
    "Catalogue",
    "Doubled",
    "Generation",
    "Record",
    "StoredVectors",
    "StoredViews",
    "Wanted",
    "quoted",
    "stems",
]
