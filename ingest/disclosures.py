"""The disclosures that close a broker's note: part of its text, to be found and cited, and no place to read views in.

They stay where they are, under the heading that the note gives them, since a reader may well ask what a house discloses
of its conflicts; they are told apart by their words alone, so that what is stored need not change to know them.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_KIND = (
    r"(?:important|required|regulatory|general|legal|other|additional|company[- ]specific|research|global|analyst"
    r"|us|u\.s\.)[ ](?:(?:and|&)[ ]\w{1,20}[ ])?"
)
_HEADING = re.compile(
    rf"""^[ \t]*(?:\d{{1,2}}[.)][ ])?(?:
        (?:{_KIND})?(?:disclosures?|disclaimers?)(?:[ ](?:appendix|section|statements?|and[ ]disclaimers?))?
        | (?:disclosure|legal|regulatory)[ ](?:appendix|notices?|information)
        | (?:analyst|reg(?:ulation)?[ ]ac)[ ]certifications?
        | important[ ](?:legal[ ])?(?:information|notices?|disclosures?[ ]and[ ]certifications?)
        )[ \t]*:?[ \t]*$""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
# What such a section cannot do without, and an article about anything else seldom says.
_LEGAL = re.compile(
    r"""\b(?:investment[ ]banking|conflicts?[ ]of[ ]interest|solicitation|past[ ]performance|compensation|affiliates?
        |regulated[ ]by|authori[sz]ed[ ]and[ ]regulated|finra|mifid|reg(?:ulation)?[ ]ac|securities[ ]act
        |not[ ](?:be[ ]construed|constitute|intended|investment[ ]advice|guaranteed)|redistribut\w+|reproduc(?:ed|tion)
        |accurately[ ]reflects?|personal[ ]views|market[ ]maker|beneficial(?:ly)?[ ]own\w*|disclaims?|liabilit(?:y|ies)
        |without[ ]notice|prior[ ](?:written[ ])?consent|suitab(?:le|ility)|all[ ]rights[ ]reserved|recipients?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WINDOW = 1_500
_LEAST_SHARE = 0.6  # of the windows from there to the end: a rating's history may stand among them


def start_of_disclosures(text: str) -> int | None:
    """Return where the disclosures begin that run to the end of a text, at their heading; None if there are none.

    A heading counts if legal terms follow it to the end, twice at once and in most of what comes after.
    """
    begin = len(text) - len(text.lstrip())
    headings = [match for match in _HEADING.finditer(text) if match.start() > begin]
    terms = [match.start() for match in _LEGAL.finditer(text)] if headings else []
    windows = sorted({at // _WINDOW for at in terms})
    last = len(text) // _WINDOW
    for heading in headings:
        at_once = bisect_left(terms, heading.end() + _WINDOW) - bisect_left(terms, heading.end())
        first = heading.end() // _WINDOW
        held = len(windows) - bisect_left(windows, first)
        if at_once >= 2 and held >= _LEAST_SHARE * (last - first + 1):
            return heading.start()
    return None
