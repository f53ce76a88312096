"""The fixtures that tests share; they and what they are made of live in `making`, `model_server` and `serving`."""

from making import embedder, library, open_library, put, settings, today
from model_server import serving
from serving import serve, site, web

__all__ = ["embedder", "library", "open_library", "put", "serve", "serving", "settings", "site", "today", "web"]
