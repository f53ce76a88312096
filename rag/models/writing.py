"""An answer worded by a chat model: sentence by sentence, each shown once the guard has passed it."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from rag.errors import ModelError
from rag.kinds import wants_reason
from rag.models.editing import Editor
from rag.models.prompt import MOST_SENTENCES, prompt
from rag.models.request import Reply
from rag.models.sentences import sentences
from rag.models.source import Source
from rag.models.writer import Writer
from rag.numbering import Numbering
from rag.types import Citation, Statement, Told, Usage

OWN_WORDS = "this answer is in the sources' own words."
WITHHELD = "Something the model wrote was withheld, since no source supports it."
CUT = "The model went on for too long; its answer was cut."
_REFUSED = "no answer"
_MOST_READ = 3 * MOST_SENTENCES  # sentences, those that are withheld or repeated included
_MOST_REPEATED = 3
_MOST_CHARACTERS = 1_450  # told: what a reader sees without scrolling


@dataclass(frozen=True, slots=True)
class Task:
    """What to write: the question, its sources, and what is told whatever the model says.

    `opening` are our own statements (how many views there are, that sources disagree) with what they cite, told first.
    The sources numbered in `due` are told in their own words at the end if the model leaves them out.
    """

    question: str
    sources: Sequence[Source]
    opening: Sequence[tuple[str, Sequence[Citation]]]
    due: Collection[int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking a model: statements with their citations, or none; `told` says if anything was shown."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]
    usage: Usage
    told: bool


def write(writer: Writer, task: Task) -> Generator[Told, None, Outcome]:
    """Yield the statements of an answer as they stand, and return what came of it.

    The outcome has no statements if the model failed, on the way or altogether, if it wrote too little that the sources
    support, or nothing; a note says so. Closing the generator ends the request.
    """
    draft = _Draft(task)
    with closing(Reply(writer, prompt(task.question, task.sources))) as reply:
        try:
            yield from draft.open()
            with closing(sentences(reply.pieces())) as arriving:
                for sentence in arriving:
                    draft.is_cut = draft.is_full()
                    if draft.is_cut or sentence.text.lower().startswith(_REFUSED):
                        break
                    yield from draft.add(draft.editor.edit(sentence))
        except ModelError as error:
            return draft.failed(f"{error}; {OWN_WORDS}", reply.usage)
    problem = draft.problem()
    if problem:
        return draft.failed(problem, reply.usage)
    yield from draft.close()
    return draft.finished(reply.usage)


class _Draft:
    """The statements of one answer as they come in, and how much of what the model wrote has stood."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._numbering = Numbering()
        self._statements: list[Statement] = []
        self._known = 0
        self.editor = Editor(task.sources, self._numbering)
        self.is_cut = False

    def open(self) -> Generator[Told, None, None]:
        for text, cited in self._task.opening:
            yield from self.add(Statement(text, self._numbering.marks(cited)))

    def add(self, statement: Statement | None) -> Generator[Told, None, None]:
        if statement is not None:
            self._statements.append(statement)
            new = self._numbering.since(self._known)
            self._known += len(new)
            yield Told(statement, new)

    def close(self) -> Generator[Told, None, None]:
        """Tell the sources that an answer must not leave out: those due, and the others as well if few are told.

        The one source that is due is told in full if the model passed over a sentence of it.
        """
        few = 2 * len(self.editor.cited) < len(self._task.sources)
        for source in self._task.sources:
            fits = self._length() + len(source.told) <= _MOST_CHARACTERS
            is_best = {source.number} == set(self._task.due)
            is_due = source.number in self._task.due or (few and fits)
            is_cut_short = (
                is_best and fits and self.editor.leaves_out(source, wants_reason=wants_reason(self._task.question))
            )
            if (is_due and source.number not in self.editor.cited) or is_cut_short:
                yield from self.add(self.editor.in_own_words(source))

    def is_full(self) -> bool:
        """Return True if the model has said enough, or only says again what it said."""
        editor = self.editor
        read = editor.stood + editor.replaced + editor.withheld + editor.empty
        if read >= _MOST_READ or editor.stood >= MOST_SENTENCES or editor.repeated >= _MOST_REPEATED:
            return True
        return self._length() >= _MOST_CHARACTERS

    def _length(self) -> int:
        return sum(len(each.text) for each in self._statements)

    def problem(self) -> str | None:
        """Return why the answer is not given in the model's words; None if it is."""
        lost = self.editor.replaced + self.editor.withheld
        if not self.editor.stood:
            what = "Nothing that the model wrote is supported by the sources" if lost else "The model wrote no answer"
            return f"{what}; {OWN_WORDS}"
        if lost > self.editor.stood:
            return f"Most of what the model wrote is not supported by the sources; {OWN_WORDS}"
        return None

    def failed(self, note: str, usage: Usage) -> Outcome:
        return Outcome((), (), (note,), usage, bool(self._statements))

    def finished(self, usage: Usage) -> Outcome:
        notes = ((WITHHELD,) if self.editor.withheld else ()) + ((CUT,) if self.is_cut else ())
        return Outcome(tuple(self._statements), self._numbering.since(0), notes, usage, bool(self._statements))
