"""The vector index: always what the catalogue holds, whatever becomes of Chroma's files. Real Chroma throughout."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from making import make_article, make_record

from rag.catalogue import Catalogue
from rag.vectors import VectorIndex
from rag.vectors.generation import numbered

LINES = ["small caps rally", "rates fall", "oil slips", "gold shines", "banks lag", "tech leads", "bonds gain"]


@pytest.fixture
def catalogue(tmp_path):
    opened = Catalogue(tmp_path / "catalogue.sqlite3")
    opened.create("words", 64)
    yield opened
    opened.close()


@pytest.fixture
def index(catalogue, tmp_path):
    opened = VectorIndex(tmp_path / "chroma", catalogue.vectors)
    yield opened
    opened.close()


@pytest.fixture
def store(catalogue, embedder):
    def one(source, *lines):
        article = make_article(source, "\n".join(lines))
        catalogue.put([make_record(article, embedder)])
        return article

    return one


def found(index, embedder, words, k=3, articles=None):
    """Return {words of a passage: cosine} as the index finds them."""
    hits = index.nearest(embedder.encode([words])[0], k, articles)
    return {passage_id: round(score, 4) for passage_id, score in hits}


def expected(article, embedder, words, k=3):
    """Return the same by comparing with every line of one article."""
    record = make_record(article, embedder)
    scores = record.vectors @ embedder.encode([words])[0]
    order = sorted(range(len(scores)), key=lambda row: (-scores[row], row))[:k]
    return {record.passages[row].id: round(float(scores[row]), 4) for row in order}


def test_cosines_are_exact_before_and_after_sealing(index, store, embedder):
    article = store("a", *LINES)
    exact = expected(article, embedder, "small caps fall")
    assert list(exact.values()) == [0.6667, 0.4082, 0.0]
    assert list(found(index, embedder, "small caps fall", 2).items()) == list(exact.items())[:2]
    assert index.seal() == len(LINES)
    assert list(found(index, embedder, "small caps fall", 2).items()) == list(exact.items())[:2]


def test_what_came_after_sealing_is_found_beside_what_was_sealed(index, store, embedder):
    first = store("a", "gold shines")
    index.seal()
    second = store("b", "gold slips")
    assert found(index, embedder, "gold slips") == {f"{second.id}:0": 1.0, f"{first.id}:0": 0.5}


def test_what_was_removed_after_sealing_is_not_found_and_makes_room_for_others(index, catalogue, store, embedder):
    gone = [store(f"gone{n}", "gold shines") for n in range(30)]
    kept = store("kept", "gold slips")
    index.seal()
    catalogue.remove([article.id for article in gone])
    assert found(index, embedder, "gold shines", 1) == {f"{kept.id}:0": 0.5}


def test_a_replaced_passage_answers_with_its_new_vector_only(index, store, embedder):
    store("a", "gold shines")
    index.seal()
    article = store("a", "oil slips")
    assert found(index, embedder, "gold shines") == {f"{article.id}:0": 0.0}


@pytest.mark.parametrize("exact_up_to", [0, 1_000])
@pytest.mark.parametrize("listed_up_to", [0, 15_000])
def test_a_scope_holds_by_each_of_the_ways_to_search_it(index, store, embedder, monkeypatch, exact_up_to, listed_up_to):
    monkeypatch.setattr("rag.vectors.index.EXACT_UP_TO", exact_up_to)
    monkeypatch.setattr("rag.vectors.index.LISTED_UP_TO", listed_up_to)
    others = [store(f"o{n}", "gold shines") for n in range(40)]
    inside = store("in", "oil slips", "gold gain")
    index.seal()
    later = store("later", "gold leads")
    scope = [inside.id, later.id]
    assert found(index, embedder, "gold shines", 5, scope) == {
        f"{inside.id}:10": 0.5,
        f"{later.id}:0": 0.5,
        f"{inside.id}:0": 0.0,
    }
    assert found(index, embedder, "gold shines", 5, []) == {}
    assert len(found(index, embedder, "gold shines", 5, [other.id for other in others])) == 5


def test_sealing_is_due_after_any_change_to_a_small_library_only(index, catalogue, store, monkeypatch):
    assert not index.due()
    article = store("a", *LINES)
    assert index.due()
    index.seal()
    assert not index.due()
    monkeypatch.setattr("rag.vectors.index._SMALL", 0)
    store("b", *["rates fall"] * 10)
    index.seal()
    store("c", "gold")
    assert not index.due()
    catalogue.remove([article.id])
    assert index.due()


def test_only_the_generation_before_the_serving_one_is_kept(index, store, tmp_path):
    store("a", *LINES)
    for _ in range(4):
        index.seal()
    assert [number for number, _ in numbered(tmp_path / "chroma")] == [3, 4]


def test_an_empty_library_needs_no_generation(index, catalogue, store, embedder):
    article = store("a", *LINES)
    index.seal()
    catalogue.remove([article.id])
    assert index.seal() == 0
    assert found(index, embedder, "gold") == {}
    assert index.intact()


def test_equal_texts_do_not_look_like_a_broken_store(index, store):
    for n in range(40):
        store(f"a{n}", "gold shines")
    assert index.seal() == 40


# --- damage


def test_every_flipped_page_of_chromas_database_leaves_right_answers(catalogue, store, embedder, tmp_path):
    store("a", *LINES)
    first = VectorIndex(tmp_path / "chroma", catalogue.vectors)
    first.seal()
    right = found(first, embedder, "small caps fall", 2)
    first.close()
    path = next((tmp_path / "chroma").rglob("chroma.sqlite3"))
    sound = path.read_bytes()
    for offset in range(100, len(sound), max(1, len(sound) // 40)):
        path.write_bytes(sound[:offset] + bytes([sound[offset] ^ 0xFF]) + sound[offset + 1 :])
        again = VectorIndex(tmp_path / "chroma", catalogue.vectors)
        assert found(again, embedder, "small caps fall", 2) == right
        again.close()


def test_a_missing_generation_is_noticed(catalogue, store, embedder, tmp_path):
    article = store("a", *LINES)
    index = VectorIndex(tmp_path / "chroma", catalogue.vectors)
    index.seal()
    index.close()
    shutil.rmtree(tmp_path / "chroma")
    assert not index.intact()
    assert found(index, embedder, "oil slips", 1) == {f"{article.id}:28": 1.0}


def test_an_older_catalogue_put_back_is_not_answered_from_newer_vectors(catalogue, store, embedder, tmp_path):
    first = store("a", "gold shines")
    index = VectorIndex(tmp_path / "chroma", catalogue.vectors)
    index.seal()
    catalogue.close()
    shutil.copy(tmp_path / "catalogue.sqlite3", tmp_path / "backup")
    for n in range(3):
        store(f"b{n}", "oil slips")
        index.seal()
    index.close()
    catalogue.close()
    for path in tmp_path.glob("catalogue.sqlite3-*"):
        path.unlink()
    shutil.copy(tmp_path / "backup", tmp_path / "catalogue.sqlite3")
    again = VectorIndex(tmp_path / "chroma", catalogue.vectors)
    assert found(again, embedder, "gold shines") == {f"{first.id}:0": 1.0}
    assert again.seal() == 1
    assert found(again, embedder, "gold shines") == {f"{first.id}:0": 1.0}
    again.close()


@pytest.mark.parametrize("size", [1, 2, 3, 100, 101, 6_000])
def test_opening_a_store_again_and_again_does_not_look_like_damage(catalogue, store, embedder, tmp_path, size):
    store("a", *(LINES * size)[:size])
    for _ in range(3):
        index = VectorIndex(tmp_path / "chroma", catalogue.vectors)
        if index.due():
            assert index.seal() == size
        found(index, embedder, "oil slips")
        index.close()
    assert VectorIndex(tmp_path / "chroma", catalogue.vectors).problems() == []


_SEALS_FOREVER = """
import sys
from pathlib import Path
from rag.catalogue import Catalogue
from rag.vectors import VectorIndex
folder = Path(sys.argv[1])
index = VectorIndex(folder / "chroma", Catalogue(folder / "catalogue.sqlite3").vectors)
index.seal()
print("ready", flush=True)
while True:
    index.seal()
