"""Who counts as a holder of views: analysts, houses and fund managers, not those who run or govern what they speak of.

Three questions in this order: what the speaker's role says, what kind of firm speaks, and whether the article shows the
firm judging others. Where none of them speaks for a holder, there is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.extract.authors import authors_voice
from ingest.extract.holder_words import (
    AGENCIES,
    CENTRAL,
    DEALS,
    EMPLOYED,
    ENGINEERING,
    FINANCING,
    GOVERNS,
    INVESTS,
    JUDGES,
    LENDS,
    LOCAL,
    MAY,
    MEDIA,
    OUTWARD,
    PUBLIC,
    RANK,
    RUNS,
    STUDIES,
    TRADE,
)
from rag.acting import is_house
from rag.introductions import Speaker
from rag.name_kinds import is_known_house
from rag.sentences import sentence_spans
from rag.types import Article
from rag.wording import fold

__all__ = ("authors_voice", "is_agency", "is_house_by_name", "is_outsider", "is_public")

_LEGAL = frozenset("inc corp ltd plc llc llp lp nv na co cos group holdings".split())


def is_outsider(speaker: Speaker, article: Article) -> bool:
    """Return True if the speaker judges from outside: an analyst, house, rating agency or fund manager.

    Company managers, officials, central bankers, statistics offices, exchanges and people of no known role or firm are
    none, and neither is a firm that the article shows only as its own news.
    """
    role, firm = speaker.role or "", speaker.firm or ""
    if firm and MEDIA.match(firm.removeprefix("the ").removeprefix("The ")):
        return False
    public = is_public(firm)
    if role:
        return not public and _may_judge(role, firm, article)
    if not firm or public:
        return not firm and speaker.person is not None and _pitches(speaker.person, article)
    if speaker.person:
        return _is_house(firm, article)
    proven = AGENCIES.search(firm) or _shown_judging(firm, article.text, article.title or "")
    # A bank in the story of a bond issue manages it.
    return bool(proven or not FINANCING.search(article.text)) and _is_house(firm, article, lends=False)


def is_house_by_name(firm: str) -> bool:
    """Return True if the name alone shows a house: a known one, a rating agency, "… Securities", "… Research"."""
    return bool(is_known_house(firm) or AGENCIES.search(firm) or INVESTS.search(firm))


def is_public(firm: str) -> bool:
    """Return True if the firm's name is that of an authority, an exchange or a public body, not of a rating agency."""
    return bool(PUBLIC.search(firm) or CENTRAL.search(firm)) and not AGENCIES.search(firm)


def _pitches(person: str, article: Article) -> bool:
    """Return True if a headline gives a trade and closes with the person's name ("Sell tin, target $30: Mara Lane")."""
    lines = (article.title or "", *article.text[:600].splitlines()[:3])
    return any(re.search(rf"[:–—-]\s+{re.escape(person)}\W*$", line) and TRADE.search(line) for line in lines)


def _may_judge(role: str, firm: str, article: Article) -> bool:
    """Return True if the role is one that judges, or a rank at a firm whose business is to judge."""
    if GOVERNS.search(role) or EMPLOYED.search(role):
        return False
    if "economist" in role.lower() and firm and _is_subject(firm, article) and not _is_house(firm, article):
        return False  # a company's own
    if JUDGES.search(ENGINEERING.sub("", role)):
        return bool(STUDIES.search(role)) or not DEALS.search(role) or (bool(firm) and _is_house(firm, article))
    if RUNS.search(RANK.sub("", role)):
        return bool(firm) and bool(INVESTS.search(firm)) and not _is_subject(firm, article)
    return bool(firm) and not LOCAL.search(role) and _is_house(firm, article)


def _is_house(firm: str, article: Article, *, lends: bool = True) -> bool:
    """Return True if the firm's name or the article shows that its business is to judge others.

    A bank or a partnership is one for the people of it (`lends`), not for what it does itself.
    """
    if AGENCIES.search(firm):
        return True
    known = is_known_house(firm)
    shown = _shown_judging(firm, article.text, article.title or "")
    if not shown and _is_subject(firm, article) and not (known and OUTWARD.search(fold(article.title or ""))):
        return False
    if shown or lends:
        return bool(shown or known or INVESTS.search(firm) or LENDS.search(firm))
    return bool(known or INVESTS.search(firm)) and _speaks_outward(firm, article.text, article.title or "")


@lru_cache(maxsize=512)
def _shown_judging(firm: str, text: str, title: str) -> bool:
    if firm in title and is_house(firm, title):
        return True
    return any(is_house(firm, text[start:end]) for start, end in _spans(text) if firm in text[start:end])


@lru_cache(maxsize=512)
def _speaks_outward(firm: str, text: str, title: str) -> bool:
    """Return True if a sentence that names the firm speaks of what may come or what things are worth."""
    named = (title, *(text[start:end] for start, end in _spans(text)))
    return any(firm in words and (OUTWARD.search(words.lower()) or MAY.search(words)) for words in named)


@lru_cache(maxsize=64)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))


def _bare(firm: str) -> str:
    words = fold(firm).removeprefix("the ").split()
    while len(words) > 1 and (words[-1].strip(".") in _LEGAL or words[-1] in ("and", "&")):
        words = words[:-1]
    return " ".join(words).rstrip(",")


def _is_subject(firm: str, article: Article) -> bool:
    """Return True if the article is about the firm: its title or first sentence begins with the firm's name."""
    name = " ".join(_bare(firm).split()[:2])
    title = fold(article.title or "").lstrip("<\"' ")
    opening = re.sub(r"^[A-Z][A-Za-z .,]+\d+ - ", "", article.text[:300])
    return name in title or fold(opening).lstrip("<\"' ").startswith(name)


def is_agency(firm: str | None) -> bool:
    """Return True if the firm rates debt, as Moody's and Standard and Poor's do."""
    return firm is not None and bool(
        AGENCIES.search(firm) or re.search(r"^(?:S/P|D/P|S and P)$|\b[Rr]atings?\b(?: [Ss]ervice| [Aa]gency)?$", firm)
    )
