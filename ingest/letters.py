"""E-mail taken apart: its headers, the text it shows, and the parts that are documents of their own.

By the standard library's `email` with its modern policy, which keeps messages inside messages whole and decodes what
headers hold. mail-parser stands on the same parser with the older policy and makes one flat list of all parts.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple, cast

from ingest.clean import decode, one_line
from ingest.shown_html import shown_text
from rag.errors import SourceError

# What the standard library's parsers let through on malformed headers and parts.
_BROKEN = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_LONGEST_HEADER = 4_000
_STUB = 300  # characters; many a newsletter's plain part only says that it has an HTML part
_SOFT_BREAK = re.compile(r"(?<=[^\s-]) \n(?![\s>]|-- )")
_TEXTS = ("text/plain", "text/html")
# Keys and signatures by keys.
_NO_DOCUMENTS = re.compile(r"^application/(?:pgp-signature|pgp-keys|(?:x-)?pkcs7-signature)$")


class _Policy(EmailPolicy):
    """Reads headers only as far as people write them, since parsing one takes time that grows with its square."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - as in EmailPolicy
        return super().header_fetch_parse(name, value[:_LONGEST_HEADER] if type(value) is str else value)


_POLICY: Final = _Policy(utf8=True)


class Part(NamedTuple):
    """A document in a letter: its name, and its bytes."""

    name: str
    data: bytes


class Sender(NamedTuple):
    """Who a letter is from: the name it gives and the address, either empty where it gives none."""

    name: str
    address: str


@contextmanager
def readable() -> Iterator[None]:
    """Tell of whatever breaks the parser in one line.

    Raises:
        SourceError: something did.
    """
    try:
        yield
    except _BROKEN as error:
        raise SourceError(f"not a readable e-mail ({type(error).__name__}); save it again as .eml.") from error


def opened(data: bytes) -> EmailMessage:
    """Return the message in some bytes.

    Raises:
        SourceError: they have no header that a letter has.
    """
    message = cast("EmailMessage", message_from_bytes(data, policy=_POLICY))
    if not any(name in message for name in ("from", "date", "subject")):
        raise SourceError("no e-mail: it has no sender, date or subject; save it again as .eml.")
    return message


def header(message: EmailMessage, name: str) -> str:
    """Return what a header says, empty if it is not there."""
    return one_line(str(message.get(name) or ""))


def sender(message: EmailMessage) -> Sender:
    """Return who a letter is from: the first author, whoever sent it for them."""
    addresses = getattr(message.get("from"), "addresses", ())
    if not addresses:
        return Sender(header(message, "from"), "")
    return Sender(one_line(addresses[0].display_name, 120), one_line(addresses[0].addr_spec, 120))


def sent(message: EmailMessage) -> datetime | None:
    """Return when a letter was sent, as its sender's clock showed it."""
    found = getattr(message.get("date"), "datetime", None)
    return found.replace(tzinfo=None) if isinstance(found, datetime) else None


def body(message: EmailMessage) -> str:
    """Return the text that a letter shows: its plain part, or the HTML where that alone says something.

    What mail programs put between attachments belongs to it.
    """
    plain, html = _shown(message)
    text = _text(plain) if plain is not None else ""
    if html is not None and len(text) < _STUB:
        text = max(text, _text(html), key=len)
    more = (_text(part) for part, beside in _leaves(message) if _is_prose(part, beside) and part not in (plain, html))
    return "\n\n".join((text, *more))


def parts(message: EmailMessage) -> Iterator[Part]:
    """Yield what is attached to a letter, letters included, by names that differ; not its pictures or other forms."""
    shown = _shown(message)
    names: set[str] = set()
    for number, (part, beside) in enumerate(_leaves(message), start=1):
        kind = part.get_content_type()
        is_picture = kind.startswith("image/") and (beside or not part.is_attachment())
        is_form = kind in _TEXTS and (beside or not part.is_attachment()) and not part.get_filename()
        if part in shown or is_picture or is_form or _NO_DOCUMENTS.match(kind):
            continue
        name = _name(part, number)
        yield Part(name if name not in names else f"{number} {name}", _bytes(part))
        names.add(name)


def _shown(message: EmailMessage) -> tuple[EmailMessage | None, EmailMessage | None]:
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    return cast("EmailMessage | None", plain), cast("EmailMessage | None", html)


def _leaves(message: EmailMessage) -> Iterator[tuple[EmailMessage, bool]]:
    """Yield the parts that have no parts themselves, and whether each stands beside another form of it or its page.

    A letter in a letter is one of them, whatever it holds.
    """
    waiting = [(message, False)]
    while waiting:
        part, beside = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            beside = beside or part.get_content_subtype() in ("alternative", "related")
            waiting.extend((cast("EmailMessage", each), beside) for each in reversed(list(part.iter_parts())))
        else:
            yield part, beside


def _is_prose(part: EmailMessage, beside: bool) -> bool:
    return part.get_content_type() in _TEXTS and not (beside or part.is_attachment() or part.get_filename())


def _text(part: EmailMessage) -> str:
    """Return a part's text; lines that its program broke to fit a width are joined (RFC 3676)."""
    text = decode(_bytes(part), part.get_content_charset()).replace("\r\n", "\n")
    if part.get_content_subtype() == "html":
        return shown_text(text)
    return _SOFT_BREAK.sub(" ", text) if part.get_param("format") == "flowed" else text


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_maintype() == "message" and part.is_multipart():
        return bytes(part.get_payload(0))  # type: ignore[arg-type]
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: EmailMessage, number: int) -> str:
    """Return the name of an attached file, one made of its kind where it has none or one that tells no format."""
    given = PurePosixPath(one_line(part.get_filename() or "", 200).replace("\\", "/")).name
    kind = part.get_content_type()
    ending = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ""
    name = given or f"attachment {number}"
    return name if PurePosixPath(name).suffix or not ending else name + ending
