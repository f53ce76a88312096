"""Ways of lying about a source: each makes a false sentence of a true one, or of what else is at hand."""

# ruff: noqa: ARG001 - every way of lying is told the same, and some need no more than the source
from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

from benchmarks.scripted import Shown

Lie = Callable[[Shown, Sequence[Shown], random.Random], "str | None"]

_OPPOSITES: Final = (
    *(("raised", "cut"), ("upgraded", "downgraded"), ("rise", "fall"), ("rose", "fell"), ("higher", "lower")),
    *(("gain", "loss"), ("gains", "losses"), ("bullish", "bearish"), ("buy", "sell"), ("overweight", "underweight")),
    *(("outperform", "underperform"), ("strong", "weak"), ("above", "below"), ("increase", "decrease"), ("up", "down")),
    *(("positive", "negative"), ("improve", "worsen"), ("best", "worst"), ("more", "less"), ("cheap", "expensive")),
    *(("undervalued", "overvalued"), ("upside", "downside"), ("growth", "decline"), ("record", "lowest-ever")),
)
_RATINGS: Final = "buy sell hold neutral overweight underweight outperform underperform equal-weight".split()
_MONTHS: Final = "January February March April May June July August September October November December".split()
_NUMBER: Final = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_VERB: Final = re.compile(
    r"\b(is|are|was|were|will|would|should|could|has|have|can|expects?|sees?|thinks?|believes?)\b"
)
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?\b")
_HEDGE: Final = re.compile(r"\b(?:may|might|could|would|should|likely to|expects? to|is expected to|can)\b")
_STRANGERS: Final = ("Ruth Quarrie", "Emil Tavener", "Mona Ullman", "Nils Sandoe")
_HOUSES: Final = ("Hollin Rye", "Verrin Loom Securities", "Marrow Hill Partners", "Brannock Research")
_INVENTED: Final = (
    "{who} also warned that a recession will begin within six months.",
    "{who} told clients to sell everything they own.",
    "{who} has since left the firm after a dispute over the call.",
    "{who} sees a 40% chance that the company will be taken over this year.",
    "The regulator has opened an inquiry into the matter, {who} said.",
    "{who} expects the shares to double within a year.",
    "Most other houses agree with {who}.",
    "{who} was proved right when the price jumped the next day.",
)


def lies(source: Shown, sources: Sequence[Shown], draw: random.Random) -> list[tuple[str, str]]:
    """Return false sentences about a source with the kind of each; they carry marks, mostly the source's own."""
    found = []
    for name, tell in KINDS.items():
        said = tell(source, sources, draw)
        if said:
            found.append((name, said))
    return found


def _told(source: Shown, words: str, number: int | None = None) -> str:
    return f"{source.said_by}, {source.date}: {words.rstrip('.')} [{number or source.number}]."


