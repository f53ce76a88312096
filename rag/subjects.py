"""What is called by several names: assets, houses, and the actions and aspects that questions ask about.

Small readable tables. Each entry of `ASSETS` and `HOUSES` is one thing by its several names, the usual one first; the
houses of the Street are in `rag.street`. `ASPECTS` holds, for each aspect of a question, the pattern that asks for it
and the one that its evidence must match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.street import STREET
from rag.wording import fold, phrase_in

ASSETS: tuple[tuple[str, ...], ...] = (
    ("small caps", "small cap", "small-caps", "small-cap", "smaller companies", "russell 2000", "small- and mid-caps",
     "mid- to small-caps", "smid", "s&p 600", "smaller stocks"),
    ("mid caps", "mid cap", "mid-caps", "mid-cap", "small- and mid-caps", "s&p 400"),
    ("large caps", "large cap", "large-caps", "large-cap", "s&p 500", "s&p", "blue chips"),
    ("megacap tech", "megacaps", "mega caps", "mega-cap", "megacap", "big tech", "magnificent seven", "faang",
     "technology stocks", "tech stocks"),
    ("u.s. stocks", "us stocks", "us equities", "u.s. equities", "wall street", "american stocks"),
    ("treasuries", "treasury bonds", "treasury yields", "treasury notes", "government bonds", "t-bonds", "bond yields"),
    ("interest rates", "fed funds rate", "rate cuts", "rate cut", "rate hikes", "rates", "monetary policy",
     "federal reserve", "the fed", "fomc", "fed policy"),
    ("oil", "crude", "crude oil", "brent", "wti", "opec", "oil prices", "petroleum"),
    ("gold", "bullion", "gold price", "gold prices", "precious metals"),
    ("silver", "silver price"), ("copper", "copper price"), ("natural gas", "gas prices", "lng"),
    ("dollar", "u.s. dollar", "us dollar", "greenback", "dollar index", "dxy", "usd"),
    ("euro", "eur", "eur/usd", "single currency"), ("yen", "jpy", "japanese yen"), ("sterling", "pound", "gbp"),
    ("bitcoin", "btc", "crypto", "cryptocurrency"),
    ("emerging markets", "emerging market", "em equities", "developing markets"),
    ("semiconductors", "chip stocks", "chipmakers", "semis", "chips"),
    ("banks", "bank stocks", "lenders", "money-center banks", "financials"),
    ("indian stocks", "sensex", "nifty", "india", "indian equities"),
    ("dow", "dow jones", "djia", "dow jones industrial average"), ("nasdaq", "nasdaq composite", "nasdaq 100"),
    ("buyback", "repurchase", "share repurchase", "stock repurchase", "share buyback"),
)  # fmt: skip

# Institutions beyond `rag.street`, and houses that a question may mean together though they were apart at the time.
HOUSES: tuple[tuple[str, ...], ...] = (
    ("bank of america", "bofa", "bofa securities", "bofa global research", "bofa merrill lynch", "merrill lynch",
     "merrill"),
    ("first boston", "credit suisse first boston"),
    ("federal reserve", "fed", "the fed", "fomc"), ("general motors", "gm"), ("general electric", "ge"),
    ("international business machines", "ibm"), ("securities and exchange commission", "sec"),
    ("food and drug administration", "fda"),
)  # fmt: skip

RATING = (
    r"(?:(?:strong|aggressive|top|conviction)[- ]?)?(?:buy|sell|hold|overweight|underweight|equal[- ]?weight|"
    r"market[- ]?weight|outperform(?:er)?|underperform(?:er)?|market perform|sector perform|peer perform|"
    r"neutral|accumulate|reduce|add)"
)
_RATING_NOUN = r"(?:ratings?|recommendations?|opinions?|views?|stance)"
_MOVE_UP = (
    rf"upgrad|(?:rais|lift|boost|increas|hik|mov|restor|return)\w*\b.{{0,60}}\b(?:{_RATING_NOUN}|{RATING})\b|"
    r"turn\w* (?:positive|bullish)|issued a (?:strong )?buy|(?:add|put)\w*\b.{0,40}\blist\b|joins?\b.{0,20}\bbull"
)
_MOVE_DOWN = (
    rf"downgrad|(?:cut|lower|reduc|slash|drop|trim|mov)\w*\b.{{0,60}}\b(?:{_RATING_NOUN}|{RATING})\b|"
    r"turn\w* (?:negative|bearish|cautious)|(?:remov|pull|tak|drop)\w*\b.{0,40}\blist\b"
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something a question can ask about; evidence without it does not answer. `words` widen the keyword search."""

    name: str
    asked: re.Pattern[str]
    shown: re.Pattern[str]
    words: tuple[str, ...] = ()


