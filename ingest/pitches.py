"""Newsletter pitches and share prompts: what publishers hang below an article and no reader wants quoted back."""

from __future__ import annotations

import re

_PITCH = re.compile(
    r"""
    (?:^|[.!?:][ ]+)(?:please[ ])?(?:subscribe|sign[ ]up|join[ ]us|join[ ]our)\b
    | \b(?:subscribe|sign[ ]up)[ ](?:now|today|here|to[ ]our|for[ ]our|for[ ]free)\b
    | \b(?:get|receive|stay|check[ ]out|delivered)\b.{0,60}\b(?:your|the)[ ]inbox\b
    | \b(?:get|receive|stay|check[ ]out|try|want[ ]more)\b.{0,40}\b(?:our|free|daily|weekly)\b.{0,20}\bnewsletters?\b
    | ^if[ ]you.{0,3}re[ ]reading[ ]this\b
    | ^(?:please[ ])?(?:share|forward|like)[ ](?:and[ ]\w+[ ])?(?:this|the)[ ](?:story|article|post|note|piece)\b
    | ^share[ ]this[ ]*:?$
    | ^share(?:[ ]+(?:on[ ]|via[ ])?(?:facebook|twitter|x|linkedin|whatsapp|reddit|email)\b[,|·/ ]*)+$
    | ^follow\b.{0,60}\bon[ ](?:facebook|twitter|x|linkedin|instagram|threads|bluesky|telegram|youtube)\b
    | ^follow[ ]us\b | ^find[ ]us[ ]on\b
    | ^(?:also[ ]read|read[ ]next|read[ ]more|see[ ]more|see[ ]also|up[ ]next|don.?t[ ]miss|more[ ](?:from|on|stories)|
         related(?:[ ](?:articles?|stories|reading|posts|links|news))?|recommended(?:[ ]for[ ]you)?|
         you[ ](?:may|might)[ ]also[ ]like)(?:[ ]*[:»>→|-].*|[ ]*)$
    | (?:^|[.!?:][ ]+)(?:download|get)[ ](?:our|the)[ ].{0,30}\bapp\b
    | ^click[ ]here\b | ^leave[ ]a[ ]comment\b
    | ^was[ ]this[ ](?:article|helpful)\b | ^(?:tags|filed[ ]under|topics)[ ]*(?::.*)?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_POINTER = re.compile(
    r"^(?:also read|read more|see more|see also|related|don.?t miss|more from \w+)\s*:\s*\S", re.IGNORECASE
)
# Disclosures may mention a newsletter; they are content and stay.
_KEEP = re.compile(r"\b(?:disclaimers?|disclosures?|not (?:investment )?advice|conflicts of interest)\b", re.IGNORECASE)
_LONGEST, _MOST = 300, 5


def without_pitches(text: str) -> str:
    """Return the text without the pitches at its very end: at most five short lines, from the last one up."""
    kept = text.rstrip()
    for _ in range(_MOST):
        above, _, last = kept.rpartition("\n")
        if not above.strip() or not is_pitch(last):
            break
        kept = above.rstrip()
    return kept


def without_pointers(text: str) -> str:
    """Return a page's text without the lines that only point to other articles ("Read more: …")."""
    return "\n".join(line for line in text.split("\n") if len(line) > _LONGEST or not _POINTER.match(line.strip()))


def is_pitch(line: str) -> bool:
    """Return True if the line as a whole asks the reader to subscribe, share, follow or read on."""
    line = line.strip().strip("*_-–—•|> ")
    return 0 < len(line) <= _LONGEST and bool(_PITCH.search(line)) and not _KEEP.search(line)
