"""`models`: what Houseview adds to a chat model's stream before its first sentence is shown.

The model is scripted and says everything at once, so that all the time from its first piece to the first statement is
ours: cutting into sentences, the guard, attribution. The extractive answer's own time comes on top, with or without it.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from benchmarks.measures import percentiles
from benchmarks.options import CHECKOUT, Options
from benchmarks.report import Result, Table
from ingest import ingest
from rag import Library, Step, Told, Writer

QUESTIONS = (
    "Who upgraded small caps, and why?",
    "What did Wharrowby say about the Fed?",
    "Who cut Tessermill, and why?",
    "What is the target for gold?",
)


class Parrot(BaseChatModel):
    """Says the first source's own words, a piece of a few characters at a time; `began` is when it said the first."""

    began: float = 0.0

    @property
    def _llm_type(self) -> str:
        return "parrot"

    def _generate(self, *_: object, **__: object) -> ChatResult:
        raise NotImplementedError

    async def _astream(
        self, messages: list[BaseMessage], *_: object, **__: object
    ) -> AsyncIterator[ChatGenerationChunk]:
        prompt = str(messages[-1].content)
        words = prompt.split("\nWords: ", 1)[1].split("\n", 1)[0]
        said = f"{words.rstrip('.')} [1]. {words.rstrip('.')} [1]."
        self.began = perf_counter()
        for start in range(0, len(said), 4):
            yield ChatGenerationChunk(message=AIMessageChunk(content=said[start : start + 4]))


def run(options: Options) -> Result:
    """Ask each question in every round; the first round warms up."""
    asked: list[float] = []
    began: list[float] = []
    with tempfile.TemporaryDirectory(dir=options.work) as folder, Library.open(Path(folder) / "library") as library:
        ingest([CHECKOUT / "samples"], library)
        for number in range(options.rounds + 1):
            for question in QUESTIONS:
                before, after = _overhead(library, question)
                if number and after is not None:
                    began.append(before)
                    asked.append(after)
    figures = {"prompt_and_request": percentiles(began), "to_first_sentence": percentiles(asked)}
    rows = [
        ["from the evidence to the model's first piece", *_row(figures["prompt_and_request"])],
        ["from its first piece to our first sentence", *_row(figures["to_first_sentence"])],
    ]
    title = f"{len(QUESTIONS)} questions × {options.rounds} rounds over the samples, a scripted model"
    return Result([Table(title, ("ms", "p50", "p95"), rows)], figures | {"measured": title}, [])


def _row(figures: dict[str, Any]) -> list[str]:
    return [f"{figures['p50_ms']:.1f}", f"{figures['p95_ms']:.1f}"]


def _overhead(library: Library, question: str) -> tuple[float, float | None]:
    """Return the milliseconds before the model's first piece, and from it to the first sentence that came of it."""
    parrot = Parrot()
    ready = 0.0
    for item in library.stream(question, writer=Writer("parrot", parrot)):
        if item == Step("write"):
            ready = perf_counter()
        if isinstance(item, Told) and parrot.began:
            return 1000 * (parrot.began - ready), 1000 * (perf_counter() - parrot.began)
    return 0.0, None
