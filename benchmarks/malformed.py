"""`malformed`: damaged files of every format, each read in a process that is watched, sound ones among them."""

from __future__ import annotations

import logging
import multiprocessing
import resource
import shutil
import time
from collections import Counter
from multiprocessing.pool import Pool
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks.mutations import damaged
from benchmarks.options import Options
from benchmarks.report import Result, Table
from benchmarks.whole_files import ENDINGS, made, says

FILES = 2_000
SEED = 4
_SOUND_EACH = 10  # one sound file after so many damaged ones
_SECONDS, _MEMORY = 20.0, 3 * 2**30
CRASHED, HUNG, REFUSED, PARTLY, READ, LOST = "crashed", "hung", "refused", "read in part", "read", "lost"
_FATES = (READ, PARTLY, REFUSED, CRASHED, HUNG, LOST)


class Fate(NamedTuple):
    """What became of a file: whether it was read, for how long, and the first thing that was told of it."""

    what: str
    seconds: float
    told: str


def run(options: Options) -> Result:
    """Damage files by a fixed seed, read each under a watch, and see that the sound ones among them are read."""
    folder = options.work / "malformed"
    shutil.rmtree(folder, ignore_errors=True)
    names = written(folder, options.stories or FILES, SEED)
    fates = dict(zip(names, _read_all(folder, names), strict=True))
    return result(fates)


def written(folder: Path, number: int, seed: int) -> list[str]:
    """Write damaged files, and a sound one after every ten of them, and return their names in order."""
    random = Random(seed)
    folder.mkdir(parents=True)
    names = []
    for place in range(number):
        ending, other = ENDINGS[place % len(ENDINGS)], random.choice(ENDINGS)
        names.append(f"{place:05}-damaged{ending}")
        (folder / names[-1]).write_bytes(damaged(ending, made(ending, place), made(other, place + 1), random))
        if place % _SOUND_EACH == _SOUND_EACH - 1:
            ending = ENDINGS[place // _SOUND_EACH % len(ENDINGS)]
            names.append(f"{place:05}-sound{ending}")
            (folder / names[-1]).write_bytes(made(ending, place))
    return names


def fate_of(path: Path) -> Fate:
    """Return what becomes of one file when it is read, whatever is raised."""
    from ingest.parse import parse
    from ingest.sources import in_files
    from ingest.types import Failure
    from rag.config import Settings

    began = time.perf_counter()
    texts, told = [], []
    try:
        for document in in_files([path]):
            found = [document] if isinstance(document, Failure) else parse(document, Settings().max_article_chars)
            for each in found:
                if isinstance(each, Failure):
                    told.append(each.reason)
                else:
                    texts.append(each.text)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what this looks for
        return Fate(CRASHED, time.perf_counter() - began, f"{type(error).__name__}: {error}"[:200])
    if any("\n" in reason for reason in told):
        return Fate(CRASHED, time.perf_counter() - began, "a failure of more than one line")
    what = (PARTLY if told else READ) if texts else REFUSED
    place, _, kind = path.name.partition("-")
    if kind.startswith("sound") and (told or not any(says(int(place)) in " ".join(text.split()) for text in texts)):
        what = LOST
    return Fate(what, time.perf_counter() - began, (told or [""])[0])


def result(fates: dict[str, Fate]) -> Result:
    """Return the counts by format, and each file that crashed, hung or was lost."""
    damaged_ones = {name: fate for name, fate in fates.items() if "-damaged" in name}
    sound = {name: fate for name, fate in fates.items() if "-sound" in name}
    by_ending = {ending: Counter[str]() for ending in ENDINGS}
    for name, fate in damaged_ones.items():
        by_ending[_ending(name)][fate.what] += 1
    slowest = max(fates.values(), key=lambda fate: fate.seconds)
    rows = [[ending, *(f"{counts[what]:,}" for what in _FATES[:5])] for ending, counts in by_ending.items()]
    totals = Counter(fate.what for fate in damaged_ones.values())
    rows.append(["all", *(f"{totals[what]:,}" for what in _FATES[:5])])
    read = sum(fate.what == READ for fate in sound.values())
    bad = {name: fate for name, fate in fates.items() if fate.what in (CRASHED, HUNG, LOST)}
    notes = [f"{read:,} of {len(sound):,} sound files among them read; slowest file {slowest.seconds:.1f} s."]
    notes += [f"{name}: {fate.what}: {fate.told}" for name, fate in list(bad.items())[:50]]
    figures: dict[str, Any] = {
        "seed": SEED,
        "damaged": {"files": len(damaged_ones), **{what: totals[what] for what in _FATES[:5]}},
        "by_format": {ending: dict(counts) for ending, counts in by_ending.items()},
        "sound": {"files": len(sound), "read": read},
        "slowest_seconds": round(slowest.seconds, 2),
        "bad": {name: list(fate) for name, fate in bad.items()},
    }
    return Result([Table("Damaged files", ("format", *_FATES[:5]), rows)], figures, notes)


def _ending(name: str) -> str:
    return name.partition("-damaged")[2]


def _read_all(folder: Path, names: list[str]) -> list[Fate]:
    """Read each file in a process of its own kind, which is replaced when it hangs or dies."""
    fates = []
    pool = _watched()
    for name in names:
        try:
            fates.append(pool.apply_async(fate_of, (folder / name,)).get(_SECONDS))
        except multiprocessing.TimeoutError:  # a process that died says nothing either
            fates.append(Fate(HUNG, _SECONDS, "no answer"))
            pool.terminate()
            pool = _watched()
    pool.terminate()
    return fates


def _watched() -> Pool:
    return multiprocessing.get_context("spawn").Pool(1, _prepare)


def _prepare() -> None:
    """Limit the memory, and keep libraries from telling of each flaw, as the command does."""
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