def _aspect(name: str, asked: str, shown: str, words: str = "") -> Aspect:
    return Aspect(name, re.compile(asked, re.IGNORECASE), re.compile(shown, re.IGNORECASE), tuple(words.split()))


ASPECTS: tuple[Aspect, ...] = (
    _aspect(
        "upgrade",
        rf"\bupgrad|\b(?:rais|lift|boost|increas)\w*\b.{{0,30}}\b{_RATING_NOUN}|turn\w* (?:positive|bullish)",
        _MOVE_UP,
        "upgraded upgrades raised raises lifted recommendation rating opinion",
    ),
    _aspect(
        "downgrade",
        rf"\bdowngrad|\b(?:cut|lower|reduc|slash|trim)\w*\b.{{0,30}}\b{_RATING_NOUN}|turn\w* (?:negative|bearish)",
        _MOVE_DOWN,
        "downgraded downgrades cut lowered lowers recommendation rating opinion",
    ),
    _aspect(
        "target",
        r"\btarget(?:s|ed|ing)?\b|\bprice objective\b|\bworth\b|\bwhere do(?:es)? .{0,40}\b(?:going|heading|headed)\b|"
        r"\bhow high (?:could|can|might|will)\b",
        r"\btarget(?:s|ed|ing)?\b|\bPTs?\b|price objective|fair value|\bworth\b|\b(?:go|goes|climb|rise) (?:up )?to\b|"
        r"\$\d+ stock price|sees? .{0,30}(?:at|hitting|reaching) [\d$]",
        "target targets PT",
    ),
    _aspect(
        "estimate",
        r"\b(?:estimates?|forecasts?|projections?|eps|earnings (?:number|outlook|view)|profit forecast|number for)\b",
        r"\b(?:estimat|forecast|project|predict|expect|eps\b|outlook|see(?:s|ing)?\b|look(?:s|ing)? for|consensus)|"
        r"\bearn(?:s|ings?|ed)?\b",
        "estimate estimates forecast expects sees earnings",
    ),
    _aspect(
        "earnings figure",
        r"\b(?:expect|see|forecast|project|estimat|look)\w*\b.{0,60}\b(?:to earn|to make|earnings|profits?|eps)\b",
        r"\b(?:earn\w*|profits?|eps|estimat\w*|forecast\w*)\b.*\d|"
        r"\d.*\b(?:earn\w*|profits?|eps|estimat\w*|(?:a|per) share)\b",
    ),
    _aspect(
        "rating",
        r"\b(?:rating|ratings|recommendation|stance|opinion)\b",
        rf"\b(?:rat(?:es?|ed|ing|ings)|recommend\w*|stance|opinion|upgrad\w*|downgrad\w*|{RATING})\b|bullish|bearish",
        "rating recommendation recommends opinion",
    ),
    _aspect(
        "prior rating",
        rf"\b{_RATING_NOUN}\b.{{0,60}}\b(?:before|previous(?:ly)?|prior|earlier)\b|"
        rf"\b(?:before|previous|prior|earlier)\b.{{0,20}}\b{_RATING_NOUN}\b",
        rf"\bfrom (?:an? |its |their )?[‘'\"“`]?{RATING}\b|"
        rf"\b(?:previous|previously|prior|formerly|earlier|had been|was)\b.{{0,40}}\b{RATING}\b",
    ),
    _aspect(
        "condition",
        r"\bwhat would (?:it take|bring|make|get|change|move|persuade|convince|turn)|\bstill (?:want|need)|"
        r"\bwants? to see\b|\bchange (?:his|her|their|its) mind\b|\bneed(?:s|ed)? to see\b",
        r"\bif\b|\bunless\b|\buntil\b|\bbefore\b|\bwould\b|\bwant\w*|\bneed\w*|\bwait\w*|\bonce\b|\beither\b",
    ),
    _aspect(
        "move",
        r"\bwhat did .{0,60} do (?:with|to|about|on)\b|\b(?:which|what) (?:way|direction)\b|"
        r"\bwhat did .{0,40} change on\b",
        rf"{_MOVE_UP}|{_MOVE_DOWN}|initiat|reiterat|maintain|\b(?:rais|lift|cut|lower|trim|boost|slash|keep|kept)\w*\b",
        "upgraded downgraded raised cut lowered removed added reiterated",
    ),
    _aspect(
        "initiation",
        r"\binitiat|\bstart(?:ed|s)? (?:[\w.&'-]+ ){1,4}at\b",
        r"\binitiat|\bstart(?:ed|s)?\b|\bresum|\bcoverage\b|\bjoins?\b",
        "initiates initiated started coverage",
    ),
    _aspect("dividend", r"\bdividends?\b|\bpay-?outs?\b", r"\bdividends?\b|\bpay-?outs?\b|\bdistributions?\b"),
    _aspect(
        "credit rating", r"\bcredit rating|debt rating", r"\b(?:credit|debt|bond)\b.{0,40}\brating|moody|s&p|fitch"
    ),
)

