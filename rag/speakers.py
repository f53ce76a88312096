"""Who is speaking in each sentence of an article.

Rules over surface text: a sentence's own named speaker, else the one whom "he", "she", "they", "the strategist", "the
firm" or an open quotation carries over from the sentences before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rag.introductions import SPEAKING, VERB, Speaker, acting_firms, introduced_in, is_house
from rag.sentences import Span, sentence_spans
from rag.subjects import names_asset

_PRONOUN = re.compile(
    r"^[\"“‘']?(?:(?:but|and|still|however|meanwhile|separately|yet|so|in\s\w+|also),?\s+)?"
    r"(?:(?P<person>he|she|his|her|(?:the|this)\s(?:\w+\s)?(?:analyst|strategist|economist|manager|trader|author|veteran))|"
    r"(?P<they>they)|(?P<firm>(?:the|this)\s(?:\w+\s)?(?:firm|bank|broker|brokerage|house|agency|desk|consultancy|boutique|adviser|advisor)|its\sanalysts))\b",
    re.IGNORECASE,
)
_INNER_PRONOUN = re.compile(rf"(?:[,”\"’]|\bthat)\s*(?:he|she|they)\s{VERB}\b|\b(?:he|she)\s{VERB}\b")
_QUOTE_OPENS = ("“", '"', "‘", "'")
_QUOTED = re.compile(r"“[^”]{20,}”?|\"[^\"]{20,}\"?")
_CARRY = 6  # sentences after which a pronoun no longer reaches back to a speaker


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article and who speaks in it; no speaker means the article's own voice."""

    start: int
    end: int
    text: str
    speaker: Speaker | None = None
    resolved: bool = False  # the speaker was found through a pronoun, surname or neighbouring sentence


def attribute(text: str) -> list[Sentence]:
    """Return the sentences of an article's text in order, each with its speaker resolved."""
    spans = sentence_spans(text)
    people = introduced_in(text, spans)
    result: list[Sentence] = []
    current: Speaker | None = None
    since = 0
    for index, (start, end) in enumerate(spans):
        words = text[start:end]
        opens_paragraph = index == 0 or "\n" in text[spans[index - 1][1] : start]
        speaker = current if current and since < _CARRY and _is_he_or_she(words) else None
        speaker = speaker or _named(text, (start, end), people)
        if speaker and speaker.person and not speaker.firm:
            surname = speaker.person.split()[-1]
            house = next((firm for firm in acting_firms(words) if is_house(firm, words)), None)
            near = Speaker(None, house, ((start, end),)) if house else current
            speaker = people[surname] = _with_firm(speaker, near, since)
        resolved = bool(speaker and (start, end) not in speaker.introduced)
        if speaker is None and current is not None and since < _CARRY:
            speaker = _carried(
                words,
                current,
                opens_paragraph=opens_paragraph,
                inside=_in_quotation(result, opens_paragraph=opens_paragraph),
            )
            resolved = speaker is not None
        if speaker is not None:
            current, since = _merge(current, speaker), 0
        else:
            since += 1
        result.append(Sentence(start, end, words, speaker, resolved))
    return _with_people(_quotes_before(text, result), people)


def names_in(text: str, title: str | None) -> list[tuple[str, str]]:
    """Return (kind, name) of those who speak in an article: "person", "firm", and "house" if a firm judges others."""
    found: dict[tuple[str, str], None] = {}
    for block in (title or "", text):
        spans = sentence_spans(block)
        people = introduced_in(block, spans)
        for span in spans:
            here = [each for each in people.values() if span in each.introduced] + [_named(block, span, people)]
            for speaker in filter(None, here):
                found |= dict.fromkeys(("person", person) for person in (speaker.person or "").split(" and ") if person)
                if speaker.firm:
                    found["firm", speaker.firm] = None
                    if is_house(speaker.firm, block[slice(*span)]):
                        found["house", speaker.firm] = None
    return list(found)


def _is_he_or_she(words: str) -> bool:
    match = _PRONOUN.match(words)
    return bool(match and match["person"])


