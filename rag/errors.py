"""Houseview's errors, one small tree. Each message says what happened, to which input, and what to do next.

HouseviewError
├── SettingsError        a setting is missing or makes no sense
├── InputError           a question or argument cannot be used as given
├── ModelError           a chat model cannot be reached, or did not answer as one
├── SourceError          a file, folder, address or row cannot be read as an article
│   ├── AddressRefused   an address that is not fetched, whatever its server might say
│   ├── FetchFailed      a server did not deliver what its address promised
│   └── UnknownFormat    no reader knows files of this kind
└── LibraryError         the stored library
    ├── LibraryLocked    another process is writing to it
    ├── LibraryCorrupt   the catalogue cannot be read
    └── ModelMismatch    the library was embedded with another model, or the weights are not the expected ones
"""

from __future__ import annotations


class HouseviewError(Exception):
    """Anything Houseview raises on purpose; its text is one line fit for a reader."""


class SettingsError(HouseviewError):
    """A setting is missing or makes no sense."""


class InputError(HouseviewError):
    """A question or argument cannot be used as given."""


class ModelError(HouseviewError):
    """A chat model cannot be reached, or did not answer as one; the text names the model and holds no key."""


class SourceError(HouseviewError):
    """A file, folder, address or row cannot be read as an article."""


class AddressRefused(SourceError):
    """An address that is not fetched, whatever its server might say."""


class FetchFailed(SourceError):
    """A server did not deliver what its address promised; trying again later may help."""


class UnknownFormat(SourceError):
    """No reader knows files of this kind."""


class LibraryError(HouseviewError):
    """Something is wrong with the stored library."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library; trying again later helps."""


class LibraryCorrupt(LibraryError):
    """The catalogue cannot be read; a copy or a new ingest is needed."""


class ModelMismatch(LibraryError):
    """The library was embedded with another model, or the weights are not the expected ones."""
