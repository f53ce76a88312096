"""`perturbations`: how many true sentences the guard passes and how many false ones it stops, by kind of change.

The sentences are made by rule of the labelled quotes of the dev sets and of the samples (`truths`, `falsehoods`),
with a fixed seed. Articles are split into two halves: the guard was developed on the one and is only measured on the
other.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any, Final

from benchmarks.falsehoods import falsehoods
from benchmarks.measures import percentiles
from benchmarks.options import Options
from benchmarks.report import Result, Table
from benchmarks.truths import Case, items, truths
from benchmarks.world import world
from rag import verify
from rag.types import ArticleRef, Sourced

HAND_MADE: Final = Path(__file__).parent / "labels" / "guard.jsonl"
MOST_OF_A_KIND: Final = 400
SEED: Final = 5


def run(options: Options) -> Result:
    """Make the sentences, judge each, and count by kind and half."""
    cases = made(options.data)
    timed = [(case, *_judged(case)) for case in cases]
    judged = [(case, problems, by_clock) for case, problems, by_clock, _ in timed]
    missed = [case_record(case, problems) for case, problems, _ in judged if bool(problems) == case.true]
    options.json.mkdir(parents=True, exist_ok=True)
    wrong = options.json / "perturbations_wrong.jsonl"
    wrong.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in missed), encoding="utf-8")
    by_hand = _by_hand()
    figures = {
        "kinds": _by_kind(judged),
        "time": percentiles([each[2] for each in timed]),
        "cpu time": percentiles([each[3] for each in timed]),
        "by hand": by_hand,
    }
    return Result(
        [_table(figures["kinds"], true=True), _table(figures["kinds"], true=False), _hand_table(by_hand)],
        figures,
        [f"A sentence takes {figures['time']['p50_ms']} ms at the median, {figures['time']['p95_ms']} ms at p95; "
            f"of the CPU {figures['cpu time']['p50_ms']} and {figures['cpu time']['p95_ms']} ms.",
         f"Judged wrongly: {wrong}"],
    )  # fmt: skip


def made(data: Path) -> list[Case]:
    """Return the true and false sentences, at most so many of a kind."""
    draw = random.Random(SEED)
    found = items(data)
    around = world(found)
    kinds: dict[tuple[bool, str], list[Case]] = defaultdict(list)
    for item in found:
        for case in truths(item):
            kinds[True, case.kind].append(case)
            for false in falsehoods(case, around, draw):
                kinds[False, false.kind].append(false)
    cases: list[Case] = []
    for same in kinds.values():
        distinct = list({(case.text, case.cited): case for case in same}.values())
        cases += distinct if len(distinct) <= MOST_OF_A_KIND else draw.sample(distinct, MOST_OF_A_KIND)
    draw.shuffle(cases)
    return cases


def is_kept_back(case: Case) -> bool:
    """True for the half of the articles that the guard was not developed on."""
    return sha256(case.item.article.id.encode()).digest()[0] % 2 == 1


def case_record(case: Case, problems: Sequence[str]) -> dict[str, Any]:
    """Return a wrongly judged case for reading."""
    return {
        "kind": case.kind, "true": case.true, "kept_back": is_kept_back(case), "text": case.text,
        "quotes": [each.text for each in case.cited], "said_by": [each.said_by for each in case.cited],
        "problems": list(problems),
    }  # fmt: skip


def _judged(case: Case) -> tuple[tuple[str, ...], float, float]:
    """Return the problems, and the milliseconds that finding them took by the clock and of the CPU."""
    began, busy = perf_counter(), thread_time()
    problems = verify(case.text, case.cited).problems
    return problems, 1000 * (perf_counter() - began), 1000 * (thread_time() - busy)


def _by_kind(judged: Iterable[tuple[Case, tuple[str, ...], float]]) -> dict[str, dict[str, Any]]:
    counts: dict[tuple[bool, str, bool], list[bool]] = defaultdict(list)
    for case, problems, _ in judged:
        for kind in (case.kind, "all"):
            counts[case.true, kind, is_kept_back(case)].append(bool(problems) != case.true)
    result: dict[str, dict[str, Any]] = {}
    for (true, kind, kept_back), right in sorted(counts.items()):
        row = result.setdefault(f"{'true' if true else 'false'}: {kind}", {})
        row["kept back" if kept_back else "developed on"] = {
            "sentences": len(right),
            "right": round(sum(right) / len(right), 4),
        }
    return result


def _table(kinds: dict[str, dict[str, Any]], *, true: bool) -> Table:
    side = "true: " if true else "false: "
    rows = [
        [name.removeprefix(side), *(text for half in ("developed on", "kept back") for text in _cells(row.get(half)))]
        for name, row in kinds.items()
        if name.startswith(side)
    ]
    title = "True sentences, share passed" if true else "False sentences, share stopped"
    return Table(title, ["kind", "developed on", "share", "kept back", "share"], rows)


def _cells(half: dict[str, Any] | None) -> list[str]:
    return [f"{half['sentences']:,}", f"{half['right']:.3f}"] if half else ["0", "-"]


def _by_hand() -> dict[str, Any]:
    """Judge the hand-made pairs of the repository, each of a true and a false sentence on the same quotes."""
    if not HAND_MADE.is_file():
        return {}
    kinds: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for line in HAND_MADE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        passed = verify(row["true"], [_cited(each) for each in row["quotes"]]).supported
        stopped = not verify(row["false"], [_cited(each) for each in row.get("wrong", row["quotes"])]).supported
        for kind in (row["kind"], "all"):
            kinds[kind].append((passed, stopped))
    return {
        kind: {
            "pairs": len(pairs),
            "passed": round(sum(passed for passed, _ in pairs) / len(pairs), 4),
            "stopped": round(sum(stopped for _, stopped in pairs) / len(pairs), 4),
        }
        for kind, pairs in sorted(kinds.items())
    }


def _cited(quote: str | dict[str, Any]) -> str | Sourced:
    """Return a quote of the hand-made pairs, with who says it and when where the pair tells."""
    if isinstance(quote, str):
        return quote
    written = datetime.fromisoformat(quote["published"]) if "published" in quote else None
    article = ArticleRef("hand-made", None, None, None, (), written, None, (), "en")
    return Sourced(quote["text"], article, tuple(quote["said_by"]))


def _hand_table(by_hand: dict[str, Any]) -> Table:
    rows = [[kind, str(row["pairs"]), f"{row['passed']:.3f}", f"{row['stopped']:.3f}"] for kind, row in by_hand.items()]
    return Table("Hand-made pairs", ["kind", "pairs", "true passed", "false stopped"], rows)
