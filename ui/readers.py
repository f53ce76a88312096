"""Who is reading, and what they may do: anyone anything on one's own machine, listed people once sign-in is set up.

Sign-in is Streamlit's, by OpenID Connect, set up in the `[auth]` part of `.streamlit/secrets.toml`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from rag import HouseviewError, Settings, SettingsError, read_settings

EVERYONE = "*"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: `owner` of their conversations, "" where nobody signs in; `name` is what to call them."""

    owner: str = ""
    may_ingest: bool = True
    may_delete: bool = True
    name: str = ""


class SignInNeeded(HouseviewError):
    """Nobody has signed in, or not lately."""


class NotAllowed(HouseviewError):
    """Whoever signed in may not read."""


def reader() -> Reader:
    """Return who the session belongs to.

    Raises:
        SignInNeeded: sign-in is set up and the session's reader has not done so.
        NotAllowed: they have, and are not among those who may read.
        SettingsError: readers are listed, and there is no way for them to sign in, or it cannot be read.
    """
    settings = read_settings()
    if not has_sign_in():
        if settings.readers:
            raise SettingsError(
                "HOUSEVIEW_READERS lists who may read, but no sign-in is set up: add [auth] to "
                ".streamlit/secrets.toml as docs/desk.md says, or unset HOUSEVIEW_READERS."
            )
        return Reader()
    return admitted(st.user.to_dict(), settings, time.time())


def has_sign_in() -> bool:
    """Return whether readers have to sign in.

    Raises:
        SettingsError: there is a file of secrets, and it cannot be read.
    """
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError as error:
        # The same error says that there is no such file, which is no fault.
        unreadable = [place for place in map(Path, st.get_option("secrets.files")) if place.exists()]
        if not unreadable:
            return False
        raise SettingsError(f"{unreadable[0]}: cannot be read as TOML; mend it and start the app again.") from error


def admitted(claims: Mapping[str, object], settings: Settings, now: float) -> Reader:
    """Return the reader whom an identity provider's claims name; `now` is in seconds since 1970.

    An address counts only if the provider says that it has verified it. Conversations belong to the issuer and its
    subject, which stay the same when an address is given to somebody else.

    Raises:
        SignInNeeded: the claims are those of nobody, or of a sign-in that is too old.
        NotAllowed: the settings do not list the reader.
    """
    if claims.get("is_logged_in") is not True:
        raise SignInNeeded("Sign in to read.")
    issued = claims.get("iat")
    if not isinstance(issued, int | float) or now - issued > 3600 * settings.sign_in_hours:
        raise SignInNeeded("Your sign-in has run out. Sign in again.")
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject):
        raise NotAllowed("The sign-in service did not say who you are. Ask who looks after it to send iss and sub.")
    email = _verified_address(claims)
    if not is_listed(settings.readers, subject, email):
        raise NotAllowed(
            f"You signed in as {email or f'sub:{subject}'}, which may not read here. Sign in as somebody else, or ask "
            "who looks after this desk to add you to HOUSEVIEW_READERS."
        )
    return Reader(
        owner=f"{issuer}|{subject}",
        may_ingest=is_listed(settings.may_ingest, subject, email),
        may_delete=is_listed(settings.may_delete, subject, email),
        name=str(claims.get("name") or email or subject),
    )


def is_listed(listed: Collection[str], subject: str, email: str) -> bool:
    """Return whether a list names a reader: by address, `@domain`, `sub:` and subject, or as one of all (`*`)."""
    address = email.casefold()
    domain = address[address.rfind("@") :] if "@" in address else None
    named = {entry if entry.startswith("sub:") else entry.casefold() for entry in listed}
    return EVERYONE in named or f"sub:{subject}" in named or bool(domain and {address, domain} & named)


def _verified_address(claims: Mapping[str, object]) -> str:
    """Return the reader's e-mail address, empty if the provider does not vouch for it."""
    email = claims.get("email")
    # Some providers send the claim as a word.
    is_verified = claims.get("email_verified")
    return email.strip() if isinstance(email, str) and (is_verified is True or is_verified == "true") else ""