POSITIVE = re.compile(
    r"\bbull(?:ish|s)?\b|\bpositive\b|\bupbeat\b|\boptimis|\brecommend|\bfavou?r(?:s|ed|ite)?\b|\blikes?\b|\bupgrad|"
    r"\boverweight\b|\boutperform|\bstrong(?:er)? buy\b|\b(?:a|the|to|rating|reiterat\w+) [‘'\"“]?buy\b|\bbuying\b|"
    r"undervalued|underappreciated|attractive|\bupside|\btop pick|\bcheap\b|\bdiscount\b|"
    r"\b(?:should|could|will|to) (?:rise|climb|gain|benefit|outperform|boost|surge|rally|double)|"
    r"\bpush\w* .{0,20}higher",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"\bbear(?:ish|s)?\b|\bnegative\b|\bcautio|\bwarn|\bdowngrad|\bunderweight\b|\bunderperform|\bsell\b|"
    r"\bovervalued\b|\boverpriced\b|\bavoid|\bdownside\b|\bpessimis|\brisks?\b|\bskeptic|\bsceptic|\bdoubt|\bconcern|"
    r"\bworr|\bno longer cheap\b|\bnot a positive\b|\bexpensive\b|\bstretched\b|\bstay away\b|\bsluggish\b|\bweak|"
    r"\btoo (?:early|soon|optimistic)\b|\bfall(?:s|ing)?\b",
    re.IGNORECASE,
)


BUY = re.compile(r"\bbuy\b|\boverweight\b|\boutperform|\baccumulate\b|upgrad|\bbullish", re.IGNORECASE)
SELL = re.compile(r"\bsell\b|\bunderweight\b|\bunderperform|downgrad|\bbearish", re.IGNORECASE)
EXPLICIT = re.compile(
    rf"\b{RATING}\b|upgrad|downgrad|\bbullish|\bbearish|\bpositive\b|\bnegative\b|\bcautious|overpriced|undervalued|overvalued",
    re.IGNORECASE,
)
_PAST_RATING = re.compile(rf"\b(?:from|had been|was|previously) (?:an? |its |their )?[‘'\"“]?{RATING}\b", re.IGNORECASE)


def without_past_ratings(text: str) -> str:
    """Return the text without ratings that no longer hold ("to neutral from underweight")."""
    return _PAST_RATING.sub(" ", text)


def same_things(phrase: str) -> tuple[str, ...]:
    """Return the other folded names of what the phrase calls an asset or a house; empty if no table knows it."""
    name = fold(phrase)
    for group in (*ASSETS, *HOUSES):
        if name in group:
            return tuple(other for other in group if other != name)
    for group in STREET:
        if name in group:
            # Two letters of a house are a word or an ending where case is folded: "MS-DOS", "Ms Lane".
            return tuple(other for other in group if other != name and len(other) > 2)
    return ()


def names_asset(phrase: str) -> bool:
    """Return True if the phrase is one of an asset's names."""
    return any(fold(phrase) in group for group in ASSETS)


def assets_in(question: str) -> list[tuple[str, ...]]:
    """Return the asset groups that the question names by any of their names, longest match first."""
    folded = fold(question)
    found: list[tuple[int, tuple[str, ...]]] = []
    for group in ASSETS:
        matched = [name for name in group if phrase_in(name, folded)]
        if matched:
            found.append((-max(map(len, matched)), group))
    return [group for _, group in sorted(found)]
