"""Statements from the ledger: what a holder did or holds, told from a view's fields, with the quote that shows it.

What is told stands in words that the guard finds in the quotes: several tellings are tried, the plainest last. Where
the quote itself does not name the holder or the subject, the sentences of the article that do are cited beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.compose import LONGEST_QUOTE, Draft, after_dateline, around, house_of, is_supported
from rag.evidence import Run
from rag.introductions import Speaker
from rag.ledger import holder_of
from rag.pages import cite
from rag.render import REASON_GIVEN, dated, listing
from rag.sentences import Span, sentence_spans
from rag.speakers import Sentence
from rag.types import Action, Article, Citation, Quote, View
from rag.wording import STOP_WORDS, stem, words

_MOST_INTRODUCTIONS = 2
_MOST_REASONS = 2
_TELLINGS: Mapping[Action, tuple[str, ...]] = {
    "upgrade": (
        "moved {subject} from {old} to {to}", "upgraded {subject} to {to}", "raised {subject} to {to}",
        "moved {subject} to {to}", "upgraded {subject}", "raised the rating on {subject}",
    ),
    "downgrade": (
        "moved {subject} from {old} to {to}", "downgraded {subject} to {to}", "cut {subject} to {to}",
        "moved {subject} to {to}", "downgraded {subject}", "cut the rating on {subject}",
    ),
    "initiate": (
        "started {subject} at {to}", "initiated coverage of {subject} at {to}", "initiated coverage of {subject}",
        "started coverage of {subject}",
    ),
    "reiterate": ("reiterated {to} on {subject}", "kept {subject} at {to}"),
    "raise_target": (
        "raised the target on {subject} to {target} from {past}", "raised the target on {subject} to {target}",
        "raised the target on {subject}",
    ),
    "cut_target": (
        "cut the target on {subject} to {target} from {past}", "cut the target on {subject} to {target}",
        "cut the target on {subject}",
    ),
    "raise_estimate": ("raised the estimate for {subject}",),
    "cut_estimate": ("cut the estimate for {subject}",),
    "none": ("rated {subject} {to}", "set a target of {target} on {subject}"),
}  # fmt: skip
_ON_LISTS: Mapping[Action, tuple[str, ...]] = {
    "upgrade": ("added {subject} to the {to}", "put {subject} on the {to}"),
    "downgrade": (
        "removed {subject} from the {old}",
        "took {subject} off the {old}",
        "dropped {subject} from the {old}",
    ),
}
_RECOMMENDED = ("recommended {subject}", "reiterated the recommendation of {subject}")


@dataclass(frozen=True, slots=True)
class Told:
    """A view told in full, with its quote, and briefly without, if the fields alone say enough."""

    full: Draft
    brief: Draft | None


def together(views: Sequence[View]) -> list[list[View]]:
    """Return the views in groups that one statement can tell: the same said of several subjects in the same words."""
    groups: dict[View, list[View]] = {}
    for view in views:
        groups.setdefault(replace(view, subject="", reasons=()), []).append(view)
    return list(groups.values())


def tell(
    views: Sequence[View], article: Article, quoted: Span, *, reasons: Sequence[Quote], replaced: bool
) -> Told | None:
    """Return views of one holder told from their fields beside the words of the article that are `quoted`.

    Their own quote is cited too if it lies elsewhere; reasons that are not in the quotes follow. None if the guard
    passes no telling.
    """
    view = replace(views[0], subject=listing([each.subject for each in views]))
    quoted = (after_dateline(article.text, *quoted), quoted[1])
    shown = _cited(article, quoted)
    own = (after_dateline(article.text, view.quote.start, view.quote.end), view.quote.end)
    spans = [] if quoted[0] <= own[0] and own[1] <= quoted[1] else [own]
    holder = _holder(view, article)
    said = (shown.quote, *(article.text[slice(*span)] for span in spans), article.title or "")
    spans += _introductions(article.text, [quoted, *spans], _unnamed(f"{holder} {view.subject}", *said))
    speaker = Speaker(view.analyst, view.firm) if view.analyst or view.firm else None
    run = Run(article, (Sentence(*quoted, shown.quote, speaker),), 1.0, speaker, None)
    citations = (shown, *(_cited(article, span) for span in spans))
    blank = Draft("", citations, run, house_of(speaker), tuple(views), replaced)
    when = dated(article.ref)
    brief = _first_supported(replace(blank, text=f"{holder} {told}, {when}.") for told in _tellings(view))
    on_subject = f"{holder} on {view.subject}, {when}"
    openings = [brief.text[:-1]] if brief else [*(f"{holder} {told}, {when}" for told in _tellings(view)), on_subject]
    plain = [replace(blank, text=f"{opening}: “{shown.quote}”") for opening in openings]
    full = _first_supported(each for one in plain for each in (_with_reasons(one, reasons), one))
    return Told(full, brief) if full else None


def shown_in(each: Draft) -> list[Citation]:
    """Return the citations that a reader sees quoted in a statement, at least the first."""
    return [*each.citations[:1], *(one for one in each.citations[1:] if f"“{one.quote}”" in each.text)]


def _cited(article: Article, span: Span) -> Citation:
    return cite(article, *span)


def _holder(view: View, article: Article) -> str:
    """Return the holder as an answer names it; what an article says in its own voice is its author's."""
    named = view.analyst or view.firm or article.authors or article.publisher
    return holder_of(view) if named else "The author"


