"""Draws one page of a PDF as a PNG, some words on it marked: run as a process of its own, for PDFium is native code.

It imports nothing of Houseview and is called by `ingest.pdf_pages` alone, as `draw_page.py FILE PAGE` with the words
on standard input. It prints one line of JSON, `{"pages": 12, "found": true}`, then the image; on failure the reason.
"""

from __future__ import annotations

import json
import resource
import sys
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Any

_WIDTH, _MOST_PIXELS = 1_400, 4_000_000
_MEMORY, _SECONDS = 1 << 30, 10
_MOST_CHARS = 100_000
_MARK = (255, 214, 64)

Letters = tuple[str, list[int]]
Box = tuple[float, float, float, float]


def main(path: str, page_number: int, words: str) -> None:
    """Print the page, or say on standard error why there is none."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    import pypdfium2  # noqa: PLC0415 - under the limits

    try:
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        if not 1 <= page_number <= pages:
            sys.exit(f"has no page {page_number}, only {pages}")
        page = document[page_number - 1]
        bitmap, image = _drawn(page)
        boxes = list(_boxes(page, words)) if words.strip() else []
    except (pypdfium2.PdfiumError, OSError, MemoryError, ValueError) as error:
        sys.exit(f"cannot be drawn ({type(error).__name__})")
    place = bitmap.get_posconv(page)
    for left, bottom, right, top in boxes:
        image = _marked(image, (*place.to_bitmap(left, top), *place.to_bitmap(right, bottom)))
    written = BytesIO()
    image.save(written, "PNG")
    sys.stdout.buffer.write(json.dumps({"pages": pages, "found": bool(boxes)}).encode() + b"\n" + written.getvalue())


def _drawn(page: Any) -> tuple[Any, Any]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the page as a bitmap and as an image, wide enough to be read and bounded however large the page is."""
    width, height = (max(side, 1.0) for side in page.get_size())
    scale = min(_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5, _MOST_PIXELS / max(width, height))
    bitmap = page.render(scale=scale, may_draw_forms=False)
    return bitmap, bitmap.to_pil().convert("RGB")


def _boxes(page: Any, words: str) -> Iterator[Box]:  # noqa: ANN401
    """Yield a box around each line of the words on the page, nothing if they are not there."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    text = page.get_textpage()
    count = min(text.count_chars(), _MOST_CHARS)
    on_page, where = _letters("".join(chr(pdfium.FPDFText_GetUnicode(text.raw, place)) for place in range(count)))
    wanted = _letters(words)[0]
    start = on_page.find(wanted)
    if not wanted or start < 0:
        return
    line: Box | None = None
    for place in where[start : start + len(wanted)]:
        box = text.get_charbox(place)
        if line and box[1] < line[3] and box[3] > line[1] and box[0] >= line[0]:
            line = (line[0], min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3]))
            continue
        if line:
            yield line
        line = box
    if line:
        yield line


def _letters(text: str) -> Letters:
    """Return letters and digits alone, folded, each with its place: what a text keeps however it is laid out."""
    folded = [
        (each, place)
        for place, char in enumerate(text)
        for each in unicodedata.normalize("NFKC", char).casefold()
        if each.isalnum()
    ]
    return "".join(each for each, _ in folded), [place for _, place in folded]


def _marked(image: Any, box: tuple[int, int, int, int]) -> Any:  # noqa: ANN401
    """Return the image with a box of it coloured, as a marker pen would."""
    from PIL import Image, ImageChops  # noqa: PLC0415

    left, top, right, bottom = box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height)
    if left < right and top < bottom:
        part = image.crop((left, top, right, bottom))
        image.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _MARK)), (left, top))
    return image


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.stdin.read())
