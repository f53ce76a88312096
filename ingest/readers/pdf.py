"""PDF by its text layer: pieces to lines in reading order, lines to paragraphs, the pages' starts kept."""

from __future__ import annotations

import io
import re
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from math import hypot
from typing import Any

import pypdf
from pypdf.errors import LimitReachedError, PyPdfError

from ingest.clean import clean, one_line
from ingest.first_lines import with_first_lines
from ingest.guesses import CREATED
from ingest.layout import Piece, reading_order, text_of
from ingest.metadata import authors_from
from ingest.origins import noted
from ingest.page_starts import followed, with_pages
from ingest.paragraphs import joined_pages
from ingest.pitches import without_pitches
from ingest.running_heads import without_running_heads
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
# pypdf's own limits, tightened to what pages of text need: half a kilobyte can unpack to gigabytes.
_LIMITS = pypdf.Configuration(
    maximum_declared_stream_length=50_000_000,
    array_based_stream_maximum_output_length=20_000_000,
    lzw_maximum_output_length=20_000_000,
    run_length_maximum_output_length=20_000_000,
    zlib_maximum_output_length=20_000_000,
    stream_decoding_work_maximum_length=60_000_000,
    stream_parsing_work_maximum_count=1_000_000,
    xform_maximum_invocations_per_extraction=500,
)
_MOST_PAGES, _MOST_CHARS, _SECONDS = 5_000, 20_000_000, 120.0
_NO_TITLE = re.compile(
    r"""^(?:microsoft\b|\(?(?:anonymous|unspecified)\)?$|untitled|document\d*$|slide|presentation)
        |\.(?:docx?|pdf|indd|pptx?|xlsx?)$""",
    re.IGNORECASE | re.VERBOSE,
)

_NO_AUTHOR = re.compile(r"^\W*$|^(?:admin\w*|anonymous|owner|unknown|unspecified|user)\b|[\d@]", re.IGNORECASE)


def read(document: RawDocument) -> Iterator[Draft]:
    """Yield the article in a PDF.

    Raises:
        SourceError: the file is encrypted, damaged, too large to be read or holds pictures of text only.
    """
    try:
        with pypdf.apply_configuration(_LIMITS):
            reader = pypdf.PdfReader(io.BytesIO(document.data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise SourceError("encrypted; save an unprotected copy and add that.")
            pages = _pages(reader)
            stated = _stated(reader.metadata)
    except LimitReachedError as error:
        raise SourceError("holds or unpacks to more than is read; print it to a new PDF and add that.") from error
    except _BROKEN as error:
        raise SourceError(f"not a readable PDF ({type(error).__name__}); open it and save it again.") from error
    if not any(any(c.isalnum() for c in line.text) for page in pages for line in page):
        raise SourceError("the PDF has no text layer; run OCR first and add the result.")
    text, starts = joined_pages(clean(text_of(page)) for page in without_running_heads(pages))
    text = without_pitches(text)
    draft = with_first_lines(replace(stated, text=text, authors=()))
    draft = replace(draft, authors=draft.authors or stated.authors)  # a byline knows better than who ran the program
    yield with_pages(draft, followed(starts, text, draft.text))


def _stated(info: pypdf.DocumentInformation | None) -> Draft:
    """Return what the document's properties say of it: often no more than which program made it, or for whom."""
    if info is None:
        return Draft(text="")
    title, author = one_line(str(info.title or "")), one_line(str(info.author or ""))
    created = None
    with suppress(ValueError):
        created = info.creation_date
    stated = Draft(
        text="",
        title=None if _NO_TITLE.search(title) else title or None,
        authors=() if _NO_AUTHOR.search(author) else authors_from(author),
        metadata=((CREATED, created.date().isoformat()),) if created else (),
    )
    return noted(stated, "file properties")


def _pages(reader: pypdf.PdfReader) -> list[list[Piece]]:
    """Return each page's lines in reading order."""
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise SourceError(f"{count:,} pages, more than {_MOST_PAGES:,}; split the file.")
    until = time.monotonic() + _SECONDS
    pages, characters = [], 0
    for page in reader.pages:
        pages.append(reading_order(_pieces(page, until)))
        characters += sum(len(line.text) for line in pages[-1])
        if characters > _MOST_CHARS:
            raise SourceError(f"more than {_MOST_CHARS:,} characters of text; split the file.")
    return pages


def _pieces(page: pypdf.PageObject, until: float) -> list[Piece]:
    """Return the pieces of text on a page, in the order they are set."""
    pieces: list[Piece] = []

    def take(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:  # noqa: ANN401
        if text.strip():
            pieces.append(_placed(text, cm, tm, size))

    def check(*_: object) -> None:
        if time.monotonic() > until:
            raise SourceError(f"takes longer than {_SECONDS:.0f} seconds to read; open it and save it again.")

    page.extract_text(visitor_text=take, visitor_operand_before=check)
    return pieces


def _placed(text: str, cm: list[float], tm: list[float], size: float) -> Piece:
    """Return a piece where it stands along its own direction of writing, which pages may turn."""
    across, up = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
    x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = hypot(across, up) or 1.0
    across, up = across / scale, up / scale
    return Piece(text, x * across + y * up, y * across - x * up, abs(size) * scale)
