"""What the app's server does beside Streamlit's own.

It opens the library before the first reader comes, says whether it is fit to serve, and forbids browsers to load
anything from elsewhere.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from rag import HouseviewError, tell_faults_in_a_line
from ui.session import Desk, open_desk

# Streamlit's pages style themselves in place, and its charts compile what they draw.
_POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
_HEADERS: Final = {
    "Content-Security-Policy": "; ".join(f"{what} {whence}" for what, whence in _POLICY.items()),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Headers:
    """Adds to every response what tells the browser to load nothing from elsewhere and be framed by nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the app does, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class OwnOriginOnly:
    """Refuses what pages of other sites ask of this server.

    Streamlit does too, but to find out whether an origin is its own it may ask a server elsewhere for its address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the app does, or with 403."""
        if scope["type"] in ("http", "websocket"):
            connection = HTTPConnection(scope)
            origin = connection.headers.get("origin")
            if origin is not None and not is_own(origin, connection.url.hostname):
                refusal = WebSocketClose(1008) if scope["type"] == "websocket" else PlainTextResponse("", 403)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_own(origin: str, host: str | None) -> bool:
    """Return whether an origin is this app's: by a name it was given, or by an address under which it was asked."""
    given = map(st.get_option, ("server.address", "browser.serverAddress"))
    listed = (urlsplit(each).hostname for each in st.get_option("server.corsAllowedOrigins") or ())
    try:
        name = urlsplit(origin).hostname or ""
        return name in {"localhost", *given, *listed} or (name == host and ip_address(name) is not None)
    except ValueError:
        return False


@asynccontextmanager
async def opening(_: st.App) -> AsyncIterator[None]:
    """Begin to open the library and load its model with the server; whoever visits meanwhile sees a page that waits."""
    tell_faults_in_a_line()
    opener = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening")
    opener.submit(open_desk)  # what goes wrong is said by the page and by `health`, which try again
    opener.shutdown(wait=False)
    yield


def health(_: Request) -> JSONResponse:
    """Answer 200 once questions can be answered, else 503; the JSON says what is missing."""
    try:
        said = state(open_desk())
    except HouseviewError as error:
        said = {"status": "failed", "library": type(error).__name__, "model": "unknown"}
    return JSONResponse(dict(said), 200 if said["status"] == "ready" else 503, {"Cache-Control": "no-store"})


def state(desk: Desk) -> Mapping[str, str]:
    """Return how the library and its model are, in words for a supervisor; no names, no places.

    Raises:
        HouseviewError: the library cannot be read any more.
    """
    desk.library.stats()
    if not desk.model.done():
        return {"status": "loading", "library": "open", "model": "loading"}
    if problem := desk.model.exception():
        return {"status": "failed", "library": "open", "model": type(problem).__name__}
    return {"status": "ready", "library": "open", "model": "loaded"}


ROUTES: Final = (Route("/health", health, methods=["GET"]),)
MIDDLEWARE: Final = (Middleware(Headers), Middleware(OwnOriginOnly))
