"""One request to a chat model: its words as they come, within the limits, and one plain error for all that can fail.

The model runs on an event loop of its own thread, so that a request that hangs or drips is left when its time is up,
and its connection is closed the moment nobody waits for it any more.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from functools import cache
from queue import Empty, SimpleQueue
from threading import Thread
from time import perf_counter
from typing import Final

from rag.errors import ModelError
from rag.models.failures import is_worth_retrying, pause, reason
from rag.models.writer import Writer
from rag.types import Usage

Messages = Sequence[tuple[str, str]]
"""What a model is asked: (role, text), the role "system", "human" or "ai"."""

_TURN: Final = 0.05  # seconds between two looks at the rate limiter


class Reply:
    """A model's reply on its way; `pieces` are its words, and `usage` what it took so far.

    The request is sent at once. Call `close()`, or exhaust `pieces`, to end it.
    """

    def __init__(self, writer: Writer, messages: Messages) -> None:
        self._writer = writer
        self._arrived: SimpleQueue[str | None] = SimpleQueue()
        self._began = perf_counter()
        self._first: float | None = None
        self._ended: float | None = None
        self._tokens: tuple[int, int] | None = None
        self._future = asyncio.run_coroutine_threadsafe(self._receive(messages), _loop())
        self._future.add_done_callback(lambda _: self._arrived.put(None))

    @property
    def usage(self) -> Usage:
        """Tokens as the server counted them, and milliseconds since the request."""
        tokens_in, tokens_out = self._tokens or (None, None)
        return Usage(tokens_in, tokens_out, self._since(self._first), self._since(self._ended or perf_counter()) or 0.0)

    def pieces(self) -> Iterator[str]:
        """Yield the words of the reply as they arrive.

        Raises:
            ModelError: the model failed, for good or for too often, or its time is up.
        """
        try:
            while (piece := self._next()) is not None:
                yield piece
        finally:
            self.close()
        error = self._future.exception()
        if error:
            # Not chained: what a provider says of a refused key repeats part of it.
            raise ModelError(f"{self._writer.name} {reason(error)}") from None

    def close(self) -> None:
        """End the request if it is still under way."""
        self._future.cancel()
        self._ended = self._ended or perf_counter()

    def _next(self) -> str | None:
        limits = self._writer.limits
        seconds = limits.seconds if self._first else min(limits.first_seconds, limits.seconds)
        left = self._began + seconds - perf_counter()
        try:
            if left <= 0:
                raise Empty
            return self._arrived.get(timeout=left)
        except Empty:
            what = "did not finish" if self._first else "did not begin to answer"
            raise ModelError(f"{self._writer.name} {what} within {seconds:g} seconds") from None

    def _since(self, moment: float | None) -> float | None:
        return round(1000 * (moment - self._began), 2) if moment else None

    async def _receive(self, messages: Messages) -> None:
        from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, stop_before_delay  # noqa: PLC0415

        limits = self._writer.limits
        tries = AsyncRetrying(
            retry=retry_if_exception(lambda error: not self._first and is_worth_retrying(error)),
            wait=lambda state: pause(state.outcome.exception() if state.outcome else None, state.attempt_number),
            stop=stop_after_attempt(limits.retries + 1) | stop_before_delay(min(limits.first_seconds, limits.seconds)),
            reraise=True,
        )
        async with asyncio.timeout(limits.seconds):
            async for attempt in tries:
                with attempt:
                    await self._stream(messages)

    async def _stream(self, messages: Messages) -> None:
        writer = self._writer
        while writer.limiter and not writer.limiter.acquire(blocking=False):
            await asyncio.sleep(_TURN)
        left = writer.limits.characters
        ended = not writer.says_end
        async for chunk in writer.model.astream(list(messages), config=writer.config):  # type: ignore[arg-type]
            if chunk.usage_metadata:
                counted, own = self._tokens or (0, 0), chunk.usage_metadata
                self._tokens = (counted[0] + own["input_tokens"], counted[1] + own["output_tokens"])
            ended = ended or bool(chunk.response_metadata.get("finish_reason") or chunk.response_metadata.get("status"))
            text = str(chunk.text)[:left]
            if text:
                self._first = self._first or perf_counter()
                self._arrived.put(text)
                left -= len(text)
            if left <= 0:
                return
            # A model that never waits would keep the loop, and could not be stopped.
            await asyncio.sleep(0)
        if not ended:
            raise ConnectionError


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the event loop that all requests of this process share; its thread ends with the process."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="chat models", daemon=True).start()
    return loop


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_loop.cache_clear)
