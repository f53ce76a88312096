"""Conversations kept with a library: questions with their answers, and what readers thought of them.

Every reader owns their conversations; `owner` is who signed in, "" where nobody has to. Nothing here takes the
library's write lock, so that conversations are kept while articles are added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from rag.errors import InputError
from rag.render import markdown
from rag.types import Answer, Scope, Told

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from rag.catalogue.conversations import Stored, StoredConversations

FeedbackVerdict = Literal["good", "bad"]
REASONS: Final = {
    "good": ("right sources", "complete", "clear"),
    "bad": ("wrong", "not what I asked", "sources missing", "outdated", "too long", "should have answered"),
}
"""The reasons that a reader may give for each verdict."""

_TITLE: Final = 80
_COMMENT: Final = 2_000
_OTHER_VERSION: Final = "This answer was stored by another version of Houseview and cannot be read; ask again."


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thinks of an answer; `reason` is one of `REASONS`, or several of them parted by commas."""

    verdict: FeedbackVerdict
    reason: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the one line that says why there is none.

    `given` is the scope that was set by hand; the answer's own says what was searched in the end. `position` counts
    from 0 and is None for a turn that is not kept.
    """

    question: str
    answer: Answer | None
    problem: str | None = None
    given: Scope = field(default_factory=Scope)
    feedback: Feedback | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A kept conversation without its turns."""

    id: str
    owner: str
    title: str
    created_at: datetime
    changed_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """Feedback with what it was given on; `answer` is None where there was none to give."""

    owner: str
    conversation_id: str
    title: str
    position: int
    question: str
    answer: Answer | None
    feedback: Feedback
    given_at: datetime


