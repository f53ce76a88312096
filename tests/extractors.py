"""Extractors that a worker process can import by name: one that works, and some that misbehave on one word."""

from __future__ import annotations

import os
import re
import sys
import time

from rag.types import Article, Quote, View

VERSION = "1"
POISON = "POISON"
BACKTRACKING = re.compile(r"(?:a|a)*b")


def view_of(article: Article, words: str, /, **fields: object) -> View:
    """Return a neutral view that quotes some words of an article."""
    start = article.text.index(words)
    values = dict.fromkeys(
        ("analyst", "firm", "from_rating", "to_rating", "target_from", "target_to", "horizon"), None
    ) | {
        "article": article.ref,
        "subject": "tin",
        "action": "none",
        "stance": "neutral",
        "quote": Quote(article.id, start, start + len(words), words),
    }
    return View(**(values | fields))  # type: ignore[arg-type]


def first_word(article: Article) -> list[View]:
    """Return one view that quotes the first word."""
    return [view_of(article, article.text.split()[0], firm="Quillmark Research")]


def process_id(article: Article) -> list[View]:
    """Return one view whose firm is the process that read it."""
    return [view_of(article, article.text.split()[0], firm=str(os.getpid()))]


def raising(article: Article) -> list[View]:
    if POISON in article.text:
        raise ZeroDivisionError("no\ndivision")
    return first_word(article)


def exiting(article: Article) -> list[View]:
    if POISON in article.text:
        os._exit(7)
    return first_word(article)


def always_exiting(article: Article) -> list[View]:
    os._exit(7)


def sleeping(article: Article) -> list[View]:
    if POISON in article.text:
        time.sleep(600)
    return first_word(article)


def backtracking(article: Article) -> list[View]:
    """Hang where no other thread of the process gets a turn."""
    if POISON in article.text:
        BACKTRACKING.match("a" * 40)
    return first_word(article)


def printing(article: Article) -> list[View]:
    print("noise")
    return first_word(article)


def misquoting(article: Article) -> list[View]:
    """Return a good view and one that puts words into the article's mouth."""
    good = view_of(article, article.text.split()[0])
    return [good, view_of(article, article.text.split()[0], quote=Quote(article.id, 0, 4, "lies"))]


def loaded(article: Article) -> list[View]:
    """Return a view for each top-level module loaded in the process, as its firm."""
    return [view_of(article, article.text.split()[0], firm=name) for name in sys.modules if "." not in name]