def _tellings(view: View) -> Iterator[str]:
    """Return what a view's fields say in words, the fullest first, last its stance alone."""
    fields = {
        "subject": view.subject, "old": view.from_rating, "to": view.to_rating,
        "target": view.target_to, "past": view.target_from,
    }  # fmt: skip
    held = {name: value for name, value in fields.items() if value}
    patterns = _TELLINGS[view.action]
    if any("list" in (rating or "").lower() for rating in (view.from_rating, view.to_rating)):
        patterns = (*_ON_LISTS.get(view.action, ()), *patterns)
    if (view.to_rating or "").lower().startswith("recommend"):
        patterns = (*_RECOMMENDED, *(each for each in patterns if "{to}" not in each))
    for pattern in patterns:
        if all(f"{{{name}}}" not in pattern for name in fields if name not in held):
            told = pattern.format(**held)
            if view.target_to and "{target}" not in pattern:
                yield f"{told}, target {view.target_to}"
            yield told
    yield f"{'are' if _is_several(view) else 'is'} {view.stance} on {view.subject}"


def _is_several(view: View) -> bool:
    """Return True if the holder is two people, or people without names ("Street analysts")."""
    if view.analyst:
        return " and " in view.analyst
    return bool(view.firm and view.firm.endswith(("analysts", "strategists", "economists", "brokers", "brokerages")))


def _first_supported(drafts: Iterator[Draft]) -> Draft | None:
    return next((each for each in drafts if is_supported(each)), None)


def _with_reasons(each: Draft, reasons: Sequence[Quote]) -> Draft:
    """Return the statement with the reasons that its quote does not hold, each quoted and cited."""
    said = [(each.citations[0].start, each.citations[0].end)]
    fresh: list[Citation] = []
    for reason in reasons:
        apart = all(reason.end <= a or b <= reason.start for a, b in said)
        if apart and len(reason.text) <= LONGEST_QUOTE and len(fresh) < _MOST_REASONS:
            fresh.append(_cited(each.run.article, (reason.start, reason.end)))
            said.append((reason.start, reason.end))
    if not fresh:
        return each
    quoted = " ".join(f"“{citation.quote}”" for citation in fresh)
    return replace(each, text=f"{each.text} {REASON_GIVEN}{quoted}", citations=(*each.citations, *fresh))


def _unnamed(names: str, *known: str) -> frozenset[str]:
    """Return the stems of the words that holder and subject are called by and that stand nowhere in what is known."""
    held = {stem(word) for text in known for word in words(text)}
    return frozenset(stem(word) for word in words(names) if word not in STOP_WORDS) - held


def _introductions(text: str, quoted: Sequence[Span], missing: frozenset[str]) -> list[Span]:
    """Return up to two sentences that hold the missing words, rather before the quotes, the nearest first."""
    found: list[Span] = []
    first = min(start for start, _ in quoted)
    while missing and len(found) < _MOST_INTRODUCTIONS:
        best = max(
            (each for each in _sentences(text) if all(each[1] <= a or each[0] >= b for a, b in quoted)),
            key=lambda each: (len(missing & _stems(text[slice(*each)])), each[0] < first, -abs(each[0] - first)),
            default=None,
        )
        gained = missing & _stems(text[slice(*best)]) if best else frozenset()
        if best is None or not gained:
            break
        named = {word for word in words(text[slice(*best)]) if stem(word) in gained}
        found.append(around(text, *best, named))
        missing -= gained
    return found


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(text))


@lru_cache(maxsize=20_000)
def _stems(sentence: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(sentence))
