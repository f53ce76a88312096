"""Markets, sectors, currencies, goods, rates and economies, which articles name in free words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rag.subjects import ASSETS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Heads of noun phrases that name something one can hold a view on.
_EQUITY = """stock stocks equity equities share shares market markets index indexes indices cap caps small-caps mid-caps
    large-caps megacaps sector sectors industry industries group""".split()
_FIXED = """bond bonds futures treasury treasuries gilt gilts bund bunds note notes yield yields debt
    debenture debentures credit paper bill bills spread spreads mortgages""".split()
_POLICY = "rate rates policy hikes cuts tightening easing".split()
_CURRENCY = """dollar dollars yen mark marks pound sterling franc francs euro rupee lira peso yuan renminbi won krone
    krona ringgit baht real rand guilder currency currencies greenback""".split()
_GOODS = """oil crude gold silver platinum palladium copper aluminum aluminium zinc lead nickel tin steel iron uranium
    lithium cobalt coal gas gasoline petrol diesel naphtha wheat corn maize barley oats rice soybean soybeans soya
    soymeal soyoil sugar coffee cocoa tea cotton wool rubber lumber timber pulp linerboard newsprint cattle hogs beef
    pork bellies bullion metal metals grain grains oilseed oilseeds commodity commodities bitcoin ether ethereum crypto
    cryptocurrency cryptocurrencies""".split()
_MACRO = """economy economies inflation disinflation deflation growth gdp gnp recession unemployment employment payrolls
    deficit surplus consumption spending exports imports housing trade liquidity stimulus""".split()
_SECTOR = """banks bank insurers insurer airlines airline automakers carmakers retailers retail chipmakers chips
    semiconductors semis utilities utility reits miners homebuilders builders brokers brokerages railroads railways
    steelmakers refiners drugmakers pharma pharmaceuticals biotech biotechs technology tech software telecoms telecom
    energy staples discretionary financials industrials materials healthcare cyclicals defensives thrifts hotels
    casinos restaurants shippers tankers truckers""".split()
_MARKET_HEADS = frozenset([*_EQUITY, *_FIXED, *_POLICY, *_CURRENCY, *_GOODS, *_MACRO, *_SECTOR])
# Heads that need another word before them to name anything: "car sales", "copper prices".
_MEASURES = frozenset("price prices sales demand supply output production revenue revenues earnings profits".split())
_BARE = frozenset(
    """stock stocks share shares group industry sector market markets index rate rates note notes paper bill bills
    policy growth credit lead tin trade cuts hikes debt equity yield yields spread spreads bank banks issue tech
    gas energy real won mark marks surplus deficit technology software""".split()
)
_INDEX = re.compile(
    r"\b(?:Dow(?:\sJones(?:\s(?:industrial|Industrial)s?(?:\s[Aa]verage)?)?)?|DJIA|S\s?&\s?P(?:\s?(?:500|400|600|100))?|Nasdaq"
    r"(?:\s(?:Composite|100))?|Russell\s\d{4}|Sensex|Nifty(?:\s(?:50|Bank))?|Bank\sNifty|FTSE(?:\s?100|\s?250)?|DAX|CAC(?:[\s-]40)?|"
    r"Nikkei(?:\s225)?|Topix|TOPIX|Hang\sSeng|Kospi|KOSPI|Stoxx(?:\s(?:600|50))?|STOXX(?:\s600)?|Shanghai\sComposite|"
    r"CSI\s300|ASX\s200|Bovespa|VIX|MSCI\s[A-Z][\w]*(?:\s[A-Z]\w*)*|EUR/USD|USD/JPY|GBP/USD|[A-Z]{3}/[A-Z]{3}|Brent|WTI|"
    r"small[- ]caps?|mid[- ]caps?|large[- ]caps?)\b"
)
_ASSET = re.compile(
    r"\b(?:"
    + "|".join(
        sorted(
            (re.escape(name) for group in ASSETS for name in group if " " in name and "buyback" not in group),
            key=len,
            reverse=True,
        )
    )
    + r")\b",
    re.IGNORECASE,
)


def market_phrases(sentence: str) -> Iterator[re.Match[str]]:
    """Yield where a sentence names an index, a currency pair or an asset by a fixed phrase."""
    for pattern in (_INDEX, _ASSET):
        yield from (match for match in pattern.finditer(sentence) if match.group().casefold() != "wall street")


def market_name(chunk: Span) -> str | None:
    """Return how a noun phrase names a market, sector, rate or good; None if it names none."""
    tokens = [token for token in chunk if not _is_padding(token)]
    if not tokens or chunk.root not in tokens:
        return None
    tokens = tokens[: tokens.index(chunk.root) + 1]
    head = chunk.root.text.casefold()
    if head in ("dollar", "dollars", "yen", "mark", "marks", "pound", "euro", "franc", "francs", "baht") and _is_amount(
        chunk
    ):
        return None
    others = [token for token in tokens[:-1] if token.ent_type_ not in ("PERSON", "DATE", "CARDINAL", "MONEY")]
    if head in _MEASURES or head in _BARE:
        telling = [token for token in others if token.tag_ in ("NN", "NNS", "NNP", "NNPS", "JJ")]
        if not telling or (telling[-1].text.casefold() == "market" and head in ("share", "shares")):
            return None
        if head in _MEASURES and not any(_names_market(token) for token in telling):
            return None
        return _joined([*telling, chunk.root])
    return _joined([*others, chunk.root]) if head in _MARKET_HEADS else None


def owned_market(chunk: Span) -> str | None:
    """Return the market that something else in a noun phrase belongs to: "Dutch share" of "Dutch share prospects"."""
    for last in range(len(chunk) - 2, 0, -1):
        if chunk[last].text.casefold() in _MARKET_HEADS:
            return _joined([token for token in chunk[: last + 1] if not _is_padding(token)])
    return None


def owns_market(token: Token) -> bool:
    """Return True for a market as the owner of something: "copper's squeeze", "the yen's slide"."""
    return token.dep_ == "poss" and token.text.casefold() in _MARKET_HEADS - _BARE


def is_market_head(token: Token) -> bool:
    """Return True if the noun heads the names of markets, sectors, rates or goods."""
    return token.text.casefold() in _MARKET_HEADS


_FIELDS = frozenset("hardware internet media auto autos chemicals consumer macro".split())


def names_field(name: str) -> bool:
    """Return True if a single word is a market or a line of business, no name: "Hardware", "Oil"."""
    return name.casefold() in _MARKET_HEADS | _FIELDS


def _is_amount(chunk: Span) -> bool:
    """Return True if a currency's name only counts money: "two billion yen", "billions of dollars"."""
    root = chunk.root
    has_number = any(token.like_num or token.ent_type_ in ("MONEY", "CARDINAL") for token in chunk)
    return has_number or (
        root.dep_ == "pobj" and root.head.text == "of" and root.head.head.text.casefold().endswith("ions")
    )


def _names_market(token: Token) -> bool:
    return token.text.casefold() in _MARKET_HEADS - {"real", "won", "lead", "share", "group"} or token.tag_ in (
        "NN",
        "NNS",
    )


def _is_padding(token: Token) -> bool:
    return (
        token.text.casefold() in _RATINGS
        or token.pos_ in ("DET", "PRON", "NUM", "PUNCT", "SYM", "ADV")
        or token.dep_ in ("det", "poss", "predet")
        or token.tag_ in ("JJR", "JJS", "POS", "VBG", "VBN", "CD")
        or (token.tag_ == "JJ" and token.text.casefold() in _VAGUE and token.nbor().text != "account")
    )


_RATINGS = frozenset("overweight underweight neutral outperform underperform bullish bearish".split())
_VAGUE = frozenset(
    """much little good bad strong weak weaker stronger higher lower high low other many most several current
    recent further
    new old big large small whole long short near first second last next early late overall such own total same own any
    rising falling heavy better best worse worst major key""".split()
)


def _joined(tokens: Sequence[Token]) -> str:
    return re.sub(r"\s?-\s?", "-", " ".join(token.text for token in tokens))
