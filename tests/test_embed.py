"""The embedder: the packaged model with checked weights, exact batching, clear refusals. Real weights."""

from __future__ import annotations

import shutil
import subprocess
import sys

import numpy as np
import pytest
from making import day, make_article, make_passages

from rag.embed import SentenceTransformerEmbedder, check_weights, embedding_text, load_embedder
from rag.errors import LibraryError, ModelMismatch

TEXTS = [
    "Small caps rally.",
    "",
    "Morgan Stanley moved small caps from underweight to neutral. " * 12,
    "Rates fall; bonds gain 1.5% 😀.",
    "word " * 2_000,
    *(f"Sentence number {n} about gold, oil and banks." * (n % 7 + 1) for n in range(60)),
]


def test_what_is_embedded_carries_a_header_in_front_of_the_words():
    article = make_article("a", "Gold shines.", title="Metals", publisher="Desk", published=day("2025-09-01T10:00"))
    assert embedding_text(make_passages(article)[0]) == "Metals | Desk | 2025-09-01\nGold shines."
    assert embedding_text(make_passages(make_article("b", "Oil."))[0]) == "Oil."


@pytest.mark.parametrize(("precision", "nearly"), [("float32", 1e-5), ("bfloat16", 1e-3), ("auto", 1e-3)])
def test_vectors_agree_with_plain_sentence_transformers(precision, nearly):
    embedder = load_embedder(precision=precision)
    ours = embedder.encode(TEXTS)
    plain = embedder._model.encode(TEXTS, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
    assert ours.dtype == np.float32
    assert ours.shape == (len(TEXTS), embedder.dimensions) == (len(TEXTS), 384)
    assert float((ours * plain).sum(axis=1).min()) > 1 - nearly


def test_bfloat16_is_used_for_many_texts_and_not_for_a_question():
    exact, halved = load_embedder(precision="float32"), load_embedder(precision="bfloat16")
    assert np.array_equal(halved.encode(TEXTS[:3]), exact.encode(TEXTS[:3]))
    assert not np.allclose(halved.encode(TEXTS), exact.encode(TEXTS), atol=1e-6)


def test_no_texts_give_no_rows():
    embedder = load_embedder()
    assert embedder.encode([]).shape == (0, 384)


def test_one_model_a_process_whatever_it_is_called():
    assert load_embedder() is load_embedder("all-MiniLM-L6-v2")
    assert SentenceTransformerEmbedder("sentence-transformers/all-MiniLM-L6-v2").name == load_embedder().name


def test_weights_other_than_the_expected_ones_are_refused(tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"something else")
    with pytest.raises(ModelMismatch, match=r"not the expected weights .* reinstall"):
        check_weights(weights)
    with pytest.raises(ModelMismatch, match="cannot be read"):
        check_weights(tmp_path / "none")


def test_a_folder_that_holds_a_model_is_an_embedder(tmp_path):
    packaged = load_embedder()
    shutil.copytree(packaged._folder, tmp_path / "model")
    embedder = SentenceTransformerEmbedder(str(tmp_path / "model"))
    assert embedder.dimensions == 384
    assert float(embedder.encode(["gold"])[0] @ packaged.encode(["gold"])[0]) == pytest.approx(1.0, abs=1e-5)


def test_a_folder_with_pickled_weights_only_is_refused(tmp_path):
    shutil.copytree(load_embedder()._folder, tmp_path / "model")
    (tmp_path / "model" / "model.safetensors").rename(tmp_path / "model" / "pytorch_model.bin")
    with pytest.raises(LibraryError, match="cannot be loaded"):
        SentenceTransformerEmbedder(str(tmp_path / "model")).encode(["gold"])


def test_a_model_that_cannot_be_had_is_one_clear_line(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(LibraryError, match="HOUSEVIEW_EMBEDDER") as caught:
        SentenceTransformerEmbedder("nobody/no-such-model").encode(["gold"])
    assert "\n" not in str(caught.value)


def test_naming_an_embedder_imports_no_model_library():
    code = (
        "import sys; from rag.embed import load_embedder; load_embedder().dimensions; "
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
