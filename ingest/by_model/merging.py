"""The rules' views of an article and a model's as one list, in which no view stands twice."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.by_model.checks import same_holder, same_subject
from rag.types import View

_AGAINST = {("bullish", "bearish"), ("bearish", "bullish")}


def merged(rules: Iterable[View], proposed: Iterable[View]) -> list[View]:
    """Return the rules' views and those of a model that say something else, in the order of their quotes.

    On one holder and subject the rules are believed: of the model's only a further action is taken, or one that turns
    an opinion which leans the same way into the move that the article tells of.
    """
    kept = list(rules)
    for view in proposed:
        same = [each for each in kept if same_holder(each, view) and same_subject(each, view)]
        if any((each.stance, view.stance) in _AGAINST for each in same):
            continue
        if any(view.action in (each.action, "none") for each in same):
            continue
        kept = [each for each in kept if each not in same or each.action != "none"]
        kept.append(view)
    return sorted(kept, key=lambda view: view.quote.start)
