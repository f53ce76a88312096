"""The guard: is everything that a statement says in the quotes that it cites?

Checked without a model, each kind of thing by a module of its own; `docs/guard.md` tells the method and its limits. A
statement that passes may still mislead by what it leaves out.
"""

from rag.guard.evidence import facts_of
from rag.guard.verdicts import verify
from rag.guard.ways import directions

__all__ = ("directions", "facts_of", "verify")
