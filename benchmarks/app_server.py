"""The app as its own process, for browsers that test or measure it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from benchmarks.options import CHECKOUT

APP = CHECKOUT / "app.py"
_PATIENCE = 60.0


class NotStartedError(Exception):
    """The app's server did not come up; its text is what it printed."""


@contextmanager
def running(
    library: Path,
    log: Path,
    *options: str,
    environment: Mapping[str, str] | None = None,
    script: Path = APP,
    command: Sequence[str] = (),
) -> Iterator[str]:
    """Run the app over a library and give its address, as soon as the server answers.

    `options` are those of `streamlit run`, which is run unless another `command` is given; what the server prints goes
    to `log`.

    Raises:
        NotStartedError: the server ended, or did not answer within a minute.
    """
    port = free_port()
    run = command or (sys.executable, "-m", "streamlit", "run", str(script), *options)
    place = {"HOUSEVIEW_LIBRARY": str(library), "STREAMLIT_SERVER_PORT": str(port)}
    given = {**os.environ, **place, **(environment or {})}
    with log.open("wb") as written:
        server = subprocess.Popen(
            run, cwd=CHECKOUT, env=given, stdout=written, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # with what a command has started
        server.wait(timeout=30)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise NotStartedError(log.read_text(errors="replace"))