class Conversations:
    """The conversations of a library. No method reads or changes what another owner has."""

    def __init__(self, stored: StoredConversations) -> None:
        self._stored = stored

    def all(self, owner: str | None, search: str = "") -> list[Conversation]:
        """Return an owner's conversations, or with None everybody's, the one last changed first.

        With `search`, those whose title, a question or an answer holds the words, in any case.
        """
        return [_conversation(row) for row in self._stored.all(owner, _plain(search))]

    def open(self, owner: str | None, conversation_id: str) -> tuple[Conversation, list[Turn]]:
        """Return a conversation and its turns.

        Raises:
            InputError: the owner has no such conversation.
        """
        found = self._stored.one(owner, conversation_id)
        if found is None:
            raise _missing(conversation_id)
        return _conversation(found[0]), [_turn(row) for row in found[1]]

    def begin(self, owner: str, question: str) -> str:
        """Begin a conversation, named after its first question, and return its id."""
        conversation_id = token_urlsafe(12)
        self._stored.add(conversation_id, owner, _title(question))
        return conversation_id

    def keep(self, owner: str, conversation_id: str, turn: Turn, at: int | None = None) -> Turn:
        """Keep a turn as the last one, or `at` a position in place of all from there on; return it with its position.

        Raises:
            InputError: the owner has no such conversation, or it has no such position.
        """
        stored = {
            "answer": _as_json(turn.answer) if turn.answer else None,
            "given": _scopes().dump_python(turn.given, mode="json"),
        }
        values = {"question": _plain(turn.question), "answer": stored, "problem": turn.problem}
        position = self._stored.put_turn(owner, conversation_id, at, values)
        if position is None:
            raise _missing(conversation_id)
        return replace(turn, position=position, feedback=None)

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            InputError: the title is empty, or the owner has no such conversation.
        """
        if not _plain(title):
            raise InputError("The title is empty; write what the conversation is about.")
        if not self._stored.rename(owner, conversation_id, _title(title)):
            raise _missing(conversation_id)

    def remove(self, owner: str, conversation_id: str) -> None:
        """Delete a conversation with all that was said in it.

        Raises:
            InputError: the owner has no such conversation.
        """
        if not self._stored.remove(owner, conversation_id):
            raise _missing(conversation_id)

    def judge(self, owner: str, conversation_id: str, position: int, feedback: Feedback | None) -> None:
        """Keep what the owner thinks of an answer in place of what they thought before; None takes it back.

        It belongs to the answer: it goes when the question is asked again in its place.

        Raises:
            InputError: the owner has no such conversation or turn, or there is no such verdict.
        """
        if feedback is not None and feedback.verdict not in get_args(FeedbackVerdict):
            raise InputError(f"{feedback.verdict!r} is no verdict; give one of {', '.join(get_args(FeedbackVerdict))}.")
        values = None
        if feedback is not None:
            comment = _lines(feedback.comment or "")[:_COMMENT].strip() or None
            values = {"verdict": feedback.verdict, "reason": feedback.reason or None, "comment": comment}
        if not self._stored.judge(owner, conversation_id, position, values):
            raise _missing(conversation_id)

    def feedback(self) -> list[Judgement]:
        """Return all feedback of all owners, the latest first."""
        return [_judgement(row) for row in self._stored.judgements()]


def stopped(question: str, told: list[Told], given: Scope) -> Answer:
    """Return what of an answer had been told when a reader stopped it; every statement of it has passed the guard."""
    statements = tuple(each.statement for each in told)
    citations = tuple(citation for each in told for citation in each.citations)
    return Answer(
        question=question,
        text=markdown(statements, citations=citations),
        statements=statements,
        citations=citations,
        views=(),
        abstained=False,
        coverage="Stopped before it was complete.",
        scope=given,
        model=None,
        timings_ms={},
        standalone=question,
    )


def _conversation(row: Stored) -> Conversation:
    created, changed = (datetime.fromtimestamp(when, UTC) for when in (row.created_at, row.changed_at))
    return Conversation(row.id, row.owner, row.title, created, changed, row.turns)


def _turn(row: Stored) -> Turn:
    answer, given, readable = _from_json(row.answer)
    problem = row.problem if readable else _OTHER_VERSION
    verdict = Feedback(row.verdict, row.reason, row.comment) if row.verdict else None
    return Turn(row.question, answer, problem, given, verdict, row.position)


def _judgement(row: Stored) -> Judgement:
    return Judgement(
        owner=row.owner,
        conversation_id=row.conversation_id,
        title=row.title,
        position=row.position,
        question=row.question,
        answer=_from_json(row.answer)[0],
        feedback=Feedback(row.verdict, row.reason, row.comment),
        given_at=datetime.fromtimestamp(row.given_at, UTC),
    )


def _as_json(answer: Answer) -> Mapping[str, Any]:
    stored: Mapping[str, Any] = _answers().dump_python(answer, mode="json")
    return stored


def _from_json(stored: Mapping[str, Any] | None) -> tuple[Answer | None, Scope, bool]:
    """Return a stored answer, the scope given for it, and whether both could be read."""
    from pydantic import ValidationError  # noqa: PLC0415 - importing the library costs nothing

    try:
        given = _scopes().validate_python((stored or {}).get("given") or {})
        said = (stored or {}).get("answer")
        return (_answers().validate_python(said) if said else None), given, True
    except ValidationError:
        return None, Scope(), False


@cache
def _answers() -> TypeAdapter[Answer]:
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(Answer)


@cache
def _scopes() -> TypeAdapter[Scope]:
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(Scope)


def _missing(conversation_id: str) -> InputError:
    return InputError(f"{conversation_id[:40]!r}: you have no such conversation or turn; it may have been deleted.")


def _title(text: str) -> str:
    """Return a text as a title: one line, cut at a word where it is long."""
    line = _plain(text)
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 2].rsplit(' ', 1)[0]} …"


def _plain(text: str) -> str:
    """Return a reader's text on one line, as it can be stored: half a surrogate pair cannot."""
    return " ".join(_lines(text).split())


def _lines(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
