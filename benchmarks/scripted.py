"""A chat model that answers by a function of what it is sent, and what it reads there: the numbered sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

_SOURCE = re.compile(r"Source \[(\d+)\]\n<[^>\n]+>\n(.*?)\n</[^>\n]+>", re.DOTALL)
_FIELD = re.compile(r"^(Said by|Date|Article|View|Words): (.*)$", re.MULTILINE)
_PIECE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """One source as a model is shown it."""

    number: int
    said_by: str
    date: str
    words: tuple[str, ...]
    article: str = ""

    @property
    def statement(self) -> str:
        """A true sentence on the source: who, when, and its first words."""
        return f"{self.said_by}, {self.date}: {self.words[0]}"


class Scripted(BaseChatModel):
    """Answers with what `reply` makes of all that it is sent, piece by piece."""

    reply: Callable[[str], str]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: object, **__: object) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=self._said(messages)))])

    def _stream(self, messages: list[BaseMessage], *_: object, **__: object) -> Iterator[ChatGenerationChunk]:
        said = self._said(messages)
        for start in range(0, len(said), _PIECE):
            yield ChatGenerationChunk(message=AIMessageChunk(content=said[start : start + _PIECE]))

    def _said(self, messages: Sequence[BaseMessage]) -> str:
        return self.reply("\n\n".join(str(message.content) for message in messages))


def sources_in(prompt: str) -> list[Shown]:
    """Return the sources that a prompt shows."""
    found = []
    for number, body in _SOURCE.findall(prompt):
        fields: dict[str, list[str]] = {}
        for name, value in _FIELD.findall(body):
            fields.setdefault(name, []).append(value)
        if "Words" in fields:
            said_by = fields.get("Said by", ["The author"])[0].partition(" (an earlier view")[0]
            found.append(
                Shown(
                    int(number),
                    said_by,
                    fields.get("Date", [""])[0],
                    tuple(fields["Words"]),
                    fields.get("Article", [""])[0],
                )
            )
    return found
