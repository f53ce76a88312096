"""Houseview's library: stores, retrieval and answers that cite the words they stand on.

Importing this package costs next to nothing: each public name is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answer import DISAGREE
    from rag.blocks import Block, Row, blocks_of
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
        ModelError,
        ModelMismatch,
        SettingsError,
        SourceError,
    )
    from rag.exports import MEDIA_TYPES, ExportFormat, export, form_of
    from rag.exports.paper import web_address
    from rag.faults import tell_faults_in_a_line
    from rag.guard import verify
    from rag.journal import keep_journal, note_fault
    from rag.ledger import coverage, current, day_of, holder_of, house_key, records, superseded, tally
    from rag.library import Library
    from rag.models.load import load_model
    from rag.models.trial import ModelCheck, check_model
    from rag.models.writer import Writer
    from rag.news import Change, News
    from rag.pages import page_of, page_starts
    from rag.related import doubles_of, later_views, others_by, own_views
    from rag.render import as_terminal_text, dated, on_page
    from rag.spreadsheet import as_csv
    from rag.suggestions import suggest
    from rag.types import (
        Action,
        Answer,
        Article,
        ArticleRef,
        ArticleState,
        Attribution,
        Citation,
        FailedInput,
        Likeness,
        Listed,
        Listing,
        Order,
        Passage,
        Quote,
        Removal,
        Scope,
        Sourced,
        Stance,
        Statement,
        Stats,
        Step,
        Told,
        Usage,
        Verdict,
        View,
    )

_HOMES = {
    "rag.answer": ("DISAGREE",),
    "rag.blocks": ("Block", "Row", "blocks_of"),
    "rag.catalogue": ("Record",),
    "rag.config": ("Settings", "read_settings"),
    "rag.conversations": (
        "Conversation",
        "Conversations",
        "Feedback",
        "FeedbackVerdict",
        "Judgement",
        "REASONS",
        "Turn",
        "stopped",
    ),
    "rag.errors": (
        "HouseviewError",
        "InputError",
        "LibraryCorrupt",
        "LibraryError",
        "LibraryLocked",
        "ModelError",
        "ModelMismatch",
        "SettingsError",
        "SourceError",
    ),
    "rag.exports": ("MEDIA_TYPES", "ExportFormat", "export", "form_of"),
    "rag.exports.paper": ("web_address",),
    "rag.faults": ("tell_faults_in_a_line",),
    "rag.guard": ("verify",),
    "rag.journal": ("keep_journal", "note_fault"),
    "rag.ledger": ("coverage", "current", "day_of", "holder_of", "house_key", "records", "superseded", "tally"),
    "rag.library": ("Library",),
    "rag.models.load": ("load_model",),
    "rag.models.trial": ("ModelCheck", "check_model"),
    "rag.models.writer": ("Writer",),
    "rag.news": ("Change", "News"),
    "rag.pages": ("page_of", "page_starts"),
    "rag.related": ("doubles_of", "later_views", "others_by", "own_views"),
    "rag.render": ("as_terminal_text", "dated", "on_page"),
    "rag.spreadsheet": ("as_csv",),
    "rag.suggestions": ("suggest",),
    "rag.types": (
        "Action",
        "Answer",
        "Article",
        "ArticleRef",
        "ArticleState",
        "Attribution",
        "Citation",
        "FailedInput",
        "Likeness",
        "Listed",
        "Listing",
        "Order",
        "Passage",
        "Quote",
        "Removal",
        "Scope",
        "Sourced",
        "Stance",
        "Statement",
        "Stats",
        "Step",
        "Told",
        "Usage",
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
    "ArticleState",
    "Attribution",
    "Block",
    "Change",
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
    "Listed",
    "Listing",
    "ModelCheck",
    "ModelError",
    "ModelMismatch",
    "News",
    "Order",
    "Passage",
    "Quote",
    "Record",
    "Removal",
    "Row",
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
    "Usage",
    "Verdict",
    "View",
    "Writer",
    "as_csv",
    "as_terminal_text",
    "blocks_of",
    "check_model",
    "coverage",
    "current",
    "dated",
    "day_of",
    "doubles_of",
    "export",
    "form_of",
    "holder_of",
    "house_key",
    "keep_journal",
    "later_views",
    "load_model",
    "note_fault",
    "on_page",
    "others_by",
    "own_views",
    "page_of",
    "page_starts",
    "read_settings",
    "records",
    "stopped",
    "suggest",
    "superseded",
    "tally",
    "tell_faults_in_a_line",
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
