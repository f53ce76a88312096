"""What Word and PowerPoint documents have in common: how they break, what they say of themselves, lines of a text."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from lxml import etree

from ingest.clean import clean, one_line
from ingest.first_lines import with_first_lines
from ingest.metadata import authors_from
from ingest.pitches import without_pitches
from ingest.types import Draft, RawDocument
from ingest.zips import check_package
from rag.errors import SourceError
from rag.types import GUESSED_DATE

# python-docx and python-pptx answer hostile bytes with more than their own errors.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
)
# What programs write of themselves where an author or a title should stand.
_NO_TITLE = re.compile(
    r"^(?:microsoft\b|untitled|document\d*$|word document|powerpoint presentation|presentation\d*$|slide ?\d*$)"
    r"|\.(?:docx?|pptx?|pdf)$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"^(?:python-(?:docx|pptx)|microsoft.*|apache poi|.*\buser\d*|admin(?:istrator)?|owner|author|unknown|\W*)$",
    re.IGNORECASE,
)

_TEMPLATE = datetime(2013, 12, 23, 23, 15)  # what python-docx's own template says of every document made from it


class Block(NamedTuple):
    """A paragraph, an item of a list or a row of a table, as it is to stand in the text."""

    kind: Literal["paragraph", "item", "row"]
    text: str


class Properties(Protocol):
    """A document's core properties, by the names that python-docx and python-pptx share."""

    title: str
    author: str
    created: datetime | None


@contextmanager
def readable(document: RawDocument, kind: str, own: type[Exception]) -> Iterator[None]:
    """Check that an Office document is safe to open, and tell of whatever breaks its reader in one line.

    Args:
        document: what is opened.
        kind: what it is meant to be.
        own: the errors of the library that reads it.

    Raises:
        SourceError: it is not, or something did.
    """
    check_package(document)
    try:
        yield
    except (own, *_BROKEN) as error:
        raise SourceError(f"not a readable {kind} ({type(error).__name__}); open it and save it again.") from error


def row(cells: Iterable[str]) -> Block:
    """Return a row of a table as Markdown writes it, which keeps empty cells in their columns."""
    return Block("row", f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |")


def draft_of(blocks: Iterable[Block], properties: Properties, heading: str | None) -> Draft:
    """Return an article of blocks; `heading` is the title that stands on the page, which is surer than the property.

    The day on which the file was created is taken for the day of publication if no other is stated, and marked.
    """
    stated = one_line(properties.title or "")
    title = one_line(heading or "") or (stated if not _NO_TITLE.search(stated) else "")
    draft = with_first_lines(Draft(text=without_pitches(clean(_joined(blocks))), title=title or None))
    authors = tuple(name for name in authors_from(properties.author) if not _NO_AUTHOR.match(name))
    draft = replace(draft, authors=draft.authors or authors)
    created = properties.created
    if draft.published or not created or created.replace(tzinfo=None) == _TEMPLATE:
        return draft
    return replace(
        draft,
        published=created.replace(tzinfo=None),
        metadata=(*draft.metadata, ("published from", "creation date"), GUESSED_DATE),
    )


def _joined(blocks: Iterable[Block]) -> str:
    """Return blocks as text: paragraphs stand apart, items of one list and rows of one table do not."""
    said = [block for block in blocks if block.text.strip(" |\n\t")]
    text = said[0].text if said else ""
    for above, below in pairwise(said):
        together = above.kind == below.kind != "paragraph"
        text += ("\n" if together else "\n\n") + below.text
    return text
