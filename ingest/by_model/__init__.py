"""Views that a chat model finds in articles, each of its fields checked against the text, beside those of the rules."""

from ingest.by_model.extractor import VERSION, ByModel

__all__ = ["VERSION", "ByModel"]
