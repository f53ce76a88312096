"""`crashes`: work killed with SIGKILL at random moments, reopened and finished: what is lost, doubled or unopenable."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks import doomed, invented
from benchmarks.contents import QUERIES, contents
from benchmarks.options import Options
from benchmarks.report import Result, Table
from rag.errors import HouseviewError

STORIES: Final = 150
_IN_A_ROW: Final = 3  # kills at most of one library before it is finished and compared
_KEYS: Final = ("analyst_key", "firm_key", "subject_key", "day")
_TO_SCHEMA_1: Final = (
    *(f"DROP TABLE {name}" for name in ("likenesses", "signatures", "failures", "holdings", "fetches", "readings")),
    "DROP INDEX ix_names_key",
    *(f"DROP INDEX ix_views_{name}" for name in _KEYS),
    *(f"ALTER TABLE views DROP COLUMN {name}" for name in _KEYS),
    *(f"ALTER TABLE names DROP COLUMN {name}" for name in ("key", "of_view")),
    "UPDATE meta SET value = '1' WHERE key = 'schema_version'",
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is killed: some work on stories, in a library that `prepare` makes first."""

    name: str
    work: str
    stories: Path
    prepare: Callable[[Path], None]


@dataclass(slots=True)
class Tally:
    """What became of the killed libraries; each fault is a line that says where the last kill struck."""

    kills: int = 0
    too_late: int = 0  # processes that ended before their kill
    finished: int = 0
    by_stage: Counter[str] = field(default_factory=Counter)
    by_scenario: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unopenable: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """All faults found."""
        return [*self.lost, *self.doubled, *self.unopenable, *self.different]


def run(options: Options) -> Result:
    """Kill as many processes as asked for and report."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=options.work, prefix="crashes-") as folder:
        tally = kill(options.kills, Path(folder))
    return result(tally, time.perf_counter() - began)


def kill(kills: int, work: Path, seed: int = 0) -> Tally:
    """Kill so many processes, each library up to three times in a row, and compare what becomes of each library.

    `seed` decides about the moments, as far as the machine keeps time.
    """
    tally, draw = Tally(), random.Random(seed)
    with doomed.Nursery(work) as nursery:
        found = scenarios(work, nursery)
        stages = [_Stage(scenario, work / f"scenario-{place}", nursery) for place, scenario in enumerate(found)]
        while tally.kills < kills:
            for each in stages:
                each.play(tally, draw, min(_IN_A_ROW, kills - tally.kills))
    return tally


def scenarios(work: Path, nursery: doomed.Nursery) -> list[Scenario]:
    """Return what is killed: a first ingest, one of changed and new stories, a rebuild, an upgrade of the schema."""
    first = invented.write_stories(work / "first.jsonl", STORIES)
    second = invented.write_stories(work / "second.jsonl", STORIES + 20, edition=2)

    def held(folder: Path) -> None:
        nursery.begin("ingest", first, folder)
        nursery.ended()

    def held_in_schema_1(folder: Path) -> None:
        held(folder)
        with closing(sqlite3.connect(folder / "catalogue.sqlite3")) as connection:
            for statement in _TO_SCHEMA_1:
                connection.execute(statement)
            connection.commit()

    return [
        Scenario("first ingest", "ingest", first, lambda _: None),
        Scenario("ingest of changed and new stories", "ingest", second, held),
        Scenario("rebuild", "rebuild", first, held),
        Scenario("opening a library of schema 1", "open", first, held_in_schema_1),
    ]


class _Stage:
    """A scenario with its undisturbed outcome, to be played again and again."""

    def __init__(self, scenario: Scenario, folder: Path, nursery: doomed.Nursery) -> None:
        self._scenario = scenario
        self._nursery = nursery
        self._start, self._library, undisturbed = (folder / name for name in ("start", "library", "undisturbed"))
        folder.mkdir()
        scenario.prepare(self._start)
        self._put_back(undisturbed)
        self._begin(undisturbed)
        began = time.perf_counter()
        self._nursery.ended()
        self._seconds = time.perf_counter() - began
        self._right = contents(undisturbed)
        self._sources = [story["url"] for story in invented.read_stories(scenario.stories)]

    def play(self, tally: Tally, draw: random.Random, most: int) -> None:
        """Kill the work on one library up to `most` times in a row, then finish it and compare."""
        self._put_back(self._library)
        stored, at = 0, ""
        for _ in range(draw.randint(1, most) if most else 0):
            self._begin(self._library)
            struck = self._nursery.kill_after(draw.uniform(0, self._seconds))
            stored = max(stored, self._nursery.acknowledged())
            if struck is None:
                tally.too_late += 1
                break
            tally.kills += 1
            tally.by_stage[struck] += 1
            tally.by_scenario[self._scenario.name] += 1
            at = f"{self._scenario.name}, kill {tally.kills}, {struck}"
            self._look(tally, at, self._sources[:stored])
        if at:
            self._finish(tally, at)

    def _begin(self, library: Path) -> None:
        self._nursery.begin(self._scenario.work, self._scenario.stories, library)

    def _put_back(self, library: Path) -> None:
        shutil.rmtree(library, ignore_errors=True)
        if self._start.exists():
            shutil.copytree(self._start, library)

    def _look(self, tally: Tally, at: str, stored: list[str]) -> None:
        """Open a library as a reader would: all that was said to be stored is there, and nothing is broken."""
        try:
            with doomed.small_files(), doomed.opened(self._library) as library:
                held = [f"version {source} {library.known(source)}" for source in stored]
                tally.lost += [f"{at}: {each}" for each in held if each not in self._right.pieces]
                tally.unopenable += [f"{at}: {problem}" for problem in library.verify()]
                library.search(QUERIES[0])
        except HouseviewError as error:
            tally.unopenable.append(f"{at}: {error}")

    def _finish(self, tally: Tally, at: str) -> None:
        """Do the work to its end; the library then is what it would have been undisturbed."""
        self._begin(self._library)
        if code := self._nursery.ended():
            tally.unopenable.append(f"{at}: the next run ended with code {code}")
            return
        tally.finished += 1
        found = contents(self._library)
        tally.lost += [f"{at}: {piece}" for piece in self._right.lost(found)]
        tally.doubled += [f"{at}: {piece}" for piece in self._right.doubled(found)]
        tally.unopenable += [f"{at}: {problem}" for problem in found.problems]
        tally.different += [f"{at}: {query}" for query in self._right.different(found)]


def result(tally: Tally, seconds: float) -> Result:
    """Return the tables and figures of a run of kills."""
    found = {
        "kills": tally.kills,
        "ended before the kill": tally.too_late,
        "libraries finished": tally.finished,
        "lost": len(tally.lost),
        "doubled": len(tally.doubled),
        "unopenable": len(tally.unopenable),
        "answered otherwise": len(tally.different),
    }
    tables = [
        Table(f"Killed and finished in {seconds:,.0f} s", ("", "count"), [[name, str(n)] for name, n in found.items()]),
        _counted("where the kill struck", tally.by_stage),
        _counted("what was killed", tally.by_scenario),
    ]
    figures = {
        **found,
        "seconds": round(seconds, 1),
        "by_stage": dict(tally.by_stage.most_common()),
        "by_scenario": dict(tally.by_scenario),
        "faults": tally.faults,
    }
    return Result(tables, figures, tally.faults[:20])


def _counted(what: str, counts: Counter[str]) -> Table:
    return Table(what.capitalize(), (what, "kills"), [[name, str(n)] for name, n in counts.most_common()])
