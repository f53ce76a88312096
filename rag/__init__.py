"""Houseview's library: stores, retrieval and answers that cite the words they stand on.

Importing this package costs next to nothing: each public name is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answer import DISAGREE
    from rag.catalogue import Record
    from rag.config import Settings, read_settings
    from rag.conversations import (
        REASONS,
        Conversation,
        Conversations,
        Feedback,
        FeedbackVerdict,
        Judgement,
        Turn,
        stopped,
    )
    from rag.errors import (
        HouseviewError,
        InputError,
        LibraryCorrupt,
        LibraryError,
        LibraryLocked,
        ModelMismatch,
        SettingsError,
        SourceError,
    )
    from rag.export import MEDIA_TYPES, ExportFormat, export, form_of
    from rag.export.paper import web_address
    from rag.guard import verify
    from rag.ledger import coverage, current, day_of, holder_of, house_key, records, superseded, tally
    from rag.library import Library
    from rag.pages import page_of
    from rag.render import dated, on_page
    from rag.spreadsheet import as_csv
    from rag.types import (
        Action,
        Answer,
        Article,
        ArticleRef,
        Attribution,
        Citation,
        FailedInput,
        Likeness,
        Passage,
        Quote,
        Scope,
        Sourced,
        Stance,
        Statement,
        Stats,
        Step,
        Told,
        Verdict,
        View,
    )

_HOMES = {
    "rag.answer": ("DISAGREE",),
    "rag.catalogue": ("Record",),
    "rag.config": ("Settings", "read_settings"),
    "rag.conversations": (
        "REASONS",
        "Conversation",
        "Conversations",
        "Feedback",
        "FeedbackVerdict",
        "Judgement",
        "Turn",
        "stopped",
    ),
    "rag.errors": (
        "HouseviewError",
        "InputError",
        "LibraryCorrupt",
        "LibraryError",
        "LibraryLocked",
        "ModelMismatch",
        "SettingsError",
        "SourceError",
    ),
    "rag.export": ("MEDIA_TYPES", "ExportFormat", "export", "form_of"),
    "rag.export.paper": ("web_address",),
    "rag.guard": ("verify",),
    "rag.ledger": ("coverage", "current", "day_of", "holder_of", "house_key", "records", "superseded", "tally"),
    "rag.library": ("Library",),
    "rag.pages": ("page_of",),
    "rag.render": ("dated", "on_page"),
    "rag.spreadsheet": ("as_csv",),
    "rag.types": (
        "Action",
        "Answer",
        "Article",
        "ArticleRef",
        "Attribution",
        "Citation",
        "FailedInput",
        "Likeness",
        "Passage",
        "Quote",
        "Scope",
        "Sourced",
        "Stance",
        "Statement",
        "Stats",
        "Step",
        "Told",
        "Verdict",
        "View",
    ),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DISAGREE",
    "MEDIA_TYPES",
    "REASONS",
    "Action",
    "Answer",
    "Article",
    "ArticleRef",
    "Attribution",
    "Citation",
    "Conversation",
    "Conversations",
    "ExportFormat",
    "FailedInput",
    "Feedback",
    "FeedbackVerdict",
    "HouseviewError",
    "InputError",
    "Judgement",
    "Library",
    "LibraryCorrupt",
    "LibraryError",
    "LibraryLocked",
    "Likeness",
    "ModelMismatch",
    "Passage",
    "Quote",
    "Record",
    "Scope",
    "Settings",
    "SettingsError",
    "SourceError",
    "Sourced",
    "Stance",
    "Statement",
    "Stats",
    "Step",
    "Told",
    "Turn",
    "Verdict",
    "View",
    "as_csv",
    "coverage",
    "current",
    "dated",
    "day_of",
    "export",
    "form_of",
    "holder_of",
    "house_key",
    "on_page",
    "page_of",
    "read_settings",
    "records",
    "stopped",
    "superseded",
    "tally",
    "verify",
    "web_address",
]


def __getattr__(name: str) -> object:
    """Import a public name from where it lives and keep it."""
    if name not in _HOME:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
