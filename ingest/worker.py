"""A process of its own that reads articles: both ends of the pipes to it.

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
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, Any, Final

from ingest.extract import Extractor
from ingest.reading import Reading, allowed, read
from rag.types import Article

# The first article of a process also waits until what the extractor needs is loaded, on a busy machine for long.
FIRST: Final = 3
_READY: Final = "ready"
_TO_START: Final = 120.0
_TO_DIE: Final = 5.0
_CLOSED = (EOFError, OSError, ValueError, pickle.UnpicklingError)


class NoWorkerError(Exception):
    """An extractor cannot be had in a process of its own."""


class Worker:
    """This side's end: articles go in, their readings come out in the same order, until the process is lost."""

    def __init__(self, extractor: Extractor | None, seconds: float) -> None:
        """Start the process and wait until it has the extractor, which gets `seconds` for an article of usual length.

        Raises:
            NoWorkerError: the extractor cannot be pickled or not be found from another process, or none can be started.
        """
        self._seconds = seconds
        try:
            task = pickle.dumps((extractor, seconds))
            self._process = _started()
        except (pickle.PicklingError, AttributeError, TypeError, OSError) as error:
            raise NoWorkerError(str(error)) from error
        self._send(task)
        if self._receive() != _READY:
            raise NoWorkerError(self.stop())

    def send(self, article: Article) -> None:
        """Have one more article read."""
        self._send(pickle.dumps(article))

    def receive(self) -> Reading | None:
        """Wait for the next reading; None if the process ended over that article."""
        reading = self._receive()
        return reading if isinstance(reading, Reading) else None

    def kill(self) -> None:
        """End the process at once; whoever waits for a reading is told None."""
        self._process.kill()

    def stop(self) -> str:
        """Make sure that the process has ended, and return in a few words how it did."""
        silent = time.monotonic() - self._heard
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_TO_DIE)
        self._process.kill()
        code = self._process.wait()
        for pipe in _pipes(self._process):
            with suppress(OSError):
                pipe.close()
        if code == 1 and silent >= self._seconds:
            return too_long(self._seconds)
        return f"its process ended {f'on signal {-code}' if code < 0 else f'with code {code}'}"

    def _send(self, data: bytes) -> None:
        self._heard = time.monotonic()
        # A process that has ended is noticed where its answer is missed.
        with suppress(OSError, ValueError):
            pipe = _pipes(self._process)[0]
            pipe.write(data)
            pipe.flush()

    def _receive(self) -> Any:  # noqa: ANN401 - what was pickled
        try:
            found = pickle.load(_pipes(self._process)[1])  # noqa: S301 - of our own process
        except _CLOSED:
            return None
        self._heard = time.monotonic()
        return found


def too_long(seconds: float) -> str:
    """Return what is said of an article that an extractor took too long over."""
    return f"took longer than {seconds:g} s"


def _started() -> subprocess.Popen[bytes]:
    """Start the process where it finds the same modules, in a session of its own: Ctrl-C is for this one to handle."""
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin and process.stdout  # noqa: S101 - both were asked for
    return process.stdin, process.stdout


def main() -> None:
    """Read each article that comes in and write what it yields, until the other side closes or is no more."""
    with Path(os.devnull).open("r+b") as nowhere:
        faulthandler.dump_traceback_later(_TO_START, exit=True, file=nowhere)
        replies = os.fdopen(os.dup(1), "wb")
        os.dup2(nowhere.fileno(), 1)  # what an extractor prints does not belong among the replies
        extractor, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        _do_without_torch(extractor)
        articles: queue.SimpleQueue[Article] = queue.SimpleQueue()
        Thread(target=_take_in, args=(articles,), daemon=True).start()
        faulthandler.cancel_dump_traceback_later()
        _reply(replies, _READY)
        patience = FIRST
        while True:
            article = articles.get()
            # Its thread needs no GIL: it ends this process even from within a regular expression.
            faulthandler.dump_traceback_later(patience * allowed(article, seconds), exit=True, file=nowhere)
            reading = read(article, extractor)
            faulthandler.cancel_dump_traceback_later()
            _reply(replies, reading)
            patience = 1


def _do_without_torch(extractor: Extractor | None) -> None:
    """Keep spaCy, for our own rules, from importing torch where there is one: 100 MB and a second for nothing."""
    if getattr(extractor, "__module__", "").startswith("ingest."):
        sys.modules["torch"] = None  # type: ignore[assignment]


def _take_in(articles: queue.SimpleQueue[Article]) -> None:
    """Take in articles while another is read; when the other side is gone, so is this process."""
    while True:
        try:
            articles.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - from the process that started this one
        except _CLOSED:
            os._exit(0)


def _reply(replies: IO[bytes], value: object) -> None:
    pickle.dump(value, replies)
    replies.flush()


if __name__ == "__main__":
    main()
