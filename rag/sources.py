"""Where the articles of a library come from: which source holds which, what servers said of them, what failed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager

from rag.catalogue import Catalogue
from rag.catalogue.holdings import Holding
from rag.types import FailedInput, Fetch


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

    def copies_held(self, sources: Collection[str]) -> set[Holding]:
        """Return the copies linked to some articles, given by source key, each with the places that hold it."""
        return self._catalogue.holdings.of_copies(sources)

    def release(self, gone: Collection[Holding], standing: Collection[str] = ()) -> list[str]:
        """Take articles from places that hold them no longer; return the sources of those removed for that.

        Removed is what no other place holds and was not added by hand. An article stays while another address of the
        same text is linked to it, except one of `standing`, which the caller stores anew.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self._writer():
            return self._catalogue.holdings.release(gone, standing)

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
