"""Statements from runs of sentences: who said it, when, and the verbatim words, in the order a reader wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from rag.evidence import Run, continued
from rag.guard import directions, facts_of, verify
from rag.instructions import is_planted_name
from rag.introductions import Speaker
from rag.kinds import SEVERAL
from rag.pages import cite
from rag.question import Query
from rag.render import EARLIER, dated, listing
from rag.subjects import BUY, EXPLICIT, NEGATIVE, POSITIVE, SELL, without_past_ratings
from rag.terms import Term
from rag.types import ArticleRef, Citation, Stance, View
from rag.wording import fold, stem, words

LONGEST_QUOTE = 600
_SHORT_QUOTE = 400  # where a question wants many holders, each gets less room
_MOST = {"several": 8, "one": 4}
_WEAKER = {"several": 0.6, "one": 0.72}  # of the best run's score: what is weaker is left out
_NEARLY = 0.7
_NAMELESS = "An article"
STANCE_SIDES: dict[Stance, int] = {"bullish": 1, "bearish": -1, "neutral": 0}
_CONTINUED_CHARS = 480
_ALIKE = 0.8
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.,'/-]+[\s,]+){1,5}(?:[A-Z][a-z.]+,\s)?(?:[A-Z][A-Za-z]{2,8}\.?\s\d{1,2}\s)?(?:\([A-Z][\w\s]+\)\s)?[-–—]+\s"
)
_CLAUSE_END = re.compile(r"[,;:.!?—–][\"”’')]*\s+|\s[-–—]{1,2}\s")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it is numbered: its words, its citations (markers 0), and what ordering needs.

    One told from the ledger has its `views`, of one holder and stance, and knows whether newer ones `replaced` it.
    """

    text: str
    citations: tuple[Citation, ...]
    run: Run
    holder: str
    views: tuple[View, ...] = ()
    replaced: bool = False


def draft(run: Run, query: Query, before: Sequence[Draft], elsewhere: Sequence[Draft] = ()) -> Draft | None:
    """Return a statement for a run, or None if it repeats an earlier one or is much weaker than the best.

    `before` are the statements for the same question, `elsewhere` those for other parts of it.
    """
    size = "several" if query.kind in SEVERAL else "one"
    if before and (run.score < _WEAKER[size] * before[0].run.score or len(before) >= _MOST[size]):
        return None
    holder = house_of(run.speaker)
    if (
        size == "several"
        and holder
        and not _is_asked_for(run, query)
        and any(_from_same(run, each.run) for each in before)
    ):
        return None
    for whole in (continued(run, _CONTINUED_CHARS), run) if size == "one" else (run,):
        start, end = _quote_span(whole, query, _SHORT_QUOTE if size == "several" else LONGEST_QUOTE)
        start = after_dateline(run.article.text, start, end)
        main = cite(run.article, start, end)
        if not any(repeats(main, each.citations[0]) for each in (*before, *elsewhere)):
            citations = (main, *_introductions(whole, start, end))
            return Draft(_statement(whole, main.quote), citations, whole, holder)
    return None


def is_supported(each: Draft) -> bool:
    """Return True if the guard finds all that a statement says in its citations or in what is known of the articles.

    That a holder leans one way on a subject is known from the ledger: a quote may show it without the word.
    """
    known = [fact for citation in each.citations for fact in known_of(citation.article)]
    known += stance_facts(each.views)
    return verify(each.text, [citation.quote for citation in each.citations], list(dict.fromkeys(known))).supported


def stance_facts(views: Sequence[View]) -> list[str]:
    """Return the stance that views share as an answer writes it: "bullish", "bullish on small caps"."""
    if not views:
        return []
    return [views[0].stance, f"{views[0].stance} on {listing([view.subject for view in views])}"]


def known_of(article: ArticleRef) -> list[str]:
    """Return what an article says about itself beside its text, each as an answer writes it."""
    return list(facts_of(article))


def order(
    drafts: Sequence[Draft], query: Query, subjects: Sequence[Term] = (), *, views_first: bool = False
) -> list[Draft]:
    """Return the statements best first, but one holder's together, the newer before the older, which is marked so.

    An older statement is marked only where the question names the subject, as a name or as one of the ledger's
    `subjects`: on another matter, nothing replaced it. A view knows by itself. With `views_first`, passages
    of a holder follow the views, whatever their dates.
    """
    if not subjects and not any(term.required and not term.role for term in query.terms):
        return [_marked(each) if each.replaced else each for each in drafts]
    result: list[Draft] = []
    waiting = list(drafts)
    while waiting:
        same = [each for each in waiting if each is waiting[0] or same_voice(each.run.speaker, waiting[0].run.speaker)]
        waiting = [each for each in waiting if each not in same]
        result += _newest_first(same, views_first=views_first)
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


def _newest_first(drafts: list[Draft], *, views_first: bool) -> list[Draft]:
    """Return one holder's statements newest first; those older than the newest are marked as earlier views."""
    if len(drafts) == 1 and not drafts[0].replaced:
        return drafts
    ordered = sorted(drafts, key=lambda each: _published(each.run), reverse=True)
    newest = _published(ordered[0].run).date()
    if views_first:
        ordered.sort(key=lambda each: not each.views)
    return [_marked(each) if each.replaced or _is_older(each, newest) else each for each in ordered]


def _marked(each: Draft) -> Draft:
    return replace(each, text=f"{EARLIER}{each.text}")


def _is_older(each: Draft, newest: date) -> bool:
    """Return True for a passage's statement that is older than its holder's newest."""
    return not each.views and each.run.article.published is not None and _published(each.run).date() < newest


def opposed(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return different holders' latest statements that plainly lean opposite ways, positive first; empty if none."""
    latest: list[Draft] = []
    for each in sorted(drafts, key=lambda draft: _published(draft.run), reverse=True):
        if each.holder and not any(same_voice(each.run.speaker, other.run.speaker) for other in latest):
            latest.append(each)
    positive, negative = ([each for each in latest if _side(each) == side] for side in (1, -1))
    return (*positive, *negative) if positive and negative else ()


def _side(each: Draft) -> int:
    """Return which way a statement leans: by its view's stance, else by plain words for it."""
    if each.views:
        return STANCE_SIDES[each.views[0].stance]
    return leaning(each.run) if EXPLICIT.search(each.run.text) else 0


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
    when = dated(article.ref)
    if run.speaker:
        return f"{run.speaker.label}, {when}: “{quote}”"
    names = (article.publisher, article.title, article.source)
    name = next((each for each in names if each and not is_planted_name(each)), _NAMELESS)
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
        a, b = around(text, first, last, missing)
        found.append(cite(run.article, a, b))
        missing -= set(words(text[a:b]))
    return tuple(found)


def around(text: str, start: int, end: int, wanted: set[str], limit: int = 300) -> tuple[int, int]:
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


def after_dateline(text: str, start: int, end: int) -> int:
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


def adds_to_list(each: Draft, told: Sequence[Draft], query: Query) -> bool:
    """Return True if a passage's statement adds a holder to a list told from the ledger, or was asked for by name.

    One without a holder must state a view in plain words.
    """
    if each.run.speaker is None:
        return bool(EXPLICIT.search(each.run.text))
    return _is_asked_for(each.run, query) or not any(same_house(each.holder, other.holder) for other in told)


def _is_asked_for(run: Run, query: Query) -> bool:
    label = fold(run.speaker.label) if run.speaker else ""
    return any(term.role and term.stands_in(label, ()) for term in query.names)


def repeats(one: Citation, other: Citation) -> bool:
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
