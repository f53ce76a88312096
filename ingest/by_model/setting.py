"""The extractor that the settings ask for: the chat model that words answers, reading views as well."""

from __future__ import annotations

from ingest.by_model.extractor import ByModel
from ingest.fetch.address import masked
from rag.config import Settings
from rag.errors import SettingsError
from rag.models.load import load_model


def by_settings(settings: Settings) -> ByModel:
    """Return the extractor by the model of the settings; nothing is sent yet.

    Raises:
        SettingsError: they name no model, or one that cannot be had.
    """
    writer = load_model(settings)
    if writer is None:
        raise SettingsError("views by a model: no model is set; set HOUSEVIEW_MODEL, or leave that option out.")
    address, _, model = writer.name.partition("#")  # another model at the same address reads anew
    return ByModel(
        writer.model,
        f"{masked(address)}#{model}".rstrip("#"),
        seconds=settings.model_seconds,
        limiter=writer.limiter,
        config=writer.config,
    )
