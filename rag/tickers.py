"""Tickers and company names, out of pytickersymbols' packaged table of index members.

The table (MIT licence) is read once, when first needed; nothing is fetched. It knows the members of the larger
American, European and Japanese indices; a ticker that it does not know stays what it is.
"""

from __future__ import annotations

import re
from functools import cache

_TICKER = re.compile(r"[A-Z][A-Z0-9]{0,4}(?:[.-][A-Z]{1,2})?")
_MARKED = re.compile(r"(?:\$|(?:NYSE|NASDAQ|AMEX|LON|TSX|NSE|BSE)\s*:\s*)([A-Za-z][A-Za-z0-9.-]{0,6})")
_HOME = ("NYSE:", "NASDAQ:")


def company_of(symbol: str) -> str | None:
    """Return the company that an exact upper-case ticker ("AAPL", "$AAPL", "NYSE: T") stands for, None if unknown.

    Words in lower case are never tickers, so that "all" and "cat" stay words.
    """
    marked = _MARKED.fullmatch(symbol.strip())
    plain = marked.group(1).upper() if marked else symbol.strip()
    return _companies().get(plain) if _TICKER.fullmatch(plain) else None


@cache
def company_names() -> tuple[str, ...]:
    """Return the names of all companies in the table."""
    return tuple(dict.fromkeys(_companies().values()))


@cache
def _companies() -> dict[str, str]:
    """Return names by ticker; a listing in New York wins over another company's ticker elsewhere."""
    from pytickersymbols import PyTickerSymbols  # noqa: PLC0415 - a table of 2 MB, read when first needed

    home: dict[str, str] = {}
    abroad: dict[str, str] = {}
    for stock in PyTickerSymbols().get_all_stocks():
        name = re.sub(r"\s*\([^)]*\)", "", stock["name"])
        symbol = stock.get("symbol") or ""
        listings = [listing.get("google") or "" for listing in stock.get("symbols", ())]
        for listing in listings:
            if listing.startswith(_HOME):
                home.setdefault(listing.partition(":")[2], name)
        if symbol and "." not in symbol:
            home.setdefault(symbol, name)
        elif symbol:
            abroad.setdefault(symbol, name)
            abroad.setdefault(symbol.partition(".")[0], name)
    return abroad | home
