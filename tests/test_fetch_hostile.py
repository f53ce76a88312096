"""Nothing leads the fetcher to a private machine: not an address, a name, a redirect, a feed or a changing name server.

Every connection that the process tries is seen by an audit hook, and private machines on loopback keep what they hear.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from serving import PUBLIC, Ear, Said, Site, page, rss

from ingest.fetch.fetcher import Fetcher, Limits
from ingest.fetch.reach import Reach, is_public
from ingest.fetch.web import Web
from ingest.formats import READERS
from ingest.types import Failure
from rag.errors import AddressRefused, FetchFailed, SettingsError

TRIED: list[object] = []
sys.addaudithook(lambda event, given: TRIED.append(given[1]) if event == "socket.connect" else None)

NAMES = {
    "inner.example": ["127.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "scoped.example": ["fe80::1%lo"],
    "mixed.example": [PUBLIC[0], "127.0.0.1"],
    "mixed-six.example": [PUBLIC[0], "::1"],
    "metadata.example": ["169.254.169.254"],
    "ten.example": ["10.0.0.8"],
    "carrier.example": ["100.64.1.1"],
    "zero.example": ["0.0.0.0"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "6to4.example": ["2002:7f00:1::"],
    "localhost": ["127.0.0.1", "::1"],
    "printer.local": ["192.168.1.20"],
    "bücher.example": ["127.0.0.1"],
    "xn--bcher-kva.example": ["127.0.0.1"],
    "public.example": [PUBLIC[0]],
    "other.example": [PUBLIC[1]],
}

ADDRESSES = """
http://127.0.0.1:{port}/ http://127.0.0.1./ http://127.1:{port}/ http://127.0.1:{port}/ http://127.8.9.10:{port}/
http://2130706433:{port}/ http://0x7f000001:{port}/ http://0x7f.0.0.1:{port}/ http://0x7f.1:{port}/
http://0177.0.0.1:{port}/ http://017700000001:{port}/ http://0177.0.0.0x1:{port}/ http://127.0.0.01:{port}/
http://127.0.0.256:{port}/ http://4294967297:{port}/ http://0:{port}/ http://0.0.0.0:{port}/ http://0x0:{port}/
http://①②⑦.⓪.⓪.①:{port}/ http://１２７.0.0.1:{port}/ http://127。0。0。1:{port}/ http://%31%32%37.0.0.1:{port}/
http://localhost:{port}/ http://LOCALHOST:{port}/ http://localhost.:{port}/ http://ⓛocalhost:{port}/
http://[::1]:{port}/ http://[0:0:0:0:0:0:0:1]:{port}/ http://[::]:{port}/ http://[::ffff:127.0.0.1]:{port}/
http://[::ffff:7f00:1]:{port}/ http://[::127.0.0.1]:{port}/ http://[64:ff9b::127.0.0.1]:{port}/
http://[64:ff9b:1::7f00:1]:{port}/ http://[2002:7f00:1::]:{port}/ http://[2001:0:7f00:1::]:{port}/
http://[fe80::1]:{port}/ http://[fe80::1%25lo]:{port}/ http://[fc00::1]:{port}/ http://[fd12::1]:{port}/
http://[fec0::1]:{port}/ http://[ff02::1]:{port}/ http://[2001:db8::1]:{port}/ http://[::ffff:0:127.0.0.1]:{port}/
http://10.0.0.1/ http://172.16.0.1/ http://172.31.255.254/ http://192.168.0.1/ http://169.254.169.254/latest/meta-data/
http://169.254.170.2/ http://2852039166/ http://[fd00:ec2::254]/ http://168.63.129.16/ http://100.64.0.1/
http://100.100.100.200/ http://192.0.0.192/ http://192.0.2.1/ http://198.18.0.1/ http://198.51.100.7/ http://203.0.113.7/
http://192.88.99.1/ http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/
http://inner.example:{port}/ http://INNER.example.:{port}/ http://six.example:{port}/ http://mapped.example:{port}/
http://scoped.example:{port}/ http://mixed.example:{port}/ http://mixed-six.example:{port}/ http://metadata.example/
http://ten.example/ http://carrier.example/ http://zero.example:{port}/ http://nat64.example/ http://6to4.example/
http://printer.local/ http://bücher.example:{port}/ http://xn--bcher-kva.example:{port}/
http://user:secret@127.0.0.1:{port}/ http://public.example@127.0.0.1:{port}/ http://127.0.0.1:{port}@public.example/
http://public.example:{port}@127.0.0.1:{port}/ http://public.example\\@127.0.0.1:{port}/
http://127.0.0.1:{port}\\@public.example/ http://127.0.0.1:{port}#@public.example/ http://127.0.0.1:{port}?@public.example/
http://127.0.0.1%2f@public.example/ http://127.0.0.1%00.public.example/ http://127.0.0.1:22/ http://public.example:25/
http://public.example:6379/ http://public.example:0/ http://public.example:99999/ http://public.example:-1/
http://pub_lic..example/ http://-.example/ http://[::1 http://[::1]x/
file:///etc/passwd ftp://127.0.0.1:{port}/ gopher://127.0.0.1:{port}/_x dict://127.0.0.1:{port}/x ldap://127.0.0.1/
data://text/html,x javascript://x jar:http://127.0.0.1:{port}/ https://127.0.0.1:{port}/ ws://127.0.0.1:{port}/
""".split()
HOSTILE = [
    *ADDRESSES,
    "http://127.0.0.1:{port}/\r\nX-Injected: 1",
    "http://127.0.0.1\t:{port}/",
    "http://" + "a" * 9000 + ".example/",
]


NO_HOST = ["http:///etc/passwd", "http://?/", "http://#/", "http://:80/", "://x/", "http:", ""]


@dataclass
class Neighbourhood:
    """A public site, and private machines that listen on the same port."""

    site: Site
    ears: list[Ear]
    asked: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.site.port

    def resolver(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in NAMES:
            raise OSError("no such name")
        return NAMES[host]

    def fetcher(self, allow: Sequence[str] = (), **options: object) -> Fetcher:
        reach = Reach(
            allow, public=lambda ip: str(ip) in PUBLIC or is_public(ip), ports=frozenset({self.port, 80, 443})
        )
        return Fetcher(reach, Limits(seconds=20, delay=0), **{"resolver": self.resolver, **options})  # type: ignore[arg-type]

    def heard(self) -> list[bytes]:
        return [words for ear in self.ears for words in ear.heard]


@pytest.fixture(scope="module")
def started() -> Iterator[Neighbourhood]:
    site = Site()
    ears = [Ear(host, site.port) for host in ("127.0.0.1", "127.8.9.10", "::1")]
    yield Neighbourhood(site, ears)
    site.close()
    for ear in ears:
        ear.close()


@pytest.fixture
def here(started: Neighbourhood) -> Neighbourhood:
    started.site.pages.clear()
    started.site.requests.clear()
    TRIED.clear()
    return started


def contacted() -> set[str]:
    return {str(target[0]) for target in TRIED if isinstance(target, tuple)} - set(PUBLIC)


def test_there_are_enough_hostile_addresses() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("template", HOSTILE, ids=lambda url: ascii(url[:60]))
def test_a_hostile_address_is_refused_before_a_connection(here, template) -> None:
    with pytest.raises(AddressRefused):
        here.fetcher().get(template.format(port=here.port))
    assert (contacted(), here.heard()) == (set(), [])


@pytest.mark.parametrize("url", NO_HOST)
def test_an_address_without_a_host_is_refused(here, url) -> None:
    with pytest.raises(AddressRefused):
        here.fetcher().get(url)


@pytest.mark.parametrize("template", [url for url in HOSTILE if "\r" not in url], ids=lambda url: ascii(url[:60]))
@pytest.mark.parametrize("status", [301, 307])
def test_a_redirect_to_a_hostile_address_is_refused_before_a_connection(here, template, status) -> None:
    location = template.format(port=here.port).encode("utf-8", "replace").decode("latin-1")
    here.site.pages["/away"] = Said(status=status, headers={"Location": location})
    with pytest.raises(AddressRefused, match="redirects to"):
        here.fetcher().get(here.site.url("/away"))
    assert (contacted(), here.heard()) == (set(), [])


def test_the_last_of_many_hops_is_checked_as_the_first(here) -> None:
    for n in range(4):
        here.site.pages[f"/{n}"] = Said(status=302, headers={"Location": f"/{n + 1}"})
    here.site.pages["/4"] = Said(status=302, headers={"Location": f"http://inner.example:{here.port}/admin"})
    with pytest.raises(AddressRefused, match=r"redirects to http://inner\.example"):
        here.fetcher().get(here.site.url("/0"))
    assert here.heard() == []


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_name_that_turns_private_is_refused_whenever_it_turns(here, before) -> None:
    answers = iter([[PUBLIC[0]]] * before + [["127.0.0.1"]] * 9)
    here.site.pages["/"] = Said(status=302, headers={"Location": "/again"})
    with pytest.raises(AddressRefused):
        here.fetcher(resolver=lambda host, port: next(answers)).get(f"http://rebind.example:{here.port}/")
    assert (contacted(), here.heard(), len(here.site.requests)) == (set(), [], before)


def test_a_name_is_looked_up_once_for_each_connection(here) -> None:
    here.site.pages["/"] = page()
    here.asked.clear()
    here.fetcher().get(f"http://public.example:{here.port}/")
    assert here.asked == ["public.example"] * len(here.site.requests) == ["public.example"] * 2


def test_a_robots_txt_that_redirects_inwards_is_not_followed(here) -> None:
    here.site.pages["/"] = page()
    here.site.pages["/robots.txt"] = Said(status=302, headers={"Location": f"http://127.0.0.1:{here.port}/"})
    with pytest.raises(AddressRefused):
        here.fetcher().get(here.site.url())
    assert here.heard() == []


def test_a_feed_leads_to_no_private_machine(here) -> None:
    bad = [url.format(port=here.port) for url in HOSTILE if "&" not in url and "\r" not in url]
    here.site.pages["/feed"] = rss(*(f"<title>Bait</title><link>{url}</link>" for url in bad))
    with Web(here.fetcher(), READERS, 4) as web:
        found = list(web.documents([here.site.url("/feed")]))
    assert {type(each) for each in found} == {Failure}
    assert (contacted(), here.heard()) == (set(), [])


@pytest.mark.parametrize("allowed", ["127.0.0.1:{port}", "inner.example", "inner.example:{port}", "[::1]", "localhost"])
def test_a_host_that_the_settings_name_is_fetched(here, allowed) -> None:
    entry = allowed.format(port=here.port)
    host = entry.removesuffix(f":{here.port}")
    with pytest.raises(FetchFailed):  # the ears hang up without an answer
        here.fetcher([entry]).get(f"http://{host}:{here.port}/")
    assert here.heard()[-1].startswith(b"GET /robots.txt HTTP/1.1\r\nHost: ")
    for ear in here.ears:
        ear.heard.clear()


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{port}/", "http://six.example:{port}/", "http://inner.example:81/", "http://localhost.evil/"],
)
def test_naming_one_host_lets_no_other_in(here, url) -> None:
    NAMES["localhost.evil"] = ["127.0.0.1"]
    with pytest.raises(AddressRefused):
        here.fetcher(["inner.example", "localhost"]).get(url.format(port=here.port))
    assert here.heard() == []


@pytest.mark.parametrize("name", ["metadata.example", "zero.example", "scoped.example"])
def test_a_named_host_never_stands_for_metadata_or_no_machine(here, name) -> None:
    with pytest.raises(AddressRefused):
        here.fetcher([name]).get(f"http://{name}:{here.port}/")
    assert (contacted(), here.heard()) == (set(), [])


def test_a_public_page_does_not_lead_to_a_named_private_host(here) -> None:
    here.site.pages["/away"] = Said(status=302, headers={"Location": f"http://inner.example:{here.port}/delete?all"})
    with pytest.raises(AddressRefused, match="a public page leads to a machine of this network"):
        here.fetcher(["inner.example"]).get(here.site.url("/away"))
    assert (contacted(), here.heard()) == (set(), [])


def test_a_public_feed_does_not_lead_to_a_named_private_host(here) -> None:
    here.site.pages["/feed"] = rss(f"<link>http://inner.example:{here.port}/delete</link>")
    with Web(here.fetcher(["inner.example"]), READERS, 2) as web:
        (found,) = web.documents([here.site.url("/feed")])
    assert "a public page leads to a machine of this network" in found.reason
    assert (contacted(), here.heard()) == (set(), [])


@pytest.mark.parametrize("entry", ["", "http://a.example", "a.example/x", "a b", "0x7f.1", "user@a.example", "::1"])
def test_a_setting_that_names_no_host_is_an_error(entry) -> None:
    with pytest.raises(SettingsError, match="HOUSEVIEW_FETCH_ALLOW"):
        Reach([entry])


@pytest.mark.parametrize(
    "ip", "8.8.8.8 1.1.1.1 192.0.1.1 2606:4700::1111 2a00:1450::1 64:ff9b::808:808 ::ffff:8.8.8.8".split()
)
def test_a_public_machine_is_public(ip) -> None:
    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "block",
    """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.88.99.0/24
    192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 ::/96 ::ffff:10.0.0.0/104
    64:ff9b::a00:0/104 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10
    fec0::/10 ff00::/8""".split(),
)
def test_no_machine_of_a_special_block_is_public(block) -> None:
    network = ipaddress.ip_network(block)
    span = network.num_addresses
    picked = [network[at] for at in {0, 1, span // 3, span // 2, span - 2, span - 1}]
    assert [ip for ip in picked if is_public(ip)] == []
