"""From a raw document to articles: the reader for its format, and the identity of what it found."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, cast

from ingest.clean import plain_line, seen_address, spelt_out
from ingest.entries import printable
from ingest.formats import READERS, ROWS
from ingest.guesses import with_guesses
from ingest.identity import article_id, content_key, normalised_url
from ingest.loading import loaded
from ingest.sidecars import with_sidecar
from ingest.types import Draft, Failure, RawDocument, Reader
from rag.errors import SourceError
from rag.types import Article

_DEEPEST: Final = 3
_FAILURES: Final = 1_000  # told one by one of a file of rows

In = Draft | Failure | RawDocument
Found = Article | Failure | RawDocument
Parse = Callable[[RawDocument, int], Iterator[Found]]
"""How one document is read: a document and the length above which an article is refused in, what it holds out."""


def parse(document: RawDocument, max_chars: int) -> Iterator[Article | Failure]:
    """Yield the articles in a document and in those that it holds, and a Failure for each that cannot be used.

    Args:
        document: one file.
        max_chars: the length above which an article is refused.
    """
    found = parse_one(document, max_chars)
    for each in with_few_failures(found, document.name) if document.suffix in ROWS else found:
        if isinstance(each, RawDocument):
            yield from parse(each, max_chars)
        else:
            yield each


def parse_one(document: RawDocument, max_chars: int) -> Iterator[Found]:
    """Yield the articles in a document, a Failure for each that cannot be used, and the documents that it holds."""
    if document.depth > _DEEPEST:
        yield Failure(document.name, "too deep inside other documents to be opened; save it and add it by itself.")
        return
    found = 0
    try:
        for each in _drafts(document):
            found += 1
            yield _article(document, _described(document, each), max_chars) if isinstance(each, Draft) else each
        if not found and not document.rows_read:
            raise SourceError("the file holds no articles; nothing to add.")
    except SourceError as error:
        yield Failure(document.name, str(error))


def _drafts(document: RawDocument) -> Iterator[In]:
    """Return what the reader of a document's format finds in it.

    Raises:
        SourceError: the rest of it cannot be read.
    """
    reader = cast("Reader", importlib.import_module(f"ingest.readers.{READERS[document.suffix]}").read)
    return reader(document if document.suffix in ROWS else loaded(document))


def with_few_failures(rows: Iterable[Found], name: str) -> Iterator[Found]:
    """Yield what is in the rows of a file, and of a million bad ones not a million lines."""
    failed = 0
    for row in rows:
        failed += isinstance(row, Failure)
        if not isinstance(row, Failure) or failed <= _FAILURES:
            yield row
    if failed > _FAILURES:
        yield Failure(name, f"{failed - _FAILURES:,} more rows cannot be read; mend those that are named first.")


def with_source(article: Article, source: str) -> Article:
    """Return the article as known by another source key."""
    return replace(article, source=source, id=article_id(source))


def _described(document: RawDocument, draft: Draft) -> Draft:
    """Return a file's draft with what its sidecar says, then its feed, then its name; a row among many as it is."""
    if draft.where:
        return _hinted(draft, document)
    return with_guesses(_hinted(with_sidecar(draft, document), document), document)


def _article(document: RawDocument, draft: Draft, max_chars: int) -> Article | Failure:
    name = f"{document.name}:{draft.where}" if draft.where else document.name
    if not draft.text.strip():
        return Failure(name, "no text is left once markup and invisible characters are gone; nothing to add.")
    if len(draft.text) > max_chars:
        return Failure(name, f"longer than {max_chars:,} characters; raise HOUSEVIEW_MAX_ARTICLE_CHARS or split it.")
    draft = _legible(draft)
    source = _source_key(document, draft)
    path = () if draft.where or document.path is None else (("path", printable(document.path)),)
    return Article(
        id=article_id(source),
        url=_url(document, draft),
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


def _legible(draft: Draft) -> Draft:
    """Return a draft without invisible characters in what it says of itself, whichever reader or file it is from."""
    return replace(
        draft,
        title=_line(draft.title),
        url=seen_address(draft.url) if draft.url else None,
        publisher=_line(draft.publisher),
        authors=_lines(draft.authors),
        kind=_line(draft.kind),
        tickers=_lines(draft.tickers),
        language=_line(draft.language),
        metadata=tuple((plain_line(name), plain_line(value)) for name, value in draft.metadata),
    )


def _line(value: str | None) -> str | None:
    return (plain_line(value) if value else None) or None


def _lines(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(plain_line, values)))


def _hinted(draft: Draft, document: RawDocument) -> Draft:
    """Return the draft with what the feed that led to it says, where the document itself says nothing."""
    hints = document.hints
    if hints is None:
        return draft
    return replace(
        draft,
        title=draft.title or hints.title,
        publisher=draft.publisher or hints.publisher,
        authors=draft.authors or hints.authors,
        published=draft.published or hints.published,
        metadata=(*draft.metadata, *hints.metadata),
    )


def _url(document: RawDocument, draft: Draft) -> str | None:
    """Return the article's address: where it was fetched from, else what it says itself.

    A page that is fetched may say that it is any other one; believed, it would take that one's place in the library.
    """
    return draft.url if draft.where else document.url or draft.url


def _source_key(document: RawDocument, draft: Draft) -> str:
    if url := _url(document, draft):
        return normalised_url(url)
    return content_key(draft.text) if draft.where else spelt_out(document.key)
