"""A chat model that may word answers, with the limits under which it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.rate_limiters import BaseRateLimiter
    from langchain_core.runnables import RunnableConfig


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a model may take, how much it may write and how often a failed request is tried again.

    `seconds` and `first_seconds` count from the question: to the last word and to the first.
    """

    seconds: float = 60.0
    first_seconds: float = 20.0
    retries: int = 2
    characters: int = 12_000  # of all that arrives, its reasoning included


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model by its name; `model` is any of LangChain's. Tests pass a scripted one.

    `says_end` tells that the model says why it stopped, so that a reply without it broke off; servers that only close
    their connection leave no other sign. `config` goes with each request, so that a chain's callbacks and traces reach
    the model.
    """

    name: str
    model: BaseChatModel = field(repr=False)
    limits: Limits = Limits()
    says_end: bool = False
    limiter: BaseRateLimiter | None = field(default=None, repr=False)
    config: RunnableConfig | dict[str, Any] | None = field(default=None, repr=False)
