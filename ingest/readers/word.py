"""Word documents: headings, paragraphs, lists and tables in their order, as they read once all changes are accepted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.hidden_runs import drop_hidden_runs, hidden_styles
from ingest.office import Block, draft_of, readable, row
from ingest.types import Draft, RawDocument

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was struck out, what says how things look, and what repeats a text box for older programs.
_PASSED_OVER = frozenset({f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "tcPr")} | {_FALLBACK})
_MARKS = {f"{_W}{name}": mark for name, mark in {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n"}.items()}
_MARKS[f"{_W}noBreakHyphen"] = "-"
_NOTES = ("/footnotes", "/endnotes")


def read(document: RawDocument) -> Iterator[Draft]:
    """Yield the article in a Word document: text boxes after the paragraph that holds them, notes at the end.

    Deleted and hidden text, comments, headers and footers are left out.

    Raises:
        SourceError: it is encrypted, damaged or unpacks to too much.
    """
    import docx  # noqa: PLC0415 - most folders hold none
    from docx.exceptions import PythonDocxError  # noqa: PLC0415

    with readable(document, "Word document", PythonDocxError):
        found = docx.Document(io.BytesIO(document.data))
        hidden = hidden_styles(found.styles.element.iter(f"{_W}style"))
        drop_hidden_runs(found.element.body, hidden)
        styles = {style.style_id: style.name or "" for style in found.styles}
        titles = [_text(p) for p in found.element.body.iter(f"{_W}p") if styles.get(_style(p)) == "Title"]
        blocks = [*_blocks(found.element.body, styles), *_notes(found, styles, hidden)]
        draft = draft_of(blocks, found.core_properties, titles[0] if titles else None)
    yield draft


def _blocks(element: Element, styles: dict[str, str]) -> Iterator[Block]:
    """Yield the blocks in a body, a cell, a text box or a note, whatever wraps them."""
    for child in element:
        if child.tag == f"{_W}p":
            is_item = styles.get(_style(child), "").startswith(("List Bullet", "List Number")) or _is_numbered(child)
            text = _text(child).strip()
            yield Block("item", f"- {text}") if is_item and text else Block("paragraph", text)
            for box in child.iter(f"{_W}txbxContent"):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _blocks(box, styles)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, styles)
        elif isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
            yield from _blocks(child, styles)


def _rows(table: Element, styles: dict[str, str]) -> Iterator[Block]:
    """Yield a table's rows; one of a single cell, which only frames it, as the blocks in the cell."""
    for tr in table.iterchildren(f"{_W}tr"):
        if tr.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells = [list(_blocks(cell, styles)) for cell in tr.iter(f"{_W}tc") if _row_of(cell) is tr]
        if len(cells) == 1:
            yield from cells[0]
        else:
            yield row(" ".join(block.text for block in cell) for cell in cells)


def _row_of(cell: Element) -> Element | None:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _notes(document: Document, styles: dict[str, str], hidden: frozenset[str]) -> Iterator[Block]:
    """Yield the footnotes and endnotes."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(_NOTES):
            notes = parse_xml(relation.target_part.blob)
            drop_hidden_runs(notes, hidden)
            for note in notes:
                # Those with a type are the lines that set notes apart.
                if isinstance(note.tag, str) and not note.get(f"{_W}type"):
                    yield from _blocks(note, styles)


def _text(element: Element) -> str:
    """Return what a paragraph shows, without the text boxes that hang on it."""
    found: list[str] = []
    for child in element:
        if child.tag in (f"{_W}t", f"{_MATH}t"):
            found.append(child.text or "")
        elif child.tag in _MARKS:
            found.append(_MARKS[child.tag])
        elif child.tag == f"{_W}txbxContent" or child.tag in _PASSED_OVER or not isinstance(child.tag, str):
            continue
        else:
            found.append(_text(child))
    return "".join(found)


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _is_numbered(paragraph: Element) -> bool:
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    return number is not None and number.get(f"{_W}val") != "0"
