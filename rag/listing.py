"""What `python -m rag views` lists: rows of the ledger, with what they stand for and what was searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rag.ledger import coverage, records
from rag.types import Action, Scope, Stance, View

if TYPE_CHECKING:
    from rag.library import Library


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows as `rag.records` gives them, newest first, and one line on the whole list, also where it was cut short."""

    rows: Sequence[dict[str, Any]]
    coverage: str


def list_views(
    library: Library,
    scope: Scope,
    subject: str | None = None,
    action: Action | None = None,
    stance: Stance | None = None,
    limit: int | None = None,
) -> Listing:
    """Return the views that are asked for, the newest `limit` of them.

    What superseded a view is looked for in the whole library, as it was on the day of `scope.as_of`: a filter must not
    make an old view look current.
    """
    found = library.views(subject=subject, action=action, stance=stance, scope=scope)
    # Names are those of views; the articles that were read for them are all of the days, publishers and kinds.
    articles = library.count(replace(scope, firms=(), analysts=(), subjects=()))
    if not found:
        return Listing([], _nothing(library, articles, subject))
    about = f" on {subject}" if subject else ""
    among: list[View] = library.views(subject=subject, scope=Scope(as_of=scope.as_of))
    cut = f" Shown are the newest {limit:,} of {len(found):,} views." if limit and limit < len(found) else ""
    return Listing(records(found[:limit], among), coverage(found, articles, about) + cut)


def _nothing(library: Library, articles: int, subject: str | None) -> str:
    about = f" on {subject}" if subject else ""
    line = f"No such view{about} is stated in the {articles:,} {'article' if articles == 1 else 'articles'} in scope."
    if unread := library.catalogue.views.never_read():
        line += f" {unread:,} of the library were never read for views; `python -m ingest views` does that."
    return line
