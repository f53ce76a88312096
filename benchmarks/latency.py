"""`latency`: a question to its answer on a warm library, stage by stage, and a search against LangChain's."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks import devset, libraries, tutorial
from benchmarks.measures import percentiles
from benchmarks.options import Options
from benchmarks.report import Result, Table
from rag import Library
from rag.retrieve import DEPTH

GENERIC = (
    "Who raised a price target, and why?",
    "Which analysts cut their earnings estimates?",
    "What do economists expect of interest rates?",
    "Who recommends buying oil stocks?",
    "Which brokers turned cautious on bank stocks?",
    "What is the outlook for gold?",
    "Who downgraded a retailer?",
    "What did Salomon Brothers say about the dollar?",
    "Why did the yen rise?",
    "How much did quarterly profits grow?",
    "What are the risks for airlines?",
    "Who expects a takeover, and at what price?",
    "What do analysts think of technology shares?",
    "Which companies raised their dividend?",
    "What did the chairman say about next year's earnings?",
    "How will the trade deficit affect bonds?",
    "Who disagrees about inflation?",
    "What happened to coffee prices last week?",
    "Did anyone initiate coverage of a drug company?",
    "What would make analysts more optimistic about steel?",
)
LANGCHAINS_K = 4
_LABELS = {
    "search": "search k=8",
    "encode": "encode the question",
    "langchain": f"LangChain's Chroma, similarity_search k={LANGCHAINS_K}",
}
RATIO = ("search", "langchain")

Contender = Callable[[str], object]
Stages = defaultdict[str, float]  # summed milliseconds
Round = dict[str, list[tuple[float, float]]]  # by contender: milliseconds by the clock and of CPU time, a question each


def run(options: Options) -> Result:
    """Ask every question in every round, once to warm up and then timed."""
    path = options.data / devset.REUTERS_QUESTIONS
    asked = [row["question"] for row in devset.rows(path)] if path.is_file() else []
    questions = [*asked, *GENERIC]
    library, held = libraries.newswire(options)
    stages: Stages = defaultdict(float)
    with closing(library), tempfile.TemporaryDirectory(dir=options.work) as folder:
        contenders = _contenders(library, Path(folder), stages)
        for question in questions:
            for contender in contenders.values():
                contender(question)
        stages.clear()
        rounds = [_round(number, contenders, questions) for number in range(options.rounds)]
    return _result(f"{len(questions)} questions × {options.rounds} rounds; {held}", rounds, stages)


def _contenders(library: Library, folder: Path, stages: Stages) -> dict[str, Contender]:
    """Return what is timed by name; asking adds its stages' milliseconds to `stages`."""
    store = tutorial.over(library, tutorial.embeddings(), folder)

    def ask(question: str) -> None:
        for stage, milliseconds in library.ask(question).timings_ms.items():
            stages[stage] += milliseconds

    return {
        "ask": ask,
        "search": library.search,
        "encode": lambda question: library.embedder.encode([question]),
        "vector leg": lambda question: library.nearest(library.embedder.encode([question])[0], DEPTH),
        "langchain": lambda question: store.similarity_search(question, k=LANGCHAINS_K),
    }


def _round(number: int, contenders: dict[str, Contender], questions: Sequence[str]) -> Round:
    """Time each contender on each question, taking turns at going first."""
    names = list(contenders)
    found: Round = {name: [] for name in names}
    for place, question in enumerate(questions):
        first = (number + place) % len(names)
        for name in names[first:] + names[:first]:
            found[name].append(_timed(contenders[name], question))
    return found


def _timed(contender: Contender, question: str) -> tuple[float, float]:
    """Return the milliseconds that a question takes by the clock, and those of CPU time over all threads."""
    began, used = perf_counter(), process_time()
    contender(question)
    return 1000 * (perf_counter() - began), 1000 * (process_time() - used)


def _result(title: str, rounds: Sequence[Round], stages: Stages) -> Result:
    figures: dict[str, Any] = {name: _figures(name, rounds) for name in rounds[0]}
    mine, other = (figures[name]["p50_by_round"] for name in RATIO)
    ratios = [round(a / b, 3) for a, b in zip(mine, other, strict=True)]
    rows = [
        [_LABELS.get(name, name), *(f"{ms:.1f}" for ms in (each["p50_ms"], each["p95_ms"], each["cpu_p50_ms"]))]
        + [f"{ms:.1f}" for ms in each["p50_by_round"]]
        for name, each in figures.items()
    ]
    columns = ("ms", "p50", "p95", "CPU p50", *(f"p50 of round {number}" for number in range(1, len(rounds) + 1)))
    asked = sum(len(each["ask"]) for each in rounds)
    note = f"search takes {median(ratios):.2f} times as long as LangChain's (median of the rounds' ratios: {ratios})."
    figures |= {
        "measured": title,
        "search_over_langchain": {"by_round": ratios, "median": median(ratios)},
        "stage_ms_mean": {name: round(value / asked, 2) for name, value in stages.items()},
    }
    return Result([Table(title, columns, rows), _stages(stages, asked)], figures, [note])


def _figures(name: str, rounds: Sequence[Round]) -> dict[str, Any]:
    every = [pair for each in rounds for pair in each[name]]
    return {
        **percentiles([clock for clock, _ in every]),
        "cpu_p50_ms": round(median(cpu for _, cpu in every), 2),
        "p50_by_round": [round(median(clock for clock, _ in each[name]), 2) for each in rounds],
    }


def _stages(stages: Stages, asked: int) -> Table:
    total = stages["total"] or 1.0
    rows = [
        [name, f"{value / asked:.1f}", f"{100 * value / total:.0f} %"]
        for name, value in stages.items()
        if name != "total"
    ]
    return Table("Where an answer's time goes", ("stage", "mean ms", "share"), rows)
