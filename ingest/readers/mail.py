"""E-mail: what its sender wrote, the letters it passes on, each under its own sender's name, and what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from itertools import islice

from ingest import letters
from ingest.clean import clean, one_line
from ingest.entries import EMPTY
from ingest.first_lines import with_first_lines
from ingest.formats import format_of
from ingest.history import Letter, letters_in, without_signature
from ingest.metadata import published_from
from ingest.pitches import without_pitches
from ingest.types import Draft, Failure, RawDocument
from rag.errors import SourceError
from rag.name_kinds import could_be_person, is_known_house

_MOST_PARTS = 200
_PREFIX = re.compile(r"^(?:\s*(?:(?:re|fwd?|aw|wg|sv|tr)\s*(?:\[\d+\])?:|\[ext(?:ernal)?\]))+\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:<[^<>]*>?|\[mailto:[^\]]*\]?)\s*$|[\"']", re.IGNORECASE)
_SURNAME_FIRST = re.compile(r"^([\w.’'-]+), ([\w.’'-]+(?: [\w.]+)?)$")
_HOUSE_AFTER = re.compile(r"^(.+?)\s*(?:\s(?:via|at|from|[|–—-])\s|\()(.+?)\)?$")
# What stands before the @ of an address that belongs to no person.
_NO_PERSON = re.compile(
    r"^(?:no-?reply|do-?not-?reply|news|newsletters?|info|research|alerts?|briefings?|daily|editor\w*|hello|contact|mail|"
    r"updates?|insights?|strategy|team|notes?|press|media|service|support|subscriptions?)\b",
    re.IGNORECASE,
)


def read(document: RawDocument) -> Iterator[Draft | Failure | RawDocument]:
    """Yield the letter, those that it quotes with their senders' names, and what is attached.

    Raises:
        SourceError: it is no e-mail, or holds neither text nor attachments.
    """
    with letters.readable():
        message = letters.opened(document.data)
        drafts = list(_drafts(message))
        parts = list(islice(letters.parts(message), _MOST_PARTS + 1))
    if not drafts and not parts:
        raise SourceError("neither text nor attachments; nothing to add.")
    yield from drafts
    for part in parts[:_MOST_PARTS]:
        yield _attached(document, part)
    if len(parts) > _MOST_PARTS:
        yield Failure(
            document.name, f"more than {_MOST_PARTS} attachments; the others are not read. Save them as files."
        )


def _drafts(message: EmailMessage) -> Iterator[Draft]:
    """Yield the letter and those that it quotes; the first of them is what the file is known by."""
    subject = _PREFIX.sub("", letters.header(message, "subject"))
    for number, letter in enumerate(letters_in(letters.body(message))):
        text = without_pitches(clean(without_signature(letter.text)))
        title = _PREFIX.sub("", one_line(letter.subject)) or subject
        if text:
            draft = with_first_lines(Draft(text=text, title=title or None, where=str(number + 1) if number else None))
            yield _signed(draft, letter, message)


def _signed(draft: Draft, letter: Letter, message: EmailMessage) -> Draft:
    """Return a letter's draft with who sent it, and when, where its first lines do not say who wrote it."""
    if letter.sender:
        name, address, published = letter.sender, letter.sender, published_from(letter.sent)
        house, metadata = "", draft.metadata
    else:
        (name, address), published = letters.sender(message), letters.sent(message)
        house = letters.header(message, "organization")
        metadata = (*draft.metadata, *_filled(message_id=letters.header(message, "message-id")))
    author, sending_house = _who(name, address)
    left_out = f"{letter.left_out:,} characters quoted of other letters" if letter.left_out else ""
    return replace(
        draft,
        authors=draft.authors or author,
        publisher=draft.publisher or house or sending_house,
        published=published or draft.published,
        metadata=(*metadata, *_filled(left_out=left_out)),
    )


def _who(name: str, address: str) -> tuple[tuple[str, ...], str | None]:
    """Return the person and the house that a sender's name gives: "Jane Doe (Harbor Street)", "Harbor Street Daily"."""
    name = one_line(_ADDRESS.sub("", name), 120)
    person, house = name, None
    if match := _HOUSE_AFTER.match(name):
        person, house = match[1], match[2]
    if match := _SURNAME_FIRST.match(person):
        person = f"{match[2]} {match[1]}"
    if could_be_person(person) and not is_known_house(person) and not _NO_PERSON.match(_local(address)):
        return (person,), house
    return (), None if "@" in name else name or None


def _local(address: str) -> str:
    """Return what stands before the @ in a sender's address or the line that gives it."""
    return address.rpartition("@")[0].rpartition("<")[2].strip('[" ').removeprefix("mailto:")


def _filled(**fields: str) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in fields.items() if value)


def _attached(document: RawDocument, part: letters.Part) -> RawDocument | Failure:
    name = f"{document.name}/{part.name}"
    try:
        suffix, packed = format_of(part.name)
    except SourceError as error:
        return Failure(name, str(error))
    if not part.data.strip():
        return Failure(name, EMPTY)
    key = f"{document.key}/{part.name}"
    depth = document.depth + 1
    return replace(document, name=name, key=key, suffix=suffix, data=part.data, depth=depth, packed=packed)