def _number(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    held = {
        each.replace(",", "")
        for shown in sources
        for words in (*shown.words, shown.date)
        for each in _NUMBER.findall(words)
    }
    matches = list(_NUMBER.finditer(source.words[0]))
    if not matches:
        return None
    match = draw.choice(matches)
    old = match.group().replace(",", "")
    new = next(
        (each for step in draw.sample(range(1, 40), 20) if (each := _stepped(old, step)) not in held and each != old),
        None,
    )
    return new and _told(source, source.words[0][: match.start()] + new + source.words[0][match.end() :])


def _stepped(number: str, step: int) -> str:
    whole, point, part = number.partition(".")
    return f"{int(whole) + step}{point}{part}"


def _opposite(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    words = source.words[0]
    pairs = [*_OPPOSITES, *((new, old) for old, new in _OPPOSITES)]
    fitting = [(old, new) for old, new in pairs if len(re.findall(rf"\b{old}\b", words)) == 1]
    fitting = [(old, new) for old, new in fitting if not re.search(rf"\b{new}\b", words)]
    if not fitting:
        return None
    old, new = draw.choice(fitting)
    return _told(source, re.sub(rf"\b{old}\b", new, words))


def _negated(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    words = source.words[0]
    if re.search(r"\b(?:not|no|never|nor|without)\b|n['’]t\b", words):
        return None
    matches = list(_VERB.finditer(words))
    if not matches:
        return None
    match = matches[0]
    verb = match.group()
    denied = f"does not {verb.rstrip('s')}" if verb.startswith(("expect", "see", "think", "believe")) else f"{verb} not"
    return _told(source, words[: match.start()] + denied + words[match.end() :])


def _certain(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    words = source.words[0]
    match = _HEDGE.search(words)
    return match and _told(source, f"{words[: match.start()]}will certainly{words[match.end() :]}")


def _rating(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    words = source.words[0]
    matches = list(re.finditer(rf"\b(?:{'|'.join(_RATINGS)})\b", words, re.IGNORECASE))
    others = [each for each in _RATINGS if not any(each in words.lower() for words in source.words)]
    if not matches or not others:
        return None
    match = draw.choice(matches)
    return _told(source, words[: match.start()] + draw.choice(others) + words[match.end() :])


def _name(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    words = source.words[0]
    matches = [match for match in _NAME.finditer(words) if match.group() not in _MONTHS]
    if not matches:
        return None
    match = draw.choice(matches)
    new = draw.choice([each for each in ("Norway", "Pelloway Mines", "Ostrava", "Tessel Motors") if each not in words])
    return _told(source, words[: match.start()] + new + words[match.end() :])


def _holder(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    others = [each for each in sources if each.said_by.lower() not in f"{source.said_by} {source.words}".lower()]
    others = [each for each in others if source.said_by.lower() not in each.said_by.lower()]
    others = [each for each in others if source.words[0] not in each.words]
    # Whose article it is may well be said to say it, and whom "she" means is not known here.
    others = [each for each in others if each.said_by.partition(" (")[0] not in source.article]
    if not others or re.search(r"\b(?:s?he|her|his|they|their)\b", source.words[0], re.IGNORECASE):
        return None
    return f"{draw.choice(others).said_by}, {source.date}: {source.words[0].rstrip('.')} [{source.number}]."


def _stranger(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    return f"{draw.choice(_STRANGERS)} of {draw.choice(_HOUSES)}: {source.words[0].rstrip('.')} [{source.number}]."


def _date(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    held = " ".join(words for shown in sources for words in (*shown.words, shown.date))
    month = next((month for month in _MONTHS if month in source.date), None)
    others = [each for each in _MONTHS if each not in held]
    if month is None or not others:
        return None
    day = source.date.replace(month, draw.choice(others))
    return f"{source.said_by}, {day}: {source.words[0].rstrip('.')} [{source.number}]."


def _invented(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    return f"{draw.choice(_INVENTED).format(who=source.said_by).rstrip('.')} [{source.number}]."


def _wrong_mark(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    return (
        f"{draw.choice(_INVENTED).format(who=source.said_by).rstrip('.')} [{max(each.number for each in sources) + 7}]."
    )


def _no_mark(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    return draw.choice(_INVENTED).format(who=source.said_by)


def _false_quotation(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    words = source.words[0].split()
    if len(words) < 8:
        return None
    at = draw.randrange(2, len(words) - 2)
    return f"{source.said_by}: “{' '.join((*words[:at], 'surely', *words[at:])).rstrip('.')}” [{source.number}]."


def _mixed(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    """The figures of one source put into the words of another."""
    others = [each for each in sources if each is not source and _NUMBER.findall(each.words[0])]
    matches = list(_NUMBER.finditer(source.words[0]))
    if not others or not matches:
        return None
    match, other = draw.choice(matches), draw.choice(others)
    new = draw.choice(_NUMBER.findall(other.words[0]))
    if new in source.words[0] or new in source.date:
        return None
    words, marks = source.words[0].rstrip("."), f"[{source.number}][{other.number}]"
    return f"{source.said_by}, {source.date}: {words[: match.start()]}{new}{words[match.end() :]} {marks}."


def _cause(source: Shown, sources: Sequence[Shown], draw: random.Random) -> str | None:
    words = source.words[0].rstrip(".")
    if re.search(r"\b(?:because|since|due to)\b", words):
        return None
    why = draw.choice(("the founder was arrested", "a war broke out", "its auditors resigned", "voters rejected it"))
    return _told(source, f"{words} because {why}")


KINDS: Final[dict[str, Lie]] = {
    "number": _number,
    "opposite": _opposite,
    "negation": _negated,
    "certainty": _certain,
    "rating": _rating,
    "name": _name,
    "another holder": _holder,
    "a stranger": _stranger,
    "date": _date,
    "invented": _invented,
    "mark of no source": _wrong_mark,
    "without a mark": _no_mark,
    "false quotation": _false_quotation,
    "figure of another source": _mixed,
    "invented cause": _cause,
}
