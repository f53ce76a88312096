"""The journal: a line for each question and each ingest, with times, counts and the kind of error, for who runs a desk.

Nobody's words are in it, neither a question's nor an answer's nor an article's, unless `log_text` is set. Lines go to
the logger `houseview`; `keep_journal` writes them where the settings say, as JSON.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from logging.handlers import WatchedFileHandler
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from rag.errors import SettingsError
from rag.faults import whereabouts
from rag.types import Answer, Step, Told

if TYPE_CHECKING:
    from rag.config import Settings

Making = Iterator[Step | Told | Answer]

STDERR: Final = "stderr"
_PRIVATE: Final = 0o600
_log = logging.getLogger("houseview")
_log.propagate = False  # what a script prints of others' logs is not to hold it
_log.addHandler(logging.NullHandler())


class Entry:
    """One line to be, a context manager that writes it on leaving: what happened, in `facts`, and how it ended."""

    def __init__(self, event: str, **facts: object) -> None:
        self.facts = facts
        self._event = event

    def __enter__(self) -> Self:
        self._began = perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is GeneratorExit:
            self.facts["outcome"] = "stopped"
        elif kind is not None:
            self.facts |= {"outcome": "failed", "error": kind.__name__}
        level = logging.WARNING if "error" in self.facts else logging.INFO
        _log.log(level, self._event, extra={"outcome": "done", "ms": self.elapsed(), **self.facts})

    def elapsed(self) -> float:
        """Return the milliseconds since the beginning."""
        return round(1000 * (perf_counter() - self._began), 1)


def keep_journal(settings: Settings) -> None:
    """Write the journal to where the settings say, nowhere by default; again and again does no harm.

    Raises:
        SettingsError: the file cannot be written.
    """
    if not settings.log:
        return
    from pythonjsonlogger.json import JsonFormatter  # noqa: PLC0415 - only where a journal is kept

    if any(isinstance(each.formatter, JsonFormatter) for each in _log.handlers):
        return
    handler = logging.StreamHandler(sys.stderr) if settings.log == STDERR else _file(Path(settings.log))
    # What is not ASCII leaves as \u…, control characters and right-to-left marks with it.
    handler.setFormatter(
        JsonFormatter(
            ["levelname", "message"], rename_fields={"levelname": "level", "message": "event"}, timestamp="at"
        )
    )
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


def note_fault(error: Exception) -> None:
    """Tell the journal of a fault of the program: its kind, and the place in the code."""
    with Entry("fault", outcome="failed", error=type(error).__name__, place=whereabouts(error)):
        pass


def asked(question: str, settings: Settings, make: Callable[[], Making]) -> Making:
    """Return what `make` does, an answer in the making; the journal is told when it is finished or given up.

    What `make` raises at once is raised at once.
    """
    facts: dict[str, object] = {"characters": len(question)} | ({"question": question} if settings.log_text else {})
    with ExitStack() as stack:
        entry = stack.enter_context(Entry("question", **facts))
        return _watched(make(), entry, stack.pop_all(), with_text=settings.log_text)


def _watched(making: Making, entry: Entry, until_told: ExitStack, *, with_text: bool) -> Making:
    with until_told:
        for each in making:
            if isinstance(each, Told):
                entry.facts.setdefault("first_ms", entry.elapsed())
            if isinstance(each, Answer):
                entry.facts |= _said_of(each) | ({"answer": each.text} if with_text else {})
            yield each


def _said_of(answer: Answer) -> dict[str, object]:
    return {
        "outcome": "abstained" if answer.abstained else "answered",
        "statements": len(answer.statements),
        "citations": len(answer.citations),
        "views": len(answer.views),
        "model": answer.model,
        "stages_ms": {stage: round(spent, 1) for stage, spent in answer.timings_ms.items()},
    }


def _file(path: Path) -> logging.Handler:
    """Return what appends to a file that others cannot read, also after it was moved away to start a new one."""
    try:
        path.touch(_PRIVATE)
        return WatchedFileHandler(path, encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"HOUSEVIEW_LOG: {path} cannot be written ({error.strerror}); name another file, or {STDERR}."
        ) from error
