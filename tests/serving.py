"""Real servers on loopback, where 127.0.0.2 and .3 play the public internet and every other address is private."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from ingest.fetch.fetcher import Fetcher, Limits
from ingest.fetch.reach import IPAddress, Reach
from ingest.fetch.web import Web
from ingest.formats import READERS

PUBLIC = ("127.0.0.2", "127.0.0.3")
NOTE = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall."


@dataclass
class Said:
    """What a page answers; `body` may be an iterator, sent bit by bit without an announced length."""

    body: bytes | Callable[[], Iterator[bytes]] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Answer = Said | Callable[["Request"], Said]


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]


class Site:
    """A web server whose pages are set by path; it keeps every request. Without a robots.txt of its own it has none."""

    def __init__(self, host: str = PUBLIC[0], port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.names: list[str | None] = []  # as TLS clients gave them
        self._server = ThreadingHTTPServer((host, port), _handler(self))
        self._server.daemon_threads = True
        if tls:
            tls.sni_callback = lambda _socket, name, _context: self.names.append(name)
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.host, self.port = host, int(self._server.server_address[1])
        self.closing = threading.Event()
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            request = Request(self.path, {name.lower(): value for name, value in self.headers.items()})
            site.requests.append(request)
            answer = site.pages.get(self.path, Said(b"no such page", 404))
            said = answer(request) if callable(answer) else answer
            with suppress(OSError):
                self._send(said)

        def _send(self, said: Said) -> None:
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            if isinstance(said.body, bytes):
                if "Content-Length" not in said.headers:
                    self.send_header("Content-Length", str(len(said.body)))
                self.end_headers()
                self.wfile.write(said.body)
                return
            self.end_headers()
            for part in said.body():
                if site.closing.is_set():
                    return
                self.wfile.write(part)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


class Ear:
    """A private machine: takes connections and keeps what is said to it, if anybody does."""

    def __init__(self, host: str, port: int = 0) -> None:
        self._socket = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.port = int(self._socket.getsockname()[1])
        self.heard: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.heard.append(b"")
                connection.settimeout(1)
                with connection, suppress(OSError):
                    self.heard.append(connection.recv(65_536))

    def close(self) -> None:
        self._socket.close()


def is_public_here(ip: IPAddress) -> bool:
    return str(ip) in PUBLIC


def page(text: str = NOTE, title: str = "Small caps", head: str = "") -> Said:
    """Return an article's page."""
    body = f"<body><article><h1>{title}</h1><p>{text}</p></article></body>"
    whole = f"<html><head><title>{title}</title>{head}</head>{body}</html>"
    return Said(whole.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def rss(*items: str, title: str = "Desk notes") -> Said:
    """Return a feed of items, given as what stands in <item>."""
    listed = "".join(f"<item>{item}</item>" for item in items)
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{listed}</channel></rss>'
    return Said(feed.encode(), headers={"Content-Type": "application/rss+xml"})


@pytest.fixture
def serve() -> Iterator[Callable[..., Site]]:
    """Start sites; all are stopped afterwards."""
    started: list[Site] = []

    def start(*given: Any, **options: Any) -> Site:
        started.append(Site(*given, **options))
        return started[-1]

    yield start
    for site in started:
        site.close()


@pytest.fixture
def site(serve: Callable[..., Site]) -> Site:
    return serve()


def make_fetcher(*ports: int, allow: tuple[str, ...] = (), limits: Limits | None = None, **options: Any) -> Fetcher:
    """Return a fetcher for which the servers here are the internet."""
    reach = Reach(allow, public=is_public_here, ports=frozenset(ports))
    return Fetcher(reach, limits or Limits(seconds=20, delay=0), **options)


@pytest.fixture
def web(site: Site) -> Iterator[Web]:
    with Web(make_fetcher(site.port), READERS, 4) as opened:
        yield opened
