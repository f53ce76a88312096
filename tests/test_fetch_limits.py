"""What a fetch may cost: time, bytes, headers, redirects; against servers that try to take more."""

from __future__ import annotations

import gzip
import itertools
import random
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pytest
import trustme
from serving import NOTE, PUBLIC, Said, Site, make_fetcher, page

from ingest.fetch import exchange
from ingest.fetch.exchange import inflated
from ingest.fetch.fetcher import Limits
from ingest.fetch.web import Web
from ingest.formats import READERS
from ingest.types import Failure, RawDocument
from rag.errors import FetchFailed

KIB = 1024
SMALL = Limits(bytes=100 * KIB, seconds=20, delay=0)


def html(body: bytes, **headers: str) -> Said:
    return Said(body, headers={"Content-Type": "text/html", **headers})


def test_a_page_is_returned_as_it_was_sent(site) -> None:
    site.pages["/"] = page()
    assert make_fetcher(site.port).get(site.url()).body == site.pages["/"].body


def test_redirects_end_where_they_lead_and_the_given_address_is_kept(site) -> None:
    site.pages["/old"] = Said(status=301, headers={"Location": "new?a=1#top"})
    site.pages["/new?a=1"] = page()
    got = make_fetcher(site.port).get(site.url("/old"))
    assert (got.given, got.final) == (site.url("/old"), site.url("/new?a=1"))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_followed(site, status) -> None:
    site.pages["/old"] = Said(status=status, headers={"Location": "/new"})
    site.pages["/new"] = page()
    assert make_fetcher(site.port).get(site.url("/old")).final == site.url("/new")


def test_redirects_in_a_circle_end(site) -> None:
    site.pages["/a"] = Said(status=302, headers={"Location": "/b"})
    site.pages["/b"] = Said(status=302, headers={"Location": "/a"})
    with pytest.raises(FetchFailed, match="in a circle"):
        make_fetcher(site.port).get(site.url("/a"))


def test_redirects_that_never_repeat_end(site) -> None:
    def further(request):
        return Said(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    site.pages.update({f"/{n}": further for n in range(50)})
    with pytest.raises(FetchFailed, match="more than 5 times"):
        make_fetcher(site.port).get(site.url("/0"))
    assert len(site.requests) == 1 + 6


def test_a_redirect_without_a_target_is_an_error(site) -> None:
    site.pages["/"] = Said(status=302)
    with pytest.raises(FetchFailed, match="to nowhere"):
        make_fetcher(site.port).get(site.url())


def test_a_body_announced_as_too_large_is_not_read(site) -> None:
    site.pages["/"] = Said(lambda: iter(()), headers={"Content-Length": "99999999999"})
    with pytest.raises(FetchFailed, match=r"larger than 0\.0976562 MiB"):
        make_fetcher(site.port, limits=SMALL).get(site.url())


def test_an_endless_body_is_cut_off(site) -> None:
    sent = itertools.count()
    site.pages["/"] = Said(lambda: (b"x" * KIB for _ in iter(lambda: next(sent) < 1_000_000, False)))
    with pytest.raises(FetchFailed, match="larger than"):
        make_fetcher(site.port, limits=SMALL).get(site.url())
    assert next(sent) < 100_000


def test_a_body_that_drips_ends_with_the_time(site) -> None:
    def drip() -> Iterator[bytes]:
        while not site.closing.wait(0.02):
            yield b"."

    site.pages["/"] = Said(drip)
    with pytest.raises(FetchFailed, match="took too long"):
        make_fetcher(site.port, limits=Limits(seconds=0.4, delay=0)).get(site.url())


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]
)
def test_an_answer_that_drips_ends_with_the_time(start) -> None:
    listening = socket.create_server((PUBLIC[0], 0))
    over = threading.Event()

    def drip() -> None:
        with suppress(OSError), listening.accept()[0] as connection:
            connection.sendall(start)
            while not over.wait(0.02):
                connection.sendall(b"0")

    threading.Thread(target=drip, daemon=True).start()
    port = listening.getsockname()[1]
    with listening, pytest.raises(FetchFailed, match="took too long"):
        make_fetcher(port, limits=Limits(seconds=0.4, delay=0)).get(f"http://{PUBLIC[0]}:{port}/")
    over.set()


