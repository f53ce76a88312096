"""Settings: one frozen object, read at the edges from flags, the environment and `.env`, and passed in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from rag.errors import SettingsError

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
Precision = Literal["auto", "float32", "bfloat16"]


class Settings(BaseSettings):
    """What a user can set. Each field is read from `HOUSEVIEW_<NAME>` when no flag gives it."""

    model_config = SettingsConfigDict(env_prefix="HOUSEVIEW_", env_file=".env", extra="ignore", frozen=True)

    library: Path = Field(default=Path("library"), description="Folder of the library.")
    embedder: str = Field(
        default=DEFAULT_EMBEDDER, description="A sentence-transformers model name or a folder that holds one."
    )
    embed_precision: Precision = Field(
        default="auto", description="Of embedding: auto takes bfloat16 where the processor has units for it."
    )
    max_file_mb: float = Field(
        default=50.0, gt=0, description="Files larger than this many MiB are refused; of rows, each such row is."
    )
    max_archive_mb: float = Field(
        default=1_000.0, gt=0, description="An archive is read until it has unpacked to this many MiB."
    )
    max_archive_members: int = Field(default=20_000, gt=0, description="An archive is read up to this many members.")
    max_archive_ratio: float = Field(
        default=200.0, gt=1, description="Members of an archive that unpack to more than this many times are refused."
    )
    max_article_chars: int = Field(default=5_000_000, gt=0, description="Articles longer than this are refused.")
    parse_seconds: float = Field(
        default=60.0, gt=0, description="Seconds that reading a document may take, more of them for a large one."
    )
    parse_mb: float = Field(
        default=1_000.0, ge=50, description="MiB that a process may use for the documents that it reads."
    )
    fetch_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts that are fetched from though they are not public: intranet.example,127.0.0.1:8000.",
    )
    fetch_seconds: float = Field(default=60.0, gt=0, description="Seconds that fetching one address may take.")
    fetch_delay: float = Field(default=1.0, ge=0, description="Seconds that a host rests between two requests.")
    fetch_at_once: int = Field(default=4, gt=0, le=32, description="Hosts that are asked at the same time.")
    model: str = Field(
        default="", description="A chat model (openai:NAME, an address …) that words answers; none without it."
    )
    model_key: SecretStr | None = Field(default=None, description="Its key, if the provider's own variable is not set.")
    model_seconds: float = Field(default=60.0, gt=0, description="Seconds that it may take for an answer.")
    model_first_seconds: float = Field(default=20.0, gt=0, description="Seconds until its first word.")
    model_retries: int = Field(default=2, ge=0, le=10, description="How often a failed request is tried again.")
    model_per_minute: float | None = Field(default=None, gt=0, description="Requests a minute that it is sent.")
    max_question_chars: int = Field(default=2_000, gt=0, description="Questions longer than this are refused.")

    readers: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Who may read once sign-in is set up: ann@desk.example,@house.example,sub:4711 or *."
    )
    may_ingest: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Which readers may add articles once sign-in is set up, written like the readers."
    )
    may_delete: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Which readers may remove articles once sign-in is set up, written like the readers."
    )
    sign_in_hours: float = Field(default=12.0, gt=0, description="A sign-in is good for so many hours.")
    log: str = Field(default="", description="Where a JSON line about each question and ingest goes: stderr or a file.")
    log_text: bool = Field(default=False, description="Whether the log may hold questions, answers and inputs.")

    @field_validator("fetch_allow", "readers", "may_ingest", "may_delete", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Take a list as the environment gives it: parted by commas."""
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def read_settings() -> Settings:
    """Return the settings from the environment and `.env`.

    Raises:
        SettingsError: a value does not fit its field; the message names the variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "HOUSEVIEW_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg']} (got {first['input']!r}); fix or unset it.") from error
