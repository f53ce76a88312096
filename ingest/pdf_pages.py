"""A picture of a page of the PDF that an article was read from, the cited words marked on it."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rag.errors import SourceError
from rag.pages import page_starts
from rag.types import Article

_SECONDS: Final = 15
_MOST_WORDS: Final = 4_000
_DRAW: Final = Path(__file__).with_name("draw_page.py")


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a PNG; `found` tells whether the words were on it and are marked."""

    png: bytes
    page: int
    pages: int
    found: bool


def pdf_of(article: Article) -> Path | None:
    """Return the PDF file that an article was read from, which may be gone by now; None for any other article.

    It is the file that ingesting recorded, never one that the article's text or its sender names.
    """
    recorded = dict(article.metadata).get("path", "")
    return Path(recorded) if recorded.casefold().endswith(".pdf") and page_starts(article) else None


def page_image(article: Article, start: int, end: int) -> PageImage:
    """Return the page on which `text[start:end]` of an article begins, those words marked, from the PDF it was read of.

    The page is drawn in a process of its own, with a limit on its time and memory.

    Raises:
        SourceError: the article comes from no PDF, or the file is gone, was changed or cannot be drawn.
    """
    path = pdf_of(article)
    if path is None:
        raise SourceError(f"{article.source}: was not read from a PDF file; there is no page to show.")
    if not _is_file(path):
        raise SourceError(f"{path}: is no longer there, or only a link; its text is what is left.")
    page, words = _on_page(article, start, end)
    command = [sys.executable, "-I", str(_DRAW), str(path), str(page)]
    given = words[:_MOST_WORDS].encode(errors="replace")
    try:
        drawn = subprocess.run(command, input=given, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"{path}: page {page} takes more than {_SECONDS} s to draw; open the file itself.") from error
    if drawn.returncode:
        lines = drawn.stderr.decode(errors="replace").strip().splitlines()
        reason = lines[-1] if drawn.returncode == 1 and lines else "cannot be drawn"
        raise SourceError(f"{path}: {reason}; open the file itself.")
    told, _, png = drawn.stdout.partition(b"\n")
    facts = json.loads(told)
    if facts["pages"] != len(page_starts(article)):
        raise SourceError(f"{path}: has changed since it was read; add it again to see its pages.")
    return PageImage(png, page, facts["pages"], facts["found"])


def _on_page(article: Article, start: int, end: int) -> tuple[int, str]:
    """Return the page where a span begins, and the words of it that are on that page."""
    starts = page_starts(article)
    page = bisect_right(starts, start) or 1
    rest = starts[page] if page < len(starts) else len(article.text)
    return page, article.text[start : min(end, rest)]


def _is_file(path: Path) -> bool:
    """Return whether a path leads to a file, not to a pipe, a device or a link put in its place."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False
