"""An answer in the making, in a thread of its own: a click anywhere interrupts the page's run, and not the work.

Streamlit ends the run of a page whenever its reader clicks. The next run finds the answer where it has got to.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag import Answer, HouseviewError, Scope, Step, Told, Turn, stopped

Making = Callable[[], Iterable[Step | Told | Answer]]
Keeping = Callable[[Turn], Turn]

STOPPED = "Stopped before anything was found."
_FAILED = "Answering failed unexpectedly; the log says why. Ask again, or ask another question."


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an answer is: its stage, what has been told of it, and once it is done, the turn."""

    stage: str
    told: tuple[Told, ...]
    turn: Turn | None


class Answering:
    """Works on the answer to one question from the moment it is made; safe to share between threads."""

    def __init__(self, question: str, given: Scope, making: Making, keeping: Keeping) -> None:
        """Start. `keeping` stores the turn in the end and returns it as stored, whoever still watches."""
        self.question = question
        self.given = given
        self._making = making
        self._keeping = keeping
        self._changed = threading.Condition()
        self._stage = ""
        self._told: list[Told] = []
        self._over = False
        self._turn: Turn | None = None
        threading.Thread(target=self._work, name="answering", daemon=True).start()

    def wait(self, known: Progress | None, seconds: float) -> Progress:
        """Return how far the answer is, as soon as that is further than what is `known`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._progress() != known, seconds)
            return self._progress()

    def stop(self) -> Turn:
        """Let the work go and return the turn with what was told so far; the whole turn if it was done already."""
        with self._changed:
            told = list(self._told)
        answer = stopped(self.question, told, self.given) if told else None
        return self._end(Turn(self.question, answer, None if answer else STOPPED, self.given))

    def _progress(self) -> Progress:
        return Progress(self._stage, tuple(self._told), self._turn)

    def _work(self) -> None:
        turn = Turn(self.question, None, _FAILED, self.given)
        try:
            for event in self._making():
                if isinstance(event, Answer):
                    turn = Turn(self.question, event, None, self.given)
                elif not self._goes_on(event):
                    return
        except HouseviewError as error:
            turn = Turn(self.question, None, str(error), self.given)
        finally:
            self._end(turn)

    def _goes_on(self, event: Step | Told) -> bool:
        """Take note of an event; return whether anybody still waits for more."""
        with self._changed:
            if isinstance(event, Told):
                self._told.append(event)
            else:
                self._stage = event.name
                if event.name == "restart":
                    self._told.clear()
            self._changed.notify_all()
            return not self._over

    def _end(self, turn: Turn) -> Turn:
        """Keep the turn, unless another one came first; return the one that did."""
        with self._changed:
            first, self._over = not self._over, True
        if first:
            kept = turn
            try:
                kept = self._keeping(turn)
            finally:
                with self._changed:
                    self._turn = kept
                    self._changed.notify_all()
        with self._changed:
            self._changed.wait_for(lambda: self._turn is not None)
            assert self._turn is not None  # noqa: S101 - waited for
            return self._turn
