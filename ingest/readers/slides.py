"""PowerPoint: a section for each slide, its title as the heading, then what stands on it, then its notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ingest.hidden_runs import drop_hidden_text
from ingest.office import Block, draft_of, readable, row
from ingest.types import Draft, RawDocument

if TYPE_CHECKING:
    from pptx.slide import Slide

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BULLETS = (f"{_A}buChar", f"{_A}buAutoNum")


def read(document: RawDocument) -> Iterator[Draft]:
    """Yield the article in a presentation. Hidden slides and shapes, dates, footers and slide numbers are left out.

    Raises:
        SourceError: it is encrypted, damaged or unpacks to too much.
    """
    import pptx  # noqa: PLC0415 - most folders hold none
    from pptx.exc import PythonPptxError  # noqa: PLC0415

    with readable(document, "PowerPoint presentation", PythonPptxError):
        found = pptx.Presentation(io.BytesIO(document.data))
        shown = [slide for slide in found.slides if slide._element.get("show") not in ("0", "false")]
        for slide in shown:
            drop_hidden_text(slide._element)
        titles = [title for slide in shown[:1] if (title := _title(slide))]
        blocks = [block for slide in shown for block in _on(slide)]
        draft = draft_of(blocks, found.core_properties, titles[0] if titles else None)
    yield draft


def _on(slide: Slide) -> Iterator[Block]:
    yield Block("paragraph", _title(slide))
    title = slide.shapes.title
    yield from _in(slide.shapes, title.shape_id if title is not None else None)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from (Block("paragraph", _line(each.text)) for each in slide.notes_slide.notes_text_frame.paragraphs)


def _title(slide: Slide) -> str:
    title = slide.shapes.title
    return _line(title.text_frame.text) if title is not None else ""


def _in(shapes: Iterable[Any], title_id: int | None) -> Iterator[Block]:
    """Yield what stands in shapes, those in groups included, the title aside."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KINDS  # noqa: PLC0415

    for shape in shapes:
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if shape.shape_id == title_id or kind in (KINDS.DATE, KINDS.FOOTER, KINDS.SLIDE_NUMBER):
            continue
        if hasattr(shape, "shapes"):
            yield from _in(shape.shapes, title_id)
        elif getattr(shape, "has_table", False):
            yield from (row(cell.text for cell in each.cells if not cell.is_spanned) for each in shape.table.rows)
        elif shape.has_text_frame:
            listed = kind in (KINDS.BODY, KINDS.OBJECT)
            yield from (_paragraph(each, listed) for each in shape.text_frame.paragraphs)


def _paragraph(paragraph: Any, listed: bool) -> Block:  # noqa: ANN401 - python-pptx's class has no public home
    """Return a paragraph, as an item if it has a bullet of its own or stands where all have one."""
    text = _line(paragraph.text)
    marks = paragraph._p.pPr
    own = marks is not None and any(marks.find(bullet) is not None for bullet in _BULLETS)
    none = marks is not None and marks.find(f"{_A}buNone") is not None
    return Block("item", f"- {text}") if text and (own or (listed and not none)) else Block("paragraph", text)


def _line(text: str) -> str:
    """Return a text in which PowerPoint's vertical tabs, its line breaks inside a paragraph, are blanks."""
    return " ".join(text.split())
