"""PDF by its text layer: pages to lines, lines to paragraphs."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pypdf
from pypdf.errors import PyPdfError

from ingest.clean import clean, one_line
from ingest.first_lines import with_first_lines
from ingest.metadata import authors_from
from ingest.paragraphs import paragraphs
from ingest.pitches import without_pitches
from ingest.types import Draft, RawDocument
from rag.errors import SourceError

# pypdf answers hostile bytes with more than its own errors; these are what its parser is known to let through.
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    NotImplementedError,
    struct.error,
    zlib.error,
)
_NO_TITLE = re.compile(
    r"^(?:microsoft\b|untitled|document\d*$|slide|presentation)|\.(?:docx?|pdf|indd|pptx?|xlsx?)$", re.IGNORECASE
)


def read(document: RawDocument) -> Iterator[Draft]:
    """Yield the article in a PDF.

    Raises:
        SourceError: the file is encrypted, damaged or holds pictures of text only.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(document.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("encrypted; save an unprotected copy and add that.")
        pages = [clean(page.extract_text()) for page in reader.pages]
        info = reader.metadata
        title, author = (info.title, info.author) if info else (None, None)
    except _BROKEN as error:
        raise SourceError(f"not a readable PDF ({type(error).__name__}); open it and save it again.") from error
    if not any(any(c.isalnum() for c in page) for page in pages):
        raise SourceError("the PDF has no text layer; run OCR first and add the result.")
    draft = Draft(text=without_pitches(paragraphs(_without_running_heads(pages))), authors=authors_from(author))
    draft = with_first_lines(draft)
    stated = one_line(str(title)) if title else ""
    yield replace(draft, title=stated) if stated and not _NO_TITLE.search(stated) else draft


def _without_running_heads(pages: list[str]) -> list[str]:
    """Return the pages without the first and last lines that most of three or more pages share, page numbers aside."""
    split = [page.split("\n") for page in pages]
    seen = Counter(_digitless(line) for lines in split for line in {lines[0], lines[-1]})
    shared = {line for line, count in seen.items() if len(pages) > 2 and count > len(pages) / 2}
    kept = []
    for lines in split:
        start = int(_digitless(lines[0]) in shared)
        end = len(lines) - int(len(lines) > start and _digitless(lines[-1]) in shared)
        kept.append("\n".join(lines[start:end]))
    return kept


def _digitless(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
