"""Web addresses taken apart once, strictly: what is checked, connected to and asked for are the same few parts."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from rag.errors import AddressRefused

_PORTS = {"http": 80, "https": 443}
_MAX_CHARS = 8_000
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
# What a query says openly; the value of everything else may be a key to somebody's account.
_PLAIN_PAIR = re.compile(r"(?:id|p|page|article|story|date|year|month|day)=[\d-]{1,12}", re.IGNORECASE)
_USERINFO = re.compile(r"(?<=//)[^/?#]*@|[^/?#\s]*:[^/?#\s]*@")


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address. `host` is a lower-case ASCII name or a canonical IP; `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        """The address as it is asked for."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Host and port as the Host header gives them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def at(self, target: str) -> Address:
        """Return another address of the same server."""
        return Address(self.scheme, self.host, self.port, target)

    def joined(self, location: str) -> Address:
        """Return the address that a link or redirect found at this one leads to.

        Raises:
            AddressRefused: it is no address that may be fetched.
        """
        try:
            return parse_address(urljoin(self.url, location.strip()))
        except ValueError as error:
            raise AddressRefused("leads to a malformed address; check the link.") from error


def parse_address(given: str) -> Address:
    """Return an address taken apart.

    Raises:
        AddressRefused: it is malformed, not of the web, or carries a name or password.
    """
    text = given.strip(" \t\r\n")
    if len(text) > _MAX_CHARS:
        raise AddressRefused(f"longer than {_MAX_CHARS:,} characters; check the address.")
    if _FORBIDDEN.search(text):
        raise AddressRefused("holds a control character or backslash; check the address.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("the host or port is malformed; check the address.") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise AddressRefused("only http and https addresses are fetched; save the document and add the file.")
    if "@" in parts.netloc:
        raise AddressRefused("holds a user name or password; fetch the document by other means and add the file.")
    if port == 0:
        raise AddressRefused("there is no port 0; check the address.")
    target = quote(parts.path or "/", safe=_PATH_SAFE)
    target += f"?{quote(parts.query, safe=_PATH_SAFE + '?')}" if parts.query else ""
    return Address(scheme, _host(parts.hostname or "", "[" in parts.netloc), port or _PORTS[scheme], target)


def masked(text: str) -> str:
    """Return an address as it may be shown: without name, password, fragment and the values in its query.

    What is no address is returned as it is.
    """
    if "//" not in text and "@" not in text:
        return text
    text = _USERINFO.sub("…@", _FORBIDDEN.sub("", text).partition("#")[0])
    before, question, query = text.partition("?")
    pairs = (pair if _PLAIN_PAIR.fullmatch(pair) else f"{pair.partition('=')[0]}=…" for pair in re.split("[&;]", query))
    return f"{before}?{'&'.join(pairs) if '=' in query else '…'}" if question else before


def _host(given: str, bracketed: bool) -> str:
    """Return the host in the one form it is compared, resolved and sent in."""
    if bracketed:
        try:
            return str(ipaddress.IPv6Address(given))  # a zone ("%eth0") stays visible and is refused when checked
        except ValueError as error:
            raise AddressRefused("the IPv6 address is malformed; check the address.") from error
    host = given if given.isascii() else _mapped(given)
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if not host or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("the host name is malformed; check the address.")
    if _NUMBER.fullmatch(labels[-1]):
        # 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to many a library, and something else to the next.
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError as error:
            raise AddressRefused("the host is a number in disguise; write it as four plain numbers.") from error
    return host


def _mapped(host: str) -> str:
    """Return an international name in ASCII; full-width digits and dots become what browsers take them for."""
    try:
        return idna.encode(idna.uts46_remap(host, std3_rules=True), strict=False).decode("ascii")
    except UnicodeError as error:
        raise AddressRefused("the host name is not a valid international name; check the address.") from error
