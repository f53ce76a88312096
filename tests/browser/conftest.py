"""The fixtures that browser tests share; they live in `visiting`."""

from visiting import chromium, opens, origin, sample_library, trap, viewport, visit

__all__ = ["chromium", "opens", "origin", "sample_library", "trap", "viewport", "visit"]