def test_a_server_that_is_slow_to_answer_ends_with_the_time(site) -> None:
    def slow(_request):
        site.closing.wait(5)
        return page()

    site.pages["/"] = slow
    with pytest.raises(FetchFailed, match="took too long"):
        make_fetcher(site.port, limits=Limits(seconds=0.4, delay=0)).get(site.url())


def test_the_time_is_one_for_all_redirects(site) -> None:
    def slow(request):
        site.closing.wait(0.2)
        return Said(status=302, headers={"Location": f"{request.path}x"})

    site.pages.update({"/" + "x" * n: slow for n in range(20)})
    with pytest.raises(FetchFailed, match="took too long"):
        make_fetcher(site.port, limits=Limits(seconds=0.5, delay=0)).get(site.url("/"))


def test_a_name_server_that_never_answers_ends_with_the_time(site) -> None:
    over = threading.Event()
    fetcher = make_fetcher(80, limits=Limits(seconds=0.4, delay=0), resolver=lambda host, port: over.wait(30) or [])
    with pytest.raises(FetchFailed, match="took too long"):
        fetcher.get("http://slow.example/")
    over.set()


def test_closing_ends_what_is_under_way(site) -> None:
    fetcher = make_fetcher(site.port, limits=Limits(seconds=60, delay=0))

    def stop(_request):
        fetcher.close()
        site.closing.wait(20)
        return page()

    site.pages["/"] = stop
    with pytest.raises(FetchFailed, match="stopped"):
        fetcher.get(site.url())


@pytest.mark.parametrize("headers", [{"X-Long": "x" * 200_000}, {f"X-{n}": "x" * 100 for n in range(2_000)}])
def test_headers_that_are_too_long_are_refused(site, headers) -> None:
    site.pages["/"] = Said(b"x", headers=headers)
    with pytest.raises(FetchFailed, match="headers too long"):
        make_fetcher(site.port).get(site.url())


def test_a_packed_page_is_unpacked(site) -> None:
    site.pages["/"] = html(gzip.compress(NOTE.encode()), **{"Content-Encoding": "gzip"})
    assert make_fetcher(site.port).get(site.url()).body == NOTE.encode()


def test_a_gzip_bomb_is_refused_when_it_passes_the_limit(site) -> None:
    bomb = gzip.compress(bytes(50 * KIB * KIB))
    site.pages["/"] = html(bomb, **{"Content-Encoding": "gzip"})
    with pytest.raises(FetchFailed, match="larger than"):
        make_fetcher(site.port, limits=Limits(bytes=KIB * KIB, seconds=20, delay=0)).get(site.url())


def test_a_bomb_is_never_unpacked_further_than_asked() -> None:
    bomb = gzip.compress(bytes(50 * KIB * KIB))
    assert sum(map(len, inflated([bomb], 3 * KIB))) == 3 * KIB


def test_gzip_in_several_members_is_one_text() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    assert b"".join(inflated([packed[n : n + 7] for n in range(0, len(packed), 7)], KIB)) == b"one two"


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (gzip.compress(NOTE.encode(), mtime=0)[:-12], "gzip", "cut short"),
        (b"plain words", "gzip", "damaged"),
        (zlib.compress(b"x"), "br", "not asked for"),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "gzip, gzip", "not asked for"),
    ],
)
def test_a_body_that_is_not_what_it_says_is_an_error(site, body, encoding, reason) -> None:
    site.pages["/"] = html(body, **{"Content-Encoding": encoding})
    with pytest.raises(FetchFailed, match=reason):
        make_fetcher(site.port).get(site.url())


def test_a_body_cut_short_is_an_error(site) -> None:
    site.pages["/"] = html(b"half", **{"Content-Length": "100"})
    with pytest.raises(FetchFailed, match="cut short"):
        make_fetcher(site.port).get(site.url())


def test_a_server_that_is_not_there_is_an_error(serve) -> None:
    gone = serve()
    gone.close()
    with pytest.raises(FetchFailed, match="cannot be reached"):
        make_fetcher(gone.port).get(gone.url())


