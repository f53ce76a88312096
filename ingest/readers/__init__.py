"""One module a format: each reads a raw document into drafts."""
