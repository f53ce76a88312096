"""Near duplicates through ingest: linked with the article, renewed with it, made up for in an older library."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from making import make_article
from test_alike import BODY, LATER, LEAD, STORY

from ingest import ingest, near
from ingest.alike import Story
from rag import Scope

ELSEWHERE = {"publisher": "Harbour Gazette", "title": "Hundreds to lose work", "published": "2026-03-04T19:00:00"}


def row(name: str, text: str, **fields: str) -> dict[str, str]:
    given = {"publisher": "Ellery Wire", "title": "Smelter to close", "published": "2026-03-04T10:00:00"}
    return {"url": f"https://news.example/{name}", "text": text, **given, **fields}


ORIGINAL = row("original", STORY)
COPY = row("copy", "\n\n".join((LEAD, *BODY[:3])), **ELSEWHERE)
UPDATE = row("update", STORY.replace("430", "510") + "\n\n" + LATER, published="2026-03-04T16:00:00")
OTHER = row(
    "other", "Wheat fell on Thursday after rain in the western provinces eased fears for the winter crop, dealers said."
)


@pytest.fixture
def add(library, tmp_path):
    def store(*rows):
        path = tmp_path / "rows.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)))
        return ingest(path, library, extractor=None)

    return store


def links(library) -> list[tuple[str, str, str]]:
    names = [(each.article.url, each.original.url, each.kind) for each in library.likenesses()]
    return sorted((one.rsplit("/", 1)[1], other.rsplit("/", 1)[1], kind) for one, other, kind in names)


BOTH = [("copy", "original", "copy"), ("update", "original", "update")]


def test_copies_and_updates_in_one_batch_are_linked(library, add) -> None:
    add(ORIGINAL, OTHER, COPY, UPDATE)
    assert links(library) == BOTH


def test_copies_and_updates_that_come_later_are_linked(library, add) -> None:
    for each in (ORIGINAL, OTHER, UPDATE, COPY):
        add(each)
    assert links(library) == BOTH


def test_an_original_that_comes_last_is_the_original_still(library, add) -> None:
    for each in (COPY, UPDATE, ORIGINAL):
        add(each)
    assert links(library) == BOTH


def test_unchanged_articles_are_neither_read_nor_linked_anew(library, add, monkeypatch) -> None:
    add(ORIGINAL, COPY, UPDATE)
    monkeypatch.setattr(near, "Story", None)  # comparing anything would fail
    assert add(ORIGINAL, COPY, UPDATE).unchanged == 3
    assert links(library) == BOTH


def test_a_new_version_of_the_original_is_linked_as_the_old_one_was(library, add) -> None:
    add(ORIGINAL, COPY, UPDATE)
    add(row("original", STORY.replace("Piet Lagerwey", "Piet J. Lagerwey")))
    assert links(library) == BOTH


def test_an_original_that_becomes_another_story_loses_its_likenesses(library, add) -> None:
    add(ORIGINAL, COPY)
    add(row("original", OTHER["text"]))
    assert links(library) == []


def test_a_copy_that_becomes_another_story_loses_its_likeness(library, add) -> None:
    add(ORIGINAL, COPY)
    add(row("copy", OTHER["text"]))
    assert links(library) == []


def test_removing_the_original_leaves_the_copy_to_be_counted(library, add) -> None:
    add(ORIGINAL, COPY)
    assert library.count() == 1
    library.remove([library.find(ORIGINAL["url"]).id])
    assert (library.count(), links(library)) == (1, [])


def test_a_citation_opens_the_article_named(library, add) -> None:
    add(ORIGINAL, COPY)
    only = library.find(COPY["url"])
    passage = library.search("talks with the dockers' union", scope=Scope(article_ids=(only.id,)))[0]
    assert passage.article == only
    assert library.article(only.id).text[passage.start : passage.end] == passage.text


def test_a_library_without_signatures_gets_them_with_the_next_article_that_is_new(library, add) -> None:
    add(ORIGINAL, COPY)
    _forget(library)
    add(OTHER)
    assert links(library) == [("copy", "original", "copy")]
    assert library.catalogue.likenesses.unsigned(near.MARK) == []


def test_signatures_made_otherwise_are_made_anew(library, add) -> None:
    add(ORIGINAL)
    with sqlite3.connect(library.path / "catalogue.sqlite3") as catalogue:
        catalogue.execute("UPDATE signatures SET signature = x'00000000' || substr(signature, 5)")
    assert len(library.catalogue.likenesses.unsigned(near.MARK)) == 1
    add(COPY)
    assert links(library) == [("copy", "original", "copy")]


def _forget(library) -> None:
    with sqlite3.connect(library.path / "catalogue.sqlite3") as catalogue:
        catalogue.execute("DELETE FROM signatures")
        catalogue.execute("DELETE FROM likenesses")


def test_numbers_agree_in_the_share_of_runs_that_both_texts_hold() -> None:
    whole, part = (Story(make_article("a", text)) for text in (STORY, "\n\n".join((LEAD, *BODY[:2]))))
    agreeing = float((near.signature(whole) == near.signature(part)).mean())
    assert agreeing == pytest.approx(len(part.runs & whole.runs) / len(part.runs | whole.runs), abs=0.12)


def test_a_text_longer_than_one_portion_has_the_numbers_of_its_parts_least() -> None:
    words = [f"w{n}" for n in range(10_000)]
    whole = near.signature(Story(make_article("a", " ".join(words))))
    halves = [near.signature(Story(make_article("a", " ".join(part)))) for part in (words[:5_002], words[5_000:])]
    assert np.array_equal(whole, np.minimum(*halves))


KILLED = """
    import os, signal, sys
    import making
    from ingest import ingest
    from rag.library import Library
    from rag.catalogue import likenesses

    relate = likenesses.relate

    def killed(connection, found):
        relate(connection, found)
        os.kill(os.getpid(), signal.SIGKILL)

    with Library.open(sys.argv[2], embedder=making.WordEmbedder()) as library:
        ingest(sys.argv[1] + "/first.jsonl", library, extractor=None)
        likenesses.relate = killed
        ingest(sys.argv[1] + "/second.jsonl", library, extractor=None)
"""


def test_a_kill_before_the_commit_leaves_neither_article_nor_likeness(open_library, tmp_path) -> None:
    (tmp_path / "first.jsonl").write_text(json.dumps(ORIGINAL))
    (tmp_path / "second.jsonl").write_text(json.dumps(COPY))
    tests = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": f"{tests.parent}{os.pathsep}{tests}"}
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), str(tmp_path / "killed")]
    done = subprocess.run(command, env=environment, cwd=tmp_path, check=False)
    library = open_library("killed")
    assert done.returncode == -signal.SIGKILL
    assert (library.stats().articles, links(library)) == (1, [])
    ingest(tmp_path / "second.jsonl", library, extractor=None)
    assert links(library) == [("copy", "original", "copy")]
