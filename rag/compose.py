"""Statements from runs of sentences: who said it, when, and the verbatim words, in the order a reader wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rag.evidence import Run, continued
from rag.guard import directions
from rag.introductions import Speaker
from rag.kinds import SEVERAL
from rag.question import Query
from rag.render import day
from rag.subjects import BUY, EXPLICIT, NEGATIVE, POSITIVE, SELL, without_past_ratings
from rag.types import Citation
from rag.wording import fold, stem, words

LONGEST_QUOTE = 600
_SHORT_QUOTE = 400  # where a question wants many holders, each gets less room
_MOST = {"several": 8, "one": 4}
_WEAKER = {"several": 0.6, "one": 0.72}  # of the best run's score: what is weaker is left out
_NEARLY = 0.7
_CONTINUED_CHARS = 480
_ALIKE = 0.8
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.,'/-]+[\s,]+){1,5}(?:[A-Z][a-z.]+,\s)?(?:[A-Z][A-Za-z]{2,8}\.?\s\d{1,2}\s)?(?:\([A-Z][\w\s]+\)\s)?[-–—]+\s"
)
_CLAUSE_END = re.compile(r"[,;:.!?—–][\"”’')]*\s+|\s[-–—]{1,2}\s")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it is numbered: its words, its citations (markers 0), and what ordering needs."""

    text: str
    citations: tuple[Citation, ...]
    run: Run
    holder: str


def draft(run: Run, query: Query, before: Sequence[Draft], elsewhere: Sequence[Draft] = ()) -> Draft | None:
    """Return a statement for a run, or None if it repeats an earlier one or is much weaker than the best.

    `before` are the statements for the same question, `elsewhere` those for other parts of it.
    """
    size = "several" if query.kind in SEVERAL else "one"
    if before and (run.score < _WEAKER[size] * before[0].run.score or len(before) >= _MOST[size]):
        return None
    holder = house_of(run.speaker)
    label = fold(run.speaker.label) if run.speaker else ""
    asked_for = any(term.role and term.stands_in(label, ()) for term in query.names)
    if size == "several" and holder and not asked_for and any(_from_same(run, each.run) for each in before):
        return None
    for whole in (continued(run, _CONTINUED_CHARS), run) if size == "one" else (run,):
        start, end = _quote_span(whole, query, _SHORT_QUOTE if size == "several" else LONGEST_QUOTE)
        start = _after_dateline(run.article.text, start, end)
        main = Citation(0, run.article.ref, start, end, run.article.text[start:end])
        if not any(_repeats(main, each.citations[0]) for each in (*before, *elsewhere)):
            citations = (main, *_introductions(whole, start, end))
            return Draft(_statement(whole, main.quote), citations, whole, holder)
    return None


def order(drafts: Sequence[Draft], query: Query) -> list[Draft]:
    """Return the statements best first, but one holder's together, the newer before the older, which is marked so.

    An older view is marked only where the question names the subject: on another matter, nothing replaced it.
    """
    if not any(term.required and not term.role for term in query.terms):
        return list(drafts)
    result: list[Draft] = []
    waiting = list(drafts)
    while waiting:
        same = [each for each in waiting if each is waiting[0] or same_voice(each.run.speaker, waiting[0].run.speaker)]
        waiting = [each for each in waiting if each not in same]
        result += _newest_first(same)
    return result


def same_voice(one: Speaker | None, other: Speaker | None) -> bool:
    """Return True for one person's statements, or for one house's where not both name a person."""
    people = [speaker.person.split()[-1] for speaker in (one, other) if speaker and speaker.person]
    if len(people) > 1:
        return people[0] == people[1]
    return same_house(house_of(one), house_of(other))


def same_house(one: str, other: str) -> bool:
    """Return True for two folded names of one house, the shorter being the start of the longer."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (long == short or long.startswith(short + " "))


def _newest_first(drafts: list[Draft]) -> list[Draft]:
    """Return one holder's statements newest first; those older than the newest are marked as earlier views."""
    if len(drafts) == 1:
        return drafts
    ordered = sorted(drafts, key=lambda each: _published(each.run), reverse=True)
    newest = _published(ordered[0].run).date()
    return [
        replace(each, text=f"Earlier view: {each.text}")
        if each.run.article.published and _published(each.run).date() < newest
        else each
        for each in ordered
    ]


