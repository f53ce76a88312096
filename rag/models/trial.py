"""A first request to a chat model, to see whether it answers at all."""

from __future__ import annotations

from dataclasses import dataclass

from rag.errors import ModelError
from rag.models.request import Reply
from rag.models.writer import Writer
from rag.types import Usage

_ASKED = (("human", "Reply with the single word: ready"),)
_ENOUGH = 40


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """A chat model that answered, and what that took."""

    model: str
    usage: Usage


def check_model(writer: Writer) -> ModelCheck:
    """Return what a short request to the model took.

    Raises:
        ModelError: it failed or said nothing; one line says why.
    """
    reply = Reply(writer, _ASKED)
    said = ""
    for piece in reply.pieces():
        said += piece
        if len(said) > _ENOUGH:
            break
    if not said.strip():
        raise ModelError(f"{writer.name} answered with nothing; try another model.")
    return ModelCheck(writer.name, reply.usage)
