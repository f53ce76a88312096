"""What went wrong with a request to a chat model, read from any provider's error without repeating its text.

Providers put parts of keys, of prompts and of their own pages into their messages: nothing of that is shown or logged.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Final

_PASSING: Final = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
_UNREACHED: Final = frozenset(("APIConnectionError", "TransportError", "ConnectionError", "TimeoutException"))
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0


def is_worth_retrying(error: BaseException) -> bool:
    """Return True for a failure that may pass: a busy or failing server, a lost connection."""
    status = _status(error)
    return status in _PASSING if status else _is_unreached(error)


def pause(error: BaseException | None, attempt: int) -> float:
    """Return the seconds to wait before the next try: what the server asks for, else twice as long each time."""
    asked = _retry_after(error) if error else None
    if asked is not None:
        return asked
    longest = min(_FIRST_PAUSE * 2.0 ** (attempt - 1), _LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads requests, keeps no secret


def reason(error: BaseException) -> str:
    """Return in a few words what failed, to stand after the model's name."""
    status = _status(error)
    if status in (401, 403):
        return f"refused the key (HTTP {status})"
    if status == 404:
        return "is not known at its address (HTTP 404)"
    if status == 429:
        return "is busy, or its quota is used up (HTTP 429)"
    if status:
        return f"failed (HTTP {status})"
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return "did not answer in time"
    if _is_unreached(error):
        return "cannot be reached, or broke off"
    return f"sent nothing that can be read ({type(error).__name__})"


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _is_unreached(error: BaseException) -> bool:
    return not _UNREACHED.isdisjoint(kind.__name__ for kind in type(error).__mro__)


def _retry_after(error: BaseException) -> float | None:
    """Return the seconds that a response asks to wait for; a date is not read, and backing off does instead."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    said = headers.get("retry-after", "") if isinstance(headers, Mapping) else ""
    return float(said) if said.replace(".", "", 1).isdecimal() else None