def _named(text: str, span: Span, people: dict[str, Speaker]) -> Speaker | None:
    """Return the speaker whom the sentence itself names, nearest to its first verb of speech or opinion."""
    words = text[slice(*span)]
    best: tuple[int, Speaker] | None = None
    for surname, speaker in people.items():
        for match in re.finditer(rf"\b{re.escape(surname)}\b", words):
            distance = _verb_distance(words, match.start(), match.end())
            if span in speaker.introduced or match.start() == 0:
                distance = min(distance, 40)
            if distance <= 60 and (best is None or distance < best[0]):
                best = distance, speaker
    if best is not None:
        return best[1]
    outside = re.sub(
        r"“[^”]*”?|\"[^\"]*\"?", lambda m: m.group() if len(m.group()) < 20 else "_" * len(m.group()), words
    )
    for firm in acting_firms(outside):
        known = _person_called(firm, people)
        if known or " " in firm or _is_proper(firm, words, text):
            return known or Speaker(None, firm, (span,))
    return None


def _is_proper(word: str, sentence: str, text: str) -> bool:
    """Return True if a single capitalised word is a name and not just the first word of its sentence."""
    if names_asset(word) or re.search(rf"\b{re.escape(word.lower())}\b", text):
        return False
    opens = sentence.lstrip("“\"‘'").startswith(word)
    return not opens or len(text) - len(sentence) < 40 or bool(re.search(rf"[a-z,]\s{re.escape(word)}\b", text))


def _person_called(name: str, people: dict[str, Speaker]) -> Speaker | None:
    """Return the introduced person whom a bare first name or surname means."""
    for surname, speaker in people.items():
        if name.rsplit(maxsplit=1)[-1] == surname or (speaker.person and name == speaker.person.split()[0]):
            return speaker
    return None


def _with_firm(speaker: Speaker, current: Speaker | None, since: int) -> Speaker:
    """Give "analyst Adam Jonas" the house that spoke just before, when no firm is named with him."""
    if current and current.firm and current.person in (None, speaker.person) and since < _CARRY:
        return replace(speaker, firm=current.firm, introduced=tuple(sorted({*speaker.introduced, *current.introduced})))
    return speaker


def _verb_distance(words: str, start: int, end: int) -> int:
    """Return the characters between a name and the nearest verb of speech or opinion on either side."""
    after = SPEAKING.search(words, end)
    before = [m.end() for m in SPEAKING.finditer(words, max(0, start - 40), start)]
    options = [after.start() - end] if after else []
    options += [start - before[-1]] if before else []
    return min(options, default=10_000)


def _carried(words: str, current: Speaker, *, opens_paragraph: bool, inside: bool) -> Speaker | None:
    """Return the current speaker if the sentence refers to them by pronoun or goes on with their quotation."""
    match = _PRONOUN.match(words)
    if match and match["firm"]:
        return replace(current, person=None) if current.firm else current
    if match or _INNER_PRONOUN.search(words):
        return current
    if inside or (words.startswith(_QUOTE_OPENS) and not opens_paragraph):
        return current
    return None


def _in_quotation(sentences: list[Sentence], *, opens_paragraph: bool) -> bool:
    """Return True if the previous sentence left a quotation open in the same paragraph."""
    if opens_paragraph or not sentences:
        return False
    previous = sentences[-1]
    if previous.speaker is None:
        return False
    text = previous.text
    return text.count("“") > text.count("”") or (text.count('"') % 2 == 1 and not text.endswith('"'))


def _quotes_before(text: str, sentences: list[Sentence]) -> list[Sentence]:
    """Give a quotation that stands before its attribution ("…." X said.) to the speaker named right after it."""
    result = list(sentences)
    for index in range(len(result) - 2, -1, -1):
        here, following = result[index], result[index + 1]
        unclosed = here.text.count("“") > here.text.count("”") or here.text.count('"') % 2 == 1
        if (
            here.speaker is None
            and following.speaker is not None
            and unclosed
            and here.text.startswith(_QUOTE_OPENS)
            and "\n" not in text[here.end : following.start]
        ):
            result[index] = replace(here, speaker=following.speaker, resolved=True)
    return result


def _with_people(sentences: list[Sentence], people: dict[str, Speaker]) -> list[Sentence]:
    """Name the analyst of a firm that speaks as a firm, where the article names exactly one."""
    of_firm: dict[str, list[Speaker]] = {}
    for person in dict.fromkeys(people.values()):
        if person.firm:
            of_firm.setdefault(person.firm, []).append(person)
    result = []
    for each in sentences:
        speaker = each.speaker
        known = of_firm.get(speaker.firm or "", []) if speaker and not speaker.person else []
        result.append(replace(each, speaker=known[0], resolved=True) if len(known) == 1 else each)
    return result


def _merge(current: Speaker | None, speaker: Speaker) -> Speaker:
    """Keep the person in mind when a sentence names only that person's firm."""
    if current and current.person and speaker.person is None and speaker.firm == current.firm:
        return current
    return speaker
