"""One run of an ingest: a library held for writing, and what is read put into it, with what failed on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.articles import articles_in, listed_by, place_of
from ingest.extract import Extractor
from ingest.extraction import Extraction
from ingest.fetch.on_demand import OnDemand
from ingest.formats import READERS
from ingest.intake import Intake
from ingest.parse import Parse, parse_one
from ingest.parsing import Parsing
from ingest.rehearsal import Rehearsal
from ingest.types import Failure, IngestReport, Outcome, Progress, Unchanged
from rag.config import Settings
from rag.journal import Entry
from rag.library import BY_HAND, Holding, Library
from rag.types import Article, FailedInput


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles are to be taken: those published on or after a day, and no more than so many new ones."""

    since: date | None = None
    limit: int | None = None

    def includes(self, article: Article) -> bool:
        """Return whether an article is asked for; without a date it is not known to be, where a day is given."""
        return self.since is None or (article.published is not None and article.published.date() >= self.since)


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be read, and what it is known by among the failures: itself, or the folder that it lies in."""

    source: str | Path
    root: str

    @property
    def place(self) -> str:
        """The full name of what is to be read."""
        return place_of(self.source)


def given(sources: Iterable[str | Path] | str | Path) -> list[Given]:
    """Return what a caller gave, one or many."""
    each = [sources] if isinstance(sources, (str, Path)) else list(sources)
    return [Given(source, place_of(source)) for source in each]


class Run:
    """An ingest under way; a context manager, which holds the library for writing unless it is only a rehearsal."""

    def __init__(
        self,
        library: Library,
        settings: Settings | None,
        extractor: Extractor | None,
        *,
        wanted: Wanted = Wanted(),
        rehearse: bool = False,
        progress: Callable[[Progress], None] | None = None,
        outcome: Callable[[Outcome], None] | None = None,
        total: int | None = None,
        parse: Parse = parse_one,
    ) -> None:
        """Read nothing yet; a rehearsal stores and embeds nothing, and reads no views.

        Args:
            library: an open library.
            settings: limits; the library's own if None.
            extractor: reads the views, if any is to.
            wanted: which articles to take.
            rehearse: only count.
            progress: called after each article, failure and stored batch.
            outcome: called with what became of each article and failure.
            total: how many articles there will be, if that is known.
            parse: reads one document, in a process of its own.
        """
        self._library = library
        self._settings = settings or library.settings
        self._rehearse = rehearse
        self._wanted = wanted
        self._entry = Entry("rehearsal" if rehearse else "ingest", embedder=library.embedder.name)
        self._extraction = Extraction(None if rehearse else extractor)
        self._web = OnDemand(self._settings, READERS, None if rehearse else library)
        self._parsing = Parsing(self._settings, parse=parse)
        kind = Rehearsal if rehearse else Intake
        self.intake = kind(library, self._extraction, progress, outcome=outcome, total=total)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self._entry)
            if not self._rehearse:
                stack.enter_context(self._library.writer())
            stack.enter_context(self._extraction)
            stack.enter_context(self._web)
            stack.enter_context(self._parsing)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def read(self, what: Given, *, in_step: bool) -> list[Failure]:
        """Put the articles of a source into the library and return what failed.

        Args:
            what: the source.
            in_step: whether the library is to remember what the source holds, and not that it was added by hand.
        """
        failed: list[Failure] = []
        is_whole = False
        try:
            for place, each in articles_in(what.source, self._settings, self._web, self._parsing):
                if self._wanted.limit is not None and self.intake.work >= self._wanted.limit:
                    break
                if isinstance(each, Failure):
                    failed.append(each)
                if isinstance(each, Unchanged):
                    self._keep(each, what, in_step=in_step)
                else:
                    self._take(place if in_step else BY_HAND, each)
            else:
                is_whole = True
        finally:  # also when stopped in the middle: what failed by then is to be seen
            self._remember(what, failed, is_whole=is_whole)
        return failed

    def _take(self, place: str, found: Article | Failure) -> None:
        self.intake.claims.place = place
        if isinstance(found, Failure) or self._wanted.includes(found):
            self.intake.take(found)
        else:
            self.intake.leave_out(found)

    def _keep(self, found: Unchanged, what: Given, *, in_step: bool) -> None:
        """Count what has not changed at its server, and note where it is held: by the page, or by what a feed lists."""
        if in_step:
            own = {each.source for each in self._library.sources.held_under(what.place)}
            for source in found.sources:
                self.intake.claims.place = what.place if source in own else listed_by(what.source)
                self.intake.claims.note(source, was_there=True)
        self.intake.take(found)

    def release(self, gone: Iterable[Holding]) -> None:
        """Remove what was read before and is no longer there, unless another place holds it."""
        self.intake.release(set(gone))

    def give_up(self, place: str) -> None:
        """Forget what failed in a place that is gone."""
        self._remember(Given(place, place), [], is_whole=True)

    def finish(self) -> IngestReport:
        """Store what still waits and return what was done."""
        report = self.intake.finish()
        self._note(report)
        return report

    def _note(self, report: IngestReport) -> None:
        """Tell the journal how many of each there were, and what failed if it may hold that."""
        counts = ("added", "updated", "unchanged", "duplicates", "removed")
        self._entry.facts |= {name: getattr(report, name) for name in counts} | {"failed": len(report.failed)}
        if self._settings.log_text:
            self._entry.facts["failures"] = [f"{each.source}: {each.reason}" for each in report.failed]

    def _remember(self, what: Given, failed: list[Failure], *, is_whole: bool) -> None:
        """Keep what failed; what failed before and does so no more is forgotten once the source was read to the end."""
        if self._rehearse:
            return
        now = {what.place if each.source == str(what.source) else each.source: each.reason for each in failed}
        stored = self._library.sources.failures() if is_whole else []
        cleared = [each.source for each in stored if each.source not in now and _concerns(each, what)]
        self._library.sources.note_failures([(source, what.root, why) for source, why in now.items()], cleared)


def _concerns(failure: FailedInput, what: Given) -> bool:
    """Return whether reading a source to the end would have shown a failure again."""
    within = tuple(f"{what.place.rstrip('/')}{mark}" for mark in "/:")
    return what.place in (failure.root, failure.source) or failure.source.startswith(within)
