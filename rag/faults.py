"""Faults of the program as a log may hold them: on one line, by kind and place, without a word of any article.

A traceback ends with what the error says of itself, and that may quote whatever text the code was working on.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from traceback import StackSummary, walk_tb

_MOST_CALLS = 12
_PACKAGES = Path(__file__).parent.parent


def whereabouts(error: BaseException) -> str:
    """Return the calls that led to an error, outermost first: `app.py:50 main > ui/chat.py:40 page`."""
    calls = StackSummary.extract(walk_tb(error.__traceback__), lookup_lines=False)
    said = [f"{_short(call.filename)}:{call.lineno} {call.name}" for call in calls]
    return " > ".join(said[-_MOST_CALLS:])


def tell_faults_in_a_line() -> None:
    """Have whatever this process logs of an error, and of a thread that failed, said in one line of `whereabouts`.

    For a process that is this program's alone, a server say; again and again does no harm.
    """
    if not isinstance(logging.getLogRecordFactory(), _InALine):
        logging.setLogRecordFactory(_InALine(logging.getLogRecordFactory()))
    threading.excepthook = _thread_failed


class _InALine:
    """Makes log records as another factory does, but for the traceback of those that have one."""

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self._make = make

    def __call__(self, *args: object, **more: object) -> logging.LogRecord:
        record = self._make(*args, **more)
        if record.exc_info and record.exc_info[1]:
            record.msg = f"{record.msg if not record.args else 'Failed'}: {_in_a_line(record.exc_info[1])}"
            record.args, record.exc_info = (), None
        return record


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        name = failed.thread.name if failed.thread else "unknown"
        print(f"Thread {name} failed: {_in_a_line(failed.exc_value)}", file=sys.stderr)


def _in_a_line(error: BaseException) -> str:
    return f"{type(error).__name__} at {whereabouts(error) or 'an unknown place'}"


def _short(file: str) -> str:
    """Return a file's path from where the packages are, else its name: no log need hold the folders of a machine."""
    path = Path(file)
    return path.relative_to(_PACKAGES).as_posix() if path.is_relative_to(_PACKAGES) else path.name
