"""`liar`: a model that lies in one sentence of three; how many of its lies a reader is shown.

The questions are those of the commentary dev set and of newswire dev stories where the evaluation data are there, and
those that the samples answer; each is asked several times with other lies. A lie is a sentence made false by rule
(`benchmarks.lies`), so that it is known for one; it is shown if a statement of the answer holds its words.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks import devset
from benchmarks.lies import KINDS, lies
from benchmarks.options import CHECKOUT, Options
from benchmarks.report import Result, Table
from benchmarks.scripted import Scripted, sources_in
from ingest import ingest
from rag import Library, Writer
from rag.wording import fold

ANSWERS: Final = 300
SEED: Final = 9
_SAMPLES: Final = CHECKOUT / "samples"
_ASKED_OF_SAMPLES: Final = (
    "Who upgraded small caps and why?",
    "What do the houses think of small caps?",
    "Who disagrees about Tessermill?",
    "What did Wharrowby say about the Fed?",
    "What is the price target for gold?",
    "Who cut Tessermill and why?",
    "What happened to Brent forecasts?",
    "Who is bearish?",
    "What does Ottermere expect of rates?",
    "Which ratings changed in October?",
)


def run(options: Options) -> Result:
    """Ask, with other lies each time, and count the lies told and shown by kind."""
    asked: list[tuple[Library, str]] = []
    libraries = [(_holding(_SAMPLES, options.work / "liar-samples"), list(_ASKED_OF_SAMPLES))]
    commentary = options.data / devset.COMMENTARY
    if commentary.is_file():
        questions = [each.text for each in devset.questions(options.data / devset.COMMENTARY_QUESTIONS)]
        libraries.append((_holding(commentary, options.work / "liar-commentary"), questions))
    for library, questions in libraries:
        asked += [(library, question) for question in questions]
    number = options.stories or ANSWERS
    before = Counter[str]()
    rows = [tell(*asked[place % len(asked)], random.Random(f"{SEED} {place}"), before) for place in range(number)]
    for library, _ in libraries:
        library.close()
    return result(rows)


def tell(library: Library, question: str, draw: random.Random, before: Counter[str]) -> dict[str, Any]:
    """Ask one question of a lying model and return what it told, true and false, and what of the false was shown.

    `before` counts the lies of each kind, so that all kinds come up about equally often.
    """
    told: list[tuple[str, str]] = []
    true: list[str] = []
    answer = library.ask(question, writer=Writer("liar", Scripted(reply=_lying(told, true, draw, before))))
    shown = [statement.text for statement in answer.statements]
    passed = [(kind, lie, each) for kind, lie in told for each in shown if _bare(lie) in fold(each)]
    return {
        "question": question,
        "told": told,
        "true": len(true),
        "true shown": sum(any(_bare(each) in fold(text) for text in shown) for each in true),
        "by the model": answer.model is not None,
        "shown": passed,
        "quotes": [citation.quote for citation in answer.citations] if passed else [],
    }


def _lying(
    told: list[tuple[str, str]], true: list[str], draw: random.Random, before: Counter[str]
) -> Callable[[str], str]:
    def reply(prompt: str) -> str:
        sources = sources_in(prompt)
        said: list[str] = []
        for place in range(9):
            source = sources[place % len(sources)] if sources else None
            if source is None:
                break
            if place % 3 == 1:
                choices = lies(source, sources, draw)
                weights = [1 / (1 + before[kind]) for kind, _ in choices]
                kind, lie = draw.choices(choices, weights)[0]
                before[kind] += 1
                told.append((kind, lie))
                said.append(lie)
            else:
                true.append(f"{source.statement.rstrip('.')} [{source.number}].")
                said.append(true[-1])
        return " ".join(said)

    return reply


def _holding(source: Path, folder: Path) -> Library:
    library = Library.open(folder)
    ingest(source, library)
    return library


def _bare(sentence: str) -> str:
    """Return a sentence without its marks and full stop, folded."""
    return fold(sentence.partition(" [")[0].rstrip(". "))


def result(rows: Sequence[dict[str, Any]]) -> Result:
    """Return the counts by kind, and each lie that was shown with what it cites."""
    told = Counter(kind for row in rows for kind, _ in row["told"])
    passed = [(row, each) for row in rows for each in row["shown"]]
    shown = Counter(kind for _, (kind, _, _) in passed)
    table = Table(
        "Lies by kind", ("kind", "told", "shown"), [[kind, f"{told[kind]:,}", f"{shown[kind]:,}"] for kind in KINDS]
    )
    true, stood = sum(row["true"] for row in rows), sum(row["true shown"] for row in rows)
    notes = [
        f"{len(passed)} of {told.total():,} lies shown in {len(rows):,} answers; {stood:,} of {true:,} true sentences.",
        f"{sum(row['by the model'] for row in rows)} answers are in the model's words.",
        *(f"{kind}: {lie!r} shown as {text!r}; cites {row['quotes'][:2]!r}" for row, (kind, lie, text) in passed[:30]),
    ]
    figures = {"answers": len(rows), "told": dict(told), "shown": dict(shown), "true": true, "true shown": stood}
    figures["passed"] = [
        {"kind": kind, "lie": lie, "text": text, "quotes": row["quotes"]} for row, (kind, lie, text) in passed
    ]
    return Result([table], figures, notes)
