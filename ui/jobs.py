"""Work on the library that goes on in the background, whatever page its reader looks at: one job at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Protocol

from rag import HouseviewError, LibraryLocked

LOCKED = "Another process is writing to this library. Wait until it has finished, then try again."


class Stand(Protocol):
    """How far a job is, in words and as a share of the whole, from 0 to 1; None if nobody knows."""

    @property
    def share(self) -> float | None:
        """How much is done."""

    def __str__(self) -> str:
        """Return it in words."""


class StopAsked(Exception):
    """The reader wants the job to end."""


class Job:
    """One job, run by a thread of its own that no rerun of a page can end."""

    def __init__(self, what: str, work: Work, *, may_stop: bool = True) -> None:
        """Start the work, named for those who watch it.

        It is told to end by an exception out of the call that tells how far it is, if it makes such calls.
        """
        self.what = what
        self.may_stop = may_stop
        self.stand: Stand | None = None
        self.outcome: object = None
        self.problem: str | None = None
        self._so_far: object = None
        self._stop = Event()
        self._work = work
        self._thread = Thread(target=self._run, name="ingest", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self._thread.is_alive()

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask it to end; what is stored by then stays stored."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Return when it has ended, or after so many seconds."""
        self._thread.join(seconds)

    def tell(self, stand: Stand, so_far: object) -> None:
        """Take note of how far it is, and of what comes of it if it ends here.

        Raises:
            StopAsked: it is to end.
        """
        self.stand, self._so_far = stand, so_far
        if self._stop.is_set():
            raise StopAsked

    def _run(self) -> None:
        try:
            self.outcome = self._work(self)
        except StopAsked:
            self.outcome = self._so_far
        except LibraryLocked:
            self.problem = LOCKED
        except HouseviewError as error:
            self.problem = str(error)
        finally:
            if self.outcome is None and self.problem is None:
                self.problem = "It ended by a fault of the program; what was stored is kept. The log says more."


Work = Callable[[Job], object]
"""What a job does; it returns what came of it, which is never None."""


@dataclass(slots=True)
class Jobs:
    """The jobs of one library, shared by all who have the app open."""

    last: Job | None = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def running(self) -> Job | None:
        """The job that goes on, if one does."""
        return self.last if self.last and self.last.is_running else None

    def start(self, what: str, work: Work, *, may_stop: bool = True) -> bool:
        """Start a job, unless one goes on; return whether it was started."""
        with self._lock:
            if self.running:
                return False
            self.last = Job(what, work, may_stop=may_stop)
            return True

    def dismiss(self) -> None:
        """Forget the last job, if it has ended."""
        with self._lock:
            if not self.running:
                self.last = None
