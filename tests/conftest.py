"""The fixtures that all tests share; they and what they are made of live in `making`."""

from making import embedder, library, open_library, put, settings, today

__all__ = ["embedder", "library", "open_library", "put", "settings", "today"]