"""


def test_a_kill_while_sealing_leaves_a_library_that_answers_right(catalogue, store, embedder, tmp_path):
    article = store("a", *LINES * 300)
    right = expected(article, embedder, "small caps", 1)
    for attempt in range(6):
        child = subprocess.Popen([sys.executable, "-c", _SEALS_FOREVER, str(tmp_path)], stdout=subprocess.PIPE)
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.13 * attempt)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        index = VectorIndex(tmp_path / "chroma", catalogue.vectors)
        assert index.intact()
        assert list(found(index, embedder, "small caps", 1).values()) == list(right.values())
        index.sweep()
        assert len(numbered(tmp_path / "chroma")) <= 2
        index.close()


def test_recall_at_ten_over_clustered_vectors_is_at_least_99_percent(tmp_path):
    rng = np.random.default_rng(7)
    catalogue = Catalogue(tmp_path / "catalogue.sqlite3")
    catalogue.create("words", 96)
    centres = rng.normal(size=(60, 96))
    points = centres[rng.integers(0, 60, 3_000)] + 0.7 * rng.normal(size=(3_000, 96)) + rng.normal(size=96)
    vectors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    article = make_article("a", "\n".join(f"line {n}" for n in range(3_000)))
    from making import WordEmbedder

    record = make_record(article, WordEmbedder())
    catalogue.put([type(record)(article, "v", "h", record.passages, vectors)])
    index = VectorIndex(tmp_path / "chroma", catalogue.vectors)
    index.seal()
    hit = 0
    for row in rng.integers(0, 3_000, 100):
        query = vectors[row] + 0.05 * rng.normal(size=96).astype(np.float32)
        exact = {record.passages[each].id for each in np.argsort(-(vectors @ query))[:10]}
        hit += len(exact & {passage_id for passage_id, _ in index.nearest(query, 10)})
    index.close()
    catalogue.close()
    assert hit / 1_000 >= 0.99
