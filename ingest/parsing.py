"""Documents read ahead of whoever stores what they hold, each in a process that it may crash, and told in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from threading import Thread
from types import TracebackType
from typing import Final, Self

from ingest.formats import ARCHIVES, ROWS
from ingest.loading import size_of
from ingest.parse import Found, Parse, parse, parse_one, with_few_failures
from ingest.parser import Parser, Terms, UnfinishedError
from ingest.process import Caught, NoWorkerError
from ingest.tray import Job, Tray
from ingest.types import Failure, RawDocument, Unchanged
from rag.config import Settings
from rag.types import Article

# How far ahead: documents, and the bytes of those that are in memory.
_AHEAD, _BYTES = 256, 64 * 1024 * 1024
_WORKERS: Final = 2
_FEW: Final = 4  # documents that wait, up to which a second process is not worth its start
# Plain formats are read here up to this size: so little makes none of their readers take long or grow.
_PLAIN: Final = frozenset({".txt", ".text", ".md", ".markdown", ".jsonl", ".csv", ".tsv"})
_SMALL: Final = 64 * 1024
_LOST_ROWS: Final = 3  # of one file, each of which ended its process: the next would be no better
_TO_CLOSE: Final = 5.0

Result = Article | Failure | Unchanged
_Waiting = Job | RawDocument | Failure | Unchanged


class Parsing:
    """Reads documents; a context manager, since it may have processes to end."""

    def __init__(self, settings: Settings, *, parse: Parse = parse_one, workers: int = _WORKERS) -> None:
        """Start nothing yet.

        Args:
            settings: limits on the time, memory and output of each document.
            parse: reads one document; a function that another process can import.
            workers: how many processes may read at the same time.
        """
        self._terms = Terms(parse, settings.max_article_chars, settings.parse_seconds, settings.parse_mb)
        self._tray = Tray()
        self._most = min(workers, os.cpu_count() or 1)
        self._hands: list[_Hand] = []

    def results(
        self, documents: Iterable[RawDocument | Failure | Unchanged]
    ) -> Iterator[tuple[RawDocument | None, Result]]:
        """Yield what documents hold, in their order, each with its document, and what is no document as it is."""
        coming = iter(documents)
        waiting: deque[_Waiting] = deque()
        try:
            while self._look_ahead(coming, waiting):
                first = waiting.popleft()
                if isinstance(first, Job):
                    yield from ((first.document, each) for each in self._of(first))
                elif isinstance(first, RawDocument):
                    yield from ((first, each) for each in parse(first, self._terms.max_chars))
                else:
                    yield None, first
        finally:
            self._tray.drop(each for each in waiting if isinstance(each, Job))

    def close(self) -> None:
        """End the processes; what they have not read stays unread."""
        self._tray.close()
        for hand in self._hands:
            hand.let_go()
        for hand in self._hands:
            hand.join(_TO_CLOSE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _look_ahead(self, coming: Iterator[RawDocument | Failure | Unchanged], waiting: deque[_Waiting]) -> bool:
        """Have some more documents read, so that the processes are never without work; False if there are none left.

        Of those that are fetched one at a time: waiting for the next server would hold up what is read already.
        """
        held = sum(len(each.document.data) for each in waiting if isinstance(each, Job))
        while len(waiting) < _AHEAD and held < _BYTES and not (waiting and _is_fetched(waiting[-1])):
            found = next(coming, None)
            if found is None:
                break
            if isinstance(found, RawDocument) and not _is_light(found):
                held += len(found.data)
                waiting.append(self._handed_out(found))
            else:
                waiting.append(found)
        return bool(waiting)

    def _handed_out(self, document: RawDocument) -> Job:
        job = Job(document)
        waiting = self._tray.add(job)
        if len(self._hands) < self._most and (waiting > _FEW or not self._hands):
            self._hands.append(_Hand(self._terms, self._tray))
            self._hands[-1].start()
        return job

    def _of(self, job: Job) -> Iterator[Article | Failure]:
        try:
            yield from self._tray.of(job)
        finally:  # also when whoever asked has seen enough
            self._tray.drop([job])


class _Hand(Thread):
    """Takes jobs from the tray and has a process read their documents; one that is lost is replaced for the next."""

    def __init__(self, terms: Terms, tray: Tray) -> None:
        super().__init__(daemon=True)
        self._terms = terms
        self._tray = tray
        self._parser: Parser | None = None
        self._is_let_go = False

    def run(self) -> None:
        """Read until there is no more."""
        while job := self._tray.next_job():
            with Caught(), self._tray.at_work(job):
                for found in self._read(job.document):
                    if not self._tray.put(job, found):
                        self._replace()
                        break
        self._replace()

    def let_go(self) -> None:
        """End the process, and have `run` return soon."""
        self._is_let_go = True
        if parser := self._parser:
            parser.kill()

    def _read(self, document: RawDocument) -> Iterator[Article | Failure]:
        """Yield what is in a document, and in those that it holds once it is read to its end.

        Archives are opened here, a member at a time: unpacking is bounded, and so a member costs no other.
        """
        held: deque[Found] = deque()
        parts = self._opened(document) if document.suffix in ARCHIVES else self._parts(document)
        for each in parts:
            if isinstance(each, RawDocument) and document.suffix in ARCHIVES:
                yield from self._read(each)
            elif isinstance(each, RawDocument) or held:
                held.append(each)
            else:
                yield each
        for each in held:
            if isinstance(each, RawDocument):
                yield from self._read(each)
            else:
                yield each

    def _opened(self, archive: RawDocument) -> Iterator[Found]:
        return parse_one(archive, self._terms.max_chars)

    def _parts(self, document: RawDocument) -> Iterator[Found]:
        try:
            if document.suffix in ROWS:
                yield from with_few_failures(self._rows(document), document.name)
            else:
                yield from self._parsed(document)
        except UnfinishedError as error:
            yield Failure(document.name, str(error))
        except NoWorkerError as error:
            yield Failure(document.name, f"no process can be started to read it in ({error}); try it again.")

    def _rows(self, document: RawDocument) -> Iterator[Found]:
        """Yield what is in the rows of a file; one that ends the process costs itself, and the next are read on.

        Rows are first read many at a time. Where that fails they are read one by one, which shows the one to blame.
        """
        read, lost, singly = 0, 0, False
        while True:
            try:
                for each in self._parsed(replace(document, rows_read=read), singly=singly):
                    read += 1
                    yield each
            except UnfinishedError as error:
                if self._is_let_go:
                    return
                if singly:
                    read, lost = read + 1, lost + 1
                    yield Failure(f"{document.name}:row {read:,}", f"{error}")
                singly = True
            else:
                return
            if lost == _LOST_ROWS:
                raise UnfinishedError(
                    f"{lost} of its first {read:,} rows could not be read, so that nothing after them was;"
                    " mend or take out those rows and add it again."
                )

    def _parsed(self, document: RawDocument, *, singly: bool = False) -> Iterator[Found]:
        """Yield what one process finds in a document.

        Raises:
            NoWorkerError: no process can be had.
            UnfinishedError: the rest cannot be read.
        """
        parser = self._hired()
        try:
            for some in parser.parse(document, singly=singly):
                yield from some
        finally:
            if parser.is_spent:
                self._replace()

    def _hired(self) -> Parser:
        if not self._parser:
            self._parser = Parser(self._terms)
            if self._is_let_go:
                self._parser.kill()
        return self._parser

    def _replace(self) -> None:
        """End the process, if there is one, so that the next document gets a new one."""
        parser, self._parser = self._parser, None
        if parser:
            parser.close()


def _is_fetched(waiting: _Waiting) -> bool:
    document = waiting.document if isinstance(waiting, Job) else waiting
    return isinstance(document, RawDocument) and document.url is not None


def _is_light(document: RawDocument) -> bool:
    """Return whether reading a document here is safe, and sooner done than starting a process."""
    return document.suffix in _PLAIN and not document.packed and size_of(document) <= _SMALL
