"""False sentences, each made of a true one by one change that the quotes do not bear out.

The tables of this module are its own, so that the guard is not measured by the words that it is made of. Each change
makes sure that what it makes is false: a new number is nowhere in what is cited, a new name shares no word with it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from benchmarks import false_figures, false_names, false_words
from benchmarks.false_names import of_others
from benchmarks.truths import Case
from benchmarks.world import World
from rag.wording import fold

# In an order of its own: what is drawn depends on it.
_LAST = ("from and to", "two numbers", "rounding left out", "forecast as fact")
_ALL = false_figures.CHANGES | false_names.CHANGES | false_words.CHANGES
_CHANGES = {kind: _ALL[kind] for kind in sorted(_ALL, key=lambda kind: kind in _LAST)}


def falsehoods(case: Case, around: World, draw: random.Random) -> Iterator[Case]:
    """Yield false sentences made of a true one."""
    for kind, change in _CHANGES.items():
        text = change(case, around, draw)
        if text and fold(text) != fold(case.text):
            yield replace(case, kind=kind, text=text, true=False)
    yield from of_others(case, around, draw)
