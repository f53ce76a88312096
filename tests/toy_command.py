"""`python -m ingest` with a toy embedder for the weights: `python toy_command.py LOG SECONDS WORD...`.

Each batch that it embeds takes SECONDS and leaves its size as a line in LOG.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import rag.embed
from ingest.__main__ import app


def slow(_name: str, _precision: str = "auto") -> object:
    """Return the embedder; what it needs is loaded by then."""
    import making

    import ingest.intake

    class Slow(making.WordEmbedder):
        def encode(self, texts):
            with log.open("a") as written:
                written.write(f"{len(texts)}\n")
            time.sleep(seconds)
            return super().encode(texts)

    ingest.intake._BATCH_PASSAGES = 40
    return Slow()


if __name__ == "__main__":
    log, seconds = Path(sys.argv[1]), float(sys.argv[2])
    rag.embed.load_embedder = slow
    app(sys.argv[3:], prog_name="python -m ingest")
