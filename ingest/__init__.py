"""Houseview's ingest: articles into the library. Names load what they need when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.pace import Pace
    from ingest.pdf_pages import PageImage, page_image, pdf_of
    from ingest.pipeline import ingest, read_articles
    from ingest.rereading import read_views
    from ingest.retrying import retry
    from ingest.syncing import forget, sync
    from ingest.types import Failure, IngestReport, Outcome, Progress, ViewsReport
    from ingest.watching import watch

__all__ = [
    "Failure",
    "IngestReport",
    "Outcome",
    "Pace",
    "PageImage",
    "Progress",
    "ViewsReport",
    "forget",
    "ingest",
    "page_image",
    "pdf_of",
    "read_articles",
    "read_views",
    "retry",
    "sync",
    "watch",
]

_HOMES = {
    "Failure": "ingest.types",
    "IngestReport": "ingest.types",
    "Outcome": "ingest.types",
    "Pace": "ingest.pace",
    "PageImage": "ingest.pdf_pages",
    "Progress": "ingest.types",
    "ViewsReport": "ingest.types",
    "forget": "ingest.syncing",
    "ingest": "ingest.pipeline",
    "page_image": "ingest.pdf_pages",
    "pdf_of": "ingest.pdf_pages",
    "read_articles": "ingest.pipeline",
    "read_views": "ingest.rereading",
    "retry": "ingest.retrying",
    "sync": "ingest.syncing",
    "watch": "ingest.watching",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - module attributes are of any type
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
