"""The keyword index: SQLite's FTS5 over passages, queried with quoted words only."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, Select, column, literal_column, select, table, text

from rag.catalogue.schema import passages
from rag.errors import InputError

_TOKENIZER = "porter unicode61 remove_diacritics 2"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_BETWEEN = re.compile(r"(?:\s|[()]|\b(?:AND|OR|NOT)\b)*")

_KEYWORDS = table("keywords", column("rowid"))


def quoted(phrases: Iterable[str], joint: str = "OR") -> str:
    """Return a match string for any of the phrases (or all, with "AND"); nothing in a phrase acts as syntax.

    A phrase without a letter or digit finds nothing and is left out; the result is empty if none is left.
    """
    kept = [phrase.replace("\0", " ").replace('"', '""') for phrase in phrases if re.search(r"\w", phrase)]
    return f" {joint} ".join(f'"{phrase}"' for phrase in kept)


def beginning(phrase: str) -> str:
    """Return a match string for a phrase whose last word may go on; empty without a letter or digit in it."""
    whole = quoted([phrase])
    return f"{whole}*" if whole else ""


def search(
    connection: Connection,
    match: str,
    limit: int,
    articles: str | None,
    weights: tuple[float, float],
) -> list[tuple[str, float]]:
    """Return the best (passage id, BM25) for a match string; `articles` is a JSON list of ids or None for all."""
    scope = "AND p.article_id IN (SELECT value FROM json_each(:articles))" if articles is not None else ""
    statement = text(
        "SELECT p.id, -k.rank AS score FROM keywords k JOIN passages p ON p.seq = k.rowid "
        f"WHERE k.keywords MATCH :match AND k.rank MATCH :rank {scope} ORDER BY k.rank LIMIT :limit"
    )
    values: dict[str, object] = {"match": checked(match), "limit": limit, "rank": f"bm25({weights[0]}, {weights[1]})"}
    if articles is not None:
        values["articles"] = articles
    return [(row[0], float(row[1])) for row in connection.execute(statement, values)]


def checked(match: str) -> str:
    """Return a match string unchanged if it is made of quoted phrases, AND, OR, NOT and brackets.

    Raises:
        InputError: something else stands in it.
    """
    if "\0" in match or not _QUOTED.search(match) or not _BETWEEN.fullmatch(_QUOTED.sub(" ", match)):
        raise InputError(f"{match[:80]!r} is no match string; put each word or phrase in double quotes.")
    return match


def phrase_articles(match: str) -> Select[tuple[str]]:
    """Return the query for the ids of articles with a passage that matches."""
    hits = select(_KEYWORDS.c.rowid).where(literal_column("keywords").op("MATCH")(match))
    return select(passages.c.article_id).where(passages.c.seq.in_(hits))


def document_frequency(connection: Connection, terms: Sequence[str]) -> dict[str, int]:
    """Return in how many passages each index term stands; terms as `stems` gives them, absent ones count 0."""
    vocabulary = table("vocabulary", column("term"), column("doc"))
    found = select(vocabulary.c.term, vocabulary.c.doc).where(vocabulary.c.term.in_(list(terms)))
    return dict.fromkeys(terms, 0) | {row.term: row.doc for row in connection.execute(found)}


def stems(words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the index terms that FTS5 makes of each word, by asking FTS5: `{"caps": ("cap",)}`."""
    ordered = list(dict.fromkeys(words))
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(word, tokenize = '{_TOKENIZER}')")
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(words, 'instance')")
        rows = [(n, word.replace("\0", " ")) for n, word in enumerate(ordered)]
        connection.executemany("INSERT INTO words(rowid, word) VALUES (?, ?)", rows)
        found = connection.execute("SELECT doc, term FROM terms ORDER BY doc, offset").fetchall()
    finally:
        connection.close()
    terms: dict[str, tuple[str, ...]] = dict.fromkeys(ordered, ())
    for n, term in found:
        terms[ordered[n]] += (term,)
    return terms
