"""Where the articles of a library come from: which source holds which, what servers said of them, what failed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager

from rag.catalogue import Catalogue
from rag.catalogue.holdings import Holding
from rag.types import Article, FailedInput, Fetch


class Sources:
    """The sources of an open library; `library.sources`."""

    def __init__(self, catalogue: Catalogue, writer: Callable[[], AbstractContextManager[None]]) -> None:
        """Keep to a catalogue, which is changed within `writer`."""
        self._catalogue = catalogue
        self._writer = writer

    def claim(self, claims: Sequence[tuple[Holding, bool]]) -> None:
        """Record which places hold which articles, each with whether the article was stored before the place was read.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self._writer():
            self._catalogue.holdings.claim(claims)

    def synced(self) -> list[str]:
        """Return the sources that the library is kept in step with."""
        return self._catalogue.holdings.sources()

    def held_under(self, place: str) -> set[Holding]:
        """Return what a file, feed or address held when last kept in step, or all the files below a folder."""
        return self._catalogue.holdings.under(place)

    def unheld(self, gone: Collection[Holding]) -> list[str]:
        """Return the sources of what no place holds once these places hold it no longer; copies of it may remain."""
        return self._catalogue.holdings.unheld(gone)

    def heirs(self, sources: Collection[str], gone: Collection[str] = ()) -> list[Article]:
        """Return a copy of each of some articles, given by source key, that has one, as an article of its own.

        Stored under its own source key, with an id to go with it, it takes over the other copies. None is of `gone`.
        """
        return self._catalogue.heirs(sources, gone)

    def release(self, gone: Collection[Holding]) -> list[str]:
        """Take articles from places that hold them no longer; return the sources of those removed for that.

        Removed is what no other place holds and was not added by hand. An article stays while another address of the
        same text is linked to it; `heirs` has what to store before, so that none is.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self._writer():
            return self._catalogue.holdings.release(gone)

    def failures(self) -> list[FailedInput]:
        """Return the inputs that could not be stored so far, the latest first."""
        return self._catalogue.failures.all()

    def note_failures(self, failed: Sequence[tuple[str, str, str]], cleared: Collection[str] = ()) -> None:
        """Record failures, given as (source, root, reason), and forget those of the sources `cleared`.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self._writer():
            self._catalogue.failures.update(failed, cleared)

    def remember_fetches(self, known: Sequence[Fetch]) -> None:
        """Keep what servers said of addresses, in place of what they said before.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self._writer():
            self._catalogue.fetches.keep(known)

    def last_fetch(self, url: str) -> Fetch | None:
        """Return what its server last said of an address; None unless all articles that came of it are still held."""
        return self._catalogue.fetches.last(url)
