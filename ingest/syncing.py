"""Keeping a library in step with its sources: what is new or changed comes in, what a source no longer has goes.

A source that cannot wholly be read loses nothing: a share that is not mounted, a file half written or a server that
does not answer looks no different from a source that was emptied.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from ingest.articles import listed_by
from ingest.extract import Extractor, extract
from ingest.run import Given, Run, given
from ingest.totals import expected
from ingest.types import Foreign, IngestReport, Outcome, Progress
from rag.config import Settings
from rag.library import Holding, Library

_KEPT: Final = "not wholly read, so that nothing of it was removed; see to what failed and sync it again."
_MAGIC: Final = re.compile(r"[*?\[]")


def sync(
    sources: Iterable[str | Path] | str | Path | None,
    library: Library,
    *,
    settings: Settings | None = None,
    extractor: Extractor | None = extract,
    progress: Callable[[Progress], None] | None = None,
    outcome: Callable[[Outcome], None] | None = None,
    dry_run: bool = False,
) -> IngestReport:
    """Add and update what sources hold, and remove what they held when last synced and no longer do.

    A source of which anything fails to be read loses nothing, nor does an empty folder, which is what a share that is
    not mounted looks like; `forget` is for one that is gone for good. An article stays while another synced source
    holds it, or if it was ever added by hand. Interrupt this at any moment and run it again to go on.

    Args:
        sources: files and folders; None for all that were synced or watched before.
        library: an open library; it is locked for writing meanwhile.
        settings: limits; the library's own by default.
        extractor: as for `ingest`.
        progress: called after each article, failure and stored batch.
        outcome: called with what became of each article, and with each failure.
        dry_run: only say what would be done; writes and embeds nothing.

    Raises:
        LibraryLocked: another process is writing to the library.
        ModelMismatch: the library was embedded with another model.
    """
    what = given(library.sources.synced() if sources is None else sources)
    total = expected(each.source for each in what) if progress else None
    with Run(library, settings, extractor, rehearse=dry_run, progress=progress, outcome=outcome, total=total) as run:
        return step(run, library, what)


def forget(
    sources: Iterable[str | Path] | str | Path,
    library: Library,
    *,
    outcome: Callable[[Outcome], None] | None = None,
) -> IngestReport:
    """Stop keeping a library in step with sources, and remove what only they held; the sources are not read.

    Raises:
        LibraryLocked: another process is writing to the library.
    """
    with Run(library, None, None, outcome=outcome) as run:
        return step(run, library, [], gone=[each.place for each in given(sources)])


def step(run: Run, library: Library, what: list[Given], gone: Iterable[str] = ()) -> IngestReport:
    """Read sources in step with the library, then remove what they, and places that are gone, hold no more."""
    claims = run.intake.claims
    for each in what:
        claims.keep_in_step(each.root)
    whole = []
    for each in what:
        if _failed(run, each):
            run.intake.mention(str(each.source), _KEPT)
        else:
            whole.append(each.place)
    held: set[Holding] = set().union(*(held_by(place, library) for place in whole)) - claims.made
    for place in gone:
        held |= {Holding(place), *held_by(place, library), *library.sources.held_under(listed_by(place))}
        run.give_up(place)
    run.release(held)
    return run.finish()


def held_by(place: str, library: Library) -> set[Holding]:
    """Return what a file, folder, address or pattern of files held when it was last read."""
    if "://" in place or not _MAGIC.search(place) or Path(place).exists():
        return library.sources.held_under(place)
    fixed = _MAGIC.split(place)[0].rpartition("/")[0]
    pattern = place.split("/")
    return {each for each in library.sources.held_under(fixed) if _matches(each.place.split("/"), pattern)}


def _failed(run: Run, what: Given) -> bool:
    """Read a source; return whether anything was left unread that may hold what the library has of it."""
    failed = run.read(what, in_step=True)
    return not all(isinstance(each, Foreign) for each in failed)


def _matches(parts: list[str], pattern: list[str]) -> bool:
    """Return whether a file is one that a pattern stands for, or lies in a folder that is; `**` is any folders."""
    if not pattern or not parts:
        return not pattern
    if pattern[0] == "**":
        return any(_matches(parts[start:], pattern[1:]) for start in range(len(parts) + 1))
    return fnmatch.fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])
