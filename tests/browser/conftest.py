"""The fixtures that browser tests share; they live in `visiting`."""

from visiting import chromium, origin, sample_library, trap, viewport, visit

__all__ = ["chromium", "origin", "sample_library", "trap", "viewport", "visit"]
