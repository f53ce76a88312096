"""Which machines may be reached: the public ones, and those that the settings name."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import Final

from ingest.fetch.address import Address, parse_address
from rag.errors import AddressRefused, SettingsError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Where websites listen. Other ports speak other protocols, to which a request may be a command.
PORTS: Final = frozenset({80, 443, 8080, 8443})

_PORT_GIVEN = re.compile(r":\d+\s*$")
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("0.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15"),
        *("224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),  # the last: Azure's metadata, though registered as public
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),  # Teredo and kin, documentation, 6to4
    )
)
# Nobody's website, whatever a name that the settings allow resolves to: these answer with keys, or are no machine.
_NEVER = tuple(
    ipaddress.ip_network(block)
    for block in ("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8")
)


class Reach:
    """Decides on addresses before anything is sent to them."""

    def __init__(
        self,
        allow: Iterable[str] = (),
        *,
        public: Callable[[IPAddress], bool] | None = None,
        ports: frozenset[int] = PORTS,
    ) -> None:
        """Permit public machines, and those in `allow`.

        Args:
            allow: hosts (`intranet.example`) on the usual ports, or with a port of their own (`127.0.0.1:8000`).
            public: what counts as a public machine; tests say that of one on loopback.
            ports: the usual ports.

        Raises:
            SettingsError: an entry is no host.
        """
        self._public = public or is_public
        self._ports = ports
        self._allowed = frozenset(_entry(each) for each in allow)

    def named(self, address: Address) -> bool:
        """Return True if the settings name this host, with this port where it is not a usual one."""
        usual = address.port in self._ports and (address.host, None) in self._allowed
        return usual or (address.host, address.port) in self._allowed

    def check_port(self, address: Address) -> None:
        """Raise AddressRefused unless the port is a usual one or the settings name it with the host."""
        if address.port not in self._ports and not self.named(address):
            raise AddressRefused(
                f"port {address.port} is not one where websites listen; "
                f"if you trust it, set HOUSEVIEW_FETCH_ALLOW={address.host}:{address.port}."
            )

    def check(self, ip: IPAddress, address: Address, *, trusted: bool) -> None:
        """Raise AddressRefused unless the machine that a host resolved to may be reached.

        Args:
            ip: one of the host's addresses.
            address: what is to be fetched.
            trusted: the user, or a page of a host that the settings name, gave the address.
        """
        if self._public(ip):
            return
        literal = address.host == str(ip)
        if not trusted and self.named(address):
            raise AddressRefused("a public page leads to a machine of this network; open it yourself if you trust it.")
        if not self.named(address) or (_within(_unwrapped(ip), _NEVER) and not literal):
            raise AddressRefused(
                "not a public machine; if you trust it, name its host in HOUSEVIEW_FETCH_ALLOW, else save the page."
            )


def is_public(ip: IPAddress) -> bool:
    """Return True if a machine is reachable by anybody; False for whatever is private, special or in disguise."""
    inner = _unwrapped(ip)
    if isinstance(inner, ipaddress.IPv6Address) and (inner not in _GLOBAL_V6 or inner.scope_id):
        return False
    return inner.is_global and not inner.is_multicast and not _within(inner, _NOT_PUBLIC)


def _unwrapped(ip: IPAddress) -> IPAddress:
    """Return the IPv4 address inside one that a translator or the system itself would turn into it."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip in _NAT64:
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def _within(ip: IPAddress, blocks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(ip in block for block in blocks if block.version == ip.version)


def _entry(given: str) -> tuple[str, int | None]:
    """Return the host and the port that an entry of the setting names."""
    try:
        address = parse_address(f"http://{given.strip()}")
    except AddressRefused as error:
        raise SettingsError(f"HOUSEVIEW_FETCH_ALLOW: {given!r} is no host or host:port ({error})") from error
    if address.target != "/":
        raise SettingsError(f"HOUSEVIEW_FETCH_ALLOW: {given!r} is more than a host or host:port; leave out the rest.")
    return address.host, address.port if _PORT_GIVEN.search(given) else None
