"""Answers as documents to take along, with numbered sources and their quotes: Markdown, HTML and PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from rag.conversations import Turn
from rag.errors import InputError
from rag.exports.html import as_html
from rag.exports.markdown import as_markdown
from rag.exports.paper import Paper, paper

ExportFormat = Literal["md", "html", "pdf"]
MEDIA_TYPES: Final[Mapping[ExportFormat, str]] = MappingProxyType(
    {"md": "text/markdown", "html": "text/html", "pdf": "application/pdf"}
)


def export(turns: Sequence[Turn], title: str, form: ExportFormat) -> bytes:
    """Return a conversation, or a single turn of one, as a document of a form; text of articles is never markup in it.

    Characters that the PDF's fonts lack stand in it as U+FFFD, and a line at its end says how many they are.
    """
    return _FORMS[form](paper(turns, title))


def form_of(path: Path) -> ExportFormat:
    """Return the form of document that a file's name asks for.

    Raises:
        InputError: its suffix is none of those that are written.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in get_args(ExportFormat):
        raise InputError(f"{path}: end the name in .md, .html or .pdf to say what to write.")
    return cast("ExportFormat", suffix)


def _as_pdf(document: Paper) -> bytes:
    from rag.exports.pdf import as_pdf  # noqa: PLC0415 - its library takes long to import

    return as_pdf(document)


_FORMS: Final[Mapping[ExportFormat, Callable[[Paper], bytes]]] = {
    "md": lambda document: as_markdown(document).encode(),
    "html": lambda document: as_html(document).encode(),
    "pdf": _as_pdf,
}