def opposed(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return different holders' latest statements that plainly lean opposite ways, positive first; empty if none."""
    latest: list[Draft] = []
    for each in sorted(drafts, key=lambda draft: _published(draft.run), reverse=True):
        if each.holder and not any(same_voice(each.run.speaker, other.run.speaker) for other in latest):
            latest.append(each)
    stated = [each for each in latest if EXPLICIT.search(each.run.text)]
    positive, negative = ([each for each in stated if leaning(each.run) == side] for side in (1, -1))
    return (*positive, *negative) if positive and negative else ()


def leaning(run: Run) -> int:
    """Return 1 if a run leans positive, -1 if negative, 0 if neither or both; a rating counts before other words."""
    text = without_past_ratings(run.text)
    by_rating = bool(BUY.search(text)) - bool(SELL.search(text))
    return by_rating or bool(POSITIVE.search(text)) - bool(NEGATIVE.search(text))


def newest_leads(runs: Sequence[Run]) -> list[Run]:
    """Return the runs with the newest of the best one's house first, if it answers nearly as well."""
    if not runs or not runs[0].article.published:
        return list(runs)
    least = _NEARLY * runs[0].score
    rivals = [each for each in runs if each.score >= least and same_voice(each.speaker, runs[0].speaker)]
    dated = [each for each in rivals if each.article.published]
    newest = max(dated, key=_published, default=runs[0])
    # A syndicated copy comes later than the story but is no newer view.
    first = min((each for each in dated if says_same(each.text, newest.text)), key=_published, default=newest)
    return [first, *(each for each in runs if each is not first)]


def _published(run: Run) -> datetime:
    return (run.article.published or datetime.min).replace(tzinfo=None)


def both_sides(runs: Sequence[Run]) -> list[Run]:
    """Return the runs with the best that leans against the first one, by another holder, put second."""
    if not runs:
        return []
    first, *rest = runs
    other = next((run for run in rest if leaning(run) * leaning(first) < 0 and run.speaker != first.speaker), None)
    return [first, *([other] if other else []), *(run for run in rest if run is not other)]


def house_of(speaker: Speaker | None) -> str:
    """Return the name by which statements of one holder are recognised: the firm's, else the person's."""
    if speaker is None:
        return ""
    return fold(speaker.firm or speaker.person or "")


def _statement(run: Run, quote: str) -> str:
    """Return "Holder (Firm), date: “quote”", or the article's own name in place of a holder."""
    article = run.article
    when = day(article.published)
    if run.speaker:
        return f"{run.speaker.label}, {when}: “{quote}”"
    name = article.publisher or article.title or article.source
    if fold(quote) == fold(article.title or ""):
        name = article.publisher or "Headline"
    return f"{name}, {when}: “{quote}”"


def _introductions(run: Run, start: int, end: int) -> tuple[Citation, ...]:
    """Return citations of the sentences that name the speaker, where the quote itself does not."""
    if run.speaker is None:
        return ()
    text = run.article.text
    missing = set(words(run.speaker.label)) - set(words(text[start:end]))
    found = []
    for first, last in run.speaker.introduced:
        if not missing:
            break
        if (first >= start and last <= end) or not missing & set(words(text[first:last])):
            continue
        a, b = _around(text, first, last, missing)
        found.append(Citation(0, run.article.ref, a, b, text[a:b]))
        missing -= set(words(text[a:b]))
    return tuple(found)


def _around(text: str, start: int, end: int, wanted: set[str], limit: int = 300) -> tuple[int, int]:
    """Return the part of a long sentence that holds the wanted words."""
    if end - start <= limit:
        return start, end
    places = [m.span() for m in re.finditer(r"[^\W_]+", text[start:end]) if m.group().lower() in wanted]
    first, last = (places[0][0], places[-1][1]) if places else (0, limit)
    cuts = [0, *(m.end() for m in _CLAUSE_END.finditer(text[start:end])), end - start]
    a = max(cut for cut in cuts if cut <= first)
    b = min(cut for cut in cuts if cut >= last)
    return start + a, start + len(text[start : start + b].rstrip())


def _quote_span(run: Run, query: Query, limit: int) -> tuple[int, int]:
    """Return the run's span, cut to the sentences or clauses that say most if it is longer than `limit`."""
    if run.end - run.start <= limit:
        return run.start, run.end
    sentences = sorted(run.sentences, key=lambda each: -_worth(each.text, query))
    best = sentences[0]
    if best.end - best.start <= max(limit, LONGEST_QUOTE):
        return best.start, best.end
    cuts = [best.start, *(best.start + m.end() for m in _CLAUSE_END.finditer(best.text)), best.end]
    spans = [(a, b) for i, a in enumerate(cuts) for b in cuts[i + 1 :] if b - a <= LONGEST_QUOTE]
    text = run.article.text
    if not spans:
        return best.start, best.start + text[best.start : best.start + LONGEST_QUOTE].rfind(" ")
    start, end = max(spans, key=lambda span: (_worth(text[slice(*span)], query), span[1] - span[0]))
    return start, start + len(text[start:end].rstrip(" ,;:"))


def _after_dateline(text: str, start: int, end: int) -> int:
    """Return where the quote begins once a newswire's place and date are left out."""
    dateline = _DATELINE.match(text, start, end)
    return dateline.end() if dateline and not text[:start].strip() else start


def _worth(text: str, query: Query) -> float:
    folded = fold(text)
    roots = {stem(word) for word in words(folded)}
    shown = sum(bool(aspect.shown.search(text)) for aspect in query.aspects)
    return shown + sum(term.weight for term in query.terms if term.stands_in(folded, roots))


def _from_same(run: Run, other: Run) -> bool:
    """Return True if one house speaks in both runs, in one article."""
    return run.article.id == other.article.id and same_house(house_of(run.speaker), house_of(other.speaker))


def _repeats(one: Citation, other: Citation) -> bool:
    """Return True if a quote overlaps another or says nearly the same words (a syndicated copy)."""
    if one.article.id == other.article.id and one.start < other.end and other.start < one.end:
        return True
    return says_same(one.quote, other.quote)


def says_same(one: str, other: str) -> bool:
    """Return True if nearly all words of the shorter text stand in the longer, with its numbers and its directions."""
    short, long = sorted((one, other), key=len)
    mine, theirs = set(words(short)), set(words(long))
    figures = {word for word in mine if word[0].isdigit()}
    same_way = directions(short) == directions(long) or directions(short) < directions(long)
    return same_way and figures <= theirs and len(mine & theirs) >= _ALIKE * len(mine)
