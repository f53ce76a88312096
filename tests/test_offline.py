"""Without a network everything works, and with one nothing is sent: in a namespace without any, and with a watch."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTES = [ROOT / "samples" / "strandhollow-gold-target.txt", ROOT / "samples" / "gantlow-small-caps-to-neutral.md"]
QUESTION = "What is Strandhollow's gold target?"

# Imported by every Python process that has its folder on the path, subprocesses included: notes whoever looks a name up
# or connects to anything that is not this machine, and refuses it.
WATCH = """
import os, socket

def watched(call):
    def instead(*args, **kwargs):
        target = next((a for a in args if isinstance(a, (str, bytes, tuple))), None)
        host = target[0] if isinstance(target, tuple) else target
        host = host.decode() if isinstance(host, bytes) else host
        local = host is None or host in ("", "localhost", "::1") or str(host).startswith(("127.", "/", "\\0"))
        if not local:
            with open(os.environ["WATCH_LOG"], "a") as log:
                log.write(f"{host!r}\\n")
            raise OSError(101, "Network is unreachable")
        return call(*args, **kwargs)
    return instead

class Socket(socket.socket):
    connect = watched(socket.socket.connect)
    connect_ex = watched(socket.socket.connect_ex)
    sendto = watched(socket.socket.sendto)

socket.socket = Socket
socket.getaddrinfo = watched(socket.getaddrinfo)
socket.gethostbyname = watched(socket.gethostbyname)
"""


def python(*arguments: object, before: tuple[str, ...] = (), **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the repository with an environment that holds none of the switches a user would have to set."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    command, env = [*before, sys.executable, *map(str, arguments)], kept | environment
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=240, check=False)


def ask(library: Path, **options: object) -> subprocess.CompletedProcess[str]:
    return python("-m", "rag", "ask", QUESTION, "--library", library, "--json", **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def without_network() -> tuple[str, ...]:
    """Return the command that runs another one in a network namespace of its own, where not even loopback is up."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no `unshare` on this system: cannot cut the network off")
    command = (unshare, "-n") if os.geteuid() == 0 else (unshare, "-rn")
    tried = subprocess.run([*command, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"network namespaces are not permitted here: {tried.stderr.strip()}")
    return command


@pytest.fixture(scope="module")
def offline_library(without_network, tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    library = tmp_path_factory.mktemp("offline") / "library"
    return library, python("-m", "ingest", "add", *NOTES, "--library", library, before=without_network)


def test_the_namespace_has_no_network(without_network):
    look = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=2)"
    assert "unreachable" in python("-c", look, before=without_network).stderr


def test_articles_are_added_without_a_network(offline_library):
    _, added = offline_library
    complaints = [line for line in added.stderr.splitlines() if not re.match(r"\d+ of 2 articles", line)]
    assert (added.returncode, added.stdout[:8], complaints) == (0, "2 added,", [])


def test_a_question_is_answered_without_a_network(offline_library, without_network):
    library, _ = offline_library
    answered = ask(library, before=without_network)
    assert (answered.returncode, "$5,100" in answered.stdout, answered.stderr) == (0, True, "")


def test_nothing_tries_to_reach_another_machine(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    log, library = tmp_path / "log", tmp_path / "library"
    watch = {"PYTHONPATH": str(tmp_path), "WATCH_LOG": str(log)}
    added = python("-m", "ingest", "add", *NOTES, "--library", library, **watch)
    answered = ask(library, **watch)
    assert (added.returncode, answered.returncode) == (0, 0)
    assert (log.read_text() if log.exists() else "") == ""


def test_the_watch_sees_an_attempt(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    look = "import urllib.request as u; u.urlopen('http://telemetry.test/')"
    python("-c", look, PYTHONPATH=str(tmp_path), WATCH_LOG=str(tmp_path / "log"))
    assert (tmp_path / "log").read_text() == "'telemetry.test'\n"
