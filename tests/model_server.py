"""A server on loopback that plays an OpenAI-compatible API: it streams what it is told to, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


def event(text: str, reason: str | None = None) -> bytes:
    """Return a server-sent event that carries some words of the model, and the reason for which it ends."""
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "toy"}
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": reason}
    return b"data: " + json.dumps({**chunk, "choices": [choice]}).encode() + b"\n\n"


def counted(tokens_in: int, tokens_out: int) -> bytes:
    """Return the event that carries the tokens used."""
    usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "toy", "choices": [], "usage": usage}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


@dataclass
class Reply:
    """What one request is answered: a status, headers, and parts of a body, sent one by one."""

    parts: Callable[[threading.Event], Iterator[bytes]]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def saying(*texts: str) -> Reply:
    """Return a good reply of some words."""
    return Reply(lambda _: iter([*map(event, texts), event("", "stop"), counted(7, 5), DONE]))


def failing(status: int, **headers: str) -> Reply:
    """Return an error as such servers send it; its text holds a key, as some do."""
    body = json.dumps({"error": {"message": "bad key sk-very-secret", "type": "error"}}).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(lambda _: iter([body]), status, {"Content-Type": "application/json", **named})


class ModelServer:
    """Answers each request with the next of its replies, the last one again and again; keeps what it was sent."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.ending = threading.Event()
        self.left = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            server.requests.append(json.loads(self.rfile.read(length)))
            server.keys.append(self.headers.get("Authorization"))
            reply = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
            self.send_response(reply.status)
            for name, value in {"Content-Type": "text/event-stream", **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                for part in reply.parts(server.ending):
                    self.wfile.write(part)
                    self.wfile.flush()
                return
            server.left.set()

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@pytest.fixture
def serving() -> Iterator[Callable[..., ModelServer]]:
    """Start servers that play a chat model; all are stopped afterwards."""
    started: list[ModelServer] = []

    def start(*replies: Reply) -> ModelServer:
        started.append(ModelServer(*replies))
        return started[-1]

    yield start
    for server in started:
        server.close()
