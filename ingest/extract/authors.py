"""Articles in which the author speaks for himself: opinion pieces, analyses and letters in the first person."""

from __future__ import annotations

import re

from rag.introductions import Speaker
from rag.name_kinds import could_be_person
from rag.types import Article

_FIRST_PERSON = re.compile(r"\b(?:I|I’m|I'm|I’d|I'd|I’ve|I've|my|My|me|we|We|our|Our)\b")
_NEWS = re.compile(
    r"\b(?:reuters|associated press|bloomberg|dow jones|cnbc|cnn|bbc|newswire|news agency|pti|ians|afp|xinhua)\b",
    re.IGNORECASE,
)
_PLAINLY_OWN = 2  # opinions in the first person
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"\n]*\"?")
_OWN_KINDS = frozenset("analysis opinion column commentary note research blog newsletter editorial".split())
_DISCLOSURE = re.compile(
    r"\b(?:I|we) (?:have|own|am|are|do not|don.t) (?:no )?(?:positions?|long|short|beneficial)|has (?:no |"
    r"a )?(?:positions?|disclosure)|"
    r"\bowns? shares of\b|\bholds? (?:no )?positions?\b|the author",
    re.IGNORECASE,
)
_OWN_OPINION = re.compile(
    r"\b(?:I|[Ww]e)(?:['’]?(?:d|m|ve|re|ll))?\s(?:\w+\s)?(?:think|believe|expect|recommend|would|like|prefer|"
    r"see|remain|"
    r"continue|rate|am|are|"
    r"view|doubt|suspect|own|bought|sold|consider|maintain|reiterate|upgrade|downgrade|forecast|"
    r"estimate|raise|lift|cut|lower|trim|initiate|start|resume|keep|stay|stick|move|argue|advise|struggle)\b|"
    r"\b[Mm]y (?:view|opinion|target|take|thesis|rating)\b|"
    r"\b[Oo]ur (?:[\w-]+ ){0,3}?(?:view|opinion|target|take|thesis|rating|estimate|forecast|recommendation|"
    r"call)\b|\bin my opinion\b",
)
_AUTHOR_DISCLOSES = re.compile(
    r"\b([A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+)){1,3}) (?:has no (?:position|financial)|owns (?:no )?shares|"
    r"has (?:a |long |short )?positions?|"
    r"(?:is|was) (?:long|short)\b|does not own|doesn[’']t own|holds no)"
)
_HOUSE_DISCLOSES = re.compile(
    r"\bThe ([A-Z][\w&.’'-]+(?: [A-Z][\w&.’'-]*){1,3}) (?:owns shares of|recommends|has no position|"
    r"has a disclosure policy|has positions in)"
)


def authors_voice(article: Article) -> Speaker | None:
    """Return the author, with the publisher as firm, where the article is the author's own opinion piece.

    None for news by reporters, who tell what others think, and where neither author nor publisher is known.
    """
    if not (article.authors or article.publisher) or _NEWS.search(article.publisher or ""):
        return None
    own = _QUOTED.sub(" ", article.text)
    opinions, disclosed = len(_OWN_OPINION.findall(own)), _DISCLOSURE.search(own) is not None
    meant = disclosed or (article.kind or "").lower().removesuffix(" note") in _OWN_KINDS
    if not (opinions >= _PLAINLY_OWN or (opinions and meant) or (disclosed and _FIRST_PERSON.search(own))):
        return None
    person = article.authors[0] if len(article.authors) == 1 and could_be_person(article.authors[0]) else None
    discloses, house = _AUTHOR_DISCLOSES.search(article.text), _HOUSE_DISCLOSES.search(article.text)
    if person is None and discloses and could_be_person(discloses[1]):
        person = discloses[1]
    return Speaker(person, house[1] if house else article.publisher, role="author")
