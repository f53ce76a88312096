"""How each field of an article was found: kept in its metadata as `("published from", "byline")`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ingest.types import Draft

FIELDS: Final = ("title", "publisher", "authors", "published", "kind")
ORIGINS: Final = frozenset(f"{field} from" for field in FIELDS)
"""The keys of such metadata; an article is the same whatever they say."""

_NOTHING: Final = Draft(text="")


def noted(draft: Draft, origin: str, before: Draft = _NOTHING) -> Draft:
    """Return the draft with the origin of each field that it holds and `before` did not, or held otherwise."""
    changed = [field for field in FIELDS if getattr(draft, field) and getattr(draft, field) != getattr(before, field)]
    return with_origins(draft, dict.fromkeys(changed, origin))


def with_origins(draft: Draft, origins: dict[str, str]) -> Draft:
    """Return the draft with an origin by field, in place of what was noted of those fields before."""
    keys = {f"{field} from": origin for field, origin in origins.items() if origin}
    kept = tuple(pair for pair in draft.metadata if pair[0] not in keys)
    return replace(draft, metadata=(*kept, *keys.items()))
