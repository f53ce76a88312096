"""Sidecars: `note.pdf.yaml` or `note.pdf.json` beside `note.pdf` says what the note is, and is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import yaml

from ingest.clean import decode
from ingest.metadata import from_mapping, words_from
from ingest.origins import noted
from ingest.types import Draft, RawDocument
from ingest.yaml_fields import fields_in
from rag.errors import SourceError
from rag.types import GUESSED_DATE

SUFFIXES = (".yaml", ".yml", ".json")
_MOST_BYTES = 65_536
_OWN = frozenset(("text", "metadata", "where"))


def is_sidecar(path: Path) -> bool:
    """Return True if a file says what the file beside it is, whose whole name it bears before its extension."""
    return path.suffix.lower() in SUFFIXES and path.with_suffix("").suffix != "" and path.with_suffix("").is_file()


def with_sidecar(draft: Draft, document: RawDocument) -> Draft:
    """Return the draft of a file with what its sidecar states, in place of what was found.

    A file in an archive has none.

    Raises:
        SourceError: the sidecar cannot be read, or gives a date that is none or may be two.
    """
    path = document.path
    if path is None or draft.where or Path(document.name).name != path.name:
        return draft
    for suffix in SUFFIXES:
        sidecar = path.with_name(path.name + suffix)
        if sidecar.is_file():
            return _overridden(draft, _read(sidecar), sidecar.name)
    return draft


def _overridden(draft: Draft, given: Mapping[str, Any], name: str) -> Draft:
    stated = noted(from_mapping(given, draft.text), f"sidecar {name}")
    dates = [value for key, value in given.items() if str(key).strip().lower() in ("published", "date")]
    if dates and not stated.published:
        said = words_from(dates[0]) or "no text"
        raise SourceError(f"its sidecar {name} gives no certain date ({said}); write it as 2026-10-04.")
    found = {
        field.name: getattr(stated, field.name)
        for field in fields(Draft)
        if field.name not in _OWN and getattr(stated, field.name)
    }
    replaced = {key for key, _ in stated.metadata} | ({GUESSED_DATE[0]} if stated.published else set())
    kept = (pair for pair in draft.metadata if pair[0] not in replaced)
    return replace(draft, **found, metadata=(*kept, *stated.metadata))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SourceError(f"its sidecar {path.name} is larger than {_MOST_BYTES // 1024} KiB; shorten it.")
        text = decode(path.read_bytes())
        given = json.loads(text) if path.suffix.lower() == ".json" else fields_in(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise SourceError(f"its sidecar {path.name} cannot be read ({type(error).__name__}); mend it.") from error
    if not isinstance(given, dict):
        raise SourceError(f'its sidecar {path.name} holds no fields; write lines like "publisher: Harbor Street".')
    return given
