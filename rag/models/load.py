"""The chat model that the settings name: a provider's (`openai:NAME`), or a server at an OpenAI-compatible address."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from rag.errors import SettingsError
from rag.models.writer import Limits, Writer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from rag.config import Settings

_UNNAMED: Final = "default"  # servers that hold one model do not ask for its name
_NO_KEY: Final = "none"
_BURST: Final = 2
# What each provider's package calls the seconds and the tries of one request; others are asked with their defaults.
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "openai": {"max_retries": 0, "stream_usage": True},
    "anthropic": {"max_retries": 0},
}
_KEYED: Final = frozenset(("openai", "anthropic"))
_EXAMPLES: Final = "openai:NAME, anthropic:NAME, ollama:NAME or http://127.0.0.1:8080/v1#NAME"


def load_model(settings: Settings, key: str | None = None) -> Writer | None:
    """Return the chat model of the settings, None if they name none; nothing is sent yet.

    `key` goes before `HOUSEVIEW_MODEL_KEY`, and that before the provider's own variable (`OPENAI_API_KEY`). A
    provider's own key is never sent to another address.

    Raises:
        SettingsError: the name makes no sense, the provider's package is missing, or it wants a key.
    """
    name = settings.model.strip()
    if not name:
        return None
    key = key or (settings.model_key.get_secret_value() if settings.model_key else None)
    provider, model, options = _at_address(name, key) if "://" in name else _of_provider(name, key)
    if provider in _OPTIONS:
        options["timeout"] = settings.model_first_seconds
    return Writer(
        name=name,
        model=_built(name, provider, model, options),
        limits=Limits(settings.model_seconds, settings.model_first_seconds, settings.model_retries),
        says_end=provider == "openai",
        limiter=_limiter(settings.model_per_minute),
    )


def _at_address(name: str, key: str | None) -> tuple[str, str, dict[str, Any]]:
    """Return provider, model and options for "http://host:port/v1#model"."""
    address, _, model = name.partition("#")
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.username or parts.password or parts.query:
        # The address may hold a key, so that it is not repeated.
        raise SettingsError(
            "HOUSEVIEW_MODEL: the address cannot be used; write http(s)://HOST:PORT/v1#NAME, "
            "with any key in HOUSEVIEW_MODEL_KEY."
        )
    options = {**_OPTIONS["openai"], "base_url": address.rstrip("/"), "api_key": key or _NO_KEY, "temperature": 0}
    return "openai", model or _UNNAMED, options


def _of_provider(name: str, key: str | None) -> tuple[str, str, dict[str, Any]]:
    """Return provider, model and options for "provider:model"."""
    provider, _, model = name.partition(":")
    if not model or not re.fullmatch(r"[a-z][a-z_]{1,40}", provider):
        raise SettingsError(f"HOUSEVIEW_MODEL: {name[:60]!r} names no model; write {_EXAMPLES}.")
    if provider in _KEYED and not (key or os.environ.get(_own_key(provider))):
        raise _without_key(name, provider)
    options = dict(_OPTIONS.get(provider, {}))
    return provider, model, options | ({"api_key": key} if key else {})


def _built(name: str, provider: str, model: str, options: dict[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - loads LangChain

    # Each provider's package has a tree of errors of its own, so that the future takes whatever is raised.
    with ThreadPoolExecutor(max_workers=1) as pool:
        built = pool.submit(init_chat_model, model, model_provider=provider, **options)
    error = built.exception()
    if error is None:
        return cast("BaseChatModel", built.result())
    if isinstance(error, ImportError):
        package = re.search(r"pip install -?U? ?([a-z][\w-]+)", str(error))
        wanted = package[1] if package else f"langchain-{provider.replace('_', '-')}"
        raise SettingsError(
            f"HOUSEVIEW_MODEL: {name} needs a package that is not installed; run `python -m pip install {wanted}`."
        )
    if isinstance(error, ValueError) and "nsupported" in str(error):
        raise SettingsError(f"HOUSEVIEW_MODEL: LangChain knows no provider {provider!r}; write {_EXAMPLES}.")
    raise _without_key(name, provider)


def _without_key(name: str, provider: str) -> SettingsError:
    return SettingsError(
        f"HOUSEVIEW_MODEL: {name} cannot be set up; is {_own_key(provider)} or HOUSEVIEW_MODEL_KEY set?"
    )


def _own_key(provider: str) -> str:
    return f"{provider.upper()}_API_KEY"


def _limiter(per_minute: float | None) -> Any:  # noqa: ANN401 - LangChain's type, which is loaded late
    if per_minute is None:
        return None
    from langchain_core.rate_limiters import InMemoryRateLimiter  # noqa: PLC0415 - loads LangChain

    return InMemoryRateLimiter(requests_per_second=per_minute / 60, max_bucket_size=_BURST)
