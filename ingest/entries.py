"""What archives are made of: an entry of the directory, and a stream that no entry makes hold more than is safe."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from rag.errors import SourceError

MIB: Final = 1024 * 1024
_LARGEST_READ = 8 * MIB
_PIECE = MIB // 16
EMPTY: Final = "the file is empty; nothing to add."
# What the libraries raise on damaged bytes.
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    zlib.error,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of an archive: its name and size unpacked, as stated, and why it cannot be read, if it cannot."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]
    flaw: str | None = None


class Bounded:
    """A stream that refuses to read much at once, which only a forged directory or header asks for.

    zipfile reads a whole directory and tarfile whole headers, as long as the bytes before say, before either can be
    asked how many members there are.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        """Wrap a seekable stream."""
        self._stream = stream
        self.tell = stream.tell
        self.seek = stream.seek
        self.seekable = stream.seekable
        self.close = stream.close

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, all that is left for -1.

        Raises:
            SourceError: that is too much at once.
        """
        data = self._stream.read(size if 0 <= size <= _LARGEST_READ else _LARGEST_READ + 1)
        if len(data) > _LARGEST_READ:
            raise SourceError("its directory or a header is larger than any archive's should be; pack it anew.")
        return data


@contextmanager
def told(what: str) -> Iterator[None]:
    """Tell what the libraries raise on damaged bytes as one line on `what`.

    Raises:
        SourceError: they raised something.
    """
    try:
        yield
    except _DAMAGE as error:
        raise SourceError(f"{what} is damaged or cut short ({why(error)}); fetch it again.") from error


def why(error: Exception) -> str:
    """Return the cause in a few words, without the path that the message names anyway."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return " ".join(said.split())[:200].rstrip(".").lower()


def printable(name: str | Path) -> str:
    """Return a name as text that any store or terminal can hold, whatever bytes the file system or archive gave."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def up_to(stream: IO[bytes], limit: float) -> bytes:
    """Return what a stream holds, or a little more than `limit` bytes of it."""
    pieces: list[bytes] = []
    size = 0
    while size <= limit and (piece := stream.read(_PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)
