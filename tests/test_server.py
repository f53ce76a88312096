"""What the app's server does and refuses, asked of one that runs."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest

pytest.importorskip("streamlit")
from benchmarks.app_server import running
from rag import Library
from ui.server import is_own

ROOT = Path(__file__).parent.parent
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def origin(folder) -> Iterator[str]:
    Library.open(folder / "library").close()
    with running(folder / "library", folder / "app.log") as address:
        yield address


def ask(address: str, headers: dict[str, str] | None = None) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Return status, headers and body of what a server answers."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request("GET", parts.path or "/", headers=headers or {})
    answer = connection.getresponse()
    body = b"" if answer.status == 101 else answer.read()
    connection.close()
    return answer.status, answer.headers, body


def until(address: str, status: int) -> dict[str, str]:
    """Return what `/health` says as soon as it answers with a status."""
    deadline = time.monotonic() + 120
    while (found := ask(f"{address}/health"))[0] != status:
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
    return json.loads(found[2])


def test_health_is_ready_without_any_visit_once_the_library_is_open_and_the_model_loaded(origin):
    assert until(origin, 200) == {"status": "ready", "library": "open", "model": "loaded"}


def test_health_says_what_is_wrong_by_its_kind_and_names_no_place(folder):
    (folder / "broken").mkdir()
    (folder / "broken" / "catalogue.sqlite3").write_bytes(b"no database " * 500)
    with running(folder / "broken", folder / "broken.log") as address:
        assert until(address, 503) == {"status": "failed", "library": "LibraryCorrupt", "model": "unknown"}


def test_health_is_ready_again_once_what_was_wrong_is_mended(folder):
    (folder / "mended").mkdir()
    broken = folder / "mended" / "catalogue.sqlite3"
    broken.write_bytes(b"no database " * 500)
    with running(folder / "mended", folder / "mended.log") as address:
        until(address, 503)
        broken.unlink()
        assert until(address, 200)["status"] == "ready"


def test_every_answer_forbids_to_load_anything_from_elsewhere(origin):
    policy = ask(origin)[1]["content-security-policy"]
    sources = {word for part in policy.split(";") for word in part.split()[1:]}
    assert sources == {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}


@pytest.mark.parametrize("path", ["/", "/health", "/_stcore/health", "/static/none.js"])
def test_every_answer_is_neither_framed_elsewhere_nor_guessed_at(origin, path):
    headers = ask(origin + path)[1]
    named = ("x-frame-options", "x-content-type-options", "referrer-policy")
    assert [headers[name] for name in named] == ["SAMEORIGIN", "nosniff", "no-referrer"]


@pytest.mark.parametrize("foreign", ["http://evil.example", "null", "http://127.0.0.1.evil.example", "http://[", ""])
@pytest.mark.parametrize("path", ["/_stcore/stream", "/health"])
def test_a_page_of_another_site_is_refused(origin, path, foreign):
    assert ask(origin + path, {**UPGRADE, "Origin": foreign} if "stream" in path else {"Origin": foreign})[0] == 403


def test_a_page_of_its_own_is_served(origin):
    assert ask(f"{origin}/_stcore/stream", {**UPGRADE, "Origin": origin})[0] == 101


@pytest.mark.parametrize(
    ("page", "host", "own"),
    [
        ("http://localhost:8501", "localhost", True),
        ("http://192.168.7.9:8501", "192.168.7.9", True),
        ("http://192.168.7.9:8501", "192.168.7.8", False),
        # A name that an attacker lets point here, which the browser takes for one origin with the attacker's pages.
        ("http://rebound.example:8501", "rebound.example", False),
    ],
)
def test_an_origin_is_known_by_its_name_and_not_by_where_a_name_points(page, host, own):
    assert is_own(page, host) is own


def test_it_listens_on_loopback_only(origin):
    port = f"{urlsplit(origin).port:04X}"
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("Which addresses a port listens on is read from /proc, which this system has not.")
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    assert {row[1] for row in rows if row[1].endswith(f":{port}") and row[3] == "0A"} == {f"0100007F:{port}"}


def test_the_configuration_is_what_the_guide_says():
    safe = {
        "server.address": "127.0.0.1",
        "server.maxUploadSize": 50,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "server.fileWatcherType": "none",
    }
    code = f"import json, streamlit as st; print(json.dumps({{n: st.get_option(n) for n in {list(safe)!r}}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == safe


def test_an_upload_that_belongs_to_no_session_is_refused(origin):
    asked = urllib.request.Request(f"{origin}/_stcore/upload_file/none/none", data=b"x", method="PUT")
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=30)
    assert refused.value.code in (400, 403)
