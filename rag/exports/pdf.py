"""A document as PDF, in the Noto fonts of most scripts, signs and pictures; what they lack is replaced visibly."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from rag.exports.paper import Paper, Section

_PACKAGE: Final = "manimgx_fonts"
_PACKAGE_OF_EAST_ASIA: Final = "noto_cjk_sans_jp_regular"
_MAIN: Final = "NotoSans[wght].ttf"
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_INK, _PALE = (35, 33, 30), (110, 106, 98)


def as_pdf(paper: Paper) -> bytes:
    """Return a document as PDF."""
    page = _Page(_text(paper))
    page.write(paper.title, size=18, below=4)
    for section in paper.sections:
        _section(page, section)
    if page.missing:
        page.write(
            f"Characters that the fonts lack ({len(page.missing)}) stand as {_REPLACEMENT}; "
            "the Markdown and HTML exports have them.",
            size=8,
            colour=_PALE,
        )
    return bytes(page.pdf.output())


def _section(page: _Page, section: Section) -> None:
    page.write(section.question, size=13, below=2, above=4)
    for text, marks in section.paragraphs:
        page.write(f"{text} {marks}".rstrip(), size=10.5, below=2)
    for remark in section.remarks:
        page.write(remark, size=8.5, below=1, colour=_PALE)
    for source in section.sources:
        page.write(f"[{source.marker}] {source.place}", size=8.5, above=1, link=source.address or "")
        page.write(f"“{source.quote}”", size=8.5, colour=_PALE, indent=5)


class _Page:
    """The PDF that is being written, and the characters that it could not show."""

    def __init__(self, text: str) -> None:
        """Begin a page in the fonts that `text`, the whole of what will be written, needs."""
        self.pdf = FPDF(format="A4")
        self.pdf.set_margin(22)
        self.pdf.set_auto_page_break(True, margin=20)
        self.missing = set(text)
        names = []
        for path, characters in _fonts().items():
            if path.name == _MAIN or self.missing & characters:
                self.missing -= characters
                self.pdf.add_font(path.stem, fname=path)
                names.append(path.stem)
        self.pdf.set_fallback_fonts(names[1:], exact_match=False)
        self.pdf.set_text_shaping(True)
        self._family = names[0]
        self.pdf.add_page()

    def write(
        self,
        text: str,
        *,
        size: float,
        above: float = 0,
        below: float = 0,
        indent: float = 0,
        colour: tuple[int, int, int] = _INK,
        link: str = "",
    ) -> None:
        """Write a paragraph; sizes are points, spaces are millimetres."""
        self.pdf.set_font(self._family, size=size)
        self.pdf.set_text_color(*colour)
        self.pdf.ln(above)
        self.pdf.set_x(self.pdf.l_margin + indent)
        self.pdf.multi_cell(
            0, h=size * 0.5, text=self._writable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT, link=link
        )
        self.pdf.ln(below)

    def _writable(self, text: str) -> str:
        return "".join(_REPLACEMENT if c in self.missing else c for c in text)


def _text(paper: Paper) -> str:
    """Return all that a document says, in no order that matters."""
    texts = [paper.title]
    for each in paper.sections:
        texts += [each.question, *(text for text, _ in each.paragraphs), *each.remarks]
        texts += [text for source in each.sources for text in (source.place, source.quote)]
    return " ".join(texts)


@cache
def _fonts() -> dict[Path, frozenset[str]]:
    """Return the font files with the characters that they hold, the one for Latin, Greek and Cyrillic first.

    The one of Chinese, Japanese and Korean comes last: it has many signs of others too, but takes a second to load.
    """
    folder, further = (Path(str(files(package))) for package in (_PACKAGE, _PACKAGE_OF_EAST_ASIA))
    upright = sorted(path for path in folder.glob("Noto*.ttf") if "Italic" not in path.name)
    ordered = (folder / _MAIN, *(path for path in upright if path.name != _MAIN), *further.glob("*.otf"))
    return {path: frozenset(map(chr, TTFont(path, lazy=True).getBestCmap())) for path in ordered}
