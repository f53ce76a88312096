"""Runs of an Office document that nobody sees: hidden by a format or a style, white, or too small to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = frozenset(("0", "false", "off", "none"))
_LEAST = 4  # half points, in Word
_LEAST_ON_SLIDES = 200  # hundredths of a point
_NO_GROUND = frozenset(("", "auto", "ffffff"))
_DEEPEST = 20  # styles that stand on one another


def hidden_styles(styles: Iterable[Element]) -> frozenset[str]:
    """Return the ids of Word's styles that hide what has them, by themselves or by one they are based on."""
    based: dict[str, str] = {}
    own: dict[str, bool | None] = {}
    for style in styles:
        key = style.get(f"{_W}styleId", "")
        based[key] = _value(style.find(f"{_W}basedOn"))
        own[key] = _vanishes(style.find(f"{_W}rPr"))
    return frozenset(key for key in own if _inherits(key, own, based))


def drop_hidden_runs(body: Element, styles: frozenset[str]) -> None:
    """Take the hidden runs and rows out of a part of a Word document; `styles` are the ids of those that hide."""
    for run in list(body.iter(f"{_W}r")):
        if _is_hidden(run, styles):
            _drop(run)
    for row in list(body.iter(f"{_W}tr")):
        if _is_on(row.find(f"{_W}trPr/{_W}hidden")):
            _drop(row)


def drop_hidden_text(slide: Element) -> None:
    """Take out of a slide the shapes that are hidden, and the runs too small to read."""
    for properties in list(slide.iter("{*}cNvPr")):
        holder = properties.getparent()
        if properties.get("hidden") in ("1", "true") and holder is not None and holder.getparent() is not None:
            _drop(holder.getparent())
    for run in list(slide.iter(f"{_A}r", f"{_A}fld")):
        look = run.find(f"{_A}rPr")
        size = look.get("sz", "") if look is not None else ""
        if size.isdecimal() and int(size) <= _LEAST_ON_SLIDES:
            _drop(run)


def _is_hidden(run: Element, styles: frozenset[str]) -> bool:
    look = run.find(f"{_W}rPr")
    own = _vanishes(look)
    if own is not None:
        return own
    if look is not None and (_value(look.find(f"{_W}rStyle")) in styles or _is_unreadable(look)):
        return True
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    style = paragraph.find(f"{_W}pPr/{_W}pStyle") if paragraph is not None else None
    return style is not None and _value(style) in styles


def _is_unreadable(look: Element) -> bool:
    """Return whether letters are white on no ground of their own, or hardly there."""
    size = _value(look.find(f"{_W}sz"))
    if size.isdecimal() and int(size) <= _LEAST:
        return True
    if _value(look.find(f"{_W}color")).lower() != "ffffff" or look.find(f"{_W}highlight") is not None:
        return False
    grounds = (
        each
        for box in (
            look,
            *(above.find(f"{above.tag}Pr") for above in look.iterancestors(f"{_W}p", f"{_W}tc", f"{_W}tbl")),
        )
        if box is not None and (each := box.find(f"{_W}shd")) is not None
    )
    # A style or a theme may darken the ground too; only a fill that is written out is looked for.
    return all((ground.get(f"{_W}fill") or "").lower() in _NO_GROUND for ground in grounds)


def _vanishes(look: Element | None) -> bool | None:
    """Return whether a format hides; None if it does not say."""
    mark = look.find(f"{_W}vanish") if look is not None else None
    return None if mark is None else _is_on(mark)


def _inherits(key: str, own: dict[str, bool | None], based: dict[str, str]) -> bool:
    for _ in range(_DEEPEST):
        said = own.get(key)
        if said is not None:
            return said
        key = based.get(key, "")
    return False


def _is_on(mark: Element | None) -> bool:
    return mark is not None and _value(mark, "true").lower() not in _OFF


def _value(element: Element | None, without: str = "") -> str:
    return without if element is None else element.get(f"{_W}val", without)


def _drop(element: Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)
