"""Small sound documents of every format that is read, made with the libraries that write them.

The same number gives the same bytes, so that what a seed does to them can be done again.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage

TITLE = "Small caps move up"
WHY = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall."


def says(number: int) -> str:
    """Return the sentence by which document `number` is known."""
    return f"The desk wrote note number {number} about the Quillmark index on that day."


def made(ending: str, number: int) -> bytes:
    """Return a document of a format, told by the ending of its name, that says who it is."""
    return _MAKERS[ending](number)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of some parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _text(number: int) -> bytes:
    return f"{TITLE}\nBy Jane Doe\n14 October 2026\n\n{WHY} {says(number)}\n\n- buy caps\n- sell oil\n".encode()


def _markdown(number: int) -> bytes:
    front = "---\ntitle: Small caps move up\nauthors: [Jane Doe]\ndate: 2026-10-14\ntickers: [IWM]\n---\n"
    table = "| Stock | From | To |\n|---|---|---|\n| Tessermill | Buy | Hold |\n"
    return f"{front}# {TITLE}\n\n**{WHY}** {says(number)}\n\n{table}\n[more](https://desk.example/a)\n".encode()


def _html(number: int) -> bytes:
    head = f'<title>{TITLE}</title><meta name="author" content="Jane Doe"><meta property="og:type" content="article">'
    body = f"<h1>{TITLE}</h1><p>{WHY} {WHY}</p><p>{says(number)} {WHY}</p><ul><li>{WHY}</li></ul>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body><article>{body}</article></body></html>'.encode()


def _jsonl(number: int) -> bytes:
    row = {"title": TITLE, "text": f"{WHY} {says(number)}", "authors": ["Jane Doe"], "published": "2026-10-14"}
    return "".join(json.dumps(row | {"url": f"urn:{number}:{n}"}) + "\n" for n in range(3)).encode()


def _csv(number: int) -> bytes:
    rows = (f'urn:c{number}:{n},"{TITLE}, again",2026-10-14,"{WHY}\n{says(number)}"\r\n' for n in range(3))
    return ("url,title,published,text\r\n" + "".join(rows)).encode()


def _pdf(number: int) -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.set_title(TITLE)
    made.set_author("Jane Doe")
    made.set_creation_date(datetime(2026, 10, 14, tzinfo=UTC))
    made.set_font("helvetica", size=11)
    for page in range(2):
        made.add_page()
        made.multi_cell(0, 6, f"{TITLE}\n\n{WHY}\n{says(number)} This is page {page}.")
    return bytes(made.output())


def _word(number: int) -> bytes:
    import docx

    made = docx.Document()
    made.add_heading(TITLE, 0)
    made.add_paragraph(f"{WHY} {says(number)}")
    made.add_paragraph("Buy caps", style="List Bullet")
    table = made.add_table(2, 3)
    for row, cells in enumerate((("Stock", "From", "To"), ("Tessermill", "Buy", "Hold"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    return _saved(made.save)


def _slides(number: int) -> bytes:
    import pptx

    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = TITLE
    slide.placeholders[1].text = f"{WHY}\n{says(number)}"
    slide.notes_slide.notes_text_frame.text = "Rates first."
    return _saved(made.save)


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return packed(unpacked(stream.getvalue()))


def _mail(number: int) -> bytes:
    made = _letter(number)
    made.add_attachment(f"{TITLE}\n\nAttached: {WHY}", filename="note.txt")
    made.add_attachment(_letter(number + 1_000_000))
    for place, part in enumerate(made.walk()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"part-{place}")
    return bytes(made)


def _letter(number: int) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Jane Doe <jane@harborstreet.example>", "desk@desk.example"
    made["Subject"], made["Date"] = f"Re: {TITLE}", "Wed, 14 Oct 2026 09:30:00 +0100"
    history = "On Tue, Oct 13, 2026 at 4:05 PM Rob Roe <rob@desk.example> wrote:\n> Do you still like small caps?\n"
    made.set_content(f"{WHY}\n{says(number)}\n\n{history}\n-- \nJane Doe\nHarbor Street Research\n")
    made.add_alternative(_html(number).decode(), subtype="html")
    return made


def _tar(number: int) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in _held(number).items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def _held(number: int) -> dict[str, bytes]:
    return {
        "notes/a.txt": _text(number),
        "notes/b.md": _markdown(number + 1),
        "notes/c.jsonl.gz": _gzipped(_jsonl(number + 2)),
    }


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


_MAKERS: dict[str, Callable[[int], bytes]] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _html,
    ".jsonl": _jsonl,
    ".csv": _csv,
    ".pdf": _pdf,
    ".docx": _word,
    ".pptx": _slides,
    ".eml": _mail,
    ".md.gz": lambda number: _gzipped(_markdown(number)),
    ".zip": lambda number: packed(_held(number)),
    ".tar": _tar,
    ".tar.gz": lambda number: _gzipped(_tar(number)),
}
ENDINGS = tuple(_MAKERS)