def test_no_cookie_referrer_or_credential_is_sent(site, monkeypatch, tmp_path) -> None:
    (tmp_path / ".netrc").write_text(f"machine {PUBLIC[0]} login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    site.pages["/"] = Said(status=302, headers={"Location": "/b", "Set-Cookie": "session=1"})
    site.pages["/b"] = page()
    make_fetcher(site.port).get(site.url())
    assert {name for request in site.requests for name in request.headers} == {
        *("host", "user-agent", "accept", "accept-encoding", "connection")
    }


class TestTls:
    """The connection goes to the checked address, and the certificate is still that of the name."""

    @pytest.fixture
    def authority(self) -> trustme.CA:
        return trustme.CA()

    def secure(self, serve, authority: trustme.CA, *names: str) -> Site:
        import ssl

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*names).configure_cert(context)
        site = serve(tls=context)
        site.pages["/"] = page()
        return site

    def fetcher(self, site: Site, authority: trustme.CA | None):
        import ssl

        trusted = ssl.create_default_context()
        if authority:
            authority.configure_trust(trusted)
        return make_fetcher(site.port, tls=trusted, resolver=lambda host, port: [PUBLIC[0]])

    def test_a_name_is_verified_and_sent_as_sni(self, serve, authority) -> None:
        site = self.secure(serve, authority, "desk.example")
        got = self.fetcher(site, authority).get(f"https://desk.example:{site.port}/")
        assert (got.body, set(site.names)) == (site.pages["/"].body, {"desk.example"})
        assert site.requests[-1].headers["host"] == f"desk.example:{site.port}"

    def test_an_address_is_verified_by_itself(self, serve, authority) -> None:
        site = self.secure(serve, authority, PUBLIC[0])
        assert self.fetcher(site, authority).get(f"https://{PUBLIC[0]}:{site.port}/") is not None

    def test_a_certificate_of_another_name_is_refused(self, serve, authority) -> None:
        site = self.secure(serve, authority, "other.example")
        with pytest.raises(FetchFailed, match="certificate is not valid"):
            self.fetcher(site, authority).get(f"https://desk.example:{site.port}/")
        assert site.requests == []

    def test_a_certificate_of_the_address_alone_is_not_the_names(self, serve, authority) -> None:
        site = self.secure(serve, authority, PUBLIC[0])
        with pytest.raises(FetchFailed, match="certificate is not valid"):
            self.fetcher(site, authority).get(f"https://desk.example:{site.port}/")

    def test_an_authority_nobody_trusts_is_refused(self, serve, authority) -> None:
        site = self.secure(serve, authority, "desk.example")
        with pytest.raises(FetchFailed, match="certificate is not valid"):
            self.fetcher(site, None).get(f"https://desk.example:{site.port}/")


def test_the_library_beneath_logs_nothing_by_default(site, caplog) -> None:
    caplog.set_level("DEBUG")
    site.pages["/"] = Said(status=302, headers={"Location": "/b?key=hunter2"})
    site.pages["/b?key=hunter2"] = page()
    make_fetcher(site.port).get(site.url())
    assert "hunter2" not in caplog.text
    assert exchange.logging.getLogger("httpcore2").level >= exchange.logging.WARNING


ANSWERS = (
    b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\nContent-Length: 5\r\n\r\nhello',
    b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"5\r\nhello\r\n0\r\n\r\n",
    b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/rss+xml\r\n\r\n"
    + gzip.compress(b"<rss/>"),
)
GARBAGE = b"\x00|\xff\xfe|\r\n|\n|:| |-1|99999999999999999999|http://[|//|\xc3\xa9|charset=idna|HTTP/9|101|304|999|206|;|%".split(
    b"|"
)


def test_a_server_that_talks_nonsense_costs_a_failure_at_most() -> None:
    rng = random.Random(4)
    listening = socket.create_server((PUBLIC[0], 0))
    answer = [b""]

    def serve() -> None:
        with suppress(OSError):
            while True:
                with listening.accept()[0] as connection:
                    robots = b"/robots.txt" in connection.recv(65_536)
                    connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" if robots else answer[0])

    threading.Thread(target=serve, daemon=True).start()
    port = listening.getsockname()[1]
    fetcher = make_fetcher(port, limits=Limits(seconds=5, delay=0), wait=lambda seconds: None)
    kinds = set()
    with listening, Web(fetcher, READERS, 1) as web:
        for _ in range(500):
            broken = bytearray(rng.choice(ANSWERS))
            for _ in range(rng.randint(1, 3)):
                at = rng.randrange(len(broken))
                broken[at : at + rng.choice((0, 0, 1, 4))] = rng.choice(GARBAGE)
            answer[0] = bytes(broken)
            kinds |= {type(found) for found in web.documents([f"http://{PUBLIC[0]}:{port}/"])}
    assert kinds == {RawDocument, Failure}
