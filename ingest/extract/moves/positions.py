"""What those who manage money do and would do: "has been adding to Acme", "is short the yen", "would avoid Acme".

Read over the words themselves, as most of them ("long", "own", "bought") are ordinary words elsewhere. A company that
buys or sells another is none of these: trades count only of persons, first persons and houses.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.extract.moves.closing import closing, sayer
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.lexicon import MANAGERS
from ingest.extract.moves.line import Line
from ingest.extract.moves.names import Holder, Subject, holder_before, is_house, is_person, subjects_at
from ingest.extract.moves.slots import Slots
from rag.types import Stance

_OWN = r"(?:his|her|my|our|its|their|the\s(?:fund|firm)['’]s)\s(?:\w+\s){0,2}?(?:positions?|stakes?|holdings?|exposure|weightings?|allocations?|shares|bets?)\s(?:in|to|of|on)"
_MAY = r"(?:would|[’']d|will|[’']ll|should)\s(?:rather\s|still\s|also\s|definitely\s|be\sinclined\sto\s)?"
_NOT = r"(?:n[o’']t|never|no\slonger|neither|nor)\s(?:be\s|been\s|want\sto\s|an?\s|yet\s|go\s|looking\sto\s){0,2}$"
# Each with what it takes to be sure that it is a view: "any" holder, or a "money" manager, a person or a house.
_WORDS: tuple[tuple[Stance, str, str], ...] = (
    ("bullish", "any", r"(?:been|am|are|is|[’'](?:m|re|s))\s(?:\w+ly\s|also\s|still\s)?(?:adding\sto|buyers?\sof|an?\s(?:\w+\s)?buyer\sof|building\s(?:up\s)?(?:an?|our|his|her)\sposition\sin)"),
    ("bullish", "any", r"add(?:s|ed|ing)?\s(?:further\s|more\s)?to\s" + _OWN),
    ("bullish", "money", r"(?:ha(?:s|ve|d)|[’']ve)\s(?:\w+ly\s)?added\sto"),
    ("bullish", "money", r"(?:been|am|are|is|[’'](?:m|re|s))\s(?:\w+ly\s|also\s|still\s)?(?:buying|accumulating|snapping\sup|loading\sup\son)"),
    ("bullish", "person", r"bought(?:\sinto)?|built\s(?:up\s)?an?\s(?:\w+\s)?position\sin|initiated\san?\s(?:\w+\s)?position\sin"),
    ("bullish", "any", r"(?:is|am|are|remains?|stays?|been|going|goes|go|went|gone|[’'](?:m|re|s))\s(?:\w+ly\s|net\s|very\s|still\s|modestly\s)?long(?=\s(?!-|on\b|enough|way|term|time|past|before|since|been|as\b|known|overdue|gone|run|history|list|and\b))"),
    ("bullish", "any", r"lean(?:s|ed|ing)?\sinto|rotat(?:e|es|ed|ing)\s(?:more\s|money\s|some\s)?(?:in)?to|tilt(?:s|ed|ing)?\stowards?"),
    ("bullish", "money", _MAY + r"(?:buy|be\sbuying|be\san?\s(?:\w+\s)?buyer\sof|be\sbuyers\sof|own|accumulate|add\sto|go\slong|be\slong|overweight)"),
    ("bullish", "any", r"(?:want(?:s|ed)?|likes?|continues?)\sto\s(?:own|be\slong|overweight)"),
    ("bullish", "person", r"like(?=\s)|favou?r(?=\s)|prefer(?=\s)"),
    ("bearish", "money", r"(?:sold|sell(?:s|ing)?|trim(?:s|med|ming)?|halv(?:e|es|ed|ing)|cut(?:s|ting)?|reduc(?:e|es|ed|ing)|exit(?:s|ed|ing)?|clos(?:e|es|ed|ing)|pared?|paring|dump(?:s|ed|ing)?|liquidat(?:es?|ed|ing)|lighten(?:s|ed|ing)?|slash(?:es|ed|ing)?)\s(?:(?:back|down|out|up|off)\s)?(?:(?:all|most|some|part|half|much|a\sthird)\s(?:of\s)?)?" + _OWN),
    ("bearish", "money", r"(?:been|am|are|is|[’'](?:m|re|s))\s(?:\w+ly\s|also\s|still\s)?(?:selling|trimming|shorting|exiting|lightening\s(?:up\s)?(?:on|in)|an?\sseller\sof|sellers\sof|avoiding|steering\sclear\sof)"),
    ("bearish", "any", r"(?:is|am|are|remains?|stays?|been|going|goes|go|went|gone|[’'](?:m|re|s))\s(?:\w+ly\s|net\s|very\s|still\s|modestly\s)?short(?=\s(?!-|of\b|on\b|term|time|sell|sighted|lived|and\b|supply|run|notice))"),
    ("bearish", "any", _MAY + r"(?:avoid|fade|stay\saway\sfrom|steer\sclear\sof|short|underweight|lighten\sup\son)"),
    ("bearish", "money", _MAY + r"(?:sell|be\sselling|be\san?\sseller\sof|be\ssellers\sof|trim|reduce|exit|go\sshort|be\sshort)"),
    ("bearish", "any", r"steer(?:s|ed|ing)?\sclear\sof|stay(?:s|ed|ing)?\saway\sfrom|(?:rotat|mov)(?:e|es|ed|ing)\sout\sof"),
    ("bearish", "person", r"avoids|fades|fading"),
)  # fmt: skip
_TAKEN = re.compile(
    "|".join(rf"(?P<_{k}>(?<![\w-])(?:{words})(?![\w-]))" for k, (_, _, words) in enumerate(_WORDS)), re.IGNORECASE
)
_DENIED = re.compile(_NOT, re.IGNORECASE)
_MOOD = re.compile(
    r"(?:any|the|this|that)\s(?:\w+\s)?(?:rally|rallies|bounce|strength|rise|spike|move|gains?)\s(?:in|of)\s|(?:both|some|more|of|in|on)\s",
    re.IGNORECASE,
)
_SELLOFF = re.compile(
    r"(?:any|the|this|that)\s(?:\w+\s)?(?:sell-?off|dips?|weakness|pullback|decline|fall)\s(?:in|of)\s", re.IGNORECASE
)
_SPEAKER = re.compile(r"(?:I|we|he|she|who)(?:['’]\w+)?$", re.IGNORECASE)
_PRICED = re.compile(r"[^;~!]{0,4}F[ax]?[M0]")
_MOST = 6


def positions_in(line: Line, left: int, right: int) -> Iterator[Draft]:
    """Yield the positions, taken or wished for, that items `left` to `right` tell of, in order."""
    if left >= right:
        return
    starts = [item.start for item in line.items]
    text_end = line.items[right - 1].end
    for count, match in enumerate(_TAKEN.finditer(line.text, starts[left], text_end)):
        if count >= _MOST:
            break
        first, after = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        yield from _position(line, match, first, after, left, right)


def _position(line: Line, match: re.Match[str], first: int, after: int, left: int, right: int) -> Iterator[Draft]:
    """Yield the stance of one position, and that of what a rotation goes into."""
    stance, needs, _ = _WORDS[int(str(match.lastgroup)[1:])]
    if _DENIED.search(line.text, max(0, match.start() - 30), match.start()) or _denied_inside(match.group()):
        if stance == "bearish":
            return
        stance = "bearish"
    after, turned = _past_mood(line, match.end(), after)
    if turned:
        stance = "bullish" if stance == "bearish" else "bearish"
    subjects = [s for s in subjects_at(line, after, right) if s.named or s.market]
    holder = _holder(line, first, left, needs)
    if not subjects or holder is None or subjects[0].trailing or _is_deal(line, subjects, right):
        return
    if any(s.span in {holder.firm, holder.analyst} for s in subjects):
        return
    yield Draft("none", stance, Slots(), first, subjects[-1].last, holder, subjects)
    into = re.compile(r"t").match(line.codes, subjects[-1].last + 1, right)
    if "out of" in match.group().lower() and into:
        others = [s for s in subjects_at(line, into.end(), right) if s.named or s.market]
        if others:
            yield Draft("none", "bullish", Slots(), into.start(), others[-1].last, holder, others)


def _denied_inside(words: str) -> bool:
    """Return True if the words themselves hold a denial ("'d never own")."""
    return bool(re.search(r"\bnot\b|n['’]t\b|\bnever\b", words, re.IGNORECASE))


def _past_mood(line: Line, at: int, after: int) -> tuple[int, bool]:
    """Return the item behind "the rally in", and True where it is a fall that is faded or bought."""
    starts = [item.start for item in line.items]
    rest = line.text[at : at + 60].lstrip()
    shift = at + len(line.text[at : at + 60]) - len(rest)
    if fall := _SELLOFF.match(rest):
        return bisect_left(starts, shift + fall.end()), "fad" in line.text[max(0, at - 8) : at].lower()
    mood = _MOOD.match(rest)
    return (bisect_left(starts, shift + mood.end()) if mood else after), False


def _holder(line: Line, first: int, left: int, needs: str) -> Holder | None:
    """Return whose position it is; None where it is nobody's that holds views, or not sure to be."""
    holder = holder_before(line, first, left)
    said = closing(line) or sayer(line, first, left)
    named = holder.firm or holder.analyst
    if holder.nobody or not named:
        item = _subject_item(line, first)
        if item is not None and _SPEAKER.match(item):
            return said if said.firm or said.analyst else Holder()
        investors = bool(item) and bool(re.match(r"(?:investors?|clients?|people|one)$", item or "", re.IGNORECASE))
        return said if investors and (said.firm or said.analyst) else None
    if holder.analyst or needs == "any":
        return holder
    name = line.words_of(holder.firm)
    if is_person(name) or is_house(name) or (needs == "money" and MANAGERS.search(name)):
        return holder
    return None


def _subject_item(line: Line, first: int) -> str | None:
    """Return the word before the verb that begins at item `first`, auxiliaries passed over."""
    k = first - 1
    while k >= 0 and line.codes[k] in "BHV-":
        k -= 1
    return line.items[k].text if k >= 0 else None


def _is_deal(line: Line, subjects: list[Subject], right: int) -> bool:
    """Return True if a price is paid for it: "bought Acme for $4 billion"."""
    return bool(_PRICED.match(line.codes, subjects[-1].last + 1, right))
