"""An answer written to a file, in the form that its name asks for."""

from __future__ import annotations

from pathlib import Path

from rag.conversations import Turn
from rag.errors import InputError
from rag.exports import export, form_of
from rag.types import Answer


def checked(path: Path) -> Path:
    """Return a path that an answer can be written to, before work is spent on the answer.

    Raises:
        InputError: the name says no form that is written, or its folder is not there.
    """
    form_of(path)
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first, or choose another.")
    return path


def write_answer(path: Path, answer: Answer) -> None:
    """Write an answer, in place of what the file held.

    Raises:
        InputError: the file cannot be written.
    """
    document = export([Turn(answer.question, answer)], answer.question, form_of(path))
    try:
        path.write_bytes(document)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place.") from error
