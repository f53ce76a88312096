"""Work on the library that goes on in the background, whatever page its reader looks at: one job at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from ingest import IngestReport, Pace, Progress
from rag import HouseviewError, LibraryLocked

LOCKED = "Another process is writing to this library. Wait until it has finished, then try again."

Tell = Callable[[Progress], None]
Work = Callable[[Tell], IngestReport]


class StopAsked(Exception):
    """The reader wants the job to end."""


class Job:
    """One job, run by a thread of its own that no rerun of a page can end."""

    def __init__(self, work: Work) -> None:
        """Start the work; it is told to end by an exception out of the call that tells of its progress."""
        self.pace = Pace()
        self.report: IngestReport | None = None
        self.problem: str | None = None
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

    def _run(self) -> None:
        try:
            self.report = self._work(self._tell)
        except StopAsked:
            self.report = self.pace.last.report if self.pace.last else IngestReport()
        except LibraryLocked:
            self.problem = LOCKED
        except HouseviewError as error:
            self.problem = str(error)
        finally:
            if self.report is None and self.problem is None:
                self.problem = "It ended by a fault of the program; what was stored is kept. The log says more."

    def _tell(self, progress: Progress) -> None:
        self.pace(progress)
        if self._stop.is_set():
            raise StopAsked


@dataclass(slots=True)
class Jobs:
    """The jobs of one library, shared by all who have the app open."""

    last: Job | None = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def running(self) -> Job | None:
        """The job that goes on, if one does."""
        return self.last if self.last and self.last.is_running else None

    def start(self, work: Work) -> bool:
        """Start a job, unless one goes on; return whether it was started."""
        with self._lock:
            if self.running:
                return False
            self.last = Job(work)
            return True

    def dismiss(self) -> None:
        """Forget the last job, if it has ended."""
        with self._lock:
            if not self.running:
                self.last = None
