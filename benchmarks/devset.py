"""The evaluation data beside the checkout: read here and nowhere else, never copied."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.options import CHECKOUT, DataMissingError

REUTERS = Path("data/reuters-dev.jsonl.gz")
COMMENTARY = Path("data/commentary-dev.jsonl.gz")
REPORTS = Path("data/finance-reports.md")
REUTERS_QUESTIONS = Path("eval/reuters_questions_dev.jsonl")
COMMENTARY_QUESTIONS = Path("eval/commentary_questions_dev.jsonl")
SPANS = Path("eval/spans_dev.jsonl")

_SAMPLES = CHECKOUT / "samples"
_SENTENCES_A_STORY = (2, 10)  # a newswire story has 700 characters at the median


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its evidence: for each sentence the wordings that are equally right, and the articles' urls."""

    text: str
    evidence: tuple[tuple[str, ...], ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpanQuestion:
    """A question and the verbatim spans that answer it."""

    text: str
    spans: tuple[str, ...]


def found(data: Path, name: Path) -> Path:
    """Return the path of one of the data's files.

    Raises:
        DataMissingError: it is not there.
    """
    path = data / name
    if not path.is_file():
        raise DataMissingError(f"{path} is not there")
    return path


def questions(path: Path) -> list[Question]:
    """Return the answerable questions that stand alone, without a conversation before them."""
    return [
        Question(row["question"], _evidence(row), tuple(row.get("articles") or ()))
        for row in rows(path)
        if row.get("evidence") and not row.get("history")
    ]


def span_questions(path: Path) -> list[SpanQuestion]:
    """Return the questions on one long document."""
    return [SpanQuestion(row["question"], tuple(row["spans"])) for row in rows(path)]


def asked(data: Path) -> list[str]:
    """Return all dev questions of every set that is there, in order."""
    paths = [data / name for name in (REUTERS_QUESTIONS, COMMENTARY_QUESTIONS, SPANS)]
    return [row["question"] for path in paths if path.is_file() for row in rows(path)]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a .jsonl or .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def write_stories(data: Path, number: int, path: Path, source: Path | None = None) -> str:
    """Write newswire stories, or articles of `source`, in the import format to `path`; return in a few words which.

    Where the newswire data are absent, the stories are made up of the samples' sentences.
    """
    file = source or data / REUTERS
    real = file.is_file()
    stories = rows(file) if real else _made_up(number)
    lines = [json.dumps(story, ensure_ascii=False) for story in itertools.islice(stories, number)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"{len(lines):,} {f'articles of {file.name}' if real else 'SYNTHETIC stories (no newswire data)'}"


def _evidence(row: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return each labelled sentence once, with its alternatives."""
    others = itertools.chain(row.get("evidence_alt") or [], itertools.repeat([]))
    wordings: dict[str, tuple[str, ...]] = {}
    for main, alternatives in zip(row["evidence"], others, strict=False):
        wordings[main] = (*wordings.get(main, (main,)), *alternatives)
    return tuple(wordings.values())


def _made_up(number: int) -> Iterator[dict[str, Any]]:
    """Yield stories of sentences drawn from the samples, the same ones each time."""
    from ingest import read_articles
    from rag.sentences import sentence_spans

    texts = [article.text for article in read_articles(_SAMPLES)]
    sentences = [text[start:end] for text in texts for start, end in sentence_spans(text)]
    draw = random.Random(0)
    for place in range(number):
        story = draw.sample(sentences, draw.randint(*_SENTENCES_A_STORY))
        yield {
            "url": f"urn:synthetic:{place}",
            "title": re.sub(r"\W+", " ", story[0])[:60].upper(),
            "publisher": "Synthetic",
            "published": f"2026-{1 + place % 12:02}-{1 + place % 28:02}",
            "text": "\n\n".join(story),
        }
