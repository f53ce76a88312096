"""Scripted chat models: exact fakes that LangChain takes for real ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from rag.models.writer import Limits, Writer

Script = Callable[[str], Iterator[str]]
"""What a model says to a prompt, piece by piece; it may raise, or never end."""


class ScriptedModel(BaseChatModel):
    """Says what its script makes of the last message; `asked` keeps the messages of every request."""

    script: Any
    asked: list[list[BaseMessage]] = Field(default_factory=list)
    usage: tuple[int, int] | None = None

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self.asked.append(messages)
        said = "".join(self.script(str(messages[-1].content)))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(said))])

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.asked.append(messages)
        for piece in self.script(str(messages[-1].content)):
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=piece))
            if run_manager:
                await run_manager.on_llm_new_token(piece, chunk=chunk)
            yield chunk
        counted = self.usage or (0, 0)
        metadata = {"input_tokens": counted[0], "output_tokens": counted[1], "total_tokens": sum(counted)}
        last = AIMessageChunk(content="", usage_metadata=metadata if self.usage else None)  # type: ignore[arg-type]
        yield ChatGenerationChunk(message=last)


def scripted(*pieces: str, limits: Limits | None = None, **options: Any) -> Writer:
    """Return a writer whose model says the same pieces whatever it is asked."""
    return following(lambda _: iter(pieces), limits, **options)


def following(script: Script, limits: Limits | None = None, **options: Any) -> Writer:
    """Return a writer whose model follows a script."""
    model = ScriptedModel(script=script, **options)
    return Writer("scripted", model, limits or Limits(seconds=20, first_seconds=20, retries=0))


def asked(writer: Writer) -> Sequence[Sequence[BaseMessage]]:
    """Return the messages of every request to a scripted writer."""
    assert isinstance(writer.model, ScriptedModel)
    return writer.model.asked
