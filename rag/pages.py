"""Pages: where each begins in an article's text, and the page that a citation's words stand on."""

from __future__ import annotations

from bisect import bisect_right

from rag.types import Article, Citation

PAGES = "pages"


def page_starts(article: Article) -> list[int]:
    """Return where each page begins in the text, the first page first; empty for what has no pages."""
    kept = dict(article.metadata).get(PAGES, "")
    return [int(start) for start in kept.split(",") if start.isdecimal()]


def page_of(article: Article, offset: int) -> int | None:
    """Return the number of the page, from 1, on which the character at an offset of the text stands.

    None for what has no pages. The starts are kept as `("pages", "0,1523,2980")` in the article's metadata; a page
    without text begins where the next one does.
    """
    return bisect_right(page_starts(article), offset) or None


def cite(article: Article, start: int, end: int) -> Citation:
    """Return a citation of `text[start:end]`, not numbered yet, with the page it begins on."""
    return Citation(0, article.ref, start, end, article.text[start:end], page_of(article, start))
