"""What an inline style does to text: whether it can still be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_LONGEST = 2_000
_SIZE = re.compile(r"^(-?\d*\.?\d+)(px|pt|em|rem|ex|ch|%|vw|vh|in|cm|mm)?$")
# In pixels, roughly; a percentage is of a usual letter for sizes, of a usual window for places.
_PIXELS = {"": 1.0, "px": 1.0, "pt": 1.3, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "vw": 14.0, "vh": 9.0}
_PIXELS |= {"in": 96.0, "cm": 38.0, "mm": 3.8, "%": 10.0}
_LEAST_LETTER = 2.5
_FAR = 500.0
_BEYOND = 3_000.0  # wider than any window
_MOVED = re.compile(r"translate(?:3d|x|y)?\(\s*(-?[\w.%]+)(?:\s*,\s*(-?[\w.%]+))?")
_NOTHING_LEFT = re.compile(
    r"^(?:rect\((?:\s*[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:[5-9]\d|100)%|(?:circle|ellipse)\(\s*0|polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*,\s*0)"
)
_RGB = re.compile(r"^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+%?))?\s*\)$")
_WHITES = frozenset(("white", "snow", "ghostwhite", "ivory", "floralwhite", "whitesmoke"))
_WHITE = 245
_OPAQUE = 0.05


@lru_cache(maxsize=4096)
def declared(style: str) -> Mapping[str, str]:
    """Return the properties that an inline style sets, in lower case, without marks of importance."""
    found: dict[str, str] = {}
    for each in re.sub(r"/\*[^*]*\*/", "", style[:_LONGEST]).lower().split(";"):
        name, _, value = each.partition(":")
        found[name.strip()] = " ".join(value.replace("!important", " ").split())
    return found


def hides(style: Mapping[str, str]) -> bool:
    """Return whether what has this style cannot be seen, whatever stands around it."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
        or _is_transparent(style.get("opacity", ""))
        or _is_tiny(style)
        or _is_clipped(style)
        or _is_away(style)
        or _is_its_ground(style)
    )


def whitens(colour: str) -> bool:
    """Return whether a colour is white, or as good as white."""
    channels = _channels(colour)
    return colour in _WHITES or (channels is not None and min(channels) >= _WHITE)


def paints(style: Mapping[str, str]) -> str:
    """Return the ground that a style gives, as it is written; empty if it gives none."""
    return style.get("background-image") or style.get("background-color") or style.get("background") or ""


def is_clear(colour: str) -> bool:
    """Return whether nothing of a colour can be seen."""
    found = _RGB.match(colour)
    faint = bool(found and found[4]) and _number(found[4] if found else "") <= _OPAQUE
    return colour in ("transparent", "none", "inherit", "initial", "unset") or faint


def _is_transparent(opacity: str) -> bool:
    return bool(re.fullmatch(r"\d*\.?\d+%?", opacity)) and _number(opacity) <= _OPAQUE


def _number(written: str) -> float:
    value = written.removesuffix("%")
    try:
        return float(value) / (100 if written.endswith("%") else 1)
    except ValueError:
        return 1.0


def _pixels(size: str) -> float | None:
    found = _SIZE.match(size)
    return float(found[1]) * _PIXELS[found[2] or ""] if found else None


def _is_tiny(style: Mapping[str, str]) -> bool:
    size = style.get("font-size", "")
    if size.endswith("%"):
        return _number(size) <= _LEAST_LETTER / 16
    first = next(iter(re.findall(r"(?:^|\s)(-?[\d.]+(?:px|pt|r?em)?)(?=$|[\s/])", style.get("font", ""))), "")
    sizes = (_pixels(size), _pixels(first) if "px" in first or first in ("0", "0pt", "0em") else None)
    return any(each is not None and each <= _LEAST_LETTER for each in sizes)


def _is_clipped(style: Mapping[str, str]) -> bool:
    if any(_NOTHING_LEFT.match(style.get(name, "")) for name in ("clip", "clip-path", "-webkit-clip-path")):
        return True
    if not style.get("overflow", "").startswith(("hidden", "clip")):
        return False
    sides = (_pixels(style.get(name, "")) for name in ("width", "height", "max-width", "max-height"))
    return any(side is not None and side <= 1 for side in sides)


def _is_away(style: Mapping[str, str]) -> bool:
    """Return whether a style moves what it styles out of sight."""
    moves = [style.get(name, "") for name in ("text-indent", "margin-left", "margin-top", "margin")]
    if style.get("position") in ("absolute", "fixed", "relative", "sticky"):
        moves += [style.get(name, "") for name in ("left", "top", "right", "bottom", "inset")]
        aside = (_pixels(style.get(name, "")) for name in ("left", "right"))
        if any(each is not None and each >= _BEYOND for each in aside):
            return True
    turned = style.get("transform", "")
    if re.search(r"scale(?:3d|x|y)?\(\s*0?\.?0*\s*[,)]", turned):
        return True
    moves += [part for match in _MOVED.finditer(turned) for part in match.groups() if part]
    firsts = (_pixels(move.split()[0]) for move in moves if move)
    return any(first is not None and first <= -_FAR for first in firsts)


def _is_its_ground(style: Mapping[str, str]) -> bool:
    """Return whether letters have no colour or that of their own ground."""
    colour, ground = style.get("color", ""), paints(style)
    if not colour:
        return False
    if colour == "transparent" or (_RGB.match(colour) and is_clear(colour)):
        return "background-clip" not in style and "-webkit-background-clip" not in style
    return colour == ground or (_channels(colour) is not None and _channels(colour) == _channels(ground))


def _channels(colour: str) -> tuple[int, ...] | None:
    """Return red, green and blue of a colour, 0 … 255."""
    colour = {"white": "#fff", "black": "#000"}.get(colour, colour)
    if found := _RGB.match(colour):
        return tuple(min(int(found[n]), 255) for n in (1, 2, 3))
    if re.fullmatch(r"#[0-9a-f]{3,4}", colour):
        return tuple(int(digit * 2, 16) for digit in colour[1:4])
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", colour):
        return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return None
