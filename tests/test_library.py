"""The library as a whole: one folder, one writer, many readers. Real SQLite, Chroma and processes."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from making import WordEmbedder, day, make_article, make_passages, make_record

from rag import (
    InputError,
    Library,
    LibraryCorrupt,
    LibraryError,
    LibraryLocked,
    ModelMismatch,
    Quote,
    Record,
    Scope,
    View,
)
from rag.embed import embedding_text, load_embedder

TESTS = Path(__file__).parent


def run(code, folder, **options):
    """Start another process that has opened the library as `library`."""
    preamble = (
        f"import sys, time; sys.path[:0] = [{str(TESTS)!r}, {str(TESTS.parent)!r}]\n"
        "from making import WordEmbedder, make_article, make_record\n"
        "from rag import Library, LibraryLocked, Settings\n"
        "embedder = WordEmbedder()\n"
        f"library = Library.open({str(folder)!r}, settings=Settings(_env_file=None), embedder=embedder)\n"
    )
    return subprocess.Popen([sys.executable, "-c", preamble + code], stdout=subprocess.PIPE, text=True, **options)


def near(library, words, k=1):
    return [passage_id for passage_id, _ in library.nearest(library.embedder.encode([words])[0], k)]


# --- one library


def test_an_article_is_found_by_words_and_vectors_until_it_is_removed(library, put):
    article = put(library, "https://x.test/a", "Small caps rally.\nRates fall.", publisher="Desk")
    assert library.article(article.id) == article
    assert near(library, "rates fall") == [f"{article.id}:18"]
    assert library.remove([article.id, "nobody"]) == 1
    assert near(library, "rates fall") == []
    assert library.catalogue.keyword('"rates"', 5) == []
    assert library.verify() == []


def test_putting_the_same_record_again_changes_nothing_that_is_seen(library, embedder):
    record = make_record(make_article("a.md", "Small caps rally.\nRates fall."), embedder)
    assert library.put([record]) == ["added"]
    before = library.stats()
    assert library.put([record]) == ["updated"]
    assert library.stats() == before
    assert library.known("a.md") == record.version
    assert library.twin(record.text_hash) == record.article.id


def test_an_unknown_article_is_an_input_error_that_names_it(library):
    with pytest.raises(InputError, match="nobody"):
        library.article("nobody")


def test_stats_count_what_is_there(library, put):
    put(library, "a", "Gold shines.\nOil slips.", publisher="Desk", published=day("2025-09-01"), kind="note")
    put(library, "b", "Rates fall.", publisher="Wire", published=day("2025-09-09"))
    library.link("c", make_article("c", "Rates fall."), "v", library.find("b").id)
    stats = library.stats()
    assert (stats.articles, stats.passages, stats.duplicates, stats.vectors_pending) == (2, 3, 1, 0)
    assert (stats.first_published, stats.last_published) == (date(2025, 9, 1), date(2025, 9, 9))
    assert (stats.publishers, stats.kinds, stats.embedder, stats.dimensions) == (
        ("Desk", "Wire"),
        ("note",),
        "words",
        64,
    )


def test_articles_come_newest_first(library, put):
    for source, published in (("a", day("2025-09-01")), ("b", None), ("c", day("2025-09-09"))):
        put(library, source, f"Text {source}.", published=published)
    assert [ref.source for ref in library.articles()] == ["c", "a", "b"]
    assert [ref.source for ref in library.articles(Scope(until=date(2025, 9, 2)))] == ["a"]


def test_views_are_found_by_part_of_a_name(library, embedder):
    article = make_article("a", "Small caps rally.")
    view = View(
        article=article.ref,
        analyst="Ann Lee",
        firm="Goldman Sachs",
        subject="small caps",
        action="upgrade",
        from_rating="sell",
        to_rating="hold",
        target_from=None,
        target_to=None,
        horizon=None,
        stance="bullish",
        quote=Quote(article.id, 0, 10, "Small caps"),
    )
    library.put([make_record(article, embedder, [view])])
    assert library.views(subject="CAPS", firm="goldman", analyst="lee", action="upgrade", stance="bullish") == [view]
    assert library.views(stance="bearish") == []
    assert library.stats().views == 1


def test_what_is_cached_lasts_until_the_library_changes(library, put):
    made = []
    for _ in range(2):
        library.cached("key", lambda: made.append(1))
    put(library, "a", "Gold shines.")
    library.cached("key", lambda: made.append(1))
    assert len(made) == 2


def test_cosines_of_given_passages(library, put, embedder):
    article = put(library, "a", "gold shines")
    vector = embedder.encode(["gold slips"])[0]
    assert library.cosines(vector, [f"{article.id}:0", "gone"]) == {f"{article.id}:0": pytest.approx(0.5)}


def test_vectors_of_another_width_are_refused(library):
    record = make_record(make_article("a.md", "Gold."), WordEmbedder(dimensions=32))
    with pytest.raises(InputError, match=r"a\.md.*\(1, 64\)"):
        library.put([record])


def test_rebuild_brings_every_vector_back(library, put):
    put(library, "a", "Gold shines.\nOil slips.")
    library.close()
    shutil.rmtree(library.path / "chroma")
    assert library.rebuild() == 2
    assert library.verify() == []


def test_a_session_that_fails_keeps_what_it_committed_and_leaves_sealing_to_the_next(library, put):
    with pytest.raises(RuntimeError), library.writer():
        put(library, "a", "Gold shines.")
        raise RuntimeError
    assert library.stats().vectors_pending == 1
    assert len(near(library, "gold shines")) == 1
    put(library, "b", "Oil slips.")
    assert library.stats().vectors_pending == 0


# --- opening


def test_what_was_stored_is_there_when_opened_again(open_library, put):
    with open_library() as library:
        article = put(library, "a", "Gold shines.")
    assert open_library().article(article.id) == article


def test_a_damaged_index_is_replaced_on_opening(open_library, put, caplog):
    with open_library() as library:
        article = put(library, "a", "Gold shines.\nOil slips.")
    next((library.path / "chroma").rglob("data_level0.bin")).write_bytes(b"")
    with caplog.at_level(logging.WARNING):
        again = open_library()
    assert "is ignored" in caplog.text
    assert again.verify() == []
    assert near(again, "gold shines") == [f"{article.id}:0"]


def test_an_index_that_cannot_be_written_costs_no_article_and_no_answer(library, put, caplog):
    (library.path / "chroma").write_text("in the way")
    with caplog.at_level(logging.WARNING):
        article = put(library, "a", "Gold shines.\nOil slips.")
    assert "could not be written" in caplog.text
    assert near(library, "gold shines") == [f"{article.id}:0"]
    with pytest.raises(LibraryError, match="could not be written"):
        library.rebuild()


def test_a_file_is_no_library(tmp_path, settings, embedder):
    (tmp_path / "notes").write_text("x")
    for path in (tmp_path / "notes", tmp_path / "notes" / "library"):
        with pytest.raises(LibraryError, match="choose another place"):
            Library.open(path, settings=settings, embedder=embedder)


def test_a_broken_catalogue_says_what_to_do(open_library, put):
    with open_library() as library:
        put(library, "a", "Gold shines.")
    for path in library.path.glob("catalogue.sqlite3-*"):
        path.unlink()
    (library.path / "catalogue.sqlite3").write_bytes(b"\1" * 20_000)
    with pytest.raises(LibraryCorrupt, match="restore it from a copy"):
        open_library()


@pytest.mark.parametrize("empty", [True, False])
def test_a_lost_catalogue_is_not_quietly_begun_anew(open_library, put, empty):
    with open_library() as library:
        put(library, "a", "Gold shines.\nOil slips.")
    for path in library.path.glob("catalogue.sqlite3*"):
        path.unlink()
    if empty:
        (library.path / "catalogue.sqlite3").touch()
    with pytest.raises(LibraryCorrupt, match="missing or empty"):
        open_library()


def test_another_model_is_refused_and_re_embedding_cures_it(open_library, put, tmp_path, settings):
    with open_library() as library:
        article = put(library, "a", "Gold shines.\nOil slips.", title="Metals")
    other = WordEmbedder(dimensions=32, name="other")
    with pytest.raises(ModelMismatch, match=r"words \(64 wide\), not other \(32 wide\).*--reembed"):
        open_library(embedder=other)
    told = []
    assert (
        Library.reembed(tmp_path / "library", settings=settings, embedder=other, progress=lambda *n: told.append(n))
        == 2
    )
    again = open_library(embedder=other)
    vector = other.encode(["Metals\nGold shines."])[0]
    assert again.nearest(vector, 1) == [(f"{article.id}:0", pytest.approx(1.0, abs=1e-5))]
    assert told == [(2, 2)]
    assert again.verify() == []


# --- several processes


def test_a_second_writer_is_told_that_there_is_a_first(library, put):
    other = run(
        "with library.writer():\n    print('holds', flush=True); sys.stdin.read()", library.path, stdin=subprocess.PIPE
    )
    assert other.stdout.readline() == "holds\n"
    with pytest.raises(LibraryLocked, match="another process is writing"):
        put(library, "a", "Gold shines.")
    other.communicate("")
    put(library, "a", "Gold shines.")


def test_a_killed_writer_leaves_no_lock_behind(library, put):
    other = run("with library.writer():\n    print('holds', flush=True); time.sleep(60)", library.path)
    other.stdout.readline()
    other.kill()
    other.communicate()
    put(library, "a", "Gold shines.")


def test_an_open_library_answers_from_what_another_process_just_stored(library, put, embedder):
    put(library, "a", "oil slips")
    assert near(library, "gold shines") != []
    for source, text in (("b", "gold shines"), ("c", "gold gain")):
        code = f"print(library.put([make_record(make_article({source!r}, {text!r}), embedder)]))"
        assert run(code, library.path).communicate()[0] == "['added']\n"
        assert near(library, text) == [f"{make_article(source, text).id}:0"]


def test_two_processes_may_create_the_same_library(tmp_path):
    both = [run("print(library.stats().articles)", tmp_path / "new") for _ in range(2)]
    assert [each.communicate()[0] for each in both] == ["0\n", "0\n"]


_PUTS_FOREVER = """
print("ready", flush=True)
for n in range(10_000):
    with library.writer():
        for part in range(3):
            library.put([make_record(make_article(f"s{n}-{part}", "gold shines\\noil slips"), embedder)])
    print(n, flush=True)
