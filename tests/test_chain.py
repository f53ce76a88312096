"""A library inside LangChain code: a runnable and a tool, with callbacks and events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import ToolMessage
from langchain_core.runnables import RunnableLambda
from making import day
from writers import scripted

from rag import Answer, InputError, Library, Scope

T = TypeVar("T")

QUESTION = "What does Mara Lane say about tin?"
LANE = "Mara Lane of Tern Capital cut her tin forecast to $21,000 because two smelters may reopen."
SAID = "Mara Lane cut her tin forecast to $21,000 on 2 September 2025 [1]."


@pytest.fixture
def desk(library: Library, put: Callable[..., object]) -> Library:
    """Return a library with one view on tin."""
    put(library, "a.md", LANE, published=day("2025-09-02"), publisher="Harbour Wire")
    return library


class Watching(BaseCallbackHandler):
    """Keeps what it is told of."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.tags: list[Any] = []

    def on_chain_start(self, serialized: Any, inputs: Any, *, name: str | None = None, **kwargs: Any) -> None:
        self.seen.append(f"chain {name}")

    def on_chat_model_start(self, serialized: Any, messages: Any, *, tags: Any = None, **kwargs: Any) -> None:
        self.seen.append("model")
        self.tags.append(tags)

    def on_retriever_start(self, serialized: Any, query: str, **kwargs: Any) -> None:
        self.seen.append("retriever")

    def on_custom_event(self, name: str, data: Any, **kwargs: Any) -> None:
        self.seen.append(name)


def run(awaited: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine gives, in a thread without a loop: a browser's tests leave theirs running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, awaited).result()


def test_a_question_becomes_an_answer(desk):
    answer = desk.as_runnable().invoke(QUESTION)
    assert answer.text == desk.ask(QUESTION).text


def test_history_scope_and_writer_are_taken(desk):
    first = desk.ask(QUESTION)
    given = {"question": "And why?", "history": (first,), "scope": Scope(publishers=("Harbour Wire",))}
    assert desk.as_runnable().invoke(given).standalone == desk.ask("And why?", (first,)).standalone
    assert desk.as_runnable().invoke({"question": QUESTION, "writer": scripted(SAID)}).model == "scripted"


@pytest.mark.parametrize("asked", [3, {"query": QUESTION}, {"question": QUESTION, "k": 4}, None])
def test_what_is_no_question_is_refused_in_a_line(desk, asked):
    with pytest.raises(InputError, match="question, history, scope, writer"):
        desk.as_runnable().invoke(asked)


def test_it_joins_a_chain_and_answers_in_batches(desk):
    chain = desk.as_runnable() | RunnableLambda(lambda answer: answer.citations[0].quote)
    assert chain.batch([QUESTION, QUESTION]) == [LANE, LANE]


def test_callbacks_see_the_chain_the_model_and_each_statement(desk):
    watching = Watching()
    chain = desk.as_runnable(scripted(SAID))
    chain.invoke(QUESTION, config={"callbacks": [watching], "tags": ["desk"]})
    assert watching.seen == ["chain houseview", "model", "told"]
    assert "desk" in watching.tags[0]


def test_callbacks_see_the_retriever(desk):
    watching = Watching()
    desk.as_retriever().invoke("tin", config={"callbacks": [watching]})
    assert watching.seen == ["retriever"]


def test_events_are_streamed(desk):
    async def names() -> list[str]:
        chain = desk.as_runnable(scripted(SAID))
        return [event["event"] async for event in chain.astream_events(QUESTION, version="v2")]

    seen = run(names())
    assert {"on_chain_start", "on_chat_model_stream", "on_custom_event", "on_chain_end"} <= set(seen)


def test_it_answers_asynchronously(desk):
    answer = run(desk.as_runnable(scripted(SAID)).ainvoke(QUESTION))
    assert isinstance(answer, Answer)
    assert answer.model == "scripted"


def test_an_agents_tool_call_is_answered_with_sources(desk):
    call = {"name": "ask_market_commentary", "args": {"question": QUESTION}, "id": "1", "type": "tool_call"}
    message = desk.as_tool().invoke(call)
    assert isinstance(message, ToolMessage)
    assert LANE in str(message.content)
    assert message.artifact.citations[0].quote == LANE


def test_a_tool_stays_in_its_scope(desk):
    said = desk.as_tool(Scope(publishers=("Quay Street",))).invoke({"question": QUESTION})
    assert "Nothing in the library answers that." in said


def test_a_tools_callbacks_reach_the_model(desk):
    watching = Watching()
    desk.as_tool(writer=scripted(SAID)).invoke({"question": QUESTION}, config={"callbacks": [watching]})
    assert "model" in watching.seen
