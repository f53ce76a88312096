"""The fixtures that tests share; they and what they are made of live in `making` and `serving`."""

from making import embedder, library, open_library, put, settings, today
from serving import serve, site, web

__all__ = ["embedder", "library", "open_library", "put", "serve", "settings", "site", "today", "web"]
