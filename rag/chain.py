"""A library inside other LangChain code: a runnable that answers questions, and a tool for agents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, cast

from langchain_core.callbacks import CallbackManagerForToolRun, dispatch_custom_event
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda
from langchain_core.tools import BaseTool
from pydantic import BaseModel, ConfigDict, Field

from rag.errors import InputError, SettingsError
from rag.models.writer import Writer
from rag.render import as_terminal_text
from rag.types import Answer, Scope, Told

if TYPE_CHECKING:
    from rag.library import Library

Chosen = Writer | Literal["extractive"] | None
Answering = Runnable[Any, Answer]
_KEYS = ("question", "history", "scope", "writer")


def runnable(library: Library, writer: Chosen = None) -> Answering:
    """Return a runnable from a question, or a mapping with `question` and any of the others, to an `Answer`.

    Each statement is also sent as a custom event "told" while the answer is being made. The config's callbacks reach
    the chat model.
    """

    def answered(asked: Any, config: RunnableConfig) -> Answer:  # noqa: ANN401 - whatever a chain hands over
        given = _given(asked)
        return _answer(library, {"writer": writer, **given}, config)

    return RunnableLambda(answered, name="houseview")


def _given(asked: object) -> dict[str, Any]:
    given = {"question": asked} if isinstance(asked, str) else dict(asked) if isinstance(asked, Mapping) else {}
    unknown = sorted(set(given) - set(_KEYS))
    if unknown or not isinstance(given.get("question"), str):
        wrong = f"unknown: {', '.join(unknown)}" if unknown else f"got {type(asked).__name__}"
        raise InputError(f"A question is a text, or a mapping of {', '.join(_KEYS)} ({wrong}); give it as one of them.")
    return given


def _answer(library: Library, given: Mapping[str, Any], config: RunnableConfig) -> Answer:
    stream = library.stream(
        given["question"],
        given.get("history") or (),
        given.get("scope") or Scope(),
        _traced(library, given.get("writer"), config),
    )
    for item in stream:
        if isinstance(item, Told):
            dispatch_custom_event("told", item, config=config)
        elif isinstance(item, Answer):
            return item
    raise AssertionError("a stream ends with an answer")


def _traced(library: Library, writer: Chosen, config: RunnableConfig) -> Chosen:
    """Return the writer with a chain's config; a model that cannot be set up is left to the answer, which says so."""
    if writer == "extractive":
        return writer
    try:
        chosen = writer or library.model
    except SettingsError:
        return None
    return replace(chosen, config=config) if chosen else None


class _Question(BaseModel):
    question: str = Field(description="A question in plain words, with names and dates where they matter.")


class HouseviewTool(BaseTool):
    """Answers an agent's question from the library; the tool message's artifact is the `Answer`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str = "ask_market_commentary"
    description: str = (
        "Answers a question about market commentary and analyst notes from a library of articles. Each statement is "
        "attributed and cites its sources by number; it says so if nothing in the library answers."
    )
    args_schema: Any = _Question
    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    library: Any = Field(exclude=True, repr=False)
    scope: Any = Field(default_factory=Scope, exclude=True)
    writer: Any = Field(default=None, exclude=True, repr=False)

    def _run(self, question: str, run_manager: CallbackManagerForToolRun) -> tuple[str, Answer]:
        given = {"question": question, "scope": self.scope, "writer": self.writer}
        config = RunnableConfig(callbacks=run_manager.get_child())
        answer = _answer(cast("Library", self.library), given, config)
        return as_terminal_text(answer), answer