"""


def test_a_kill_at_any_moment_loses_nothing_that_was_committed(open_library, tmp_path):
    for attempt in range(5):
        other = run(_PUTS_FOREVER, tmp_path / "library")
        other.stdout.readline()
        time.sleep(0.2 + 0.17 * attempt)
        other.kill()
        done = [int(line) for line in other.communicate()[0].split()]
        library = open_library()
        assert library.verify() == []
        assert all(library.known(f"s{n}-{part}") for n in done for part in range(3))
        stats = library.stats()
        assert stats.passages == 2 * stats.articles
        assert len(near(library, "gold shines", 10_000)) == stats.passages
        library.close()


# --- the real model


def test_the_real_model_finds_a_paraphrase(open_library):
    library = open_library(embedder=load_embedder())
    article = make_article(
        "a",
        "Morgan Stanley's strategist no longer tells clients to avoid smaller companies.\n"
        "Crude prices slid after producers raised output.\nBullion hit a record as the dollar weakened.",
    )
    passages = make_passages(article)
    vectors = library.embedder.encode([embedding_text(passage) for passage in passages])
    library.put([Record(article, "v", "h", passages, vectors)])
    assert near(library, "who became less negative on small caps?") == [passages[0].id]
    assert near(library, "gold at an all-time high") == [passages[2].id]
