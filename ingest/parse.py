"""From a raw document to articles: the reader for its format, and the identity of what it found."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from ingest.entries import printable
from ingest.formats import READERS
from ingest.identity import article_id, content_key, normalised_url
from ingest.types import Draft, Failure, RawDocument, Reader
from rag.errors import SourceError
from rag.types import Article

_DEEPEST = 3


def parse(document: RawDocument, max_chars: int) -> Iterator[Article | Failure]:
    """Yield the articles in a document and in those that it holds, and a Failure for each that cannot be used.

    Args:
        document: one file's bytes.
        max_chars: the length above which an article is refused.
    """
    reader = cast("Reader", importlib.import_module(f"ingest.readers.{READERS[document.suffix]}").read)
    found = 0
    try:
        for draft in reader(document):
            found += 1
            if isinstance(draft, RawDocument):
                yield from _parse_inner(draft, max_chars)
            else:
                yield draft if isinstance(draft, Failure) else _article(document, draft, max_chars)
        if not found:
            raise SourceError("the file holds no articles; nothing to add.")
    except SourceError as error:
        yield Failure(document.name, str(error))


def _parse_inner(document: RawDocument, max_chars: int) -> Iterator[Article | Failure]:
    if document.depth > _DEEPEST:
        yield Failure(document.name, "too deep inside other documents to be opened; save it and add it by itself.")
    else:
        yield from parse(document, max_chars)


def with_source(article: Article, source: str) -> Article:
    """Return the article as known by another source key."""
    return replace(article, source=source, id=article_id(source))


def _article(document: RawDocument, draft: Draft, max_chars: int) -> Article | Failure:
    name = f"{document.name}:{draft.where}" if draft.where else document.name
    if not draft.text.strip():
        return Failure(name, "no text is left once markup and invisible characters are gone; nothing to add.")
    if len(draft.text) > max_chars:
        return Failure(name, f"longer than {max_chars:,} characters; raise HOUSEVIEW_MAX_ARTICLE_CHARS or split it.")
    source = _source_key(document, draft)
    path = () if draft.where or document.path is None else (("path", printable(document.path)),)
    return Article(
        id=article_id(source),
        url=draft.url or (None if draft.where else document.url),
        title=draft.title,
        publisher=draft.publisher,
        authors=draft.authors,
        published=draft.published,
        kind=draft.kind,
        tickers=draft.tickers,
        text=draft.text,
        language=draft.language,
        source=source,
        metadata=(*(pair for pair in draft.metadata if pair[0] != "path"), *path),
    )


def _source_key(document: RawDocument, draft: Draft) -> str:
    url = draft.url or (None if draft.where else document.url)
    if url:
        return normalised_url(url)
    return content_key(draft.text) if draft.where else document.key
