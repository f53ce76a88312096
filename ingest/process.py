"""A process of its own that works for this one: both ends of the pipes to it, and the time that it may take.

It is started as a command of its own. `multiprocessing` would first run the caller's main module once more in it: a
script without a main guard would ingest again, and under Streamlit the main module is the whole app.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import queue
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Any, Final, Self

READY: Final = "ready"
_TO_START: Final = 120.0
_TO_DIE: Final = 5.0
_CLOSED = (EOFError, OSError, ValueError, pickle.UnpicklingError)


class NoWorkerError(Exception):
    """A process of its own cannot be had for some work."""


class Process:
    """This side's end: values go in, values come out, until the process is lost."""

    def __init__(self, module: str, task: object) -> None:
        """Start a module's `main` and wait until it says that it is ready for a task.

        Raises:
            NoWorkerError: the task cannot be pickled or not be found from another process, or none can be started.
        """
        try:
            data = pickle.dumps(task)
            self._process = _started(module)
        except (pickle.PicklingError, AttributeError, TypeError, OSError) as error:
            raise NoWorkerError(str(error)) from error
        self._owed = 0  # values in that nothing has come out for
        self._send(data)
        if self.receive() != READY:
            raise NoWorkerError(self.stop())

    @property
    def pid(self) -> int:
        """The number by which the system knows the process."""
        return self._process.pid

    @property
    def silent(self) -> float:
        """For how many seconds nothing has gone in or come out."""
        return time.monotonic() - self._heard

    def send(self, value: object) -> None:
        """Hand in one more value."""
        self._send(pickle.dumps(value))

    def receive(self) -> Any:  # noqa: ANN401 - what was pickled
        """Wait for the next value; None if the process is lost."""
        try:
            found = pickle.load(_pipes(self._process)[1])  # noqa: S301 - of our own process
        except _CLOSED:
            return None
        self._heard = time.monotonic()
        self._owed = max(0, self._owed - 1)
        return found

    def kill(self) -> None:
        """End the process at once; whoever waits for a value is told None."""
        self._process.kill()

    def stop(self, seconds: float | None = None) -> str:
        """Make sure that the process has ended, and return in a few words how it did.

        Args:
            seconds: how long it was allowed to be silent, if it was for its watch to end it.
        """
        silent = self.silent
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_TO_DIE)
        self._process.kill()
        code = self._process.wait()
        for pipe in _pipes(self._process):
            with suppress(OSError):
                pipe.close()
        # On a busy machine this side hears late that the work before was done, and so counts too little.
        if code == 1 and seconds is not None and silent >= seconds / 2:
            return too_long(seconds)
        return f"its process ended {f'on signal {-code}' if code < 0 else f'with code {code}'}"

    def _send(self, data: bytes) -> None:
        if not self._owed:  # what only waits for its turn is no sign of life
            self._heard = time.monotonic()
        self._owed += 1
        # A process that has ended is noticed where its answer is missed.
        with suppress(OSError, ValueError):
            pipe = _pipes(self._process)[0]
            pipe.write(data)
            pipe.flush()


def too_long(seconds: float) -> str:
    """Return what is said of work that took too long."""
    return f"took longer than {seconds:g} s"


def _started(module: str) -> subprocess.Popen[bytes]:
    """Start the process where it finds the same modules, in a session of its own: Ctrl-C is for this one to handle."""
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    # More arenas would each take 64 MB of the addresses that a process with a limit may use.
    few = {"OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    return subprocess.Popen(  # noqa: S603 - this interpreter, and a module of ours
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, **few},
        start_new_session=True,
    )


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin and process.stdout  # noqa: S101 - both were asked for
    return process.stdin, process.stdout


class Inside:
    """The other side's end, in the process itself: it has the task, and takes in what comes while it works."""

    def __init__(self) -> None:
        """Take in the task, and keep what libraries print from among the replies."""
        self._nowhere = Path(os.devnull).open("r+b")  # noqa: SIM115 - for as long as the process is there
        faulthandler.dump_traceback_later(_TO_START, exit=True, file=self._nowhere)
        self._replies = os.fdopen(os.dup(1), "wb")
        os.dup2(self._nowhere.fileno(), 1)
        self.task = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        self._waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def values(self) -> Iterator[Any]:
        """Yield each value that comes in, until the other side closes or is no more: then so is this process."""
        Thread(target=self._take_in, daemon=True).start()
        faulthandler.cancel_dump_traceback_later()
        self.reply(READY)
        while True:
            yield self._waiting.get()

    def reply(self, value: object) -> None:
        """Send a value to the other side; waits while that has no room for it."""
        pickle.dump(value, self._replies)
        self._replies.flush()

    @contextmanager
    def watch(self, seconds: float) -> Iterator[None]:
        """End this process unless what is done inside takes no longer than so many seconds.

        The watch is a thread that needs no GIL: it ends the process even from within a regular expression.
        """
        faulthandler.dump_traceback_later(max(seconds, 0.01), exit=True, file=self._nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    def _take_in(self) -> None:
        while True:
            try:
                self._waiting.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - from the process that started this one
            except _CLOSED:
                os._exit(0)


class Caught:
    """Keeps what code raises that may be anyone's, so that anything may be raised; it is reported, not lost."""

    error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return isinstance(error, Exception | SystemExit)
