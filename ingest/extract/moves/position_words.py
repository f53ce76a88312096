"""The words for positions taken, wished for and shunned, and whose they must be to count as a view.

"any": whoever is named as their holder; "money": a person, a house or one who manages money, as companies buy and sell
too; "person": a person; "manager": one whom the sentence calls a manager, analyst or the like; "joint": several
together.
"""

from __future__ import annotations

import re
from typing import Literal

from rag.types import Stance

Whose = Literal["any", "money", "person", "manager", "joint"]

_DENIAL = r"(?:n['’]t)?(?:\s(?:not|never|no\slonger|neither))?"
_BE = rf"(?:been|am|are|is|was|were|remains?|[’'](?:m|re|s)){_DENIAL}\s(?:\w+ly\s|also\s|still\s)?"
_STAY = (
    rf"(?:is|am|are|was|were|remains?|stays?|been|going|goes|go|went|gone|[’'](?:m|re|s)){_DENIAL}\s"
    r"(?:\w+ly\s|net\s|very\s|still\s|modestly\s)?"
)
_MAY = rf"(?:would|[’']d|should){_DENIAL}\s(?:rather\s|still\s|also\s|definitely\s|be\sinclined\sto\s)?"
_OWN = (
    r"(?:his|her|my|our|its|their|the\s(?:fund|firm)['’]s)\s(?:\w+\s){0,2}?"
    r"(?:positions?|stakes?|holdings?|exposure|weightings?|allocations?|shares|bets?)\s(?:in|to|of|on)"
)
_BUYER = r"buyers?\sof|an?\s(?:\w+\s)?buyer\sof"
_SELLER = r"sellers?\sof|an?\s(?:\w+\s)?seller\sof"
_REDUCES = (
    r"(?:sold|sell(?:s|ing)?|trim(?:s|med|ming)?|halv(?:e|es|ed|ing)|cut(?:s|ting)?|reduc(?:e|es|ed|ing)|"
    r"exit(?:s|ed|ing)?|clos(?:e|es|ed|ing)|pare[sd]?|paring|dump(?:s|ed|ing)?|liquidat(?:es?|ed|ing)|"
    r"lighten(?:s|ed|ing)?|slash(?:es|ed|ing)?)\s(?:(?:back|down|out|up|off)\s)?"
    r"(?:(?:all|most|some|part|half|much|a\sthird)\s(?:of\s)?)?"
)
# "long" and "short" of these are no positions.
_NOT_LONG = r"(?!-|(?:on|enough|way|term|time|past|before|since|been|as|known|overdue|gone|run|history|list|and)\b)"
_NOT_SHORT = r"(?!-|(?:of|on|term|time|sell|sighted|lived|and|supply|run|notice|list)\b)"

_WORDS: tuple[tuple[Stance, Whose, str], ...] = (
    (
        "bullish",
        "any",
        rf"{_BE}(?:adding\sto(?!\s(?:its|their))|{_BUYER}|building\s(?:up\s)?an?\s(?:\w+\s)?position\sin)",
    ),
    ("bullish", "any", rf"add(?:s|ed|ing)?\s(?:further\s|more\s)?to\s{_OWN}"),
    ("bullish", "money", r"(?:ha(?:s|ve|d)|[’']ve)\s(?:\w+ly\s)?added\sto(?!\s(?:its|their))"),
    ("bullish", "money", rf"{_BE}(?:buying|accumulating|snapping\sup|loading\sup\son)"),
    ("bullish", "manager", r"bought(?:\sinto)?|(?:built|initiated|opened)\s(?:up\s)?an?\s(?:\w+\s)?position\sin"),
    ("bullish", "any", rf"{_STAY}long(?=\s{_NOT_LONG})"),
    ("bullish", "any", r"lean(?:s|ed|ing)?\sinto|rotat(?:e|es|ed|ing)\s(?:more\s|money\s|some\s)?(?:in)?to"),
    ("bullish", "any", r"tilt(?:s|ed|ing)?\stowards?"),
    ("bullish", "money", rf"{_MAY}(?:buy|be\s(?:buying|long|{_BUYER})|own|accumulate|add\sto|go\slong|overweight)"),
    ("bullish", "any", r"(?:want(?:s|ed)?|likes?|continues?)\sto\s(?:own|be\slong|overweight)"),
    ("bullish", "joint", r"(?<!,\s)(?:like|favou?r|prefer)(?=\s)"),
    ("bearish", "money", rf"{_REDUCES}{_OWN}"),
    ("bearish", "money", rf"{_BE}(?:selling|trimming|shorting|exiting|lightening\s(?:up\s)?(?:on|in)|{_SELLER})"),
    ("bearish", "money", rf"{_BE}(?:avoiding|steering\sclear\sof)"),
    ("bearish", "any", rf"{_STAY}short(?=\s{_NOT_SHORT})"),
    ("bearish", "any", rf"{_MAY}(?:avoid|fade|stay\saway\sfrom|steer\sclear\sof|short|underweight|lighten\sup\son)"),
    ("bearish", "money", rf"{_MAY}(?:sell|be\s(?:selling|short|{_SELLER})|trim|reduce|exit|go\sshort)"),
    ("bearish", "any", r"steer(?:s|ed|ing)?\sclear\sof|stay(?:s|ed|ing)?\saway\sfrom"),
    ("bearish", "any", r"(?:rotat|mov)(?:e|es|ed|ing)\sout\sof"),
    ("bearish", "person", r"avoids|fades|fading"),
)
POSITION = re.compile(
    "|".join(rf"(?P<_{k}>(?:(?<![\w-])|(?=[’']))(?:{words})(?![\w-]))" for k, (_, _, words) in enumerate(_WORDS)),
    re.IGNORECASE,
)
DENIED = re.compile(
    r"(?:n[o’'‘]t|never|no\slonger|neither|nor)\s(?:be\s|been\s|want\sto\s|an?\s|yet\s|go\s|looking\sto\s){0,2}$",
    re.IGNORECASE,
)
DENYING = re.compile(r"\b(?:not|never|neither|no\slonger)\b|n['’]t\b", re.IGNORECASE)
# What may stand between the words of a position and its subject: "fade the rally in gold", "own both tech and banks".
RISE = re.compile(
    r"(?:any|the|this|that)\s(?:\w+\s)?(?:rally|rallies|bounce|strength|rise|spike|move|gains?)\s(?:in|of)\s|"
    r"(?:both|some|more|of|in|on)\s",
    re.IGNORECASE,
)
FALL = re.compile(
    r"(?:any|the|this|that)\s(?:\w+\s)?(?:sell-?off|dips?|weakness|pullback|decline|fall)\s(?:in|of)\s", re.IGNORECASE
)


def meaning_of(match: re.Match[str]) -> tuple[Stance, Whose]:
    """Return the stance of a position's words and whose they must be, for a match of `POSITION`."""
    stance, whose, _ = _WORDS[int(str(match.lastgroup)[1:])]
    return stance, whose
